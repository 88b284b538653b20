"""Words worked out once against the layer that looks at each place."""

import numpy as np
import pytest
import spacy

from detente.codebook.files import data_file
from detente.parsing import Pipeline, embedding

TEXTS = ("They can't meet. The envoys met in Oslo, can they?", "", "Envoys of Chad met the envoys of Mali in Oslo.")
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def bare():
    return spacy.load(str(data_file("pipelines/en")))


def vectors(nlp, texts):
    return nlp.get_pipe("tok2vec").predict([nlp.make_doc(text) for text in texts])


@pytest.mark.parametrize("most", [embedding.MOST, 14, 3], ids=["all fit", "room is made", "one batch is too much"])
def test_vectors_are_those_of_the_bare_pipeline(bare, live: Pipeline, monkeypatch, most):
    monkeypatch.setattr(embedding, "MOST", most)
    for texts in (TEXTS[:1], TEXTS, TEXTS[2:], TEXTS[:1]):
        for ours, theirs in zip(vectors(live.nlp, texts), vectors(bare, texts), strict=True):
            assert ours.shape == theirs.shape
            assert np.allclose(ours, theirs, atol=1e-5)


def test_the_layer_is_in_place(live: Pipeline):
    assert live.nlp.get_pipe("tok2vec").model.layers[0].name == embedding.EMBED
