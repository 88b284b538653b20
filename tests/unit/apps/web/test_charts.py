"""Axes and the chart of the index: everything lies on the picture, gaps stay gaps."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.apps.web.charts import HEIGHT, TICKS, WIDTH, axis_of, chart_of

DAYS = st.lists(st.dates(min_value=dt.date(1, 1, 1), max_value=dt.date(9999, 12, 31)), max_size=5)


@given(DAYS)
def test_every_day_lies_on_its_axis(days):
    axis = axis_of(days)
    assert all(0 <= axis.place(day) <= 100 for day in days)
    assert [tick.at for tick in axis.ticks] == sorted(tick.at for tick in axis.ticks)


@pytest.mark.parametrize("years", [0, 1, 3, 10, 60])
def test_an_axis_has_few_ticks(years):
    assert 1 <= len(axis_of([dt.date(2000, 1, 1), dt.date(2000 + years, 2, 1)]).ticks) <= TICKS + 1


def point(month, value, documents=1):
    told = {"value": value, "low": value - 1, "high": value + 1} if value is not None else {}
    return {"first": f"2019-{month:02}-01", "documents": documents, "happenings": ["a"], **told}


def test_a_period_without_a_value_breaks_the_line():
    chart = chart_of([point(1, 1.0), point(2, None), point(3, -10.0), point(4, 10.0)], ("A", "B"))
    assert chart.line.count("M") == 2
    assert chart.heard == 3
    assert all(0 <= mark.y <= HEIGHT and 0 <= mark.x <= WIDTH for mark in chart.marks if mark.y is not None)


def test_no_deed_and_nothing_read_are_told_apart():
    marks = chart_of([point(1, None), point(2, None, documents=0)], ("A", "B")).marks
    assert "no deed" in marks[0].label
    assert "nothing read" in marks[1].label
    assert marks[1].shade == 0


def test_no_points_make_an_empty_chart():
    assert chart_of([], ("A", "B")).marks == ()
