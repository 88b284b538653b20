"""Days that pages print: stamps, labels, addresses."""

import datetime as dt

import pytest

from detente.cleaning.stamps import day_in_url, find_page_dates, is_stamp

DAY = dt.date(2018, 5, 4)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("PUBLISHED : Friday, 4 May, 2018, 9:41am", "published"),
        ("Published May 4th, 2018 - 07:29 GMT", "published"),
        ("Last updated May 4, 2018 11:00 PM EST", "updated"),
        ("Xinhua | Updated: 2018-05-04 21:45", "updated"),
        ("May 4, 2018", None),
        ("Fri 4 May 2018 10.15 BST", None),
        ("Posted on 4th May 2018", "published"),
        ("First published: 2018/05/04", "published"),
        ("May 4, 2018 / 4:31 AM / Updated an hour ago", None),
    ],
)
def test_stamp(line: str, label: str | None) -> None:
    assert is_stamp(line)
    assert [(found.day, found.label) for found in find_page_dates(line)] == [(DAY, label)]


def test_two_dates_on_one_line() -> None:
    found = find_page_dates("Published 4 May 2018 | Updated 6 May 2018")
    assert [(date.day.day, date.label) for date in found] == [(4, "published"), (6, "updated")]


@pytest.mark.parametrize(
    "line",
    [
        "They met on 4 May 2018.",
        "The treaty of 4 May 2018 between the two states lapsed",
        "Friday",
        "Updated figures",
        "The bridge will reopen on Friday, May 4, 2018, and trains will follow in June of the same year",
    ],
)
def test_no_stamp(line: str) -> None:
    assert not is_stamp(line)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2018/05/04/bridge",
        "https://example.org/world/2018/may/04/bridge",
        "https://example.org/story-20180504.html",
        "https://example.org/bridge-reopens-2018-05-04",
        "http://example.org/world/2018-05/04/content_1.htm",
        "https://example.org/archive/2018_05_04/x?page=20190101",
    ],
)
def test_day_in_url(url: str) -> None:
    assert day_in_url(url) == DAY


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://example.org/article-12345678",
        "https://example.org/2018/bridge",
        "https://example.org/2018/13/40/x",
        "https://example.org/?date=2018-05-04",
        "http://[broken",
    ],
)
def test_no_day_in_url(url: str | None) -> None:
    assert day_in_url(url) is None


def test_impossible_days_are_none() -> None:
    assert find_page_dates("31 February 2018 and 4 May 1066") == []
