"""What is one happening, and what is not."""

import dataclasses
import datetime as dt
import random

from records_for_tests import CHN, USA, agenda, day, document, event, month, year

from detente.ledger.happenings import group_happenings
from detente.ledger.traits import traits_of
from detente.ledger.twins import print_of, prints_of
from detente.records import EventType, Factuality, Issue, Outcome

ONE = document("The two sides held talks on Friday.", outlet="Wire")
TWO = document("Talks were held between them on 1 November.", outlet="Post")


def groups(*records):
    return sorted(len(h.records) for h in group_happenings(records))


def test_two_outlets_on_one_day_tell_one_happening_in_either_order():
    a = event(ONE, ONE.text, when=day("2019-11-01"))
    b = event(TWO, TWO.text, when=day("2019-11-01"), initiators=(CHN,), targets=(USA,))
    assert groups(a, b) == [2]


def test_a_later_detail_falls_into_a_vague_date():
    assert groups(event(ONE, ONE.text, when=month(2019, 11)), event(TWO, TWO.text, when=day("2019-11-01"))) == [2]


def test_a_second_round_a_week_later_is_another():
    a, b = (event(x, x.text, when=day(d)) for x, d in ((ONE, "2019-11-01"), (TWO, "2019-11-08")))
    assert groups(a, b) == [1, 1]


def test_direction_matters_for_what_one_does_to_the_other():
    a = event(ONE, ONE.text, EventType.ACCUSE, when=day("2019-11-01"))
    b = event(TWO, TWO.text, EventType.ACCUSE, when=day("2019-11-01"), initiators=(CHN,), targets=(USA,))
    assert groups(a, b) == [1, 1]


def test_a_plan_is_not_a_deed():
    a = event(ONE, ONE.text, when=day("2019-11-01"))
    b = event(TWO, TWO.text, when=day("2019-11-01"), factuality=Factuality.PLANNED)
    assert groups(a, b) == [1, 1]


def test_other_issues_are_other_happenings():
    trade, taiwan = (Issue(theme=t, label=t) for t in ("trade", "arms"))
    a = event(ONE, ONE.text, when=day("2019-11-01"), issues=(trade,))
    b = event(TWO, TWO.text, when=day("2019-11-01"), issues=(taiwan,))
    assert groups(a, b) == [1, 1]


def test_agenda_items_of_one_meeting_meet():
    assert groups(agenda(ONE, ONE.text, when=month(2019, 11)), agenda(TWO, TWO.text, when=month(2019, 11))) == [2]


def test_what_was_put_off_is_the_plan_though_its_day_is_another():
    plan, moved, other = (
        document(text, outlet=outlet, published=dt.date.fromisoformat(on))
        for text, outlet, on in (
            ("A fourth round of talks on fish is planned for 4 November.", "Wire", "2019-10-05"),
            ("The fourth round of talks on fish was moved to 11 November.", "Post", "2019-11-02"),
            ("A fourth round of talks on fish is planned for 11 November.", "Herald", "2019-11-02"),
        )
    )
    first = agenda(plan, plan.text, when=day("2019-11-04"))
    put_off = agenda(moved, moved.text, when=day("2019-11-11"), outcome=Outcome.SLIPPED)
    anew = agenda(other, other.text, when=day("2019-11-11"))
    assert groups(first, put_off) == [2]
    assert groups(first, anew) == [1, 1]
    assert groups(first, put_off, anew) == [3]


def test_a_visit_and_the_visit_in_return_are_two():
    there, here, again = (
        document(text, outlet=outlet)
        for text, outlet in (
            ("President Lee will visit China this year.", "Wire"),
            ("President Wu will visit the United States this year.", "Post"),
            ("President Lee is to visit China.", "Herald"),
        )
    )
    lee = dataclasses.replace(USA, person="Ann Lee", office="president")
    wu = dataclasses.replace(CHN, person="Bo Wu", office="president")
    visit = agenda(there, there.text, kind="visit", participants=(lee, CHN), when=year(2019))
    in_return = agenda(here, here.text, kind="visit", participants=(wu, USA), when=year(2019))
    told_again = agenda(again, again.text, kind="visit", participants=(lee, CHN))
    assert groups(visit, in_return) == [1, 1]
    assert groups(visit, told_again) == [2]


def test_order_does_not_matter():
    records = [
        event(x, x.text, when=when, id=f"{x.id[:4]}{number}")
        for x in (ONE, TWO)
        for number, when in enumerate((day("2019-11-01"), month(2019, 11), day("2019-11-20"), None))
    ]
    first = group_happenings(records)
    for seed in range(20):
        shuffled = random.Random(seed).sample(records, len(records))
        assert group_happenings(shuffled) == first


def test_rounds_of_one_dialogue_by_its_name_though_one_report_names_one_side():
    first = document("The next round of the Fisheries Dialogue will be held in 2019.", published=dt.date(2018, 12, 1))
    off = document("China called off a round of the Fisheries Dialogue.", published=dt.date(2019, 10, 20))
    plans = [
        agenda(first, first.text, kind="dialogue", mechanism="US-China Fisheries Dialogue", when=year(2019)),
        agenda(off, off.text, kind="dialogue", mechanism="Fisheries Dialogue", participants=(CHN,)),
    ]
    assert groups(*plans) == [2]


def test_one_meeting_told_with_another_of_its_matters():
    trade, farms = (Issue(theme=t, label=t) for t in ("trade", "farms"))
    lee, chen = (dataclasses.replace(s, person=p) for s, p in ((USA, "Ann Lee"), (CHN, "Bo Chen")))
    sides = {"mode": "meet", "initiators": (lee,), "targets": (chen,)}
    a = event(ONE, ONE.text, when=day("2019-11-01"), issues=(trade,), **sides)
    b = event(TWO, TWO.text, issues=(farms,), **sides)
    assert groups(a, b) == [2]


def test_copies_of_a_text_are_one_with_the_first_of_them():
    copies = [document(ONE.text, outlet=f"Outlet {number}") for number in range(5)]
    records = [event(x, x.text, when=day("2019-11-01"), id=f"{number}{x.id[:8]}") for number, x in enumerate(copies)]
    other = event(TWO, TWO.text, when=day("2019-11-09"))
    assert groups(*records, other) == [1, 5]
    assert groups(other, *reversed(records)) == [1, 5]


def test_what_one_text_tells_twice_has_no_twin():
    items = [traits_of(event(ONE, ONE.text, when=day("2019-11-01"), id=id_)) for id_ in ("a", "b")]
    alone = traits_of(event(TWO, TWO.text, when=day("2019-11-01")))
    assert prints_of(items) == [None, None]
    assert prints_of([alone]) == [print_of(alone)]
