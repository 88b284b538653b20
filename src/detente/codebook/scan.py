"""Many patterns over one text."""

import re
from collections.abc import Iterator, Sequence


class Scanner:
    """Finds what `pattern.finditer` of each pattern would, several times faster.

    Each pattern is `(?<!\\w)(?:words)` with more behind; `words` gives the part in brackets, in small letters. Words
    without a condition before them are found by their first letters, which is fast; the whole pattern is
    asked only where they stand.

    >>> scanner = Scanner([re.compile(r"(?<!\\w)(?:sham)(?!\\w)", re.IGNORECASE)], ["sham"])
    >>> [(number, match.group()) for number, match in scanner.find("A Sham deal, shameful")]
    [(0, 'Sham')]
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], words: Sequence[str]) -> None:
        self._patterns = [(pattern, re.compile(part)) for pattern, part in zip(patterns, words, strict=True)]

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of a pattern with each of its matches, by pattern and place; one pattern's never overlap."""
        small = text.lower()
        if len(small) != len(text):  # a few letters have no small form of the same length
            small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
        for number, (pattern, part) in enumerate(self._patterns):
            near = part.search(small)
            while near is not None:
                match = pattern.match(text, near.start())
                if match is not None:
                    yield number, match
                near = part.search(small, match.end() if match else near.start() + 1)
