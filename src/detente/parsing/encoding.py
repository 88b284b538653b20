"""What the model makes of a word beside its neighbours: the layers that look at three words at a time."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import Model

from detente.parsing.embedding import TOK2VEC

ENCODE = "encode"  # the second layer of that component, made of windows
WINDOW = "residual(expand_window>>maxout>>layernorm>>dropout)"  # each of them
LEAST_VARIANCE = 1e-8  # as thinc has it

Vectors = NDArray[np.float32]
Layer = Callable[..., tuple[Vectors, None]]


def lean_windows(nlp: Language) -> None:
    """Lets a pipeline's windows be worked out in place, without what only training needs: bit for bit the same."""
    windows = nlp.get_pipe(TOK2VEC).model.get_ref(ENCODE).layers[0].layers  # type: ignore[attr-defined]
    for at, layer in enumerate(windows):
        if layer.name == WINDOW:
            windows[at] = Model(WINDOW, _window(layer))


def _window(layer: Model[Vectors, Vectors]) -> Layer:
    """What the layer does to vectors."""
    parts: dict[str, Any] = {part.name: part for part in layer.walk()}
    maxout, norm = parts["maxout"], parts["layernorm"]
    weights, bias = maxout.get_param("W").swapaxes(0, 1), maxout.get_param("b").T
    pieces, width, _ = weights.shape
    # The pieces of which the largest counts stand one behind the other: so whole rows are compared.
    weights, bias = np.ascontiguousarray(weights.reshape(pieces * width, -1)), bias.ravel()
    scale, shift = norm.get_param("G"), norm.get_param("b")
    ops: Any = layer.ops

    def forward(_: object, words: Vectors, **__: object) -> tuple[Vectors, None]:
        found = ops.gemm(ops.seq2col(words, 1), weights, trans2=True)
        found += bias
        best: Vectors = found[:, :width]
        for piece in range(1, pieces):
            best = np.maximum(best, found[:, piece * width : (piece + 1) * width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.square(best).sum(axis=1, keepdims=True) / np.float32(width) + LEAST_VARIANCE
        best *= variance ** (-1.0 / 2.0)
        best *= scale
        best += shift
        best += words
        return best, None

    return forward
