"""Which reports of measures, accords, plans and words are of one thing."""

import datetime as dt

from records_for_tests import CHN, USA, agenda, day, document, event, measure, position

from detente.ledger.happenings import group_happenings
from detente.records import Amount, EventType, Factuality, Grain, Issue, Outcome, Stance, Step, When

VISIT = "The president's visit to China"
MONTHS = tuple((dt.date(2019, month, 1), dt.date(2019, month, last)) for month, last in ((5, 31), (9, 30)))


def groups(*records):
    return sorted(len(h.records) for h in group_happenings(records))


def told(text, *, on="2019-11-02", steps=(), **more):
    source = document(text, published=dt.date.fromisoformat(on))
    return measure(source, text, steps=tuple(Step(step=name, when=when) for name, when in steps), **more)


def test_a_measure_is_told_again_by_the_day_of_its_step():
    first = told("China delayed a tariff on American toys to December 15.", steps=[("due", day("2019-12-15"))])
    again = told(
        "China cancelled the tariff that was due on Sunday.", on="2019-12-14", steps=[("due", day("2019-12-15"))]
    )
    other = told(
        "China cancelled tariffs that were due on Monday.", on="2019-12-14", steps=[("due", day("2019-12-23"))]
    )
    assert groups(first, again) == [2]
    assert groups(first, other) == [1, 1]


def test_an_accord_is_known_by_its_year():
    texts = ("The claims were settled by the treaty of 1965.", "China asked for the 1965 treaty to be kept.")
    one, other = (
        told(text, on=on, kind="treaty") for text, on in zip(texts, ("2018-10-31", "2019-12-25"), strict=True)
    )
    third = told("China asked for the 1994 treaty to be kept.", on="2018-11-01", kind="treaty")
    assert groups(one, other) == [2]
    assert groups(one, third) == [1, 1]


def test_two_plans_called_by_other_spans_are_two():
    one, same, other = (
        told(text, on=on, kind="plan", amount=(Amount(value=0, unit="", words=span),))
        for text, on, span in (
            ("The two agreed on a 100-day plan for trade in beef.", "2019-04-08", "100-day"),
            ("The hundred-day plan for trade in beef ran out.", "2019-07-18", "hundred-day"),
            ("The two agreed on a one-year plan for trade in beef.", "2019-07-20", "one-year"),
        )
    )
    assert groups(one, same) == [2]
    assert groups(one, other) == [1, 1]


def test_a_tariff_that_is_there_and_one_that_is_threatened_are_two():
    there = told("Fishers said that the tariffs on the United States hurt them.", steps=[("in force", None)])
    text = "A spokesman held out further tariffs should the talks fail."
    ahead = told(text, on="2019-11-03", steps=[("threatened", None)])
    assert groups(there, ahead) == [1, 1]


def test_who_acts_in_one_report_is_acted_on_in_the_other():
    one = document("Tariffs of the United States rose on Friday.")
    other = document("Tariffs on the United States rose on Friday.")
    when = day("2019-11-01")
    acts = event(one, one.text, EventType.SANCTION, when=when, targets=())
    suffers = event(other, other.text, EventType.SANCTION, when=when, initiators=(), targets=(USA,))
    assert groups(acts, suffers) == [1, 1]


def test_a_denial_is_of_what_the_same_text_tells():
    text = "Chinese guards shot at American herders near the wells on Friday. Beijing denied that they had fired."
    source = document(text)
    shot = event(source, text[: text.index(" Beijing")], EventType.ASSAULT, when=day("2019-11-01"))
    denied = event(source, text[text.index("Beijing") :], EventType.ASSAULT, factuality=Factuality.DENIED, targets=())
    assert groups(shot, denied) == [2]


def test_a_visit_planned_for_a_month_may_be_put_off_by_four_months():
    may, september = (When(earliest=a, latest=b, grain=Grain.MONTH, words="then") for a, b in MONTHS)
    first = document("The president is to visit China in May.", published=dt.date(2019, 3, 2))
    moved = document("The visit of the president was put off to September.", published=dt.date(2019, 5, 3))
    plans = (
        agenda(first, first.text, summary=VISIT, kind="visit", when=may),
        agenda(moved, moved.text, summary=VISIT, kind="visit", when=september, outcome=Outcome.SLIPPED),
    )
    assert groups(*plans) == [2]


def test_a_plan_is_told_again_by_its_number():
    when = day("2019-11-01")
    first = document("The two agreed on a 100-day plan in Florida on Friday.", published=dt.date(2019, 11, 2))
    again = document("The 100-day plan that the two had agreed on in Florida ran out.", published=dt.date(2020, 2, 12))
    other = document("The 90-day plan that the two had agreed on in Florida ran out.", published=dt.date(2020, 2, 12))
    parties = {"initiators": (USA,), "targets": (CHN,)}
    agreed = event(first, first.text, EventType.AGREE, when=when, **parties)
    assert groups(agreed, event(again, again.text, EventType.AGREE, **parties)) == [2]
    assert groups(agreed, event(other, other.text, EventType.AGREE, **parties)) == [1, 1]


def test_a_round_is_known_by_its_number_though_outlets_date_it_otherwise():
    parties = {"initiators": (USA,), "targets": (CHN,)}
    friday = document("The second round of fishing talks was held on Friday.", published=dt.date(2019, 11, 5))
    monday = document("The second round of fishing talks was held on Monday.", published=dt.date(2019, 11, 5))
    third = document("The third round of fishing talks was held on Monday.", published=dt.date(2019, 11, 5))
    held = event(friday, friday.text, EventType.CONSULT, when=day("2019-11-01"), **parties)
    assert groups(held, event(monday, monday.text, EventType.CONSULT, when=day("2019-11-04"), **parties)) == [2]
    assert groups(held, event(third, third.text, EventType.CONSULT, when=day("2019-11-04"), **parties)) == [1, 1]


def test_an_embargo_on_fish_is_a_ban_on_fish():
    bans = {
        "kind": "ban",
        "imposers": (USA,),
        "targets": (CHN,),
        "issues": (Issue(theme="import_bans", label="Import bans"),),
    }
    embargoes = bans | {"kind": "embargo", "issues": (Issue(theme="sanctions", label="Sanctions"),)}
    planned = told("Washington announced a ban on fish from China.", steps=(("due", None),), **bans)
    there = told("The embargo on fish took effect.", on="2019-11-05", steps=(("in force", None),), **embargoes)
    other = told("The embargo on wine took effect.", on="2019-11-05", steps=(("in force", None),), **embargoes)
    assert groups(planned, there) == [2]
    assert groups(planned, other) == [1, 1]


def test_what_both_are_about_anyway_makes_no_two_positions_one():
    issue = (Issue(theme="hong_kong", label="Hong Kong"),)
    words = ("to treat Hong Kong as a city of its own", "to stand with the people of Hong Kong")
    held = [position(document(text), text, Stance.PROMISES, issues=issue) for text in words]
    assert groups(*held) == [1, 1]
