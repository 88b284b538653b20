"""The life of a measure across documents: its dated steps, its standing on a day, the next step due."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.codebook.measures import load_measures
from detente.codebook.outcomes import plain_name_words
from detente.ledger.happenings import Happening
from detente.ledger.matter import matter_of
from detente.ledger.measure_course import (
    LifeStep,
    meaning_of,
    standing_on,
    step_due,
    steps_in_order,
    steps_of,
)
from detente.ledger.remembered import remembered
from detente.ledger.subjects import amounts_of, first_known, states_of, stems_of
from detente.ledger.traits import counted_in
from detente.records import Evidence, Measure, Step, When

SILENCE = dt.timedelta(days=400)  # between two tellings of one measure without a name
ACCORD_SILENCE = dt.timedelta(days=120)  # between two tellings of talks on one agreement
ALIKE = 0.5  # share of the words of what they are on that two tellings without name or sum must have in common
ACCORD = "accord"  # the path of what two sides agree on
KEPT = 4_000  # answers that are remembered: those of a page, and of the lines of single measures
MOST_WAYS = 64  # in which the sentences of one measure's records are joined when it is told again


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLife:
    """A measure as the documents tell it up to a day. `steps` are in the order of their days."""

    happenings: tuple[Happening, ...]
    records: tuple[Measure, ...]  # first known first
    amounts: tuple[str, ...]  # as written: the sums that tell it from others, else what was told last
    steps: tuple[LifeStep, ...]
    standing: LifeStep | None
    due: LifeStep | None  # the next step that is due, or was and nothing was heard of it
    as_of: dt.date

    @property
    def is_overdue(self) -> bool:
        """Whether the step due should have been taken by the day."""
        due = self.due
        return bool(due and due.when and due.when.latest and due.when.latest < self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What one record tells of one measure: the record's steps that stand in sentences on the same sum."""

    happening: Happening
    record: Measure
    steps: tuple[Step, ...]
    matter: frozenset[str]
    sums: frozenset[str]
    amounts: tuple[str, ...]  # as written

    @property
    def spans(self) -> frozenset[str]:
        """The numbers by which an accord is called: "100-day"."""
        return counted_in(" ".join(self.amounts)) if _path(self.record) == ACCORD else frozenset()


def trace_measures(happenings: Iterable[Happening], as_of: dt.date) -> list[MeasureLife]:
    """The life of each measure as of the day, in the order of first knowledge."""
    return list(_trace(tuple(h for h in happenings if isinstance(h.head, Measure)), as_of))


@remembered(KEPT)
def _trace(happenings: tuple[Happening, ...], as_of: dt.date) -> tuple[MeasureLife, ...]:
    threads: list[_Thread] = []
    told = [t for h in happenings for t in _tellings(h)]
    for telling in sorted(told, key=_in_order):
        thread = next((t for t in reversed(threads) if t.goes_on_with(telling)), None)
        if thread is None:
            threads.append(_Thread(telling))
        else:
            thread.add(telling)
    return tuple(_life(thread.tellings, as_of) for thread in threads)


def tell_as_one(happenings: Iterable[Happening], as_of: dt.date) -> Iterator[MeasureLife]:
    """The lives that records come to where all of them tell of one measure, as a line says that they do.

    A record that speaks of several sums may bear on the measure with all of its sentences or with those on one sum.
    """
    told = [_tellings(happening) for happening in happenings]
    ways = [[tellings, *([one] for one in tellings if len(tellings) > 1)] for tellings in told if tellings]
    for way in itertools.islice(itertools.product(*ways), MOST_WAYS if ways else 0):
        yield _life(sorted(itertools.chain(*way), key=_in_order), as_of)


@remembered(KEPT)
def _tellings(happening: Happening) -> tuple[_Telling, ...]:
    """One telling a record, or several where its sentences speak of different sums: two lists of tariffs."""
    return tuple(_told(happening))


def _told(happening: Happening) -> Iterator[_Telling]:
    for record in happening.records:
        if not isinstance(record, Measure):
            continue
        groups: list[tuple[set[str], list[str], list[Step]]] = []
        for number, evidence in enumerate(record.evidence):
            sums = sums_of(evidence.quote)
            steps = [s for s in record.steps if _stands_in(s, evidence, is_first=number == 0)]
            known = [g for g in groups if g[0] & sums] or (groups[-1:] if not sums or not steps else [])
            group = known[0] if known else (set(), [], [])
            groups += [] if known else [group]
            group[0].update(sums)
            group[1].append(evidence.quote)
            group[2].extend(s for s in steps if s not in group[2])
        for found, quotes, steps in groups:
            if steps:
                yield _telling(happening, record, " ".join(quotes), found, steps)


def _in_order(telling: _Telling) -> tuple[dt.date, str, list[str]]:
    """By first knowledge."""
    return first_known(telling.record), telling.record.id, sorted(telling.sums)


def _telling(happening: Happening, record: Measure, text: str, sums: set[str], steps: list[Step]) -> _Telling:
    return _Telling(
        happening=happening,
        record=record,
        steps=tuple(steps),
        matter=stems_of(" ".join(matter_of(record).words)),
        sums=frozenset(sums),
        amounts=tuple(amount.words for amount in record.amount if amount.words in text),
    )


def _stands_in(step: Step, evidence: Evidence, *, is_first: bool) -> bool:
    """Whether the sentence tells the step; a step without a cue goes with the first sentence."""
    if step.cue is None:
        return is_first
    return evidence.start <= step.cue.start < evidence.end


def sums_of(text: str) -> frozenset[str]:
    """The sums of money in a text, written alike: rates change in the life of one tariff, the goods do not."""
    return frozenset(amount for amount in amounts_of(text) if not amount.endswith("%"))


class _Thread:
    """A measure in the making: what is known of it so far."""

    def __init__(self, telling: _Telling) -> None:
        self.tellings: list[_Telling] = []
        self.happenings: set[str] = set()
        self.names: set[frozenset[str]] = set()
        self.imposers: frozenset[str] = frozenset()
        self.targets: frozenset[str] = frozenset()
        self.sums: frozenset[str] = frozenset()
        self.dues: list[When] = []
        self.bound = False  # signed or in force
        self.add(telling)

    def add(self, telling: _Telling) -> None:
        """Takes a telling in."""
        item = telling.record
        self.tellings.append(telling)
        self.happenings.add(telling.happening.id)
        self.names |= {key} if (key := name_key(item.name)) else set()
        self.imposers |= states_of(item.imposers)
        self.targets |= states_of(item.targets)
        self.sums |= telling.sums
        self.dues += [s.when for s in telling.steps if s.when and _is_short(s.when) and meaning_of(s).agenda]
        self.bound = self.bound or any(meaning_of(s).binding for s in telling.steps)

    def goes_on_with(self, telling: _Telling) -> bool:
        """Whether the telling is of this measure: by its name or happening; else by its parties, kind, sum or words."""
        name = name_key(telling.record.name)
        if name and self.names:
            return any(name <= other or other <= name for other in self.names)
        spans = frozenset[str]().union(*(other.spans for other in self.tellings))
        if telling.spans and spans and not telling.spans & spans:
            return False
        if self._shares_happening(telling):
            return True
        if not self._fits(telling.record):
            return False
        if self._is_accord(telling.record):
            return not self.bound and self._lately(telling.record, ACCORD_SILENCE)
        return self._recalls(telling)

    def _shares_happening(self, telling: _Telling) -> bool:
        """Whether it was grouped with one of these; what one record tells apart stays apart."""
        if telling.happening.id not in self.happenings or any(t.record is telling.record for t in self.tellings):
            return False
        return not (telling.sums and self.sums) or bool(telling.sums & self.sums)

    def _lately(self, item: Measure, silence: dt.timedelta) -> bool:
        last = self.tellings[-1].record.known_on
        return bool(last and item.known_on and item.known_on - last <= silence)

    def _fits(self, item: Measure) -> bool:
        """Whether kind, parties and time allow it."""
        if item.kind != self.tellings[-1].record.kind or not self._lately(item, SILENCE):
            return False
        imposers, targets = states_of(item.imposers), states_of(item.targets)
        sides = ((imposers, self.imposers), (targets, self.targets))
        return not any(mine and theirs and not mine & theirs for mine, theirs in sides)

    def _is_accord(self, item: Measure) -> bool:
        """Whether it is the agreement of the same two."""
        both = states_of(item.imposers) | states_of(item.targets)
        return _path(item) == ACCORD and both <= (self.imposers | self.targets)

    def _recalls(self, telling: _Telling) -> bool:
        """Whether sums of money agree; where none contradict, a day that it was due, or what it is on."""
        if telling.sums and self.sums:
            return bool(telling.sums & self.sums)
        if any(
            step.when and due.overlaps(step.when) for step in telling.steps for due in self.dues if _is_short_step(step)
        ):
            return True
        return any(_on_one_matter(telling.matter, other.matter) for other in self.tellings)


def _path(item: Measure) -> str | None:
    return load_measures().kinds[item.kind].path


def name_key(name: str | None) -> frozenset[str]:
    """The words of a name that tell it from others; empty where there is none.

    >>> sorted(name_key("phase one trade agreement"))
    ['one', 'phase']
    """
    words = {word.strip("\"'“”‘’()") for word in (name or "").lower().replace("-", " ").split()}
    return frozenset(words - plain_name_words() - {""})


def _is_short_step(step: Step) -> bool:
    return step.when is not None and _is_short(step.when)


def _is_short(when: When) -> bool:
    """Whether the date is of a few days: a month or a year is shared by many measures."""
    return bool(when.earliest and when.latest and (when.latest - when.earliest).days <= 1)


def _on_one_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= ALIKE * min(len(one), len(other))


def _life(tellings: Sequence[_Telling], as_of: dt.date) -> MeasureLife:
    told = [step for telling in reversed(tellings) for step in steps_of(telling.record, telling.steps)]
    steps = steps_in_order(told)
    standing = standing_on(steps, as_of)
    return MeasureLife(
        happenings=tuple({telling.happening.id: telling.happening for telling in tellings}.values()),
        records=tuple({telling.record.id: telling.record for telling in tellings}.values()),
        amounts=_amounts(tellings),
        steps=tuple(steps),
        standing=standing,
        due=step_due(steps, standing, as_of),
        as_of=as_of,
    )


def _amounts(tellings: Sequence[_Telling]) -> tuple[str, ...]:
    found: dict[frozenset[str], str] = {}
    for telling in reversed(tellings):
        for words in telling.amounts:
            if sums_of(words):
                found.setdefault(sums_of(words), words)
    return tuple(found.values()) or tellings[-1].amounts
