"""A text cut into the words that the grammar of dates looks at."""

import re
from dataclasses import dataclass, field

from detente.codebook.dates import DateLexicon

_TOKEN = re.compile(
    r"""(?<!\d)\d{4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2}(?!\d)
      | (?<![\d./])\d{1,2}(?P<sep2>[-/.])\d{1,2}(?P=sep2)(?:\d{4}|\d{2})(?!\.?\d)
      | \d+(?:[.,:]\d+)*
      | [^\W\d_]+
      | \n[^\S\n]*\n
      | \S""",
    re.VERBOSE,
)
_YEAR = re.compile(r"[12]\d{3}\Z")
_NUMERIC = re.compile(r"\d+[-/.]\d+[-/.]\d+\Z")
DAY_DIGITS = 2
REACH = 9  # tokens: no expression is longer before its first telling word


@dataclass(slots=True)
class Tokens:
    """Words, numbers and marks in order; `low` is lower case with straight apostrophes, "" past the end."""

    text: str
    low: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        spans = [match.span() for match in _TOKEN.finditer(self.text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        words = [self.text[start:end] for start, end in spans]
        self.low = ["'" if word in "’‘`" else word.lower() for word in words]

    def word(self, at: int) -> str:
        """The lower-case word at an index; "" outside."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def raw(self, at: int) -> str:
        """The word as written; "" outside."""
        return self.text[self.starts[at] : self.ends[at]] if 0 <= at < len(self.low) else ""

    def is_capital(self, at: int) -> bool:
        """Whether the word begins with a capital."""
        return self.raw(at)[:1].isupper()

    def touches(self, at: int) -> bool:
        """Whether nothing stands between the word and the one after it."""
        return at + 1 < len(self.low) and self.ends[at] == self.starts[at + 1]


def telling(tokens: Tokens, lexicon: DateLexicon) -> list[int]:
    """For each word, the index of the next that can make a date; the count of words where none follows."""
    words = lexicon.telling
    count = len(tokens.low)
    ahead, nearest = [count] * (count + 1), count
    for at in range(count - 1, -1, -1):
        word = tokens.low[at]
        if word in words or (
            word[0].isdecimal() and (_YEAR.match(word) or _NUMERIC.match(word) or len(word) <= DAY_DIGITS)
        ):
            nearest = at
        ahead[at] = nearest
    return ahead
