"""What stands in the way: issues ranked by attention, conflict and the distance between the latest positions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from detente.ledger.port import Pair
from detente.records import Event, Position, Quad, Record, Stance, Voice

WEIGHTS = (("attention", 1.0), ("conflict", 1.5), ("distance", 1.0))  # the formula: a weighted sum of parts, each 0..1
CONTRARY = frozenset({Stance.DEMANDS, Stance.OPPOSES, Stance.REJECTS, Stance.REGRETS, Stance.RED_LINE})
CONFLICT_QUADS = frozenset({Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT})


class Distance(IntEnum):
    """How far apart the latest positions are; the ladder."""

    SAME = 0
    BRIDGEABLE = 1
    CONDITIONAL = 2
    OPPOSED = 3
    NOT_NEGOTIABLE = 4

    @property
    def words(self) -> str:
        """As printed."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """An issue that divides a pair. `parts` are the named parts of the score, each 0..1, before weighting."""

    label: str
    theme: str
    distance: Distance
    positions: tuple[Position, ...]  # latest first
    records: tuple[Record, ...]  # all that bear on it
    parts: tuple[tuple[str, float], ...]

    @property
    def rank_weight(self) -> float:
        """The weighted sum of the parts."""
        weights = dict(WEIGHTS)
        return sum(weights[name] * part for name, part in self.parts)


def rank_obstacles(records: Sequence[Record], pair: Pair) -> list[Obstacle]:
    """The issues on which the pair's states hold contrary positions or did each other harm, worst first."""
    by_label: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for item in records:
        for issue in item.issues:
            by_label[(issue.label, issue.theme)].append(item)
    most = max((_attention(items) for items in by_label.values()), default=1)
    found = [
        obstacle
        for (label, theme), items in by_label.items()
        if (obstacle := _weigh(label, theme, items, pair, most)) is not None
    ]
    return sorted(found, key=lambda o: (-o.rank_weight, o.label))


def measure_distance(positions: Sequence[Position], pair: Pair) -> Distance:
    """The step of the ladder on which the positions of the two sides stand.

    Not negotiable: a side draws a red line. Opposed: a side is contrary and none offers or accepts. Conditional: the
    contrary side names its condition, or the other moves. Bridgeable: offers on the table. Same: nobody is contrary.
    What an author says a side holds counts only where nothing else is known.
    """
    positions = [p for p in positions if p.voice is not Voice.AUTHOR] or positions
    sides = [[p for p in positions if p.holder.state == state] for state in pair]
    contrary = [p for p in positions if p.stance in CONTRARY]
    if any(p.stance is Stance.RED_LINE for p in contrary):
        return Distance.NOT_NEGOTIABLE
    if not contrary:
        moving = any(p.stance in (Stance.OFFERS, Stance.PROMISES) for p in positions)
        return Distance.BRIDGEABLE if moving else Distance.SAME
    yielding = all(any(p.stance in (Stance.OFFERS, Stance.ACCEPTS) for p in side) for side in sides)
    if yielding:
        return Distance.BRIDGEABLE
    return Distance.CONDITIONAL if all(p.condition for p in contrary) else Distance.OPPOSED


def _told_best(position: Position) -> tuple[bool, dt.date, float, float, str]:
    """What a side is said to hold by a columnist comes after what it said itself."""
    own = position.voice is not Voice.AUTHOR
    return own, position.known_on or dt.date.min, position.firmness, position.confidence, position.id


def _attention(items: Sequence[Record]) -> int:
    """How many passages speak of it."""
    return len({(e.document, e.start) for item in items for e in item.evidence})


def _weigh(label: str, theme: str, items: list[Record], pair: Pair, most: int) -> Obstacle | None:
    positions = [r for r in items if isinstance(r, Position) and r.holder.state in pair]
    contrary = [p for p in positions if p.stance in CONTRARY]
    harm = [r for r in items if isinstance(r, Event) and r.quad in CONFLICT_QUADS and r.factuality.is_actual]
    if not contrary and not harm:
        return None
    judged = len(positions) + sum(isinstance(r, Event) and r.factuality.is_actual for r in items)
    distance = measure_distance(positions, pair) if positions else Distance.OPPOSED
    parts = (
        ("attention", _attention(items) / most),
        ("conflict", (len(contrary) + len(harm)) / judged),
        ("distance", distance / Distance.NOT_NEGOTIABLE if positions else 0.0),  # deeds alone show no distance
    )
    latest = sorted(positions, key=_told_best, reverse=True)
    return Obstacle(
        label=label, theme=theme, distance=distance, positions=tuple(latest), records=tuple(items), parts=parts
    )
