"""What is most worth a look: the uncertain, the contested, the much used; what was decided is not asked again."""

import dataclasses

import records_for_tests as made

from detente.ledger.happenings import Happening
from detente.ledger.worth import is_contested, rank_for_review
from detente.records import Factuality, Voice

PAIR = ("USA", "CHN")
TEXT = "China met the United States in Geneva. The United States met China in Bern. They met again in Rome."
DOCUMENT = made.document(TEXT)


def happening(quote, **more):
    return Happening(records=(made.event(DOCUMENT, quote, **more),))


def ranked(*happenings):
    return [worth.record.evidence[0].quote for worth in rank_for_review(happenings, [], [], PAIR)]


def test_the_uncertain_comes_first():
    sure, doubtful = happening("in Geneva", confidence=0.95), happening("in Bern", confidence=0.3)
    assert ranked(sure, doubtful) == ["in Bern", "in Geneva"]


def test_what_much_is_told_by_comes_before_what_nothing_rests_on():
    used = happening("in Geneva", confidence=0.8)
    unused = happening("in Bern", confidence=0.8, factuality=Factuality.PLANNED)
    assert ranked(unused, used) == ["in Geneva", "in Bern"]


def test_what_was_decided_is_left_out():
    decided = happening("in Geneva", decided=("confidence",))
    assert ranked(decided, happening("in Bern")) == ["in Bern"]


def both(**other):
    first = made.event(DOCUMENT, "in Geneva", when=made.day("2019-11-01"))
    return Happening(records=(first, made.event(DOCUMENT, "in Bern", **({"when": made.day("2019-11-01")} | other))))


def test_accounts_that_differ_are_contested():
    assert not is_contested(both())
    assert is_contested(both(when=made.day("2019-11-05")))
    assert is_contested(both(factuality=Factuality.DENIED))
    assert not is_contested(both(factuality=Factuality.DENIED, voice=Voice.AUTHOR))


def test_the_sum_is_that_of_its_parts():
    (worth,) = rank_for_review([happening("in Geneva", confidence=0.5)], [], [], PAIR)
    assert dict(worth.parts)["uncertain"] == 0.5
    assert worth.sum == 2.0 * 0.5 + 1.0 * min(1.0, worth.uses / 3)
    assert dataclasses.replace(worth, parts=()).sum == 0
