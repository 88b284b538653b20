"""The index over counted deeds is that of the same deeds one by one, and the one worked out by hand."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.index import HALF_LIFE, REPEATED_WITHIN, Frequency
from detente.ledger.index_counted import CountedPoint, DayCounts, counted_series

PAIR = ("USA", "CHN")
KINDS = {1: 4.0, 2: -8.0, 3: -2.0}  # intensity by kind


def counts(*rows: tuple[dt.date, int, int, bool, int]) -> DayCounts:
    """Rows of day, direction, kind, both ways, deeds."""
    days, direction, kind, both, deeds = zip(*rows, strict=True) if rows else ((),) * 5
    return DayCounts(
        days=np.array([day.toordinal() for day in days], dtype=np.int64),
        direction=np.array(direction, dtype=np.int64),
        kind=np.array(kind, dtype=np.uint64),
        intensity=np.array([KINDS[one] for one in kind], dtype=np.float64),
        both_ways=np.array(both, dtype=bool),
        deeds=np.array(deeds, dtype=np.int64),
        reports=np.array(deeds, dtype=np.int64) * 3,
    )


def series(given_counts: DayCounts, last: dt.date, **options) -> list[CountedPoint]:
    return counted_series("made", given_counts, [], PAIR, Frequency.MONTH, last=last, **options)


def test_by_hand():
    found = series(
        counts((dt.date(2019, 1, 1), 0, 1, False, 1), (dt.date(2019, 1, 16), 0, 2, False, 2)), dt.date(2019, 1, 31)
    )
    first, second = 0.5 ** (30 / HALF_LIFE), (1 + 1 / 2) * 0.5 ** (15 / HALF_LIFE)
    there, back = found
    assert there.value == round((4.0 * first - 8.0 * second) / (first + second), 2)
    assert (there.initiator, there.deeds, there.remembered, there.reports) == ("USA", 3, 3, 9)
    assert there.low is not None
    assert -8.0 <= there.low <= there.value <= (there.high or 0) <= 4.0
    assert (back.value, back.low, back.deeds) == (None, None, 0)


def test_talks_count_both_ways():
    found = series(counts((dt.date(2019, 1, 5), 1, 1, True, 1)), dt.date(2019, 1, 31))
    assert [(point.initiator, point.value, point.deeds) for point in found] == [("USA", 4.0, 1), ("CHN", 4.0, 1)]


def test_a_deed_is_forgotten_and_no_data_give_no_point():
    found = series(counts((dt.date(2019, 1, 5), 0, 1, False, 1)), dt.date(2019, 6, 30))
    assert [point.remembered for point in found if point.initiator == "USA"] == [1, 1, 1, 1, 0, 0]
    assert series(counts(), dt.date(2019, 1, 31)) == []


def test_outlets_are_those_of_the_period():
    told = [(dt.date(2019, 1, 6), "a"), (dt.date(2019, 1, 7), "b"), (dt.date(2019, 2, 7), "c")]
    found = counted_series(
        "made", counts((dt.date(2019, 1, 5), 0, 1, False, 1)), told, PAIR, Frequency.MONTH, last=dt.date(2019, 1, 31)
    )
    assert [point.outlets for point in found] == [2, 2]


deeds = st.lists(
    st.tuples(
        st.dates(dt.date(2019, 1, 1), dt.date(2019, 4, 30)),
        st.sampled_from([0, 1]),
        st.sampled_from(sorted(KINDS)),
        st.booleans(),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=12,
)


@given(deeds)
def test_counting_is_the_same_as_deed_by_deed(rows):
    """Against the formula of the explanation, written down as it stands there."""
    last = dt.date(2019, 4, 30)
    point = series(counts(*sorted(rows)), last)[-2]
    mine = sorted((day, kind) for day, way, kind, both, n in rows if way == 0 or both for _ in range(n))
    above = below = 0.0
    for at, (day, kind) in enumerate(mine):
        before = sum(other == kind and 0 <= (day - then).days <= REPEATED_WITHIN for then, other in mine[:at])
        weight = 0.5 ** ((last - day).days / HALF_LIFE) / (1 + before)
        if (last - day).days <= 4 * HALF_LIFE:
            above, below = above + KINDS[kind] * weight, below + weight
    assert point.value == (pytest.approx(above / below, abs=0.006) if below else None)
    assert point.weight == pytest.approx(below, abs=0.006)
