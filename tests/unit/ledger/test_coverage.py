"""What was read of a pair by a day, and what of it is blank."""

import datetime as dt

from records_for_tests import CHN, document, event, position

from detente.ledger.coverage import Coverage, cover
from detente.records import Problem, Trouble

TEXT = "The two sides met on Friday. China wants the tariffs lifted."
DATED = document(TEXT, published=dt.date(2019, 11, 2), outlet="Wire")
UNDATED = document(TEXT, published=None, outlet="Post")
PAIR = ("CHN", "USA")


def test_records_are_counted_by_voice_and_by_the_side_that_holds_a_position():
    records = (event(DATED, TEXT[:28]), position(DATED, TEXT[29:], holder=CHN))
    problem = Problem(trouble=Trouble.UNDATED, message="no date", document=DATED.id)
    known = cover([DATED], records, PAIR, [problem])
    assert (known.documents, known.records, known.reported) == (1, 2, 2)
    assert known.held == {"CHN"}
    assert known.problems == (("undated", 1),)
    assert (known.first, known.last) == (DATED.published_on, DATED.published_on)


def test_undated_documents_are_counted_but_add_no_voice():
    known = cover([DATED], [event(DATED, TEXT[:28])], PAIR)
    both = known.with_undated(cover([UNDATED], [event(UNDATED, TEXT[:28])], PAIR))
    assert (both.documents, both.undated, both.records, both.reported) == (2, 1, 2, 1)
    assert both.outlets == {"Wire", "Post"}


def test_nothing_covers_nothing():
    assert cover([], [], PAIR) == Coverage()
