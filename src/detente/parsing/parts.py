"""Documents in parts of a bounded number of words."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc


def in_parts(docs: Sequence[Doc], most: int) -> Iterator[list[Doc]]:
    """The documents in order, as many at a time as have at most so many words together; those without words are left
    out, and a document that has more stands alone.
    """
    part: list[Doc] = []
    words = 0
    for doc in docs:
        if part and words + len(doc) > most:
            yield part
            part, words = [], 0
        if len(doc):
            part.append(doc)
            words += len(doc)
    if part:
        yield part
