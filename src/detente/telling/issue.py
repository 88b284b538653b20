"""One issue: where both sides stood over time, how far apart that is, and how the distance moved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from detente.ledger.distance import MOST_DAYS, Distance, measure_distance, stands_of
from detente.ledger.obstacles import Obstacle
from detente.ledger.port import Pair
from detente.records import Position, Record
from detente.telling.dated import Dated, tell_dated
from detente.telling.known import Known
from detente.telling.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """From this day on the two stood so far apart; `records` are those that became known on the day."""

    since: dt.date
    distance: Distance
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side holds, the newest first: each position with its line."""

    state: str  # code
    name: str
    positions: tuple[tuple[Position, Line], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePage:
    """All that is told of an issue. `heading` is its line among the obstacles, None where it divides nobody."""

    label: str
    heading: Line | None
    rungs: tuple[Rung, ...]  # the earliest first
    sides: tuple[Side, Side]
    others: tuple[Dated, ...]  # deeds, plans, measures and statements, by day


def tell_issue(known: Known, label: str) -> IssuePage | None:
    """The page of the issue of that label; None where nothing is told of it."""
    obstacle = next((o for o in known.obstacles if o.label == label), None)
    records = _records(known, label, obstacle)
    if not records:
        return None
    ids, pair = {record.id for record in records}, known.material.pair
    told = [d for d in tell_dated(known) if any(record.id in ids for record in d.records)]
    first, second = (_side(known, records, state) for state in pair)
    shown = {position.id for side in (first, second) for position, _ in side.positions}
    return IssuePage(
        label=label,
        heading=_heading(known, obstacle),
        rungs=tuple(_rungs(records, pair)),
        sides=(first, second),
        others=tuple(d for d in told if d.head.id not in shown),
    )


def issue_labels(known: Known) -> list[str]:
    """The labels of all issues that are told of, the obstacles first."""
    material = known.material
    named = {issue.label for record in (*material.records, *material.undated) for issue in record.issues}
    ranked = [obstacle.label for obstacle in known.obstacles]
    return [*ranked, *sorted(named - set(ranked))]


def _records(known: Known, label: str, obstacle: Obstacle | None) -> tuple[Record, ...]:
    if obstacle is not None:
        return obstacle.records
    material = known.material
    return tuple(r for r in (*material.records, *material.undated) if any(i.label == label for i in r.issues))


def _heading(known: Known, obstacle: Obstacle | None) -> Line | None:
    if obstacle is None:
        return None
    return known.narrator.obstacle(known.obstacles.index(obstacle) + 1, obstacle, known.material.pair)


def _side(known: Known, records: Sequence[Record], state: str) -> Side:
    held = [r for r in records if isinstance(r, Position) and r.holder.state == state]
    held.sort(key=lambda p: (p.known_on or dt.date.min, p.id), reverse=True)
    told = tuple((position, known.narrator.position(position)) for position in held)
    return Side(state=state, name=known.words.state(state), positions=told)


def _rungs(records: Sequence[Record], pair: Pair) -> list[Rung]:
    """The days on which the distance became another, of those that are looked back over."""
    stands = [r for r in stands_of(records, pair) if r.known_on]
    rungs: list[Rung] = []
    for day in sorted({r.known_on for r in stands if r.known_on})[-MOST_DAYS:]:
        distance = measure_distance([r for r in stands if r.known_on and r.known_on <= day], pair)
        if not rungs or rungs[-1].distance is not distance:
            rungs.append(Rung(since=day, distance=distance, records=tuple(r for r in stands if r.known_on == day)))
    return rungs
