"""GDELT 2.0 mentions: each report of an event; tab-separated, no header, sixteen columns by position."""

import re
from collections.abc import Iterator

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import Layout, Mention, Read, RowError, Translation, day_of, id_of, number, read_rows

ID, TIME, OUTLET, ADDRESS, CONFIDENCE = 0, 2, 4, 5, 11
LAYOUT = Layout(
    width=16,
    free=(OUTLET, ADDRESS, 15),
    checks={
        ID: re.compile(r"\d+").fullmatch,
        1: re.compile(r"\d{14}").fullmatch,
        TIME: re.compile(r"\d{14}").fullmatch,
        3: re.compile(r"\d").fullmatch,
        6: re.compile(r"\d+").fullmatch,
        10: re.compile(r"[01]").fullmatch,
        CONFIDENCE: re.compile(r"\d{1,3}").fullmatch,
    },
)
CUT = 14  # columns without the two at the end, which are empty and which some copies lack
HEADER = "globaleventid"


def read(lines: Iterator[Line], member: str, translation: Translation) -> Iterator[Read]:
    """A mention for each row."""
    rows = (line for line in lines if line.number > 1 or not line.text.lower().startswith(HEADER))
    yield from read_rows(rows, member, lambda text: _mention(text, translation))


def _mention(text: str, translation: Translation) -> Mention:
    cells = text.split("\t")
    if CUT <= len(cells) < LAYOUT.width:
        cells += [""] * (LAYOUT.width - len(cells))
    cells = LAYOUT.fit(cells)
    if not cells[ID].strip().isdigit():
        raise RowError(f"no event id: {cells[ID][:40]!r}")
    confidence = number(cells[CONFIDENCE])
    return Mention(
        event_id=id_of(cells[ID]),
        seen_on=day_of(cells[TIME]),
        outlet=translation.walk.text(cells[OUTLET]),
        url=translation.walk.text(cells[ADDRESS]),
        confidence=None if confidence is None else confidence / 100,
    )
