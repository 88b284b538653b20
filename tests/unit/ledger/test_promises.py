"""What counts as a promise."""

import dataclasses
import datetime as dt

import pytest
from records_for_tests import CHN, USA, agenda, document, event, position, statement

from detente.codebook.event_types import load_event_types
from detente.ledger.decision import Verdict
from detente.ledger.happenings import Happening
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import follow_agenda
from detente.ledger.promises import follow_promises
from detente.ledger.relabel import answer
from detente.ledger.verdicts import PromiseStanding
from detente.records import Actor, EventType, Factuality, Stance

DAY = dt.date(2019, 11, 2)


def promises(*records):
    return follow_promises([Happening(records=(record,)) for record in records], [], DAY)


def deed(source, quote, type_):
    entry = load_event_types()[type_]
    return event(source, quote, type_, quad=entry.quad, factuality=Factuality.PLANNED, initiators=(CHN,))


def test_what_a_side_will_do_for_the_other_is_a_promise():
    text = "China will buy more soybeans."
    source = document(text)
    (promise,) = promises(position(source, text, Stance.PROMISES), deed(source, text, EventType.AID))
    assert promise.holder == "CHN"


def test_harm_held_out_is_none():
    text = "China will raise tariffs."
    source = document(text)
    assert promises(position(source, text, Stance.PROMISES), deed(source, text, EventType.SANCTION)) == []


def told_on(published, text):
    return position(document(text, published=published), text, Stance.PROMISES)


def test_the_same_words_a_year_later_are_another_promise():
    words = "to buy more soybeans and pork"
    told = [told_on(day, words) for day in (dt.date(2018, 5, 1), dt.date(2018, 9, 1), dt.date(2019, 10, 1))]
    assert [len(promise.told) for promise in promises(*told)] == [2, 1]


def test_whose_goods_they_are_makes_no_two_promises_one():
    day = dt.date(2019, 10, 1)
    told = [told_on(day, "buy large amounts of American farm goods"), told_on(day, "more American goods and services")]
    assert len(promises(*told)) == 2


@pytest.mark.parametrize(
    ("verdict", "fate"), [("kept", Fate.HAPPENED), ("broken", Fate.CANCELLED), ("open", Fate.PENDING)]
)
def test_what_a_user_answers_of_a_promise_holds_for_the_plan_that_tells_it(verdict, fate):
    text = "China will open its market for cards."
    source = document(text)
    plan = agenda(source, text, kind="promise due", participants=(CHN,))
    promise = answer(position(source, text, Stance.PROMISES), Verdict(verdict))
    records = [Happening(records=(record,)) for record in (promise, plan)]
    (course,) = follow_agenda(records, [], DAY)
    assert course.fate is fate
    (told,) = follow_promises(records, [course], DAY)
    assert told.standing == verdict


def test_an_answer_to_another_promise_says_nothing_of_the_plan():
    plan = agenda(document("China will open its market."), "open its market", kind="promise due", participants=(CHN,))
    promise = answer(told_on(DAY, "China will buy more soybeans."), Verdict.KEPT)
    courses = follow_agenda([Happening(records=(record,)) for record in (promise, plan)], [], DAY)
    assert [course.fate for course in courses] == [Fate.PENDING]


MADE = dt.date(2019, 7, 1)
HEARD = dt.date(2019, 9, 1)


def made(words="China promised to open its ports to steamers.", on=MADE):
    return position(document(words, published=on), words, Stance.PROMISES)


def said(words, speaker, on=HEARD):
    return statement(document(words, published=on), words, speaker=speaker)


def standing(*records):
    (promise,) = promises(*records)
    return promise.standing


BROKEN = "China broke its promise to open its ports to steamers."
KEPT = "China kept its promise to open its ports to steamers."


def test_what_only_the_other_side_says_is_said_to_be_so():
    told = promises(made(), said(BROKEN, USA))
    assert [(p.standing, p.heard[0].on_word_of) for p in told] == [(PromiseStanding.SAID_BROKEN, "USA")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("China scrapped its levy on walnuts from America.", PromiseStanding.KEPT),
        ("China halved its levy on walnuts from America.", PromiseStanding.PARTLY),
        ("China scrapped some of its levy on walnuts from America.", PromiseStanding.PARTLY),
    ],
)
def test_a_deed_that_is_less_than_the_promise_keeps_it_in_part(words, expected):
    done = deed(document(words, published=HEARD), words, EventType.CONCEDE)
    done = dataclasses.replace(done, factuality=Factuality.HAPPENED)
    assert standing(made("China will scrap its levy on walnuts from America."), done) is expected


def test_what_another_paid_as_it_had_promised_says_nothing_of_this_promise():
    paid = "America paid 10 million euros to steamers in the ports of China, as it had promised."
    others = position(document(paid, published=HEARD), paid, Stance.PROMISES, holder=USA)
    told = promises(made("China will pay 40 million euros to steamers in its ports."), others)
    assert [p.standing for p in told if p.holder == "CHN"] == [PromiseStanding.OPEN]


def test_what_the_sides_tell_differently_is_disputed():
    assert standing(made(), said(BROKEN, USA), said(KEPT, CHN)) is PromiseStanding.DISPUTED


def test_what_a_side_says_last_is_its_word():
    earlier = said(BROKEN, USA, on=dt.date(2019, 8, 1))
    assert standing(made(), earlier, said(KEPT, CHN, on=dt.date(2019, 8, 5))) is PromiseStanding.DISPUTED


def test_what_a_side_grants_against_its_own_cause_decides():
    assert standing(made(), said(KEPT, USA)) is PromiseStanding.KEPT
    assert standing(made(), said(BROKEN, CHN)) is PromiseStanding.BROKEN


def test_the_outlet_itself_decides():
    words = "China had kept its promise to open its ports to steamers."
    told = event(document(words, published=HEARD), words, initiators=(CHN,), targets=(USA,))
    assert standing(made(), said(BROKEN, USA), told) is PromiseStanding.KEPT


def accusation(on=HEARD):
    words = "Trump accused China of breaking its word."
    trump = Actor(words="Trump", state="USA")
    return event(document(words, published=on), words, EventType.ACCUSE, initiators=(trump,), targets=(CHN,))


def test_an_accusation_without_a_matter_means_the_one_promise_made_lately():
    lately = made("China promised the United States to open its ports.")
    assert standing(lately, accusation()) is PromiseStanding.SAID_BROKEN


def test_an_accusation_without_a_matter_means_nothing_where_there_are_two_or_it_is_long_ago():
    lately = made("China promised the United States to open its ports.")
    other = made("China promised the United States to lend pandas.")
    assert {p.standing for p in promises(lately, other, accusation())} == {PromiseStanding.OPEN}
    assert standing(lately, accusation(on=dt.date(2020, 3, 1))) is PromiseStanding.OPEN


def test_of_two_promises_in_the_same_words_the_later_is_meant():
    first = made(on=dt.date(2018, 3, 1))
    told = promises(first, made(), said(BROKEN, USA))
    assert [p.standing for p in told] == [PromiseStanding.OPEN, PromiseStanding.SAID_BROKEN]
