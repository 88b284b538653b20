"""What the model makes of a word before it looks at its neighbours: worked out once for each word."""

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

TOK2VEC = "tok2vec"  # the component that turns words into vectors for all others
EMBED = "embed"  # and its first layer
MOST = 1 << 16  # words kept, 25 MB of vectors: in news nine of ten words are among them

Vectors = NDArray[np.float32]


class _Known:
    """The vectors of the words met last, by word and norm: that of "ca" in "can't" is not that of "ca"."""

    def __init__(self, layer: Model[list[Doc], list[Vectors]], vocab: Vocab) -> None:
        self.layer, self.vocab = layer, vocab
        self.rows: dict[tuple[int, int], int] = {}
        self.vectors: Vectors = np.empty((MOST, layer.predict([Doc(vocab, words=[EMBED])])[0].shape[1]), np.float32)

    def forward(self, _: object, docs: list[Doc], **__: object) -> tuple[list[Vectors], None]:
        """The vectors of each document's words."""
        words = [list(map(tuple, doc.to_array([ORTH, NORM]).tolist())) for doc in docs]
        all_ = {word for found in words for word in found}
        if len(all_) > MOST:
            return self.layer.predict(docs), None
        fresh = all_ - self.rows.keys()
        if len(self.rows) + len(fresh) > MOST:
            self.rows, fresh = {}, all_
        self._learn(sorted(fresh))
        return [self.vectors[[self.rows[word] for word in found]] for found in words], None

    def _learn(self, words: list[tuple[int, int]]) -> None:
        if not words:
            return
        columns = np.array(words, dtype=np.uint64)
        doc = Doc(self.vocab, words=columns[:, 0].tolist())
        doc.from_array([NORM], columns[:, 1:])  # type: ignore[arg-type]
        known = len(self.rows)
        self.vectors[known : known + len(words)] = self.layer.predict([doc])[0]
        self.rows.update(zip(words, range(known, known + len(words)), strict=True))


def remember_words(nlp: Language) -> None:
    """Lets a pipeline whose first layer looks at each word alone, by its letters and norm, do so once for each word.

    That layer is a tenth of what parsing takes.
    """
    tok2vec = nlp.get_pipe(TOK2VEC).model  # type: ignore[attr-defined]
    embed = tok2vec.get_ref(EMBED)
    tok2vec.layers[tok2vec.layers.index(embed)] = Model(EMBED, _Known(embed, nlp.vocab).forward)
