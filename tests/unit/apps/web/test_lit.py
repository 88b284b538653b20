"""The text of a document in pieces: none is lost, each knows what rests on it and why it was set aside."""

import dataclasses

import records_for_tests as made
from hypothesis import given
from hypothesis import strategies as st
from pages_for_tests import TEXT, records_of

from detente.apps.web.lit import paragraphs, surroundings
from detente.records import Block, BlockKind

DOCUMENT = made.document(TEXT.replace(". ", ".\n\n"))
SPANS = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(1, 60)), max_size=6)


def joined(document, records=(), asked=None):
    return "".join(piece.text for p in paragraphs(document, records, asked) for piece in p.pieces)


@given(SPANS, st.none() | st.tuples(st.integers(0, 80), st.integers(81, 160)))
def test_no_character_is_lost_and_none_doubled(spans, asked):
    blocks, last = [], 0
    for start, length in sorted(spans):
        if start >= last and start + length <= len(DOCUMENT.text):
            blocks.append(Block(start=start, end=start + length, kind=BlockKind.TEASER, reason="a rule"))
            last = start + length
    document = dataclasses.replace(DOCUMENT, blocks=tuple(blocks))
    assert joined(document, records_of(document), asked) == document.text


def test_the_words_of_a_record_are_lit():
    records = records_of(DOCUMENT)
    lit = {}
    for paragraph in paragraphs(DOCUMENT, records):
        for piece in paragraph.pieces:
            for id_ in piece.records:
                lit[id_] = lit.get(id_, "") + piece.text
    assert lit == {record.id: record.evidence[0].quote for record in records}


def test_what_was_set_aside_says_why():
    block = Block(start=0, end=20, kind=BlockKind.CAPTION, reason="begins like one")
    document = dataclasses.replace(DOCUMENT, blocks=(block,))
    first = next(iter(next(iter(paragraphs(document, ()))).pieces))
    assert (first.text, first.aside) == (document.text[:20], block)


def test_the_place_asked_for_is_marked():
    pieces = [piece for p in paragraphs(DOCUMENT, (), (6, 14)) for piece in p.pieces]
    assert [piece.text for piece in pieces if piece.is_asked] == [DOCUMENT.text[6:14]]


def test_surroundings_end_with_whole_words():
    before, quote, after = surroundings(DOCUMENT, 60, 70, reach=12)
    assert quote == DOCUMENT.text[60:70]
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert before.removeprefix("… ") in DOCUMENT.text
