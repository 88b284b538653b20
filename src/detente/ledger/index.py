"""The index of a relation: how cooperative or hostile each side's deeds were, period by period.

    value(t) = Σ intensity × novelty × decay / Σ novelty × decay

over the happenings that took place between the two, each counted once. `novelty` is 1 / (1 + like deeds in the month
before); `decay` halves every `HALF_LIFE` days. It is worked out over arrays: one row a happening and direction.
"""

import collections
import datetime as dt
import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

import numpy as np
import numpy.typing as npt

from detente.ledger.happenings import Happening
from detente.ledger.port import Pair
from detente.ledger.remembered import remembered
from detente.records import Event, EventType, Voice

HALF_LIFE = 30.0  # days in which a deed loses half of its weight
REACH = 4  # half-lives after which it is forgotten: less than a sixteenth of its weight is left
REPEATED_WITHIN = 30  # days in which a deed of the same type, direction and issue makes the next one less of a novelty
DRAWS = 500  # resamples behind an interval
SEED = 20171  # of the resampling, so that the same ledger gives the same interval
KEPT = 4_000  # deeds, and intervals, that are remembered
LOW, HIGH = 5.0, 95.0  # percentiles between which nine of ten resamples lie

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Frequency(StrEnum):
    """The length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The happenings as columns; a happening in both directions has two rows. Sorted by day."""

    ids: tuple[str, ...]  # of the happenings
    days: Whole  # ordinals
    intensity: Floats
    novelty: Floats
    direction: Whole  # 0: first of the pair to second, 1: second to first
    issue: Whole  # number in `issues`, -1 without one
    alone: Whole  # number in `outlets` of the only outlet that tells it, -1 where several do
    issues: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPoint:
    """A period's value, -10 to +10, and what it rests on; the figures are None where no deed is remembered."""

    initiator: str
    target: str
    issue: str | None
    first: dt.date
    last: dt.date
    value: float | None
    low: float | None  # bootstrap interval
    high: float | None
    without_low: float | None  # lowest and highest value that leaving out one outlet gives
    without_high: float | None
    weight: float  # sum of the weights behind the value
    happenings: tuple[str, ...]  # ids of those that took place in the period
    remembered: int  # how many bear on the value
    documents: int  # published in the period on the pair
    outlets: int


def columns_of(happenings: Sequence[Happening], outlets: Mapping[str, str], pair: Pair, as_of: dt.date) -> Columns:
    """The deeds between the two as columns. `outlets` names the outlet of each document by its id."""
    rows = sorted(row for happening in happenings for row in _rows(happening, _only(happening, outlets), pair, as_of))
    issues = sorted({row[4] for row in rows if row[4]})
    names = sorted({row[5] for row in rows if row[5]})
    by_issue, by_name = ({name: at for at, name in enumerate(found)} for found in (issues, names))
    days = np.array([row[0] for row in rows], dtype=np.int64)
    keys = np.unique(np.array([f"{row[2]}|{row[6]}|{row[4]}" for row in rows], dtype=str), return_inverse=True)[1]
    return Columns(
        ids=tuple(row[1] for row in rows),
        days=days,
        intensity=np.array([row[3] for row in rows], dtype=np.float64),
        novelty=_novelty(days, keys.astype(np.int64)),
        direction=np.array([row[2] for row in rows], dtype=np.int64),
        issue=np.array([by_issue.get(row[4], -1) for row in rows], dtype=np.int64),
        alone=np.array([by_name.get(row[5], -1) for row in rows], dtype=np.int64),
        issues=tuple(issues),
        outlets=tuple(names),
    )


_Row = tuple[int, str, int, float, str, str, str]  # day, id, direction, intensity, issue, only outlet, type


def _only(happening: Happening, outlets: Mapping[str, str]) -> str:
    """The only outlet that tells a deed; empty where several do, and of what is no deed."""
    names = {outlets[id_] for id_ in happening.documents} if isinstance(happening.head, Event) else set()
    return names.pop() if len(names) == 1 else ""


@remembered(KEPT)
def _rows(happening: Happening, only: str, pair: Pair, as_of: dt.date) -> tuple[_Row, ...]:
    head = happening.head
    if not isinstance(head, Event) or not head.factuality.is_actual or head.voice is Voice.AUTHOR:
        return ()
    if all(record.from_title for record in happening.records) or head.known_on is None:
        return ()
    day = head.known_on
    if happening.when is not None and happening.when.latest is not None:
        day = min(happening.when.latest, head.known_on)
    if day > as_of:
        return ()
    issue = head.issues[0].label if head.issues else ""
    kind = f"{head.event_type}/{head.mode}"
    return tuple(
        (day.toordinal(), happening.id, direction, head.intensity, issue, only, kind)
        for direction in _directions(head, pair)
    )


def _directions(event: Event, pair: Pair) -> Iterator[int]:
    """From which side to which it goes; talks, and what both do together, go both ways.

    A deed on the pair whose target the sentence leaves out is against, or for, the other side.
    """
    doers = {actor.state for actor in event.initiators if actor.state and not actor.former}
    others = {actor.state for actor in event.targets if actor.state and not actor.former}
    both = event.event_type is EventType.CONSULT and set(pair) <= doers | others
    if event.on_pair and not event.targets and len(doers & set(pair)) == 1:
        others = set(pair)
    for number, (one, other) in enumerate(permutations(pair)):
        if both or (one in doers and other in doers | others):
            yield number


def _novelty(days: Whole, keys: Whole) -> Floats:
    """1 / (1 + the number of deeds of the same key in the days before). `days` are sorted."""
    if not len(days):
        return np.zeros(0)
    order = np.lexsort((days, keys))
    span = int(days[-1] - days[0]) + REPEATED_WITHIN + 1
    line = keys[order] * (2 * span) + (days[order] - days[0]) + REPEATED_WITHIN  # keys lie too far apart to mix
    before = np.arange(len(line)) - np.searchsorted(line, line - REPEATED_WITHIN, side="left")
    novelty = np.empty(len(days))
    novelty[order] = 1.0 / (1.0 + before)
    return novelty


def index_series(
    columns: Columns,
    published: Sequence[tuple[dt.date, str]],
    pair: Pair,
    frequency: Frequency,
    *,
    issue: str | None = None,
    first: dt.date | None = None,
    last: dt.date,
    most: int | None = None,
) -> list[IndexPoint]:
    """The points of both directions, period by period, from the first deed to the period of `last`; `most`: the newest.

    `published` are the day and outlet of each document on the pair: what a period without deeds rests on. With an
    `issue` only the deeds under it count.
    """
    chosen = np.ones(len(columns.days), dtype=bool)
    if issue is not None:
        chosen &= columns.issue == (columns.issues.index(issue) if issue in columns.issues else -2)
    began = [dt.date.fromordinal(int(columns.days[chosen].min()))] if chosen.any() else []
    start = first or min([*began, *([] if began else [day for day, _ in published])], default=last)
    points = []
    told = sorted(published)
    days = [day for day, _ in told]
    for begin, end in collections.deque(periods(start, last, frequency), maxlen=most):
        here = [outlet for _, outlet in told[bisect_left(days, begin) : bisect_right(days, end)]]
        for number, (one, other) in enumerate(permutations(pair)):
            rows = np.flatnonzero(chosen & (columns.direction == number))
            points.append(_point(columns, rows, (one, other), issue, (begin, end), here))
    return points


def _point(
    columns: Columns,
    rows: Whole,
    sides: tuple[str, str],
    issue: str | None,
    period: tuple[dt.date, dt.date],
    published: Sequence[str],
) -> IndexPoint:
    begin, end = (day.toordinal() for day in period)
    age = end - columns.days[rows]
    near = rows[(age >= 0) & (age <= REACH * HALF_LIFE)]
    weights = columns.novelty[near] * 0.5 ** ((end - columns.days[near]) / HALF_LIFE)
    values = columns.intensity[near]
    inside = near[columns.days[near] >= begin]
    low, high = _interval(values, weights, end)
    without = _without_one(values, weights, columns.alone[near], len(columns.outlets))
    return IndexPoint(
        initiator=sides[0],
        target=sides[1],
        issue=issue,
        first=period[0],
        last=period[1],
        value=_rounded(float(values @ weights / weights.sum())) if len(near) else None,
        low=low,
        high=high,
        without_low=_rounded(float(without.min())) if len(without) else None,
        without_high=_rounded(float(without.max())) if len(without) else None,
        weight=_rounded(float(weights.sum())),
        happenings=tuple(columns.ids[at] for at in inside),
        remembered=len(near),
        documents=len(published),
        outlets=len(set(published)),
    )


def _interval(values: Floats, weights: Floats, seed: int) -> tuple[float | None, float | None]:
    """Between what values nine of ten resamples of the deeds lie."""
    return _resampled(values.tobytes(), weights.tobytes(), seed) if len(values) else (None, None)


@functools.lru_cache(maxsize=KEPT)
def _resampled(values: bytes, weights: bytes, seed: int) -> tuple[float, float]:
    """The same of figures as bytes, by which they are compared: of a series told anew most periods are as before."""
    told, weigh = np.frombuffer(values, dtype=np.float64), np.frombuffer(weights, dtype=np.float64)
    drawn = np.random.default_rng(SEED + seed).integers(0, len(told), size=(DRAWS, len(told)))
    low, high = np.percentile((weigh * told)[drawn].sum(axis=1) / weigh[drawn].sum(axis=1), [LOW, HIGH])
    return _rounded(float(low)), _rounded(float(high))


def _without_one(values: Floats, weights: Floats, alone: Whole, outlets: int) -> Floats:
    """The value without what each outlet alone tells, for the outlets without which anything is left."""
    if not len(values):
        return np.zeros(0)
    told = alone >= 0
    lost = np.bincount(alone[told], weights=weights[told], minlength=outlets)
    moved = np.bincount(alone[told], weights=(weights * values)[told], minlength=outlets)
    left = weights.sum() - lost
    kept = left > 1e-9  # noqa: PLR2004 a weight is never so small
    return np.asarray((values @ weights - moved)[kept] / left[kept], dtype=np.float64)


def _rounded(value: float) -> float:
    """Two decimals, without a negative zero: figures that are the same on every machine."""
    return round(value, 2) + 0.0


def periods(first: dt.date, last: dt.date, frequency: Frequency) -> Iterator[tuple[dt.date, dt.date]]:
    """The whole periods from that of `first` to that of `last`; weeks begin on Monday.

    >>> [str(begin) for begin, _ in periods(dt.date(2019, 1, 15), dt.date(2019, 3, 1), Frequency.MONTH)]
    ['2019-01-01', '2019-02-01', '2019-03-01']
    """
    begin = _begin(first, frequency)
    while begin <= last:
        following = _next(begin, frequency)
        if following is None:
            yield begin, dt.date.max
            return
        yield begin, following - dt.timedelta(days=1)
        begin = following


def _begin(day: dt.date, frequency: Frequency) -> dt.date:
    match frequency:
        case Frequency.DAY:
            return day
        case Frequency.WEEK:
            return day - dt.timedelta(days=day.weekday())
        case Frequency.MONTH:
            return day.replace(day=1)
        case Frequency.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _next(begin: dt.date, frequency: Frequency) -> dt.date | None:
    """Where the following period begins; None at the end of the calendar."""
    if frequency in (Frequency.DAY, Frequency.WEEK):
        length = dt.timedelta(days=1 if frequency is Frequency.DAY else 7)
        return begin + length if begin <= dt.date.max - length else None
    months = 1 if frequency is Frequency.MONTH else 3
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    return dt.date(year, month + 1, 1) if year <= dt.date.max.year else None
