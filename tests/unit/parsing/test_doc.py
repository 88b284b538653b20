"""Our parse against spaCy's own, and the laws of the tree."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc as SpacyDoc

from detente.codebook.files import data_file
from detente.parsing.convert import read_spacy
from detente.parsing.doc import Doc, read_morph
from detente.parsing.pipeline import blank_outside
from detente.passages import split_text

TEXT = (
    "KYIV — The envoy, who'd come from Oslo, met them twice.  “We will not yield,” she said on\nMonday, "
    "as the two sides agreed to talk. None of it helped: 12 ships left! What, she asked, had they come for?"
)
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def spacy_parse() -> SpacyDoc:
    passages = split_text(TEXT)
    nlp = spacy.load(str(data_file("pipelines/en")))
    doc = nlp.make_doc(blank_outside(TEXT, passages))
    starts = {passage.start for passage in passages}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return next(iter(nlp.pipe([doc])))


@pytest.fixture(scope="module")
def ours(spacy_parse: SpacyDoc) -> Doc:
    return read_spacy(spacy_parse)


SAME = (
    "i",
    "idx",
    "text",
    "lower_",
    "lemma_",
    "pos_",
    "dep_",
    "ent_type_",
    "whitespace_",
    "is_space",
    "is_punct",
    "is_quote",
    "is_alpha",
    "is_title",
    "like_num",
)


def test_tokens_say_what_spacy_says(ours, spacy_parse):
    for token, other in zip(ours, spacy_parse, strict=True):
        assert [getattr(token, name) for name in SAME] == [getattr(other, name) for name in SAME]
        assert str(token.morph) == str(other.morph)
        assert token.is_sent_start == bool(other.is_sent_start)
        assert (token.sent.start, token.sent.end) == (other.sent.start, other.sent.end)
        assert len(token) == len(other)


def test_the_tree_is_spacys(ours, spacy_parse):
    for token, other in zip(ours, spacy_parse, strict=True):
        assert token.head.i == other.head.i
        assert [child.i for child in token.children] == [child.i for child in other.children]
        assert [word.i for word in token.subtree] == sorted(word.i for word in other.subtree)
        assert [word.i for word in token.ancestors] == [word.i for word in other.ancestors]
        assert (token.left_edge.i, token.right_edge.i) == (other.left_edge.i, other.right_edge.i)


@given(st.data())
def test_spans_are_spacys(ours, spacy_parse, data):
    first = data.draw(st.integers(0, len(ours) - 1))
    last = data.draw(st.integers(first + 1, len(ours)))
    mine, other = ours[first:last], spacy_parse[first:last]
    assert (mine.text, mine.start_char, mine.end_char) == (other.text, other.start_char, other.end_char)
    assert mine.root.i == other.root.i
    assert [token.i for token in mine] == [token.i for token in other]


@given(st.data())
def test_character_spans_hold_their_characters(ours, data):
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    span = ours.char_span(start, end, alignment_mode="expand")
    inside = [token for token in ours if token.idx >= start and token.idx + len(token) <= end]
    assert set(inside) <= set(span)
    assert all(token.idx < end and token.idx + len(token) + 1 >= start for token in span)
    strict = ours.char_span(start, end)
    assert strict is None or TEXT[start:end].replace("\n", " ") == strict.text


def test_a_changed_head_changes_the_tree(spacy_parse):
    doc = read_spacy(spacy_parse)
    verb = next(token for token in doc if token.text == "met")
    child = verb.children[-2]
    child.head = verb.children[0]
    doc.link()
    assert child in verb.children[0].children
    assert child not in verb.children
    assert verb.children[0].right_edge.i >= child.i


def test_no_words_no_sentences():
    assert Doc("", []).sents == []
    assert Doc("", []).char_span(0, 0) is None


def test_features_are_read_once():
    assert read_morph("Mood=Ind|Tense=Past").get("Tense") == ["Past"]
    assert read_morph("Mood=Ind").get("Tense", []) == []
    assert read_morph("Case=Acc,Dat").get("Case") == ["Acc", "Dat"]
