"""Quotation marks, paired on the text alone."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detente.extraction.quotation import Quotation, find_quotations, paragraphs_of
from detente.records import Passage


def quotations(text: str) -> list[Quotation]:
    passages, at = [], 0
    for number, paragraph in enumerate(text.split("\n\n")):
        if paragraph:
            passages.append(Passage(start=at, end=at + len(paragraph), paragraph=number))
        at += len(paragraph) + 2
    return find_quotations(text, passages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “We agree.” Then he left.", ["We agree."]),
        ('He said "We agree." Then he left.', ["We agree."]),
        ('He said “We agree." Then he left.', ["We agree."]),
        ("He said ``We agree.'' Then he left.", ["We agree."]),
        ("He said “one” and “two”.", ["one", "two"]),
        ("He said “they call it “peace” there” and left.", ["they call it “peace” there"]),
        ("“They said ‘no’,” he said.", ["They said ‘no’,"]),
        ("'We agree,' he said.", ["We agree,"]),
        ("‘We have the workers’ trust,’ he said.", ["We have the workers’ trust,"]),
        ("The workers' day and the '90s were good.", []),
        ("It's Peru's plan, isn't it?", []),
        ("She is 5' 10\" tall.", []),
        ("“We agree. He left.", ["We agree. He left."]),
        ("“We agree. “We stay,” he said.", ["We agree.", "We stay,"]),
        ("No marks here.", []),
        ("", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [text[q.first : q.last] for q in quotations(text)] == expected


def test_a_quotation_goes_on_where_the_next_paragraph_reopens() -> None:
    found = quotations("“We agree.\n\n“We stay,” he said.")
    assert [(q.is_open, q.goes_on) for q in found] == [(True, False), (False, True)]


def test_a_quotation_goes_on_to_its_mark_where_the_next_paragraph_does_not_reopen() -> None:
    found = quotations("“We agree.\n\nWe stay,” he said.")
    assert [q.goes_on for q in found] == [False, True]


def test_paragraphs_span_their_passages() -> None:
    passages = [Passage(start=0, end=4, paragraph=0), Passage(start=5, end=9, paragraph=0)]
    assert [(p.start, p.end) for p in paragraphs_of(passages)] == [(0, 9)]


@example("'“ ““'")
@example("'“ ““'a")
@given(
    st.lists(st.sampled_from(["“", "”", '"', "'", "‘", "’", " ", "a", ". ", "\n\n", "s' "]), max_size=30).map("".join)
)
def test_quotations_lie_in_the_text_and_apart(text: str) -> None:
    found = quotations(text)
    for quotation in found:
        assert 0 <= quotation.start <= quotation.first <= quotation.last <= quotation.end <= len(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
