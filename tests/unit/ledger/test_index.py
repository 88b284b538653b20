"""The index: the published formula, both directions, intervals and coverage."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_from_rows import record_of

from detente.ledger.happenings import Happening
from detente.ledger.index import HALF_LIFE, REACH, Frequency, columns_of, index_series, periods

PAIR = ("CHN", "USA")
JUNE = dt.date(2019, 6, 30)


def deed(day, intensity, *, outlet="Wire", by="USA", on="CHN", type_="SANCTION", **more):
    text = f"A deed of {day} {intensity} {outlet} {by} {type_}."
    row = {"record": "event", "published": dt.date.fromisoformat(day), "when": day, "text": text, "type": type_}
    return record_of(row | {"by": [by], "on": [on], "intensity": intensity, "outlet": outlet} | more)


def series(*records, frequency=Frequency.MONTH, issue=None, last=JUNE, first=None, published=()):
    happenings = [Happening(records=(record,)) for record in records]
    outlets = {record.evidence[0].document: text_outlet(record) for record in records}
    columns = columns_of(happenings, outlets, PAIR, last)
    return index_series(columns, published, PAIR, frequency, issue=issue, first=first, last=last)


def text_outlet(record):
    return record.evidence[0].quote.split()[5]


def of(points, initiator, month):
    return next(p for p in points if p.initiator == initiator and p.first.month == month)


def test_the_value_is_the_weighted_mean_of_the_formula():
    deeds = [deed("2019-06-10", -4.0), deed("2019-06-20", -4.0, type_="COERCE"), deed("2019-05-20", 3.0, type_="AID")]
    weights = [0.5 ** ((JUNE - record.known_on).days / HALF_LIFE) for record in deeds]
    expected = sum(w * x for w, x in zip(weights, (-4.0, -4.0, 3.0), strict=True)) / sum(weights)
    assert of(series(*deeds), "USA", 6).value == pytest.approx(expected, abs=0.01)


def test_a_like_deed_soon_after_is_half_a_novelty():
    point = of(series(deed("2019-06-29", -4.0), deed("2019-06-30", -4.0, outlet="Post")), "USA", 6)
    assert point.weight == pytest.approx(0.5 ** (1 / HALF_LIFE) + 0.5, abs=0.01)


def test_each_direction_has_its_own_value_and_talks_go_both_ways():
    points = series(deed("2019-06-10", -4.0), deed("2019-06-12", 4.0, by="CHN", on="USA", type_="CONSULT"))
    assert of(points, "CHN", 6).value == 4.0
    assert -4.0 < of(points, "USA", 6).value < 4.0


@pytest.mark.parametrize(
    "more",
    [{"factuality": "planned"}, {"factuality": "denied"}, {"voice": "author"}, {"from_title": True}, {"on": "FRA"}],
)
def test_only_what_happened_between_the_two_counts(more):
    assert all(point.value is None for point in series(deed("2019-06-10", -4.0, **more), first=JUNE))


def test_a_deed_dated_ahead_counts_on_the_day_it_was_told():
    record = deed("2019-06-10", -4.0, when="2019-09-01")
    assert of(series(record), "USA", 6).happenings == (record.id,)


def test_no_deed_is_not_the_same_as_no_data():
    published = [(dt.date(2019, 5, 3), "Wire"), (dt.date(2019, 5, 4), "Post")]
    points = series(deed("2019-06-10", -4.0), first=dt.date(2019, 4, 1), published=published)
    april, may = of(points, "USA", 4), of(points, "USA", 5)
    assert (april.value, april.documents, may.value, may.documents, may.outlets) == (None, 0, None, 2, 2)


def test_after_some_half_lives_a_deed_is_forgotten():
    old = JUNE - dt.timedelta(days=int(REACH * HALF_LIFE) + 1)
    assert of(series(deed(old.isoformat(), -4.0)), "USA", 6).value is None


def test_leaving_one_outlet_out_shows_what_it_alone_brings():
    point = of(series(deed("2019-06-10", -8.0), deed("2019-06-10", 4.0, outlet="Post", type_="AID")), "USA", 6)
    assert (point.without_low, point.without_high) == (-8.0, 4.0)


def test_by_issue_only_its_deeds_count():
    deeds = [deed("2019-06-10", -8.0, issues=["tariffs"]), deed("2019-06-10", 4.0, type_="AID", issues=["aid"])]
    assert of(series(*deeds, issue="aid"), "USA", 6).value == 4.0
    assert all(point.value is None for point in series(*deeds, issue="fisheries"))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(-10, 10)), min_size=1, max_size=12), st.randoms())
def test_order_does_not_matter_and_the_interval_holds_the_extremes(rows, random):
    deeds = [deed(f"2019-06-{day:02}", float(x), outlet=f"O{at}") for at, (day, x) in enumerate(rows)]
    point = of(series(*deeds), "USA", 6)
    random.shuffle(deeds)
    assert of(series(*deeds), "USA", 6) == point
    assert min(x for _, x in rows) - 0.01 <= point.low <= point.high <= max(x for _, x in rows) + 0.01
    assert np.isfinite(point.value)


@pytest.mark.parametrize(("frequency", "count"), [("day", 91), ("week", 13), ("month", 3), ("quarter", 1)])
def test_periods_cover_every_day_once(frequency, count):
    found = list(periods(dt.date(2019, 4, 1), dt.date(2019, 6, 30), Frequency(frequency)))
    assert len(found) == count
    for (_, end), (begin, _) in pairwise(found):
        assert begin == end + dt.timedelta(days=1)
