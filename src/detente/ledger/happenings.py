"""Groups the records that tell of one thing: same kind, type and parties, dates that can be the same."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.records import Actor, AgendaItem, Event, EventType, Measure, Mechanism, Position, Record, Statement

NEAR = dt.timedelta(days=4)  # publication days at which undated reports can be of one thing
SYMMETRIC = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})  # either order is the same deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Records of one or several documents that tell of the same thing, earliest known first; its id is the first's."""

    records: tuple[Record, ...]

    @property
    def id(self) -> str:
        """The id of the record known first."""
        return self.records[0].id

    @property
    def head(self) -> Record:
        """The record that tells it best: no title, dated, sure, long evidence; the same whatever the order."""
        return max(
            self.records,
            key=lambda r: (
                not r.from_title,
                r.when is not None,
                r.confidence,
                -len(r.hedges),
                r.known_on or dt.date.min,
                r.id,
            ),
        )

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that tell it."""
        return tuple(dict.fromkeys(r.evidence[0].document for r in self.records))


def group_happenings(records: Iterable[Record]) -> list[Happening]:
    """The happenings that the records tell, by first knowledge. Each record is in exactly one."""
    families: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for item in records:
        families[_family(item)].append(item)
    groups = [group for family in families.values() for group in _split(family)]
    made = [Happening(records=tuple(sorted(group, key=_first_known))) for group in groups]
    return sorted(made, key=lambda happening: _first_known(happening.head))


def _first_known(item: Record) -> tuple[dt.date, str]:
    return item.known_on or dt.date.max, item.id


def _family(item: Record) -> tuple[object, ...]:
    """What two records must share to be of one happening, besides the date."""
    key: tuple[object, ...] = (item.id,)
    match item:
        case Event():
            sides = (_states(item.initiators), _states(item.targets))
            if item.event_type in SYMMETRIC:
                sides = (sides[0] | sides[1], frozenset())
            key = (item.event_type, item.factuality.is_actual, *sides)
        case AgendaItem():
            key = (item.kind, _parties(item.participants))
        case Measure():
            key = (item.kind, item.name or "", _states(item.imposers), _states(item.targets))
        case Mechanism():
            key = (item.name.lower(), _states(item.participants))
        case Position():
            key = (item.holder.key, item.stance, item.proposition.quote.lower())
        case Statement():
            key = (item.speaker.key if item.speaker else "", *(x.quote for x in item.content))
    return (item.record, *key)


def _states(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.state for actor in actors if actor.state)


def _parties(actors: Sequence[Actor]) -> frozenset[tuple[str | None, str | None]]:
    return frozenset((actor.state, actor.office) for actor in actors)


def _split(family: list[Record]) -> list[list[Record]]:
    """The family cut where dates cannot be of one thing; a sweep over the dated, then the undated."""
    dated = sorted((r for r in family if r.when), key=lambda r: (r.when.earliest or dt.date.min, _first_known(r)))  # type: ignore[union-attr]
    groups: list[list[Record]] = []
    for item in dated:
        fitting = next((group for group in reversed(groups) if all(_may_be_one(item, other) for other in group)), None)
        if fitting is None:
            groups.append([item])
        else:
            fitting.append(item)
    for item in sorted((r for r in family if not r.when), key=_first_known):
        fitting = next((group for group in groups if any(_told_alike(item, other) for other in group)), None)
        if fitting is None:
            groups.append([item])
        else:
            fitting.append(item)
    return groups


def _may_be_one(one: Record, other: Record) -> bool:
    return bool(one.when and other.when and one.when.overlaps(other.when)) and _share_issue(one, other)


def _told_alike(one: Record, other: Record) -> bool:
    """Whether an undated record may be of the same thing: told within days, on the same issue."""
    if one.known_on and other.known_on and abs(one.known_on - other.known_on) > NEAR:
        return False
    return (_share_issue(one, other) and bool({x.quote for x in one.evidence} & {x.quote for x in other.evidence})) or (
        one.from_title or other.from_title
    )


def _share_issue(one: Record, other: Record) -> bool:
    mine, theirs = ({issue.label for issue in r.issues} for r in (one, other))
    return not mine or not theirs or bool(mine & theirs)
