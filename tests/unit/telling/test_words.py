"""Dates, actors and quotations as a page prints them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_for_tests import CHN, USA

from detente.codebook.registry import load_registry
from detente.records import Actor, Grain, When
from detente.telling.words import Words, are_several, join, quoted, when_words

WORDS = Words(load_registry())


def when(first: str | None, last: str | None) -> When:
    ends = [dt.date.fromisoformat(x) if x else None for x in (first, last)]
    return When(earliest=ends[0], latest=ends[1], grain=Grain.DAY, words="then")


@pytest.mark.parametrize(
    ("interval", "printed"),
    [
        (None, "no date"),
        (when("2017-06-23", "2017-06-23"), "23 Jun 2017"),
        (when("2017-07-01", "2017-07-31"), "Jul 2017"),
        (when("2020-02-01", "2020-02-29"), "Feb 2020"),
        (when("2018-01-01", "2018-12-31"), "2018"),
        (when("2018-01-01", "2018-03-31"), "Jan–Mar 2018"),
        (when("2019-12-11", "2019-12-20"), "11–20 Dec 2019"),
        (when("2019-11-28", "2019-12-03"), "28 Nov–3 Dec 2019"),
        (when("2019-12-30", "2020-01-05"), "30 Dec 2019–5 Jan 2020"),
        (when("2020-01-16", "2022-01-16"), "Jan 2020–Jan 2022"),
        (when("2020-01-16", None), "from 16 Jan 2020"),
        (when(None, "2020-01-16"), "by 16 Jan 2020"),
    ],
)
def test_a_date_is_printed_with_no_more_precision_than_it_has(interval, printed):
    assert when_words(interval) == printed


@pytest.mark.parametrize(
    ("actor", "printed"),
    [
        (CHN, "China"),
        (Actor(words="Lu Kang", state="CHN", office="spokesperson", person="Lu Kang"), "Lu Kang (China)"),
        (Actor(words="the ministry", state="CHN", organisation="commerce ministry"), "China’s commerce ministry"),
        (Actor(words="Huawei", state="CHN", organisation="Huawei"), "Huawei (China)"),
        (Actor(words="Chinese officials", state="CHN", office="officials"), "China’s officials"),
        (Actor(words="two sources"), "two sources"),
        (Actor(words="Zhou", state="CHN", person="Zhou Xiaoming", former=True), "Zhou Xiaoming, formerly of China"),
    ],
)
def test_actors_are_named_with_their_state(actor, printed):
    assert WORDS.actor(actor) == printed


@pytest.mark.parametrize(
    ("organ", "several"),
    [
        ("officials", True),
        ("members of parliament", True),
        ("foreign ministry", False),
        ("congress", False),
        ("ministry of finances", False),
        ("Armed Forces", False),
    ],
)
def test_verbs_agree_with_who_acts(organ, several):
    assert are_several(Actor(words=organ, start=0, end=len(organ), state="CHN", organisation=organ)) is several


def test_states_are_named_once():
    assert WORDS.actors((USA, CHN, Actor(words="Xi", state="CHN", person="Xi"))) == "United States and China"
    assert join([]) == ""


@given(st.text(min_size=1).filter(str.strip), st.integers(5, 60))
def test_what_stands_in_quotation_marks_stands_in_the_text(text, limit):
    inside = quoted(text, limit)[1:].rpartition("”")[0]
    assert inside in " ".join(text.split())
