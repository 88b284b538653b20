"""What a reader of this ledger cannot see: one side's press alone, stale positions, silence, single words."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.codebook.registry import load_registry
from detente.ledger.happenings import Happening
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import Course
from detente.ledger.port import Pair
from detente.ledger.sources import is_unnamed
from detente.records import Event, Measure, Record

STALE = dt.timedelta(days=180)  # after which a position says little of where a side stands


class Blindness(StrEnum):
    """Why something is a blind spot."""

    ONE_PRESS = "known from one side's press alone"
    UNNAMED = "rests on people without a name"
    STALE = "no position for long"
    UNHEARD = "a side not heard"
    SILENT = "date passed, no word"
    CONTESTED = "accounts differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSpot:
    """Something that is not seen well. `state` is the side whose press or position it is about."""

    why: Blindness
    about: str  # an issue's label, or empty where the records say it
    state: str | None = None
    since: dt.date | None = None  # of the last word
    records: tuple[Record, ...] = ()
    happening: Happening | None = None


def find_blind_spots(
    happenings: Sequence[Happening],
    courses: Sequence[Course],
    obstacles: Sequence[Obstacle],
    outlets: Mapping[str, str],
    pair: Pair,
    as_of: dt.date,
) -> list[BlindSpot]:
    """The blind spots of a pair on a day: by issue first, then happenings, then plans."""
    return [
        *_positions(obstacles, pair, as_of),
        *_single_press(happenings, outlets, pair),
        *_unnamed(happenings),
        *_silent(courses),
    ]


def press_of(outlet: str) -> str | None:
    """The state whose press an outlet is, as far as the registry knows it.

    >>> press_of("Xinhua"), press_of("The Harbour News")
    ('CHN', None)
    """
    alias = load_registry().named(outlet)
    return (alias.state or None) if alias is not None else None


def _positions(obstacles: Sequence[Obstacle], pair: Pair, as_of: dt.date) -> Iterator[BlindSpot]:
    for obstacle in obstacles:
        for state in pair:
            mine = [p for p in obstacle.positions if p.holder.state == state and p.known_on]
            if not mine:
                yield BlindSpot(why=Blindness.UNHEARD, about=obstacle.label, state=state, records=obstacle.records[:1])
                continue
            last = max(mine, key=lambda p: (p.known_on or dt.date.min, p.id))
            if last.known_on and as_of - last.known_on > STALE:
                yield BlindSpot(
                    why=Blindness.STALE, about=obstacle.label, state=state, since=last.known_on, records=(last,)
                )


def _single_press(happenings: Sequence[Happening], outlets: Mapping[str, str], pair: Pair) -> Iterator[BlindSpot]:
    for happening in happenings:
        if not _matters(happening):
            continue
        presses = {press_of(outlets[id_]) for id_ in happening.documents}
        (press, *others) = sorted(presses, key=str)
        if not others and press in pair:
            yield BlindSpot(
                why=Blindness.ONE_PRESS, about="", state=press, records=happening.records, happening=happening
            )


def _unnamed(happenings: Sequence[Happening]) -> Iterator[BlindSpot]:
    for happening in happenings:
        if _matters(happening) and all(is_unnamed(record) for record in happening.records):
            yield BlindSpot(why=Blindness.UNNAMED, about="", records=happening.records, happening=happening)


def _matters(happening: Happening) -> bool:
    head = happening.head
    return (isinstance(head, Event) and head.factuality.is_actual) or isinstance(head, Measure)


def _silent(courses: Sequence[Course]) -> Iterator[BlindSpot]:
    for course in courses:
        if course.fate is Fate.NO_WORD:
            yield BlindSpot(
                why=Blindness.SILENT,
                about="",
                since=course.told_last,
                records=course.item.records,
                happening=course.item,
            )
