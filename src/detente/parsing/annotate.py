"""All that the bundled model says of documents: the same as spaCy's own `nlp.pipe`, at half of its cost."""

from collections.abc import Sequence

import numpy as np
from spacy.attrs import LEMMA, ORTH
from spacy.language import Language
from spacy.pipeline import EditTreeLemmatizer
from spacy.tokens import Doc

from detente.parsing.embedding import TOK2VEC, remember_words
from detente.parsing.encoding import lean_windows
from detente.parsing.parts import in_parts
from detente.parsing.side_by_side import SideBySide

WORDS = 3072  # tagged in one go: what the layers make of more does not fit into the processor's cache
TAGGER, LEMMATIZER, PARSER = "morphologizer", "trainable_lemmatizer", "parser"
MOST = 1 << 16  # lemmas kept


class Annotator:
    """Asks the components of a pipeline one after another for many documents at a time."""

    def __init__(self, nlp: Language) -> None:
        remember_words(nlp)
        lean_windows(nlp)
        self._taggers = [nlp.get_pipe(TOK2VEC), nlp.get_pipe(TAGGER)]
        self._lemmas = Lemmas(nlp.get_pipe(LEMMATIZER))  # type: ignore[arg-type]
        self._parser = SideBySide(nlp.get_pipe(PARSER))

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Sets word classes, features, lemmas, heads and relations of documents whose sentences are set."""
        for part in in_parts(docs, WORDS):
            for tagger in self._taggers:
                tagger.set_annotations(part, tagger.predict(part))  # type: ignore[attr-defined]
            self._lemmas.annotate(part)
        self._parser.parse(docs)


class Lemmas:
    """The lemmas of a trained lemmatizer: which change makes a lemma of a word is worked out in its context, what the
    change makes of the word only once.
    """

    def __init__(self, lemmatizer: EditTreeLemmatizer) -> None:
        self._model, self._trees = lemmatizer.model, lemmatizer.trees
        self._changes = np.array(lemmatizer.labels)
        self._strings = lemmatizer.vocab.strings
        self._known: dict[tuple[int, int], int] = {}

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Sets the lemmas of documents whose words have vectors; a word that its change does not fit is its lemma."""
        for doc, scores in zip(docs, self._model.predict(docs), strict=True):
            words = doc.to_array([ORTH]).ravel().astype(np.uint64).tolist()
            changes: list[int] = self._changes[scores.argmax(axis=1)].tolist()
            lemmas = [self._lemma(pair) for pair in zip(words, changes, strict=True)]
            doc.from_array([LEMMA], np.array(lemmas, np.uint64).reshape(-1, 1))  # type: ignore[arg-type]

    def _lemma(self, pair: tuple[int, int]) -> int:
        found = self._known.get(pair)
        if found is None:
            word, change = pair
            lemma = self._trees.apply(change, self._strings[word])
            found = word if lemma is None else self._strings.add(lemma)
            if len(self._known) == MOST:
                self._known.clear()
            self._known[pair] = found
        return found
