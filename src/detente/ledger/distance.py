"""How far apart two sides stand on an issue, by what each said and agreed to last, and how that has moved."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from detente.codebook.measures import load_measures
from detente.ledger.port import Pair
from detente.records import Event, EventType, Evidence, Factuality, Measure, Position, Record, Stance, Voice

CONTRARY = frozenset({Stance.DEMANDS, Stance.OPPOSES, Stance.REJECTS, Stance.REGRETS, Stance.RED_LINE})
MOVING = frozenset({Stance.OFFERS, Stance.ACCEPTS})
ONE_SIDED = frozenset({Stance.OFFERS, Stance.PROMISES})
SOFT = 0.35  # firmness up to which a demand is a wish and not contrary, see positions.toml
FRESH = dt.timedelta(days=21)  # before a side's last word, within which what it said still is its position
RED_LINE_HOLDS = dt.timedelta(days=365)  # a red line is not taken back by talking of something else
MOVE_HOLDS = dt.timedelta(days=120)  # before anybody's last word, within which giving way still softens a quarrel
ACCORDS = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.RETREAT})
EASING = frozenset(
    {"delayed", "delay due", "suspended", "suspension due", "eased", "easing due", "lifted", "lifting due"}
)
CONCESSIONS = frozenset({EventType.CONCEDE, EventType.RETREAT})
EASED = "ease"  # mode of a concession that the measure tells which is eased
SHARED = "with"  # effect of a measure that binds both: who suspends an agreement gives nothing away
RECALLED = dt.timedelta(days=30)  # before it is told, from which a dated stand is one of that time, only recalled
MOST_DAYS = 40  # on which something was said, looked back over for movement


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
class Movement:
    """Since when an issue stands where it does, and where it stood before; None where it never stood elsewhere."""

    since: dt.date
    before: Distance | None


def stands_of(records: Iterable[Record], pair: Pair) -> list[Record]:
    """The records that tell where the two sides stand: their positions, accords and easings; not opinions of authors.

    What an author says a side holds counts only where nothing else is known.
    """
    told = [r for r in records if _sides_of(r, pair) is not None]
    return [r for r in told if r.voice is not Voice.AUTHOR] or told


def measure_distance(records: Sequence[Record], pair: Pair) -> Distance:
    """The step of the ladder on which the two sides stand, by each side's latest word.

    Not negotiable: a side drew a red line within a year. Same: nobody is contrary; bridgeable, where besides something
    is offered, promised, agreed or eased. Bridgeable too: both sides move. Conditional: who is contrary names a
    condition, or stands against one who gives way. Opposed: all else.
    """
    stands = stands_of(records, pair)
    latest = _latest(stands, pair)
    newest = max((_stood_on(r) for r in stands), default=dt.date.min)
    if any(_is_red_line(r) and newest - _stood_on(r) <= RED_LINE_HOLDS for r in stands):
        return Distance.NOT_NEGOTIABLE
    contrary = [r for r in latest if isinstance(r, Position) and is_contrary(r)]
    if not contrary:
        return Distance.BRIDGEABLE if any(_is_on_the_table(r) for r in latest) else Distance.SAME
    moves = (r for r in latest if _moves(r) and newest - _stood_on(r) <= MOVE_HOLDS)
    vows = _vows(stands)
    moved = {side for r in moves for side in _givers(r, pair, vows)}
    if set(pair) <= moved:
        return Distance.BRIDGEABLE
    given_way = moved - {position.holder.state for position in contrary}
    softened = bool(given_way) or all(position.condition for position in contrary)
    return Distance.CONDITIONAL if softened else Distance.OPPOSED


def measure_movement(records: Sequence[Record], pair: Pair) -> Movement | None:
    """How the distance came to be what it is; None where nothing or all was said on one day."""
    stands = stands_of(records, pair)
    days = sorted({r.known_on for r in stands if r.known_on})[-MOST_DAYS:]
    if len(days) <= 1:
        return None
    now, since = measure_distance(stands, pair), days[-1]
    for day in reversed(days[:-1]):
        then = measure_distance([r for r in stands if _known(r) <= day], pair)
        if then is not now:
            return Movement(since=since, before=then)
        since = day
    return Movement(since=since, before=None)


def is_contrary(position: Position) -> bool:
    """Whether it stands against something: a wish does not."""
    if position.stance is Stance.DEMANDS and position.firmness <= SOFT:
        return False
    return position.stance in CONTRARY


def _latest(stands: Sequence[Record], pair: Pair) -> list[Record]:
    """What each side said within three weeks of its last word, but what it stood against before it gave way."""
    found: dict[str, Record] = {}
    vows = _vows(stands)
    for side in pair:
        mine = [r for r in stands if side in _givers(r, pair, vows)]
        newest = max((_stood_on(r) for r in mine), default=dt.date.min)
        gave_way = max((_stood_on(r) for r in mine if _moves(r)), default=dt.date.min)
        found.update((r.id, r) for r in mine if newest - _stood_on(r) <= FRESH and not _is_given_up(r, gave_way))
    return list(found.values())


def _is_given_up(record: Record, gave_way: dt.date) -> bool:
    """Whether its side gave way on a later day: what it refused it has since offered or agreed to."""
    return isinstance(record, Position) and is_contrary(record) and _stood_on(record) < gave_way


def _vows(stands: Sequence[Record]) -> frozenset[tuple[str | None, Evidence]]:
    """Who promises or offers something alone, and in which sentence."""
    return frozenset(
        (r.holder.state, r.evidence[0]) for r in stands if isinstance(r, Position) and r.stance in ONE_SIDED
    )


def _givers(record: Record, pair: Pair, vows: frozenset[tuple[str | None, Evidence]]) -> frozenset[str]:
    """The sides whose stand the record tells; of a promise only who makes it, though somebody else gets it."""
    sides = _sides_of(record, pair) or frozenset()
    if not isinstance(record, Event):
        return sides
    alone = {a.state for a in record.initiators if a.state and (a.state, record.evidence[0]) in vows}
    return sides & alone if len(alone) == 1 else sides


def _sides_of(record: Record, pair: Pair) -> frozenset[str] | None:
    """The sides whose stand the record tells; None where it tells no stand."""
    if isinstance(record, Position):
        return frozenset({record.holder.state}) & frozenset(pair) or None  # type: ignore[return-value]
    if isinstance(record, Event) and _moves(record):
        parties = record.initiators if record.event_type in CONCESSIONS else (*record.initiators, *record.targets)
        return frozenset(a.state for a in parties if a.state in pair) or None  # who agrees agrees with somebody
    if isinstance(record, Measure) and _moves(record):
        # Of an easing for which the text names nobody, both are taken to be the authors.
        return frozenset(a.state for a in record.imposers if a.state in pair) or frozenset(pair)
    return None


def _moves(record: Record) -> bool:
    """Whether a side gives way in it: an offer, an acceptance, an accord, an easing, a concession that it announces."""
    match record:
        case Position():
            return record.stance in MOVING
        case Event():
            is_accord = record.event_type in ACCORDS or record.mode == "agreement"
            is_concession = record.event_type in CONCESSIONS and record.mode != EASED
            is_announced = is_concession and record.factuality in (Factuality.PLANNED, Factuality.CONDITIONAL)
            return (is_announced or (is_accord and record.factuality.is_actual)) and not record.from_title
        case Measure():
            kind = load_measures().kinds.get(record.kind)
            is_own = kind is None or kind.effect != SHARED
            return is_own and not record.from_title and any(step.step in EASING for step in record.steps)
    return False


def _is_on_the_table(record: Record) -> bool:
    if isinstance(record, Position):
        return record.stance in (Stance.OFFERS, Stance.PROMISES)  # to accept is no offer
    return _moves(record)


def _is_red_line(record: Record) -> bool:
    return isinstance(record, Position) and record.stance is Stance.RED_LINE


def _known(record: Record) -> dt.date:
    return record.known_on or dt.date.min


def _stood_on(record: Record) -> dt.date:
    """The day for which it tells a stand: when it became known, of one that is only recalled the time it is of."""
    known = _known(record)
    own = record.when.latest if isinstance(record, Position) and record.when else None
    return own if own is not None and known - own > RECALLED else known
