"""Keeps blank tokens away from the parser: what it never saw in training it takes for words, even for main verbs."""

import numpy as np
from spacy.attrs import NORM
from spacy.tokens import Doc


def without_blanks(doc: Doc) -> Doc:
    """The words of `doc` alone, in the same sentences."""
    words = [token for token in doc if not token.is_space]
    bare = Doc(
        doc.vocab,
        words=[token.text for token in words],
        spaces=[bool(token.whitespace_) for token in words],
        sent_starts=[token.is_sent_start is True for token in words],
    )
    # The tokenizer knows more of a word than its letters: the "ca" of "can't" is "can".
    norms = np.array([[token.norm] for token in words], dtype=np.uint64).reshape(-1, 1)
    return bare.from_array([NORM], norms) if words else bare  # type: ignore[arg-type]
