"""Loads a spaCy pipeline with UD labels and parses passages with it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc

from detente.codebook.files import data_file
from detente.errors import PipelineError
from detente.parsing.annotate import Annotator
from detente.parsing.blanks import without_blanks
from detente.parsing.convert import read_spacy
from detente.parsing.doc import Doc
from detente.parsing.lemmas import LemmaRepair
from detente.parsing.repairs import mend
from detente.records import Passage

BUNDLED = "bundled"
BATCH = 16  # documents: fastest on one core, and small in memory
# Line breaks, hard spaces and the like inside a sentence are blanks to the parser.
BLANKS = str.maketrans(dict.fromkeys("\n\r\t\xa0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u3000\ufeff", " "))
UD_RELATIONS = frozenset({"nsubj", "obj", "obl", "nmod"})


class Pipeline:
    """A loaded language pipeline; `version` goes into the provenance of every record."""

    def __init__(self, nlp: Language, version: str, annotator: Annotator | None = None) -> None:
        """`annotator` takes the place of `nlp.pipe`."""
        self.nlp = nlp
        self.version = version
        self._annotator = annotator
        self._lemmas = LemmaRepair() if version.startswith("ud_small") else None

    def parse(self, text: str, passages: Sequence[Passage]) -> Doc:
        """The parse of one text; see `parse_many`."""
        return next(iter(self.parse_many([(text, passages)])))

    def parse_many(self, items: Iterable[tuple[str, Sequence[Passage]]]) -> Iterator[Doc]:
        """One parse per (text, passages), in order, mended for news."""
        for doc in self.read_many(items):
            mend(doc)
            if self._lemmas:
                self._lemmas.mend(doc)  # of words now read as verbs: "relaxed"
            yield doc

    def read_many(self, items: Iterable[tuple[str, Sequence[Passage]]]) -> Iterator[Doc]:
        """One parse per (text, passages), in order, as the model reads them.

        `token.idx` is a place in the text: what lies outside the passages is blanked before parsing, not cut.
        Sentences are the passages.
        """
        words = (self._words(*item) for item in items)
        while batch := list(itertools.islice(words, BATCH)):
            for parse, (text, _, places) in zip(self._read([bare for _, bare, _ in batch]), batch, strict=True):
                doc = read_spacy(parse, text, places)
                if self._lemmas:
                    self._lemmas.mend(doc)
                yield doc

    def _read(self, docs: list[SpacyDoc]) -> Iterable[SpacyDoc]:
        if self._annotator is None:
            return self.nlp.pipe(docs, batch_size=BATCH)
        self._annotator.annotate(docs)
        return docs

    def _words(self, text: str, passages: Sequence[Passage]) -> tuple[str, SpacyDoc, list[int]]:
        """The text with all but the passages blanked, its words, and where they begin."""
        blanked = blank_outside(text, passages)
        return blanked, *without_blanks(self.nlp.make_doc(blanked), {0, *(passage.start for passage in passages)})


def blank_outside(text: str, passages: Sequence[Passage]) -> str:
    """A text as long as `text` with only the passages in it, the rest blank, so that offsets stay true.

    >>> blank_outside("NEWS. They met.", [Passage(start=6, end=15, paragraph=0)])
    '      They met.'
    """
    pieces, at = [], 0
    for passage in passages:
        pieces.append(" " * (passage.start - at))
        pieces.append(text[passage.start : passage.end].translate(BLANKS))
        at = passage.end
    return "".join(pieces)


def load_pipeline(name: str = BUNDLED) -> Pipeline:
    """The bundled pipeline, or any installed spaCy pipeline (or folder of one) with UD labels.

    Raises PipelineError, with what to type, where it cannot be loaded or has no UD dependencies.
    """
    where = Path(str(data_file("pipelines/en"))) if name == BUNDLED else name
    try:
        nlp = spacy.load(where)
    except (OSError, ValueError) as error:
        raise PipelineError(
            f"The language pipeline {name!r} cannot be loaded: {str(error).rstrip('.')}.",
            hint="Set language.pipeline to 'bundled', or install it: pip install NAME",
        ) from error
    labels = {label for pipe in nlp.pipe_names for label in nlp.pipe_labels.get(pipe, ())}
    if not labels >= UD_RELATIONS:
        raise PipelineError(
            f"The language pipeline {name!r} does not give UD relations.",
            hint="Choose one trained on Universal Dependencies, such as a Stanza pipeline through spacy-stanza.",
        )
    version = f"{nlp.meta['name']}-{nlp.meta['version']}"
    return Pipeline(nlp, version, Annotator(nlp) if name == BUNDLED else None)
