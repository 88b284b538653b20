"""Abbreviations and other words that decide where a sentence ends."""

import functools
from dataclasses import dataclass

from detente.codebook.files import read_toml

FILE = "lang/{language}/sentences.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceWords:
    """What `sentences.toml` lists; abbreviations in lower case and without their last full stop."""

    before_name: frozenset[str]  # only with a capital
    inside: frozenset[str]
    places: frozenset[str]  # only with a capital
    before_number: frozenset[str]
    either: frozenset[str]
    times: frozenset[str]
    zones: frozenset[str]
    starters: frozenset[str]
    tags: frozenset[str]


@functools.cache
def load_sentence_words(language: str = "en") -> SentenceWords:
    """The words of one language; raises CodebookError where its file is missing or broken."""
    table = read_toml(FILE.format(language=language))

    def words(section: str, key: str = "words") -> frozenset[str]:
        return frozenset(table[section][key])

    return SentenceWords(
        before_name=words("before_name"),
        inside=words("inside"),
        places=words("places"),
        before_number=words("before_number") | words("months"),
        either=words("either"),
        times=words("times"),
        zones=words("times", "zones"),
        starters=words("starters"),
        tags=words("tags"),
    )
