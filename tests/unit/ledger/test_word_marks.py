"""Undated texts: their records find each other by their words, and many cost each no more than few."""

import random
from collections import Counter

import pytest
from records_for_tests import document, event

from detente.ledger import grouping
from detente.ledger.happenings import group_happenings
from detente.ledger.word_marks import MARKS, WORDLESS, marks_of
from detente.records import EventType

BEGINNINGS, MIDDLES, ENDINGS = ("bran", "clov", "drum", "fesk", "gort", "halv"), "aeiou", ("ter", "lin", "mos", "pid")
WORDS = [f"{one}{two}{end}{tail}" for one in BEGINNINGS for two in MIDDLES for end in ENDINGS for tail in "aeiou"]


def accusation(number, words):
    text = f"The United States accused China over {' '.join(words)}."
    return event(document(text, published=None, outlet=f"Paper {number}"), text, EventType.ACCUSE)


def test_marks_are_the_same_in_every_order_and_those_without_words_share_one():
    words = WORDS[:9]
    assert marks_of(words) == marks_of(reversed(words))
    assert len(set(marks_of(words))) == MARKS
    assert marks_of(()) == WORDLESS


def test_the_more_words_are_shared_the_more_likely_is_a_mark():
    def share(shared, of):
        chance = random.Random(shared)
        found = 0
        for _ in range(200):
            words = chance.sample(WORDS, 2 * of - shared)
            found += not set(marks_of(words[:of])).isdisjoint(marks_of(words[of - shared :]))
        return found / 200

    assert share(9, 10) > 0.99
    assert share(7, 10) > 0.85
    assert share(1, 10) < 0.1


def test_undated_copies_that_were_edited_are_one_happening():
    told = accusation(1, WORDS[:8]), accusation(2, [*WORDS[:7], "today"])
    assert [len(found.records) for found in group_happenings(told)] == [2]


def test_undated_texts_of_other_words_are_other_happenings():
    told = accusation(1, WORDS[:8]), accusation(2, WORDS[20:28])
    assert [len(found.records) for found in group_happenings(told)] == [1, 1]


@pytest.mark.parametrize("share", [1, 4])
def test_of_many_undated_texts_each_is_compared_with_few(share, monkeypatch):
    compared = Counter()
    real = grouping.compare

    def counting(one, other):
        compared["pairs"] += 1
        return real(one, other)

    monkeypatch.setattr(grouping, "compare", counting)
    chance = random.Random(1)
    number = 60 * share
    group_happenings([accusation(at, chance.sample(WORDS, 8)) for at in range(number)])
    assert compared["pairs"] < 4 * number
