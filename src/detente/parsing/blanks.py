"""Keeps blank tokens away from the parser: what it never saw in training it takes for words, even for main verbs."""

from collections.abc import Collection

import numpy as np
from spacy.attrs import IDX, IS_SPACE, NORM, ORTH, SENT_START, SPACY
from spacy.tokens import Doc

COLUMNS = [ORTH, NORM, SPACY, IDX, IS_SPACE]
INSIDE, BEGINS = np.array([-1, 1]).astype(np.uint64)  # a sentence, as spaCy writes it


def without_blanks(doc: Doc, starts: Collection[int]) -> tuple[Doc, list[int]]:
    """The words of `doc` alone, in sentences that begin at the characters `starts`; and at which each word begins.

    The columns are read and written in one go: a question to each token costs more than the parser takes for it.
    """
    columns = doc.to_array(COLUMNS)
    words = columns[columns[:, -1] == 0]
    places = words[:, 3].tolist()
    bare = Doc(doc.vocab, words=words[:, 0].tolist(), spaces=words[:, 2].astype(bool).tolist())
    if places:
        begins = np.where(np.isin(words[:, 3], np.array([*starts], np.uint64)), BEGINS, INSIDE)
        # The tokenizer knows more of a word than its letters: the "ca" of "can't" is "can".
        bare.from_array([NORM, SENT_START], np.stack((words[:, 1], begins), axis=1))  # type: ignore[arg-type]
    return bare, places
