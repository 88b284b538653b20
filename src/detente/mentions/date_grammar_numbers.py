"""The grammar of dates, first floor: counts, places in a row, days of a month, years."""

from typing import NamedTuple

from detente.codebook.dates import DateLexicon
from detente.mentions.date_nodes import Anchored, Deictic, Node
from detente.mentions.date_tokens import Tokens

LAST_DAY = 31
OLDEST, LAST_YEAR = 1000, 2100
SHORT_YEAR_TURN = 50  # "'49" is 2049, "'50" is 1950
TWO, FOUR = 2, 4  # digits
TENS = (20, 30, 40, 50, 60, 70, 80, 90)
ORDINAL_TENS = (20, 30)  # days of a month


class Found(NamedTuple):
    """A tree and the index of the first token after it."""

    node: Node
    end: int


class FoundNumber(NamedTuple):
    """A number and the index of the first token after it."""

    value: int
    end: int


class FoundYear(NamedTuple):
    """A year, as a number or a tree, and the index of the first token after it."""

    year: int | Node
    end: int


class NumberGrammar:
    """Reads numbers and years at a token; each method gives what it found and where it ends, or None."""

    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.word = tokens.word

    def has(self, at: int, group: str) -> bool:
        """Whether the word belongs to a group of [words]."""
        return self.word(at) in self.lexicon.words[group]

    def number(self, at: int) -> FoundNumber | None:
        """A count: "12", "twelve", "a", "a couple of", "twenty-one"."""
        word, numbers = self.word(at), self.lexicon.numbers
        if word.isdecimal() and len(word) <= FOUR:
            return FoundNumber(int(word), at + 1)
        if word not in numbers:
            return None
        value, end = numbers[word], at + 1
        if self.has(at, "articles") and self.word(end) in numbers and numbers[self.word(end)] > 1:
            value, end = numbers[self.word(end)], end + 1
        if self.word(end) == "of":
            return FoundNumber(value, end + 1) if value == TWO else None
        ones = self._ones(end, numbers) if value in TENS else None
        return FoundNumber(value + ones.value, ones.end) if ones else FoundNumber(value, end)

    def _ones(self, at: int, table: dict[str, int]) -> FoundNumber | None:
        """ "one" of "twenty-one", "first" of "twenty-first"."""
        at += self.word(at) == "-"
        value = 0 if self.has(at, "articles") else table.get(self.word(at), 0)
        return FoundNumber(value, at + 1) if 1 <= value < TENS[0] // TWO else None

    def ordinal(self, at: int) -> FoundNumber | None:
        """A place: "3rd", "third", "thirty first"."""
        word = self.word(at)
        if self._is_short(word) and self.tokens.touches(at) and self.has(at + 1, "ordinal_ends"):
            return FoundNumber(int(word), at + 2)
        if word in self.lexicon.ordinals:
            return FoundNumber(self.lexicon.ordinals[word], at + 1)
        tens = self.lexicon.numbers.get(word, 0)
        ones = self._ones(at + 1, self.lexicon.ordinals) if tens in ORDINAL_TENS else None
        return FoundNumber(tens + ones.value, ones.end) if ones else None

    def _is_short(self, word: str) -> bool:
        return word.isdecimal() and len(word) <= TWO

    def day_number(self, at: int) -> FoundNumber | None:
        """A day of a month, "the" before it allowed."""
        if self.word(at) == "the":
            found = self.ordinal(at + 1)
        else:
            word = self.word(at)
            found = self.ordinal(at) or (FoundNumber(int(word), at + 1) if self._is_short(word) else None)
        return found if found and 1 <= found.value <= LAST_DAY else None

    def year_number(self, at: int, *, short: bool = False) -> FoundNumber | None:
        """A year of four digits; with `short` also "87"; "'87" always."""
        word = self.word(at)
        if len(word) == FOUR and word.isdecimal() and OLDEST <= int(word) <= LAST_YEAR:
            return FoundNumber(int(word), at + 1)
        quoted = word == "'"
        word = self.word(at + 1) if quoted else word
        if (short or quoted) and len(word) == TWO and word.isdecimal() and self.word(at + 1 + quoted) != "s":
            return FoundNumber(full_year(int(word)), at + 1 + quoted)
        return None

    def year_phrase(self, at: int) -> FoundYear | None:
        """ ", 2019", "of 2019", "in 2019", "last year", "of the same year", "of that year"."""
        comma = self.word(at) == ","
        at += comma
        joined = self.has(at, "joins")
        at += joined
        if self.word(at) == "the" and self.word(at + 1) == "year" and self.year_number(at + 2):
            at += 2
        found = self.year_number(at, short=joined and self.word(at - 1) == "of")
        if found and (self.word(at) != "'" or not comma):
            return None if self.is_quantity(found.end) and not joined else FoundYear(*found)
        if comma and not joined and self.word(at) not in self.lexicon.directions:
            return None
        return self.relative_year(at)

    def relative_year(self, at: int) -> FoundYear | None:
        """ "last year", "the following year", "that year", "the year" (only after "of", "in")."""
        joined = self.has(at - 1, "joins")
        the = self.word(at) == "the"
        at += the
        word = self.word(at)
        if self.word(at + 1) != "year":
            return FoundYear(Deictic("year", 0), at + 1) if the and joined and word == "year" else None
        if self.has(at, "anchored"):
            loose = self.has(at, "same") and not the and word != "that"
            offset = 0 if self.has(at, "same") else self.lexicon.directions.get(word, -1)
            return None if loose else FoundYear(Anchored("year", offset), at + 2)
        if word in self.lexicon.directions:
            return FoundYear(Deictic("year", self.lexicon.directions[word]), at + 2)
        return None

    def is_quantity(self, at: int) -> bool:
        """Whether what stands here makes a quantity of the number before it."""
        return self.word(at) in self.lexicon.not_year["after"] or self.word(at) == "%"


def full_year(value: int) -> int:
    """The year of two digits.

    >>> full_year(87), full_year(19)
    (1987, 2019)
    """
    return (2000 if value < SHORT_YEAR_TURN else 1900) + value
