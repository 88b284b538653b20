"""Function words and scripts by which the language of a text is told."""

import functools
from dataclasses import dataclass

from detente.codebook.files import read_toml

FILE = "lang/en/language.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """What `language.toml` lists: words and names by BCP 47 code, codes by the script's name in Unicode."""

    words: dict[str, frozenset[str]]
    scripts: dict[str, str]
    names: dict[str, str]
    least_share: float


@functools.cache
def load_language_words() -> LanguageWords:
    """The function words of all languages; raises CodebookError where the file is missing or broken."""
    table = read_toml(FILE)
    return LanguageWords(
        words={code: frozenset(words) for code, words in table["languages"].items()},
        scripts=table["scripts"],
        names=table["names"],
        least_share=table["least_share"],
    )
