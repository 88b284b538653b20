"""POLECAT: tab-separated with a header, PLOVER types, several actors of a side with ";" between."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import NOBODY, Deed, Party, Read, RowError, Translation, day_of, day_or_none, id_of
from detente.adapters.imports.rows import number as number_of
from detente.adapters.imports.tables import Cells, Columns, read_tabs

BETWEEN = ";"
PARTY = ("Name", "Country", "COW", "Primary {} Sector", "Sectors", "Title", "Name Raw", "Wikipedia {} ID")
CODES = re.compile(r"[A-Z]{3}(; ?([A-Z]{3}|None))*|None|").fullmatch
NUMBERS = re.compile(r"\d+(; ?(\d+|None))*|None|").fullmatch
COLUMNS = Columns(
    names=(
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
        *(part.format(side) if "{}" in part else f"{side} {part}" for side in ("Actor", "Recipient") for part in PARTY),
        *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
        *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
        *("Story Locations", "Language", "Version"),
    ),
    checks={
        "Event ID": re.compile(r"\S+").fullmatch,
        "Event Date": re.compile(r"\d{4}-\d\d-\d\d.*").fullmatch,
        "Event Type": re.compile(r"[A-Z]+").fullmatch,
        **dict.fromkeys(("Actor Country", "Recipient Country"), CODES),
        **dict.fromkeys(("Actor COW", "Recipient COW"), NUMBERS),
        "Intensity": re.compile(r"-?[\d.]*|None").fullmatch,
        "Quad Code": re.compile(r"[1-4]|None|[A-Z ]*").fullmatch,
        "Latitude": re.compile(r"-?[\d.]*|None").fullmatch,
        "Longitude": re.compile(r"-?[\d.]*|None").fullmatch,
        "Publication Date": re.compile(r"\d{4}-\d\d-\d\d.*|None|").fullmatch,
    },
    free=(
        *(f"{side} {name}" for side in ("Actor", "Recipient") for name in ("Name", "Title", "Name Raw")),
        *("Placename", "City", "District", "Province", "Raw Placename", "Source"),
        *("Story People", "Story Organizations", "Story Locations"),
    ),
    same={"event intensity": "Intensity"},
)


def read(lines: Iterator[Line], member: str, translation: Translation) -> Iterator[Read]:
    """A deed for each row; of several actors each has its states."""
    yield from read_tabs(lines, member, COLUMNS, lambda cells: _deed(cells, translation))


def _deed(cells: Cells, translation: Translation) -> Deed:
    walk = translation.walk
    kind = walk.plover_kind(cells.get("Event Type", ""), walk.text(cells.get("Event Mode")))
    if kind is None:
        raise RowError(f"no PLOVER event type: {cells.get('Event Type', '')!r}")
    known_on = day_or_none(cells.get("Publication Date"))
    return Deed(
        event_id=id_of(cells.get("Event ID")),
        day=day_of(cells.get("Event Date")),
        kind=kind,
        initiators=_parties(cells, "Actor", translation),
        targets=_parties(cells, "Recipient", translation),
        known_on=known_on,
        intensity_given=number_of(cells.get("Intensity")),
        both_ways=walk.goes_both_ways(kind),
        place=_state(cells.get("Country"), None, translation),
    )


def _parties(cells: Cells, side: str, translation: Translation) -> tuple[Party, ...]:
    """One for each state, in the order in which they are named; nobody where the side is empty."""
    countries, numbers = (
        [part.strip() for part in (cells.get(f"{side} {name}") or "").split(BETWEEN)] for name in ("Country", "COW")
    )
    sector = translation.sector(
        (cells.get(f"Primary {side} Sector") or "").strip(),
        *((cells.get(f"{side} Sectors") or "").replace(" ", "").split(BETWEEN)),
    )
    states = [_state(country, cow, translation) for country, cow in zip_longest(countries, numbers)]
    found = [Party(state, sector) for state in dict.fromkeys(states) if state]
    return tuple(found) or (NOBODY._replace(sector=sector),)


def _state(country: str | None, cow: str | None, translation: Translation) -> str | None:
    """The state of an alpha-3 code or a name, else of the Correlates of War number."""
    if translation.walk.text(country) is None:
        return translation.walk.state("cow", cow)[0]
    return translation.named(country)
