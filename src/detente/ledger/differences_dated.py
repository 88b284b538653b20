"""Dates, places and participants that cannot be those of one happening."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from detente.codebook.differences import find_cues, load_limits
from detente.ledger.clashes import Clash
from detente.ledger.happenings import Happening
from detente.ledger.subjects import parties_of
from detente.ledger.tellings import WORD, Telling, Tellings
from detente.records import AgendaItem, DifferenceKind, Event, Record, When

ONCE = ("phone", "meet")  # what the same people rarely do twice within days
MOST = 12  # records of a happening that are compared with each other: those known first


def find_dates(happening: Happening, tellings: Tellings) -> Iterator[Clash]:
    """Outlets that give other days for one thing; a plan only where both were told within a day, else it slipped."""
    limits = load_limits()
    told = [r for r in happening.records if isinstance(r, (Event, AgendaItem)) and _day(r.when) and r.id in tellings.of]
    for one, other in combinations(told[:MOST], 2):
        first, second = tellings.of[one.id], tellings.of[other.id]
        days = limits.days["date" if _took_place(one) and _took_place(other) else "plan"]
        if _day(one.when) == _day(other.when) or first.days_from(second) > days or not first.is_another_voice(second):
            continue
        yield _clash(DifferenceKind.DATE, first, second, _day(one.when), _day(other.when))


def find_other_dates(happenings: Sequence[Happening], tellings: Tellings) -> Iterator[Clash]:
    """Calls and meetings of the same people that were kept apart by their days alone, told by two outlets."""
    limits = load_limits()
    for found in _once(happenings, tellings):
        days: dict[str, set[str]] = defaultdict(set)  # that each outlet gives
        for record, _ in found:
            days[tellings.of[record.id].outlet].add(_day(record.when))
        for (one, home), (other, away) in _told_within(found, limits.days["date"], tellings):
            if home == away or not 0 < _gap(one, other) <= limits.longest_gap or not _same_people(one, other):
                continue
            first, second = tellings.of[one.id], tellings.of[other.id]
            both = {_day(one.when), _day(other.when)}
            if first.is_another_voice(second) and not any(both <= days[t.outlet] for t in (first, second)):
                yield _clash(DifferenceKind.DATE, first, second, _day(one.when), _day(other.when))


_Told = tuple[Event, str]


def _told_within(found: Sequence[_Told], days: int, tellings: Tellings) -> Iterator[tuple[_Told, _Told]]:
    """Each two of them, which are in the order of knowledge, that became known so few days apart."""
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if tellings.of[one[0].id].days_from(tellings.of[other[0].id]) > days:
                break
            yield one, other


def _once(happenings: Sequence[Happening], tellings: Tellings) -> Iterator[list[tuple[Event, str]]]:
    """Dated calls, and dated meetings, of the same states, each with its happening, by first knowledge."""
    groups: dict[tuple[str, frozenset[str]], list[tuple[Event, str]]] = defaultdict(list)
    for happening in happenings:
        for record in happening.records:
            if not isinstance(record, Event) or record.id not in tellings.of or not _day(record.when):
                continue
            states = frozenset(actor.state for actor in parties_of(record) if actor.state)
            if record.mode in ONCE and record.factuality.is_actual and len(states) > 1:
                groups[record.mode, states].append((record, happening.id))
    for found in groups.values():
        yield sorted(found, key=lambda pair: tellings.of[pair[0].id].rank)


def find_places(happening: Happening, tellings: Tellings) -> Iterator[Clash]:
    """Outlets that put one deed into two states."""
    limits = load_limits()
    told = [r for r in happening.records if isinstance(r, Event) and r.where and r.id in tellings.of]
    for one, other in combinations(told[:MOST], 2):
        first, second = tellings.of[one.id], tellings.of[other.id]
        near = first.days_from(second) <= limits.days["place"]
        if one.where != other.where and near and first.is_another_voice(second):
            yield _clash(DifferenceKind.PLACE, first, second, one.where or "", other.where or "")


def find_absent(tellings: Tellings) -> Iterator[Clash]:
    """Somebody who took part by one account and did not by another."""
    limits, present = load_limits(), _present(tellings)
    for telling in tellings.all:
        found = next((found for _, found in find_cues("absent", telling.quote)), None)
        name = WORD.findall(found["who"])[-1].lower() if found else ""
        for told in present.get(name, ()):
            near = told.days_from(telling) <= limits.days["participants"]
            if near and told is not telling and told.is_another_voice(telling):
                values = ("present", "absent")
                yield Clash(kind=DifferenceKind.PARTICIPANTS, one=told, other=telling, values=values)


def _present(tellings: Tellings) -> dict[str, list[Telling]]:
    """The sentences that tell of a deed in which somebody took part, by the last part of the name."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings.all:
        deeds = (r for r in telling.records if isinstance(r, Event) and r.factuality.is_actual)
        people = {WORD.findall(a.person.lower())[-1] for deed in deeds for a in parties_of(deed) if a.person}
        for name in people:
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


def _gap(one: Record, other: Record) -> int:
    """The days between the days of two records, 0 where one has none."""
    first, second = (record.when.earliest if record.when else None for record in (one, other))
    return abs((first - second).days) if first and second else 0


def _same_people(one: Event, other: Event) -> bool:
    """Whether a person or an office takes part by both accounts."""
    mine, theirs = (
        {who for a in parties_of(event) for who in (a.person and a.person.lower().split()[-1], a.office) if who}
        for event in (one, other)
    )
    return bool(mine & theirs)
