"""The life of a measure across documents: where it stands and what is next."""

import datetime as dt

from records_from_rows import record_of

from detente.ledger.happenings import Happening
from detente.ledger.measure_life import trace_measures

RAISED = {
    "record": "measure",
    "published": dt.date(2019, 5, 11),
    "text": "Duties on $20 billion of toys rose on Friday.",
    "steps": ["raised @ 2019-05-10"],
}
DUE = {
    "record": "measure",
    "published": dt.date(2019, 2, 25),
    "text": "The rise of duties on $20 billion of toys due on March 1 is off.",
    "steps": ["increase due @ 2019-03-01"],
}
LATER = {
    "record": "measure",
    "published": dt.date(2019, 5, 11),
    "text": "Duties on $20 billion of toys will rise again in December.",
    "steps": ["increase due @ 2019-12-01"],
}


def life(*rows):
    records = [record_of(row) for row in rows]
    (found,) = trace_measures([Happening(records=(r,)) for r in records], dt.date(2019, 6, 1))
    return found


def test_a_step_is_not_next_when_a_later_one_was_taken():
    assert life(DUE, RAISED).due is None


def test_a_step_that_lies_ahead_of_the_last_one_is_next():
    assert life(RAISED, LATER).due.step == "increase due"


def passed(by, *, in_may):
    return {
        "record": "measure",
        "kind": "bill",
        "published": dt.date(2019, 5, in_may),
        "text": f"The {by} passed the bill on toys.",
        "steps": [f"passed one chamber @ 2019-05-{in_may:02d}"],
    }


def test_a_bill_that_the_other_chamber_passed_too_was_passed_by_both():
    both = life(passed("House", in_may=2), passed("Senate", in_may=20))
    assert (both.standing.step, both.due.step) == ("passed both chambers", "signature due")
    assert life(passed("House", in_may=2), passed("lower house", in_may=20)).standing.step == "passed one chamber"


def test_plans_called_by_other_spans_have_lives_of_their_own():
    rows = [
        {
            "record": "measure",
            "kind": "plan",
            "published": dt.date(2019, 4, 8 + n),
            "text": f"The two agreed on a {span} plan for beef.",
            "amount": [span],
            "steps": ["agreed"],
        }
        for n, span in enumerate(("100-day", "one-year"))
    ]
    records = [record_of(row) for row in rows]
    assert len(trace_measures([Happening(records=(r,)) for r in records], dt.date(2019, 6, 1))) == len(rows)
