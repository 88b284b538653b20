"""Windows worked out in place against those of the bare pipeline."""

import numpy as np
import pytest
import spacy

from detente.codebook.files import data_file
from detente.parsing.encoding import WINDOW, lean_windows

TEXTS = ("They can't meet. The envoys met in Oslo, can they?", "Talks.", "")
pytestmark = pytest.mark.model


def test_vectors_are_those_of_the_bare_pipeline():
    bare, lean = (spacy.load(str(data_file("pipelines/en"))) for _ in range(2))
    lean_windows(lean)
    layers = lean.get_pipe("tok2vec").model.get_ref("encode").layers[0].layers
    assert [(layer.name, layer.layers) for layer in layers] == [(WINDOW, [])] * 4
    found, expected = (nlp.get_pipe("tok2vec").predict([*map(nlp.make_doc, TEXTS)]) for nlp in (lean, bare))
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.shape == theirs.shape
        assert np.allclose(ours, theirs, atol=1e-5)
