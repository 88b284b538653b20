"""Dates, places and participants that cannot be those of one happening."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from detente.codebook.differences import find_cues, load_limits
from detente.ledger.clashes import Clash
from detente.ledger.happenings import Happening
from detente.ledger.remembered import remembered
from detente.ledger.subjects import parties_of
from detente.ledger.tellings import WORD, Telling, Tellings, Text
from detente.records import AgendaItem, DifferenceKind, Event, Record, When

ONCE = ("phone", "meet")  # what the same people rarely do twice within days
KEPT = 4_000  # happenings whose dated meetings are remembered
MOST = 12  # records of a happening that are compared with each other: those known first


def find_dates(happening: Happening, of: Mapping[str, Telling]) -> Iterator[Clash]:
    """Outlets that give other days for one thing; a plan only where both were told within a day, else it slipped."""
    limits = load_limits()
    told = [r for r in happening.records if isinstance(r, (Event, AgendaItem)) and _day(r.when) and r.id in of]
    for one, other in combinations(told[:MOST], 2):
        first, second = of[one.id], of[other.id]
        days = limits.days["date" if _took_place(one) and _took_place(other) else "plan"]
        if _day(one.when) == _day(other.when) or first.days_from(second) > days or not first.is_another_voice(second):
            continue
        yield _clash(DifferenceKind.DATE, first, second, _day(one.when), _day(other.when))


def find_other_dates(happenings: Sequence[Happening], tellings: Tellings) -> Iterator[Clash]:
    """Calls and meetings of the same people that were kept apart by their days alone, told by two outlets."""
    limits = load_limits()
    for found in _once(happenings, tellings):
        days: dict[str, set[str]] = defaultdict(set)  # that each outlet gives
        for one in found:
            days[one.telling.outlet].add(_day(one.event.when))
        for one, other in _told_apart(found, limits.days["date"], limits.longest_gap):
            both = {_day(one.event.when), _day(other.event.when)}
            first, second = one.telling, other.telling
            is_new = not any(both <= days[t.outlet] for t in (first, second))
            if is_new and _same_people(one.event, other.event) and first.is_another_voice(second):
                yield _clash(DifferenceKind.DATE, first, second, _day(one.event.when), _day(other.event.when))


class _Told(NamedTuple):
    """A dated deed with its sentence and happening; days are ordinals, `known` that of publication."""

    event: Event
    telling: Telling
    home: str
    day: int
    known: int


def _told_apart(found: Iterable[_Told], days: int, longest_gap: int) -> Iterator[tuple[_Told, _Told]]:
    """Each two of other happenings that became known so few days apart, and give days that lie no farther apart."""
    by_day: dict[int, list[_Told]] = defaultdict(list)
    for one in found:
        by_day[one.day].append(one)
    for day, told in by_day.items():
        for later in (other for gap in range(1, longest_gap + 1) for other in by_day.get(day + gap, ())):
            for one in told:
                if one.home != later.home and abs(one.known - later.known) <= days:
                    yield one, later


def _once(happenings: Sequence[Happening], tellings: Tellings) -> Iterator[list[_Told]]:
    """Dated calls, and dated meetings, of the same states, where they are of several happenings."""
    groups: dict[tuple[str, frozenset[str]], list[_Told]] = defaultdict(list)
    for happening in happenings:
        for record, mode, states, day in _dated_once(happening):
            if record.id in tellings.of:
                telling = tellings.of[record.id]
                groups[mode, states].append(_Told(record, telling, happening.id, day, telling.known.toordinal()))
    for found in groups.values():
        if len({one.home for one in found}) > 1:
            yield found


@remembered(KEPT)
def _dated_once(happening: Happening) -> tuple[tuple[Event, str, frozenset[str], int], ...]:
    """The records of a happening that tell of a call or meeting on one day: mode, states and the day's ordinal."""
    found = []
    for record in happening.records:
        if not isinstance(record, Event) or not record.when or not record.when.earliest or not _day(record.when):
            continue
        states = frozenset(actor.state for actor in parties_of(record) if actor.state)
        if record.mode in ONCE and record.factuality.is_actual and len(states) > 1:
            found.append((record, record.mode, states, record.when.earliest.toordinal()))
    return tuple(found)


def find_places(happening: Happening, of: Mapping[str, Telling]) -> Iterator[Clash]:
    """Outlets that put one deed into two states."""
    limits = load_limits()
    told = [r for r in happening.records if isinstance(r, Event) and r.where and r.id in of]
    for one, other in combinations(told[:MOST], 2):
        first, second = of[one.id], of[other.id]
        near = first.days_from(second) <= limits.days["place"]
        if one.where != other.where and near and first.is_another_voice(second):
            yield _clash(DifferenceKind.PLACE, first, second, one.where or "", other.where or "")


def find_absent(tellings: Tellings) -> Iterator[Clash]:
    """Somebody who took part by one account and did not by another."""
    limits = load_limits()
    absent = tellings.where(_absent)
    present = _present(tellings) if absent else {}
    for telling, found in absent:
        for told in present.get(found, ()):
            near = told.days_from(telling) <= limits.days["participants"]
            if near and told is not telling and told.is_another_voice(telling):
                values = ("present", "absent")
                yield Clash(kind=DifferenceKind.PARTICIPANTS, one=told, other=telling, values=values)


def _absent(text: Text) -> tuple[tuple[Telling, str], ...]:
    """The sentences that say that somebody did not take part, with the last part of the name."""
    return _named(text, "absent")


def _attending(text: Text) -> tuple[tuple[Telling, str], ...]:
    """The sentences that say that somebody was there, with the last part of the name."""
    return _named(text, "present")


def _named(text: Text, table: str) -> tuple[tuple[Telling, str], ...]:
    found = ((telling, find_cues(table, telling.quote)) for telling in text.tellings)
    return tuple((telling, WORD.findall(cues[0][1]["who"])[-1].lower()) for telling, cues in found if cues)


def _present(tellings: Tellings) -> dict[str, list[Telling]]:
    """The sentences that tell of a deed in which somebody took part, by each of the last two parts of the name."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling, name in tellings.where(_attending):
        found[name].append(telling)
    for telling in tellings.all:
        deeds = (r for r in telling.records if isinstance(r, Event) and r.factuality.is_actual)
        people = {a.person.lower() for deed in deeds for a in parties_of(deed) if a.person}
        for name in {part for person in people for part in WORD.findall(person)[-2:]}:
            found[name].append(telling)
    return found


def _clash(kind: DifferenceKind, one: Telling, other: Telling, mine: str, theirs: str) -> Clash:
    """The two in the order of knowledge."""
    if other.rank < one.rank:
        one, other, mine, theirs = other, one, theirs, mine
    return Clash(kind=kind, one=one, other=other, values=(mine, theirs))


def _took_place(record: Record) -> bool:
    return isinstance(record, Event) and record.factuality.is_actual


def _day(when: When | None) -> str:
    """The single day that a date is; empty where it is longer or open."""
    return when.earliest.isoformat() if when and when.earliest and when.earliest == when.latest else ""


def _same_people(one: Event, other: Event) -> bool:
    """Whether a person or an office takes part by both accounts."""
    mine, theirs = (
        {who for a in parties_of(event) for who in (a.person and a.person.lower().split()[-1], a.office) if who}
        for event in (one, other)
    )
    return bool(mine & theirs)
