"""Repairs lemmas that are no words, with WordNet's lists."""

import gzip
import json
from typing import Any

from detente.codebook.files import data_file
from detente.parsing.doc import Doc

LISTS_OF = {"VERB": "verb", "NOUN": "noun"}


class LemmaRepair:
    """Asks WordNet where the trained lemmatizer gives a verb or noun that WordNet does not have."""

    def __init__(self) -> None:
        table: dict[str, Any] = json.loads(gzip.decompress(data_file("pipelines/en/wordnet.json.gz").read_bytes()))
        self._lists = {pos: (frozenset(t["index"]), t["exc"], t["rules"]) for pos, t in table.items()}

    def mend(self, doc: Doc) -> None:
        """Changes the lemmas of `doc` that are no words."""
        for token in doc:
            name = LISTS_OF.get(token.pos_)
            if name and token.lemma_.lower() not in self._lists[name][0]:
                better = self.lemma(token.lower_, name)
                if better:
                    token.lemma_ = better

    def lemma(self, word: str, name: str) -> str | None:
        """The lemma of a lower-case word form by WordNet's exceptions and endings, None where it has none."""
        words, exceptions, rules = self._lists[name]
        if word in exceptions:
            return str(exceptions[word])
        for ending, other in rules:
            stem = word[: len(word) - len(ending)] + other
            if word.endswith(ending) and stem in words:
                return str(stem)
        return word if word in words else None
