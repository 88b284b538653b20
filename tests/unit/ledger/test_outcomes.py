"""What became of plans: rows of tests/cases/ledger/outcomes.toml."""

import dataclasses
import datetime as dt
import tomllib
from pathlib import Path

import pytest
from records_for_tests import agenda, day, document, month
from records_from_rows import record_of, when_of

from detente.codebook.outcomes import load_families, verdict_rows
from detente.ledger.base_rates import base_rates
from detente.ledger.happenings import Happening
from detente.ledger.measure_life import trace_measures
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import follow_agenda
from detente.records import Outcome

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "ledger" / "outcomes.toml").read_text("utf-8"))["case"]


def followed(case, as_of=None):
    as_of = as_of or case["as_of"]
    same = [row.get("same", False) for row in case["told"]]
    records = [record_of({key: row[key] for key in row if key != "same"}) for row in case["told"]]
    with_first = tuple(record for record, is_same in zip(records, same, strict=True) if is_same)
    happenings = [(records[0], *with_first), *((r,) for r in records[1:] if r not in with_first)]
    told = [tuple(record for record in group if record.known_on <= as_of) for group in happenings]
    known = [Happening(records=group) for group in told if group]
    return records, follow_agenda(known, trace_measures(known, as_of), as_of)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_became_of_it(case):
    records, courses = followed(case)
    course = courses[0]
    assert course.fate == case["fate"]
    if course.shown_by is not None or "shown_by" in case:
        assert course.shown_by == records[case["shown_by"]]
    new, wanted = course.new, when_of(case.get("new"))
    assert (new and (new.earliest, new.latest)) == (wanted and (wanted.earliest, wanted.latest))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nothing_known_later_shows(case):
    plan = case["told"][0]["published"]
    _, courses = followed(case, plan)
    assert courses[0].shown_by is None or courses[0].shown_by.known_on <= plan


@pytest.mark.parametrize("row", verdict_rows(), ids=lambda row: row.id)
def test_verdict_rows_fire_on_their_example_alone(row):
    assert row.fires(row.example)
    assert not row.fires(row.near_miss)


def test_every_kind_has_its_family():
    assert all(kind in family.kinds for kind, family in load_families().items())


def test_base_rates_need_enough_and_count_no_pending_item():
    _, courses = followed(CASES[2])
    _, pending = followed(CASES[0])
    assert base_rates(courses * 9 + pending) == []
    (rate,) = base_rates(courses * 10 + pending)
    assert (rate.kind, rate.total, rate.count(Fate.NO_WORD), rate.count(Fate.HAPPENED)) == ("meeting", 10, 10, 0)


def test_what_one_text_tells_apart_from_the_plan_does_not_put_it_off():
    due, other = "Tariffs on shoes are due in December.", "Tariffs on shoes of October were put off."
    source = document(f"{due} {other}", published=dt.date(2019, 11, 2))
    records = [
        agenda(source, due, kind="measure due", when=day("2019-12-15")),
        agenda(source, other, kind="measure due", outcome=Outcome.SLIPPED),
    ]
    courses = follow_agenda([Happening(records=(record,)) for record in records], [], dt.date(2019, 12, 1))
    assert [course.fate for course in courses] == [Fate.PENDING, Fate.SLIPPED]


@pytest.mark.parametrize(("new", "fate"), [("2019-11-20", Fate.SLIPPED), (None, Fate.CANCELLED)])
def test_what_was_called_off_and_told_again_for_another_day_has_slipped(new, fate):
    first, off, again = (
        document(text, published=dt.date.fromisoformat(published))
        for text, published in (
            ("The next round of the dialogue will be held on November 4.", "2019-10-01"),
            ("Officials called off the round.", "2019-10-20"),
            ("The round will now be held.", "2019-10-20"),
        )
    )
    records = (
        agenda(first, first.text, when=day("2019-11-04")),
        agenda(off, off.text, outcome=Outcome.CANCELLED),
        agenda(again, again.text, when=day(new) if new else None),
    )
    known = [Happening(records=records)]
    (course,) = follow_agenda(known, [], dt.date(2019, 10, 25))
    assert (course.fate, course.new) == (fate, records[2].when)


def test_a_date_of_more_than_a_day_may_be_missed_by_a_few():
    rows = [
        {"record": "agenda", "published": dt.date(2019, 10, 5), "text": "The two are to meet late in November."},
        {"record": "event", "published": dt.date(2019, 12, 3), "text": "They met on Monday.", "when": "2019-12-02"},
    ]
    plan, met = (record_of(row) for row in rows)
    plan = dataclasses.replace(plan, when=month(2019, 11))
    known = [Happening(records=(record,)) for record in (plan, met)]
    (course,) = follow_agenda(known, [], dt.date(2019, 12, 5))
    assert course.fate is Fate.HAPPENED
