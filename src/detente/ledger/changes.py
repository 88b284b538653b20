"""What changed between two states of knowledge: new, moved, confirmed, contradicted, overdue, withdrawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.codebook.measures import load_measures
from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.measure_life import MeasureLife
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import Course
from detente.ledger.promises import Promise
from detente.ledger.verdicts import PromiseStanding
from detente.records import AgendaItem, Difference, Event, Factuality, Measure, Position, Record, Stance, Voice

ENDED = "lifted"  # the step of measures.toml from which on a measure no longer holds
DENIED_WITHIN = 30  # days between a report and the denial of it, where neither is dated


class ChangeKind(StrEnum):
    """In what way something changed; a thing is listed under one of them."""

    NEW = "new"  # first told
    MOVED = "moved"  # another date, another step, another distance
    CONFIRMED = "confirmed"  # a plan came true, a promise was kept, another outlet tells it too
    CONTRADICTED = "contradicted"  # denied, told otherwise by another, or a promise broken
    OVERDUE = "overdue"  # its day passed and nothing was heard
    WITHDRAWN = "withdrawn"  # called off, lifted, taken back, told by an article that was


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known at one time and what follows from it."""

    happenings: Sequence[Happening]
    courses: Sequence[Course]
    lives: Sequence[MeasureLife]
    promises: Sequence[Promise]
    obstacles: Sequence[Obstacle]
    outlets: Mapping[str, str]  # of each document by its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that changed, as it is now."""

    kind: ChangeKind
    what: Happening | Course | MeasureLife | Promise | Obstacle | Difference


BY_FATE = {
    Fate.PENDING: ChangeKind.MOVED,
    Fate.HAPPENED: ChangeKind.CONFIRMED,
    Fate.SLIPPED: ChangeKind.MOVED,
    Fate.CANCELLED: ChangeKind.WITHDRAWN,
    Fate.NO_WORD: ChangeKind.OVERDUE,
}
BY_STANDING = {
    PromiseStanding.OPEN: ChangeKind.MOVED,
    PromiseStanding.KEPT: ChangeKind.CONFIRMED,
    PromiseStanding.PARTLY: ChangeKind.MOVED,
    PromiseStanding.BROKEN: ChangeKind.CONTRADICTED,
    PromiseStanding.SAID_KEPT: ChangeKind.MOVED,
    PromiseStanding.SAID_PARTLY: ChangeKind.MOVED,
    PromiseStanding.SAID_BROKEN: ChangeKind.CONTRADICTED,
    PromiseStanding.DISPUTED: ChangeKind.CONTRADICTED,
}


def find_changes(
    before: State, after: State, differences: Sequence[Difference] = (), lapsed: Sequence[Record] = ()
) -> list[Change]:
    """What is otherwise after than before, in the order of `ChangeKind`; empty where nothing changed.

    `differences` are those known after; one is new where a side of it was not told before. `lapsed` are the records
    that counted before and do no longer.
    """
    old = {record.id for happening in before.happenings for record in happening.records}
    fresh = [d for d in differences if not {d.one.records[0], d.other.records[0]} <= old]
    side_by_side = {id_ for difference in fresh for id_ in (*difference.one.records, *difference.other.records)}
    found = [
        *_plans(before, after),
        *_measures(before, after),
        *_promises(before, after),
        *_distances(before, after),
        *(Change(kind=ChangeKind.CONTRADICTED, what=difference) for difference in fresh),
        *_withdrawn(lapsed),
        *_happenings(before, after, old, side_by_side),
    ]
    order = list(ChangeKind)
    return sorted(found, key=lambda change: order.index(change.kind))


def _plans(before: State, after: State) -> Iterator[Change]:
    known = {record.id: course for course in before.courses for record in course.item.records}
    for course in after.courses:
        was = next((known[r.id] for r in course.item.records if r.id in known), None)
        if was is None:
            kind = ChangeKind.NEW if course.fate is Fate.PENDING else BY_FATE[course.fate]
            yield Change(kind=kind, what=course)
        elif was.fate is not course.fate or was.new != course.new:
            yield Change(kind=BY_FATE[course.fate], what=course)
        elif was.due != course.due:
            yield Change(kind=ChangeKind.MOVED, what=course)


def _measures(before: State, after: State) -> Iterator[Change]:
    known = {_step_keys(life): life for life in before.lives}
    by_key = {key: life for keys, life in known.items() for key in keys}
    ended = load_measures().steps[ENDED].order
    for life in after.lives:
        was = next((by_key[key] for key in sorted(_step_keys(life)) if key in by_key), None)
        standing = life.standing.step if life.standing else None
        if all(record.from_title for record in life.records):
            continue
        if was is None:
            yield Change(kind=ChangeKind.NEW, what=life)
        elif standing != (was.standing.step if was.standing else None):
            over = standing is not None and load_measures().steps[standing].order >= ended
            yield Change(kind=ChangeKind.WITHDRAWN if over else ChangeKind.MOVED, what=life)
        elif life.is_overdue and not was.is_overdue:
            yield Change(kind=ChangeKind.OVERDUE, what=life)
        elif (life.due and life.due.on) != (was.due and was.due.on):
            yield Change(kind=ChangeKind.MOVED, what=life)


def _step_keys(life: MeasureLife) -> frozenset[tuple[str, str]]:
    """By what a life is known again: the records of its steps, one record being in several lives."""
    return frozenset((step.record.id, step.step) for step in life.steps)


def _promises(before: State, after: State) -> Iterator[Change]:
    known = {record.id: promise for promise in before.promises for record in promise.told}
    for promise in after.promises:
        was = next((known[r.id] for r in promise.told if r.id in known), None)
        if was is None:
            is_open = promise.standing is PromiseStanding.OPEN
            yield Change(kind=ChangeKind.NEW if is_open else BY_STANDING[promise.standing], what=promise)
        elif was.standing is not promise.standing:
            yield Change(kind=BY_STANDING[promise.standing], what=promise)
        elif promise.doubt and not was.doubt:
            yield Change(kind=ChangeKind.CONTRADICTED if promise.heard else ChangeKind.OVERDUE, what=promise)


def _distances(before: State, after: State) -> Iterator[Change]:
    known = {obstacle.label: obstacle for obstacle in before.obstacles}
    for obstacle in after.obstacles:
        was = known.get(obstacle.label)
        if was is None:
            yield Change(kind=ChangeKind.NEW, what=obstacle)
        elif was.distance is not obstacle.distance:
            yield Change(kind=ChangeKind.MOVED, what=obstacle)


def _happenings(before: State, after: State, old: set[str], side_by_side: set[str]) -> Iterator[Change]:
    """Deeds and positions: new ones, those that another outlet tells now, and denials of what was told before.

    A denial that stands side by side with what it denies is not told again.
    """
    told = [h for h in before.happenings if _is_deed(h)]
    for happening in after.happenings:
        fresh = [record for record in happening.records if record.id not in old]
        if not fresh:
            continue
        if len(fresh) < len(happening.records):
            outlets = {after.outlets.get(r.evidence[0].document) for r in happening.records if r.id in old}
            others = {after.outlets.get(r.evidence[0].document) for r in fresh} - outlets
            if others and (_is_deed(happening) or isinstance(happening.head, Position)):
                yield Change(kind=ChangeKind.CONFIRMED, what=happening)
        elif any(_denies(record, other) for record in filter(_is_denial, fresh) for other in told):
            if any(record.id in side_by_side for record in fresh):
                continue
            yield Change(kind=ChangeKind.CONTRADICTED, what=happening)
        elif _is_deed(happening) or _is_new_position(happening):
            yield Change(kind=ChangeKind.NEW, what=happening)


def _withdrawn(lapsed: Sequence[Record]) -> Iterator[Change]:
    """Deeds, plans, measures and positions that were told by an article that was corrected or withdrawn."""
    for happening in group_happenings(lapsed):
        is_told = isinstance(happening.head, (AgendaItem, Measure)) or _is_deed(happening)
        if is_told or (isinstance(happening.head, Position) and _is_own(happening)):
            yield Change(kind=ChangeKind.WITHDRAWN, what=happening)


def _is_deed(happening: Happening) -> bool:
    head = happening.head
    return isinstance(head, Event) and head.factuality.is_actual and _is_own(happening)


def _is_new_position(happening: Happening) -> bool:
    """Whether it is a position that no promise tells."""
    head = happening.head
    return isinstance(head, Position) and head.stance is not Stance.PROMISES and _is_own(happening)


def _is_own(happening: Happening) -> bool:
    """Whether more than a title or an author's opinion tells it."""
    return happening.head.voice is not Voice.AUTHOR and not all(r.from_title for r in happening.records)


def _is_denial(record: Record) -> bool:
    return isinstance(record, Event) and record.factuality is Factuality.DENIED


def _denies(record: Record, happening: Happening) -> bool:
    """Whether the denial is of this deed: such a deed of the same sides, at the same time or on the same issue."""
    head = happening.head
    if not isinstance(record, Event) or not isinstance(head, Event):
        return False
    if (record.event_type, record.mode) != (head.event_type, head.mode):
        return False
    sides = [({a.state for a in e.initiators}, {a.state for a in e.targets}) for e in (record, head)]
    if sides[0] != sides[1]:
        return False
    if record.when and head.when:
        return record.when.overlaps(head.when)
    return bool(
        record.known_on and head.known_on and abs((record.known_on - head.known_on).days) <= DENIED_WITHIN
    ) and bool({i.label for i in record.issues} & {i.label for i in head.issues})
