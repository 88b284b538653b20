"""Phrases of lemmas: how rows of a lexicon name words that stand in a row, and where they stand in a parse."""

import itertools
import re
from collections.abc import Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

GAP = "…"  # anything may stand here: "sign … into law"
LONGEST_GAP = 14  # tokens that "…" may span: a noun phrase with its modifiers
LOOSE_GAP = 1  # a word may slip in elsewhere: "take immediate effect"
SKIPPED = frozenset("\"'“”‘’«»")  # quotation marks do not interrupt a phrase

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Row]):
    """A phrase split into words, and the row of a lexicon that it stands for."""

    words: tuple[str, ...]
    row: Row


class PhraseIndex(Generic[Row]):
    """Phrases by their first word, longest first; the order of the rows decides between equals."""

    def __init__(self, rows: Iterable[tuple[Sequence[str], Row]]) -> None:
        self._by_first: dict[str, list[Phrase[Row]]] = {}
        for words, row in rows:
            for text in words:
                # The tokenizer cuts at some hyphens and not at others.
                for parts in dict.fromkeys((split_phrase(text), tuple(text.lower().split()))):
                    self._by_first.setdefault(parts[0], []).append(Phrase(parts, row))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))

    @property
    def first_words(self) -> KeysView[str]:
        """The words with which a phrase begins."""
        return self._by_first.keys()

    def starting_with(self, *forms: str) -> list[Phrase[Row]]:
        """The phrases whose first word is one of the forms (a lemma, the word as written), longest first."""
        by_first = self._by_first
        known = [by_first[form] for form in dict.fromkeys(forms) if form in by_first]
        if len(known) < 2:  # noqa: PLR2004 - they stand in order already
            return known[0] if known else []
        return sorted(itertools.chain(*known), key=lambda phrase: -len(phrase.words))


def split_phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase in lower case; hyphens and the gap stand alone, as the tokenizer has them.

    >>> split_phrase("anti-dumping duty")
    ('anti', '-', 'dumping', 'duty')
    """
    return tuple(re.findall(r"…|\w[\w.’']*|[^\w\s]", text.lower()))


def words_of(row: Mapping[str, object], name: str = "words") -> tuple[str, ...]:
    """The list of strings in a row of a TOML file."""
    value = row.get(name, [])
    assert isinstance(value, list)  # noqa: S101 -- the shape of our own data, linted by the tests
    return tuple(str(item) for item in value)
