"""Words that tell headings, teasers and sentences apart."""

import functools
from dataclasses import dataclass

from detente.codebook.files import read_toml

FILE = "lang/{language}/headlines.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineWords:
    """What `headlines.toml` lists, in lower case."""

    present: frozenset[str]  # verbs of headlines
    plural: frozenset[str]  # the same verbs after a plural: "ministers agree"
    also_nouns: frozenset[str]  # those of `present` that are nouns too
    finite: frozenset[str]  # verbs of sentences
    articles: frozenset[str]
    openers: frozenset[str]  # first words of headings that are questions
    linking: frozenset[str]  # in no heading that is glued to a sentence
    picture: frozenset[str]  # verbs of captions


@functools.cache
def load_headline_words(language: str = "en") -> HeadlineWords:
    """The words of one language; raises CodebookError where its file is missing or broken."""
    table = read_toml(FILE.format(language=language))
    present = table["present"]["words"]
    return HeadlineWords(
        plural=frozenset(base for word in present for base in _plural_forms(word)),
        present=frozenset(table["present"]["words"]),
        also_nouns=frozenset(table["also_nouns"]["words"]),
        finite=frozenset(table["finite"]["words"]),
        articles=frozenset(table["articles"]["words"]),
        openers=frozenset(table["openers"]["words"]),
        linking=frozenset(table["linking"]["words"]),
        picture=frozenset(table["picture"]["words"]),
    )


def _plural_forms(word: str) -> tuple[str, ...]:
    """What a verb in -s can be after a plural; one of them is right, the others are no words."""
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    return (word[:-1], word[:-2]) if word.endswith("es") else (word[:-1],)
