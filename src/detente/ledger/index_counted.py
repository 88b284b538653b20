"""The index over events that are only counted: so many deeds of a kind on a day, as imported event data give them.

The formula is that of `index.py`. All deeds of a kind, direction and day weigh the same but for their novelty, and the
novelty of n deeds after m is 1/(m+1) + … + 1/(m+n): a difference of two harmonic numbers. So no deed needs a row.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detente.ledger.index import HALF_LIFE, REACH, REPEATED_WITHIN, Floats, Frequency, Whole, periods
from detente.ledger.port import Pair

NINE_OF_TEN = 1.645  # standard errors on either side of a mean within which nine of ten of a normal distribution lie


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """Columns, a row for so many deeds of a kind on a day, from one of the two to the other or to each other."""

    days: Whole  # ordinals
    direction: Whole  # 0: first of the pair to second, 1: second to first
    kind: npt.NDArray[np.uint64]  # any number that tells types and modes apart
    intensity: Floats
    both_ways: npt.NDArray[np.bool_]
    deeds: Whole
    reports: Whole  # of these deeds, 0 where the data set does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPoint:
    """A period's value, -10 to +10, and what it rests on; the figures are None where no deed is remembered."""

    dataset: str
    initiator: str
    target: str
    first: dt.date
    last: dt.date
    value: float | None
    low: float | None  # interval, from the spread of the deeds
    high: float | None
    weight: float  # sum of the weights behind the value
    deeds: int  # of the period
    remembered: int  # how many bear on the value
    reports: int | None  # of the deeds of the period
    outlets: int | None  # that tell of them, where mentions were imported


class PairCount(NamedTuple):
    """The deeds of a pair in a period, each way, and the plain mean of their intensities; None without a deed."""

    period: dt.date
    one: str
    other: str
    deeds_there: int
    mean_there: float | None
    deeds_back: int
    mean_back: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The rows of one direction, sorted by day."""

    days: Whole
    deeds: Whole
    reports: Whole
    intensity: Floats
    novelty: Floats  # the sum over the deeds


def counted_series(
    dataset: str,
    counts: DayCounts,
    outlets: Sequence[tuple[dt.date, str]],
    pair: Pair,
    frequency: Frequency,
    *,
    first: dt.date | None = None,
    last: dt.date,
) -> list[CountedPoint]:
    """The points of both directions, period by period, from the first deed to the period of `last`.

    `outlets` are the day and outlet of each report, where they are known. Without a deed there is no point.
    """
    if not len(counts.days):
        return []
    columns = [_columns(counts, number) for number in (0, 1)]
    start = first or dt.date.fromordinal(int(counts.days.min()))
    says_reports = bool(counts.reports.any())
    points = []
    for begin, end in periods(start, last, frequency):
        told = len({outlet for day, outlet in outlets if begin <= day <= end}) if outlets else None
        for number, (one, other) in enumerate(permutations(pair)):
            point = _point(columns[number], (dataset, one, other), (begin, end))
            points.append(replace(point, outlets=told, reports=point.reports if says_reports else None))
    return points


def _columns(counts: DayCounts, direction: int) -> _Columns:
    """What counts in one direction: what goes so, and what goes both ways."""
    rows = np.flatnonzero((counts.direction == direction) | counts.both_ways)
    rows = rows[np.argsort(counts.days[rows], kind="stable")]
    kinds = np.unique(counts.kind[rows], return_inverse=True)[1].astype(np.int64)
    return _Columns(
        days=counts.days[rows],
        deeds=counts.deeds[rows],
        reports=counts.reports[rows],
        intensity=counts.intensity[rows],
        novelty=_novelty(counts.days[rows], kinds, counts.deeds[rows]),
    )


def _novelty(days: Whole, groups: Whole, deeds: Whole) -> Floats:
    """The sum of 1 / (1 + like deeds before) over the deeds of each row; `days` are sorted."""
    if not len(days):
        return np.zeros(0)
    order = np.lexsort((days, groups))
    span = int(days[-1] - days[0]) + REPEATED_WITHIN + 1
    line = groups[order] * (2 * span) + (days[order] - days[0]) + REPEATED_WITHIN  # groups lie too far apart to mix
    running = np.concatenate(([0], np.cumsum(deeds[order])))
    since = np.searchsorted(line, line - REPEATED_WITHIN, side="left")
    before = running[:-1] - running[since]
    harmonic = np.concatenate(([0.0], np.cumsum(1.0 / np.arange(1, int((before + deeds[order]).max()) + 1))))
    novelty = np.empty(len(days))
    novelty[order] = harmonic[before + deeds[order]] - harmonic[before]
    return novelty


def _point(columns: _Columns, whose: tuple[str, str, str], period: tuple[dt.date, dt.date]) -> CountedPoint:
    """The point of one direction; `whose` are data set, initiator and target."""
    begin, end = (day.toordinal() for day in period)
    oldest, inside, behind = np.searchsorted(columns.days, [end - int(REACH * HALF_LIFE), begin, end + 1])
    near, within = slice(oldest, behind), slice(max(oldest, inside), behind)
    weights = columns.novelty[near] * 0.5 ** ((end - columns.days[near]) / HALF_LIFE)
    values, deeds = columns.intensity[near], columns.deeds[near]
    low, high = _interval(values, weights, deeds)
    return CountedPoint(
        dataset=whose[0],
        initiator=whose[1],
        target=whose[2],
        first=period[0],
        last=period[1],
        value=_rounded(float(values @ weights / weights.sum())) if len(values) else None,
        low=low,
        high=high,
        weight=_rounded(float(weights.sum())),
        deeds=int(columns.deeds[within].sum()),
        remembered=int(deeds.sum()),
        reports=int(columns.reports[within].sum()),
        outlets=None,
    )


def _interval(values: Floats, weights: Floats, deeds: Whole) -> tuple[float | None, float | None]:
    """Where nine of ten resamples of the deeds would lie, by their spread; never beyond what the deeds have.

    The variance of a ratio of sums to first order; deeds of one row have its mean weight.
    """
    if not len(values):
        return None, None
    mean = float(values @ weights / weights.sum())
    error = float(np.sqrt((weights**2 / deeds * (values - mean) ** 2).sum()) / weights.sum())
    low, high = max(mean - NINE_OF_TEN * error, values.min()), min(mean + NINE_OF_TEN * error, values.max())
    return _rounded(float(low)), _rounded(float(high))


def _rounded(value: float) -> float:
    """Two decimals, without a negative zero: figures that are the same on every machine."""
    return round(value, 2) + 0.0
