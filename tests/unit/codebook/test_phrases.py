"""Phrases of lemmas and their index."""

import pytest

from detente.codebook.measures import load_measures
from detente.codebook.phrases import PhraseIndex, split_phrase


def test_the_longest_phrase_comes_first():
    index = PhraseIndex([(["sign", "sign … into law"], "row"), (["sign off on"], "other")])
    assert [phrase.words for phrase in index.starting_with("sign")] == [
        ("sign", "…", "into", "law"),
        ("sign", "off", "on"),
        ("sign",),
    ]


def test_a_hyphen_may_be_cut_or_not():
    index = PhraseIndex([(["anti-dumping duty"], "row")])
    assert [phrase.words for phrase in index.starting_with("anti")] == [("anti", "-", "dumping", "duty")]
    assert [phrase.words for phrase in index.starting_with("anti-dumping")] == [("anti-dumping", "duty")]


def test_a_form_given_twice_is_looked_up_once():
    index = PhraseIndex([(["ban"], "row")])
    assert len(list(index.starting_with("ban", "ban"))) == 1


@pytest.mark.parametrize(
    ("text", "words"), [("US tariff", ("us", "tariff")), ("put … on hold", ("put", "…", "on", "hold"))]
)
def test_phrases_are_split_in_lower_case(text, words):
    assert split_phrase(text) == words


def test_a_weak_noun_needs_a_row_that_names_its_kind():
    rows = {row.id: row for row in load_measures().rows}
    assert rows["verb.pass-bill"].fits("bill", weak=True)
    assert not rows["predicate.in-force"].fits("bill", weak=True)
    assert not rows["step.increase"].fits("treaty")
