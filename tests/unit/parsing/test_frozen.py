"""Parses as text, and whether the kept ones are those of the bundled model."""

import os

import pytest
from parses_for_tests import KEEP, read_kept

from detente.parsing import Pipeline
from detente.parsing.doc import Doc
from detente.parsing.frozen import join_parses, read_parse, split_parses, write_parse
from detente.passages import split_text
from detente.records import Passage

TEXT = '"We met," she said.  Then\tboth left: it\'s over.\n\nNo "deal" was signed.'
STRIDE = 100  # every so many kept parses one is read again
COLUMNS = ("idx", "text", "lower_", "lemma_", "pos_", "dep_", "is_sent_start", "whitespace_", "like_num", "is_quote")


def columns(doc: Doc) -> list[tuple[object, ...]]:
    return [(*(getattr(t, name) for name in COLUMNS), str(t.morph), t.head.i, t.left_edge.i) for t in doc]


@pytest.mark.model
def test_what_is_written_is_read_again(live: Pipeline) -> None:
    doc = live.parse(TEXT, split_text(TEXT))
    again = read_parse(write_parse(doc))
    assert again.text == doc.text
    assert columns(again) == columns(doc)
    assert [span.text for span in again.sents] == [span.text for span in doc.sents]


@pytest.mark.model
def test_a_file_holds_several(live: Pipeline) -> None:
    parses = [write_parse(live.parse(text, split_text(text))) for text in ("They met.", TEXT)]
    assert [read_parse(part).text for part in split_parses(join_parses(parses))] == [
        read_parse(part).text for part in parses
    ]


@pytest.mark.model
@pytest.mark.skipif(KEEP in os.environ, reason="the parses are being kept anew")
def test_the_kept_parses_are_those_of_the_model(live: Pipeline) -> None:
    """Where this fails the weights have changed: type make parses."""
    kept = sorted(read_kept().items())
    assert kept
    for (text, starts), written in kept[::STRIDE]:
        ends = [*starts[1:], len(text)] if starts else []
        passages = [
            Passage(start=start, end=len(text[:end].rstrip()), paragraph=0)
            for start, end in zip(starts, ends, strict=True)
        ]
        assert write_parse(next(iter(live.read_many([(text, passages)])))) == written.rstrip("\n") + "\n", text
