"""The parser's decisions for the sentences of many documents side by side.

spaCy's parser goes through documents decision by decision, and for each asks a library of matrices ten times: most of
its time goes into asking. Where sentences begin is known here, and none depends on what was decided in another, so the
n-th decisions of all sentences are taken at once. The model, the moves and the parses are the same.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.pipeline import DependencyParser
from spacy.pipeline._parser_internals.nonproj import deprojectivize
from spacy.tokens import Doc

from detente.parsing.parts import in_parts
from detente.parsing.states import BREAK, REDUCE, SHIFT, States, View

WORDS = 8192  # looked at in one go: more need fewer steps, and 6 KB each
PLACES = 8  # words of a state that the model looks at
KINDS = "SDLRB"  # the first letters of the names of moves, in the order of their kinds
BEGINS = 1  # a sentence, as spaCy writes it
ROOT = "ROOT"

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class SideBySide:
    """Takes the decisions of a parser with spaCy's `TransitionBasedParser.v2` of one hidden layer and eight places."""

    def __init__(self, parser: DependencyParser) -> None:
        model = parser.model
        self.vectors_of, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        # Of the pieces of a unit the largest counts. They stand far apart here, not side by side: compared faster.
        weights, absent, bias = (lower.get_param(name).swapaxes(*axes) for name, axes in PIECES_FIRST)
        width = bias.size
        self._multiply = model.ops.gemm  # numpy's product takes a thread for each core, and small ones are many here
        self._weights = np.ascontiguousarray(weights.reshape(PLACES * width, -1))
        self._absent, self._bias = absent.reshape(PLACES * width), bias.reshape(len(bias), -1)
        self._out, self._out_bias = upper.get_param("W"), upper.get_param("b").copy()
        self._kinds = np.array([KINDS.index(name[0]) for name in parser.move_names])
        self._out_bias[self._kinds == BREAK] = -np.inf  # where sentences begin is known
        self._shift, self._reduce = (int(np.flatnonzero(self._kinds == kind)[0]) for kind in (SHIFT, REDUCE))
        labels = [name.partition("-")[2] for name in parser.move_names]
        self._labels = np.array([parser.vocab.strings.add(label or ROOT) for label in labels], np.uint64)
        self._room: Floats = np.empty((0, PLACES * width), np.float32)

    def parse(self, docs: Sequence[Doc]) -> None:
        """Sets heads and relations of documents whose words have vectors and whose sentences are set."""
        for part in in_parts(docs, WORDS):
            begins = np.concatenate([_begins(doc) for doc in part])
            states = States(begins, np.cumsum([len(doc) for doc in part]))
            seen = self._seen(self.vectors_of.predict(part))
            while len(states.active):
                self._step(states, seen)
            self._write(part, states)

    def _seen(self, vectors: Floats) -> Floats:
        """What the model makes of each word in each place, a row for each; the last of words that are not there."""
        rows = len(vectors) + 1
        if len(self._room) < rows:  # kept, since memory that is new costs as much as the product
            self._room = np.empty((rows, len(self._absent)), np.float32)
        self._multiply(vectors, self._weights, trans2=True, out=self._room[: rows - 1])
        self._room[rows - 1] = self._absent
        return self._room[:rows].reshape(rows * PLACES, -1)

    def _step(self, states: States, seen: Floats) -> None:
        view = states.view()
        moves = np.where(view.depth > 0, self._reduce, self._shift)
        rows = states.choices(view)
        if len(rows):
            moves[rows] = self._choose(states, view.at(rows), seen)
        states.move(view, moves, self._kinds[moves])

    def _choose(self, states: States, view: View, seen: Floats) -> Ints:
        """The best move of each row that can be made there."""
        total = np.zeros((len(view.top), seen.shape[1]), np.float32)
        for place, words in enumerate(states.words(view)):
            total += seen.take(words * PLACES + place, axis=0)
        pieces = total.reshape(len(total), *self._bias.shape)
        pieces += self._bias
        scores = self._multiply(pieces.max(axis=1), self._out, trans2=True)
        scores += self._out_bias
        scores[~states.can_shift(view), self._shift] = -np.inf
        scores[view.depth == 1, self._reduce] = -np.inf
        best: Ints = scores.argmax(axis=1)
        return best

    def _write(self, docs: Sequence[Doc], states: States) -> None:
        """Puts the arcs into the documents; a word without a head is a root."""
        numbers = np.arange(states.absent)
        heads, labels = states.head[:-1], self._labels[states.made_by[:-1]]
        is_root = heads == states.absent
        columns = np.stack((np.where(is_root, 0, heads - numbers).astype(np.uint64), labels), axis=1)
        columns[is_root, 1] = self._labels[self._shift]
        at = 0
        for doc in docs:
            doc.from_array([HEAD, DEP], columns[at : at + len(doc)])  # type: ignore[arg-type]
            deprojectivize(doc)
            at += len(doc)


# Parameters of the hidden layer and the axes to swap so that the pieces come before the units.
PIECES_FIRST = (("W", (1, 2)), ("pad", (2, 3)), ("b", (0, 1)))


def _begins(doc: Doc) -> NDArray[np.bool_]:
    """Of each word whether it opens a sentence; the first one does."""
    begins: NDArray[np.bool_] = doc.to_array([SENT_START]).ravel() == BEGINS
    begins[:1] = True
    return begins
