"""Everything told of a pair with its days: for a timeline, and to be narrowed by issue, actor, kind, voice, outlet."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife
from detente.ledger.remembered import remembered
from detente.ledger.sources import TOLD, is_loaded, is_unnamed
from detente.records import Actor, Record, When
from detente.telling.known import Known
from detente.telling.lines import Line

ROLES = ("initiators", "targets", "imposers", "participants", "holder", "speaker", "addressee")
NARROWED_ELSEWHERE = frozenset({"agenda_item", "measure"})  # told as a course or a life, not alone


KEPT = 4_000  # lines whose days are remembered
ALONE = "alone"  # no other outlet tells it
TRAITS: dict[str, Callable[[Record], bool]] = {
    "unnamed": is_unnamed,
    "hedged": lambda record: bool(record.hedges),
    "loaded": is_loaded,
    ALONE: lambda _: True,
}


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A line with the days it covers, first to last, and the records behind it; the head tells it best.

    Without a date of its own its days are those on which it became known, and `is_told_day` says so; both are None
    where no document behind it is dated.
    """

    line: Line
    head: Record
    records: tuple[Record, ...]
    first: dt.date | None
    last: dt.date | None
    is_told_day: bool

    @cached_property
    def issues(self) -> frozenset[str]:
        """The labels of the issues that its records name."""
        return frozenset(issue.label for record in self.records for issue in record.issues)

    @cached_property
    def states(self) -> frozenset[str]:
        """The codes of the states that take part in it."""
        return frozenset(state for record in self.records for state in states_of(record))

    @cached_property
    def voices(self) -> frozenset[str]:
        """On whose word its records stand."""
        return frozenset(record.voice.value for record in self.records)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The ids of the documents of its records."""
        return frozenset(record.evidence[0].document for record in self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What is asked for, each part empty where nothing is: labels, codes and words as the records have them."""

    issue: str = ""
    actor: str = ""
    kind: str = ""
    voice: str = ""
    factuality: str = ""
    outlet: str = ""
    trait: str = ""  # one of TRAITS

    @property
    def is_open(self) -> bool:
        """Whether everything is asked for."""
        return not any(dataclasses.astuple(self))

    def keep(self, found: Iterable[Dated], outlets: dict[str, str]) -> list[Dated]:
        """What fits every part; `outlets` names the outlet of each document by its id."""
        return [item for item in found if self._fits(item, outlets)]

    def records(self, known: Known) -> frozenset[str]:
        """The ids of the records behind all lines that fit."""
        return frozenset(record.id for item in self.keep(tell_dated(known), known.outlets) for record in item.records)

    def _fits(self, item: Dated, outlets: dict[str, str]) -> bool:
        head = item.head
        if self.trait == ALONE and not _is_alone(item, outlets):
            return False
        parts: tuple[tuple[str, Callable[[], bool]], ...] = (
            (self.issue, lambda: self.issue in item.issues),
            (self.actor, lambda: self.actor in item.states),
            (self.kind, lambda: self.kind == head.record),
            (self.factuality, lambda: head.factuality.value == self.factuality),
            (self.voice or self.outlet or self.trait, lambda: any(self._told_so(r, outlets) for r in item.records)),
        )
        return all(fits() for asked, fits in parts if asked)

    def _told_so(self, record: Record, outlets: dict[str, str]) -> bool:
        """Whether the outlet asked for tells it in the voice and manner asked for."""
        if self.voice and record.voice.value != self.voice:
            return False
        if self.outlet and outlets.get(record.evidence[0].document) != self.outlet:
            return False
        return TRAITS[self.trait](record) if self.trait in TRAITS else not self.trait


def _is_alone(item: Dated, outlets: dict[str, str]) -> bool:
    return isinstance(item.head, TOLD) and len({outlets.get(r.evidence[0].document) for r in item.records}) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the lines can be narrowed by, each part sorted."""

    issues: tuple[str, ...]
    actors: tuple[str, ...]  # codes
    kinds: tuple[str, ...]
    voices: tuple[str, ...]
    factualities: tuple[str, ...]
    outlets: tuple[str, ...]


def tell_dated(known: Known) -> list[Dated]:
    """All that is told, by day, the undated last: deeds, plans, measures, positions, statements and channels."""
    found = [*_alone(known), *_plans(known), *_measures(known)]
    return sorted(found, key=lambda item: (item.first or dt.date.max, item.line.text, item.head.id))


def choices_of(found: Sequence[Dated], outlets: dict[str, str]) -> Choices:
    """What these lines can be narrowed by."""
    return Choices(
        issues=tuple(sorted({label for item in found for label in item.issues})),
        actors=tuple(sorted({state for item in found for state in item.states})),
        kinds=tuple(sorted({item.head.record for item in found})),
        voices=tuple(sorted({voice for item in found for voice in item.voices})),
        factualities=tuple(sorted({item.head.factuality.value for item in found})),
        outlets=tuple(sorted({outlets[id_] for item in found for id_ in item.documents if id_ in outlets})),
    )


def states_of(record: Record) -> frozenset[str]:
    """The codes of the states that a record names in any role."""
    values = [getattr(record, role, None) or () for role in ROLES]
    actors = [actor for value in values for actor in ((value,) if isinstance(value, Actor) else value)]
    return frozenset(actor.state for actor in actors if actor.state)


def _alone(known: Known) -> Iterator[Dated]:
    for happening in known.with_undated:
        if happening.head.record not in NARROWED_ELSEWHERE:
            yield _dated(known.narrator.happening(happening), happening, happening.when)


def _plans(known: Known) -> Iterator[Dated]:
    for course in known.courses:
        yield _dated(known.narrator.agenda(course), course.item, course.item.when)


def _measures(known: Known) -> Iterator[Dated]:
    for life in known.lives:
        told = _of_life(life)
        steps = [step.when for step in life.steps if step.when and step.when.latest]
        ends = [end for when in steps for end in (when.earliest, when.latest) if end]
        first, last = (min(ends), max(ends)) if ends else _ends(told.when)
        yield _between(known.narrator.measure(life), told, first, last)


@remembered(KEPT)
def _of_life(life: MeasureLife) -> Happening:
    return Happening(records=life.records)


def _dated(line: Line, happening: Happening, when: When | None) -> Dated:
    return _between(line, happening, *_ends(when))


def _ends(when: When | None) -> tuple[dt.date | None, dt.date | None]:
    return ((when.earliest or when.latest), (when.latest or when.earliest)) if when else (None, None)


@remembered(KEPT)
def _between(line: Line, happening: Happening, first: dt.date | None, last: dt.date | None) -> Dated:
    """The line on the days of the thing itself, else on the day on which it became known."""
    known = min((record.known_on for record in happening.records if record.known_on), default=None)
    return Dated(
        line=line,
        head=happening.head,
        records=happening.records,
        first=first or known,
        last=last or first or known,
        is_told_day=first is None,
    )
