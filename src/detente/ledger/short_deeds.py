"""Whether a deed is less than what was promised: eased and not lifted, some and not all, five and not twelve."""

import functools
import re

from detente.codebook.amounts import load_amount_words
from detente.codebook.outcomes import part_words
from detente.ledger.subjects import STEM

NEAR = 0.95  # share of a number promised that passes for it
MOST_KEPT = 16_384  # pairs of texts that are remembered


@functools.lru_cache(maxsize=MOST_KEPT)
def does_less(promised: str, done: str) -> bool:
    """Whether the words of a deed say that it is only part of what the words of a promise tell.

    >>> does_less("Peru will scrap its duty on wool", "Peru halved its duty on wool")
    True
    >>> does_less("Peru will free 12 fishermen", "Peru freed the 12 fishermen")
    False
    """
    words = part_words()
    if words.whole.search(promised) and words.lesser.search(done) and not words.whole.search(done):
        return True
    if words.some.search(done) and not words.some.search(promised):
        return True
    wanted, given = _counted(promised), _counted(done)
    return any(given[noun] < NEAR * wanted[noun] for noun in wanted.keys() & given.keys())


def _counted(text: str) -> dict[str, float]:
    """How many of each noun a text tells, by the noun's stem; of two numbers of one noun the larger."""
    found: dict[str, float] = {}
    for match in _pattern().finditer(text.lower()):
        number = load_amount_words().number_words.get(match["number"])
        value = float(match["number"].replace(",", "")) if number is None else number
        for noun in match["nouns"].split():
            if noun.endswith(("s", "men")) and noun not in part_words().uncounted:
                found[noun[:STEM]] = max(value, found.get(noun[:STEM], 0.0))
    return found


@functools.cache
def _pattern() -> re.Pattern[str]:
    """A number in digits or words and up to three words behind it."""
    words = "|".join(sorted(load_amount_words().number_words, key=len, reverse=True))
    return re.compile(rf"\b(?P<number>\d[\d,]*(?![\d.,%])|(?:{words})\b) (?P<nouns>[a-z-]+(?: [a-z-]+){{0,2}})")
