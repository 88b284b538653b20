"""Decisions taken for all sentences at once against those of spaCy's parser, and the moves by themselves."""

import numpy as np
import pytest
import spacy

from detente.codebook.files import data_file
from detente.parsing import annotate, side_by_side
from detente.parsing.blanks import without_blanks
from detente.parsing.pipeline import blank_outside
from detente.parsing.states import LEFT, REDUCE, RIGHT, SHIFT, States
from detente.passages import split_text

TEXTS = (
    "The envoys of Chad, who had come late, met twice. Did they sign? No. “We won't,” said one, “and that is it.”",
    "",
    "Talks.",
    "What the minister, of whom much was expected, wanted to know was which of the two ships that Mali had sent to the "
    "port they meant to keep. He did not say so, and asked whom to believe: the guards, the crews, or both of them.",
    "Chad and Mali and Niger agreed. The\nship left",
)


@pytest.fixture(scope="module")
def bare():
    return spacy.load(str(data_file("pipelines/en")))


def words_of(bare, texts):
    """The texts cut into words and sentences."""
    docs = []
    for text in texts:
        passages = split_text(text)
        words = bare.make_doc(blank_outside(text, passages))
        docs.append(without_blanks(words, {0, *(passage.start for passage in passages)})[0])
    return docs


def parsed(bare, texts, parse):
    """Heads and relations of the texts, whose vectors are those of the bare pipeline."""
    docs = words_of(bare, texts)
    vectors = bare.get_pipe("tok2vec")
    vectors.set_annotations(docs, vectors.predict(docs))
    parse(docs)
    return [[(token.text, token.head.i, token.dep_, token.is_sent_start) for token in doc] for doc in docs]


@pytest.mark.model
@pytest.mark.parametrize("most", [side_by_side.WORDS, 60, 1], ids=["all at once", "in parts", "one by one"])
def test_parses_are_those_of_the_bare_pipeline(bare, monkeypatch, most):
    monkeypatch.setattr(side_by_side, "WORDS", most)
    parser = bare.get_pipe("parser")
    ours = parsed(bare, TEXTS, side_by_side.SideBySide(parser).parse)
    assert ours == parsed(bare, TEXTS, lambda docs: parser.set_annotations(docs, parser.predict(docs)))
    assert ours[1] == []
    assert ours[2] == [("Talks", 0, "ROOT", True), (".", 0, "punct", False)]


@pytest.mark.model
@pytest.mark.parametrize("most", [annotate.WORDS, 1], ids=["together", "one by one"])
def test_annotations_are_those_of_the_bare_pipeline(bare, monkeypatch, most):
    monkeypatch.setattr(annotate, "WORDS", most)
    ours, theirs = words_of(bare, TEXTS), words_of(bare, TEXTS)
    theirs = list(bare.pipe(theirs))
    annotator = annotate.Annotator(spacy.load(str(data_file("pipelines/en")), vocab=bare.vocab))
    for _ in range(2):  # the second time from memory
        annotator.annotate(ours)
        for doc, other in zip(ours, theirs, strict=True):
            assert doc.to_json() == other.to_json()


def states_of(*lengths):
    begins = np.zeros(sum(lengths), bool)
    begins[np.cumsum([0, *lengths[:-1]])] = True
    return States(begins, np.array([sum(lengths)]))


def moved(states, *kinds):
    """Makes the moves in the first sentence, all others wait."""
    for kind in kinds:
        view = states.view().at(np.array([0]))
        states.move(view, np.array([kind]), np.array([kind]))
    return states


def test_arcs_go_to_the_left_and_to_the_right():
    states = moved(states_of(3), SHIFT, LEFT, SHIFT, RIGHT, REDUCE, REDUCE)  # "Chad met Mali"
    assert states.head[:3].tolist() == [1, states.absent, 1]
    assert not len(states.active)


def test_a_word_hung_to_the_right_can_be_hung_anew():
    states = moved(states_of(3), SHIFT, RIGHT, LEFT)
    assert states.head[:2].tolist() == [states.absent, 2]
    assert states.right[0] == states.absent  # the first word has no child any more
    assert states.left[2] == 1


def test_a_word_without_a_head_goes_back_to_the_buffer_once():
    states = moved(states_of(3), SHIFT, SHIFT)
    assert states.can_shift(states.view()).tolist() == [False]  # the last word of a text needs a head
    view = moved(states, REDUCE).view()
    assert (view.next.tolist(), view.top.tolist()) == ([1], [0])
    assert states.can_shift(view).tolist() == [False]
    states = moved(states, RIGHT, RIGHT, REDUCE, REDUCE, REDUCE)
    assert states.head[:3].tolist() == [states.absent, 0, 1]


def test_the_model_sees_two_words_ahead_and_never_beyond_the_text():
    states = moved(states_of(2, 1), SHIFT)
    next_, second, top, under, *_ = (column.tolist() for column in states.words(states.view()))
    assert (next_, second, top, under) == ([1, 2], [2, states.absent], [0, states.absent], [states.absent] * 2)
    assert states.choices(states.view()).tolist() == [0]  # the other sentence can only read its word
