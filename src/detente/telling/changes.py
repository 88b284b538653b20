"""The page of changes: what is new, moved, confirmed, contradicted, overdue, withdrawn since a day or an hour."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.ledger.changes import Change, ChangeKind, State, find_changes
from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcomes import Course
from detente.ledger.promises import Promise
from detente.records import Difference, Position
from detente.telling.brief_page import Brief, Section, as_of_option, cite_page
from detente.telling.difference_lines import KIND, difference_line, differences_of, newest
from detente.telling.known import Known
from detente.telling.lines import CITED, UNDATED_LAST, Line
from detente.telling.material import Material
from detente.telling.words import Words, day_words

PAGE = "changes"
NEW_PARTS = (
    ("deeds", ("event",)),
    ("plans", ("agenda_item",)),
    ("measures", ("measure",)),
    ("promises", ("promise",)),
    ("positions", ("position",)),
    ("issues", ("obstacle",)),
)
TABLE_OF = {
    "event": "events",
    "agenda_item": "agenda",
    "measure": "measures",
    "promise": "promises",
    "position": "positions",
    "obstacle": "obstacles",
    KIND: "differences",
}


def tell_changes(
    before: Material, after: Material, words: Words, *, lines: int, posted_since: dt.datetime | None = None
) -> Brief:
    """What is otherwise after than before, at most `lines` lines a section; no section where nothing changed."""
    return tell_known_changes(Known(before, words), Known(after, words), lines=lines, posted_since=posted_since)


def tell_known_changes(before: Known, known: Known, *, lines: int, posted_since: dt.datetime | None = None) -> Brief:
    """The same of what was known before, and is known after."""
    after = known.material
    differences = differences_of(newest(known.happenings), after.documents, after.sources)
    changes = find_changes(_state(before), _state(known), differences, after.lapsed)
    return cite_page(
        after,
        known.words,
        [section for section in _sections(changes, known, lines) if section.lines],
        page=PAGE,
        header=_header(changes, after.told_since),
        posted_since=posted_since,
    )


def _state(known: Known) -> State:
    return State(
        happenings=known.happenings,
        courses=known.courses,
        lives=known.lives,
        promises=known.promises,
        obstacles=known.obstacles,
        outlets=known.outlets,
    )


def _header(changes: Sequence[Change], told_since: dt.date | None) -> str:
    counts = [(kind, sum(change.kind is kind for change in changes)) for kind in ChangeKind]
    told = " · ".join(f"{count} {kind}" for kind, count in counts if count) or "nothing changed"
    return f"{told} · told from {day_words(told_since)} on" if told_since else told


def _sections(changes: Sequence[Change], known: Known, limit: int) -> Iterator[Section]:
    """A section for each kind of change; what is new is parted by what it is."""
    for kind in ChangeKind:
        told = [_line(change, known) for change in changes if change.kind is kind]
        if kind is not ChangeKind.NEW:
            yield _section(kind.capitalize(), told, known, limit)
            continue
        for name, kinds in NEW_PARTS:
            yield _section(f"New {name}", [line for line in told if line.kind in kinds], known, max(1, limit // 2))


def _section(name: str, told: list[Line], known: Known, limit: int) -> Section:
    told.sort(key=lambda line: (line.sort == UNDATED_LAST, line.sort, line.text))
    dated = [line for line in told if line.sort != UNDATED_LAST]
    shown = [*dated[::-1], *(line for line in told if line.sort == UNDATED_LAST)]  # the newest first
    left = sorted({TABLE_OF[line.kind] for line in shown[limit:]})
    pair, since = " ".join(known.material.pair), known.material.since
    tail = f" --pair {pair}{as_of_option(known.as_of)}" + (f" --since {since.isoformat()}" if since else "")
    return Section(
        name=name,
        lines=tuple(shown[:limit]),
        more=max(0, len(shown) - limit),
        command=" or ".join(f"detente {table}{tail}" for table in left),
    )


def _line(change: Change, known: Known) -> Line:
    """The line of what changed, as it stands now."""
    narrator = known.narrator
    match change.what:
        case Course() as course:
            return narrator.agenda(course)
        case MeasureLife() as life:
            return narrator.measure(life)
        case Promise() as promise:
            return narrator.promise(promise)
        case Obstacle() as obstacle:
            line = narrator.obstacle(known.obstacles.index(obstacle) + 1, obstacle, known.material.pair)
            return replace(line, records=tuple(p.id for p in obstacle.positions[:CITED]))
        case Difference() as difference:
            return difference_line(difference, known.words)
        case Happening() as happening:
            head = happening.head
            return narrator.position(head) if isinstance(head, Position) else narrator.happening(happening)
