"""The agenda as a calendar: days, marks of how sure, and what a calendar program needs to follow a slip."""

import dataclasses
import datetime as dt

import icalendar
import pytest
from accounts_for_tests import LATE, PLAN, PUT_OFF, RECORDS, account
from records_for_tests import day

from detente.adapters.exporters.ics import write
from detente.ledger.happenings import Happening
from detente.records import Basis, Outcome, Span, Voice, When


def entries(*records, **more) -> list:
    return icalendar.Calendar.from_ical(write(account(records, **more))).subcomponents


def entry(*records, **more):
    (one,) = entries(*records, **more)
    return one


def test_a_month_is_a_span_of_whole_days_whose_end_is_the_day_after():
    one = entry(PLAN)
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (dt.date(2019, 11, 1), dt.date(2019, 12, 1))
    assert one["SUMMARY"].endswith("(month)")
    assert b"DTSTART;VALUE=DATE:20191101\r\n" in write(account((PLAN,)))


def test_a_day_is_a_day():
    one = entry(dataclasses.replace(PLAN, when=day("2019-11-20")))
    assert one["DTEND"].dt - one["DTSTART"].dt == dt.timedelta(days=1)
    assert "(" not in one["SUMMARY"]


def test_an_open_span_stands_on_the_day_that_is_known():
    until = When(latest=dt.date(2019, 12, 31), grain="day", words="by the end of the year")
    one = entry(dataclasses.replace(PLAN, when=until))
    assert one["DTSTART"].dt == dt.date(2019, 12, 31)
    assert one["SUMMARY"].endswith("(by then)")


def test_what_has_no_date_is_a_to_do_without_one():
    one = entry(dataclasses.replace(PLAN, when=None))
    assert (one.name, one["STATUS"]) == ("VTODO", "NEEDS-ACTION")
    assert "DUE" not in one
    assert "DTSTART" not in one


def one_thing(*records, **more):
    """The entry of records that tell of one happening."""
    return entry(*records, grouped=(Happening(records=records),), **more)


def test_what_is_put_off_without_a_new_day_no_longer_takes_place():
    assert one_thing(PLAN, dataclasses.replace(PUT_OFF, when=None))["STATUS"] == "CANCELLED"


def test_a_slip_keeps_the_uid_raises_the_sequence_and_moves_the_days():
    before, after = one_thing(PLAN, as_of=dt.date(2019, 11, 2)), one_thing(PLAN, PUT_OFF)
    assert before["UID"] == after["UID"] == f"{PLAN.id}@detente"
    assert (before["SEQUENCE"], before["DTSTART"].dt) == (0, dt.date(2019, 11, 1))
    assert (after["SEQUENCE"], after["DTSTART"].dt) == (1, dt.date(2019, 12, 1))
    assert after["DTSTAMP"].dt.date() == LATE.published_on


def test_a_date_that_is_refined_raises_the_sequence():
    later = dataclasses.replace(PLAN, id="f" * 32, when=day("2019-11-20"), known_on=dt.date(2019, 11, 5))
    one = one_thing(PLAN, later)
    assert (one["SEQUENCE"], one["DTSTART"].dt) == (1, dt.date(2019, 11, 20))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"basis": Basis.AGREED}, "CONFIRMED"),
        ({"basis": Basis.PLANNED}, "CONFIRMED"),
        ({"basis": Basis.EXPECTED}, "TENTATIVE"),
        ({"basis": Basis.INVITED}, "TENTATIVE"),
        ({"voice": Voice.AUTHOR}, "TENTATIVE"),
        ({"hedges": (Span(start=0, end=3, quote="The"),)}, "TENTATIVE"),
        ({"outcome": Outcome.CANCELLED}, "CANCELLED"),
        ({"outcome": Outcome.SLIPPED}, "TENTATIVE"),  # told by its new day alone
        ({"outcome": Outcome.HAPPENED}, "CONFIRMED"),
        ({"when": day("2019-11-03")}, "TENTATIVE"),
    ],
)
def test_the_status_says_how_sure_it_is(change, status):
    assert entry(dataclasses.replace(PLAN, **change))["STATUS"] == status


def test_lines_end_and_fold_as_the_standard_asks():
    written = write(account(RECORDS))
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 75


def test_the_passage_the_issue_and_the_address_are_there():
    one = entry(PLAN)
    assert "“The two are to meet in November.” (Wire, 2019-11-02, " in one["DESCRIPTION"]
    assert one["CATEGORIES"].to_ical() == b"Trade"
    assert one["URL"] == "https://wire.example/2019/11/02/talks?a=1&b=2"
