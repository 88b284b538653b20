"""Many patterns over one text in one pass."""

import re
from collections.abc import Iterator, Sequence


class Scanner:
    """Finds what `pattern.finditer` of each pattern would, by one search for the places where any of them can begin.

    Each pattern is `(?<!\\w)(?:words)` with more behind; `words` gives the part in brackets, in small letters.

    >>> scanner = Scanner([re.compile(r"(?<!\\w)(?:sham)(?!\\w)", re.IGNORECASE)], ["sham"])
    >>> [(number, match.group()) for number, match in scanner.find("A Sham deal, shameful")]
    [(0, 'Sham')]
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], words: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        # One lookbehind before all of them lets the search skip most places at once; so does not ignoring case.
        self._any = re.compile(rf"(?<!\w)(?={'|'.join(f'(?:{part})' for part in words)})")

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of a pattern with each of its matches, by pattern and place; one pattern's never overlap."""
        small = text.lower()
        if len(small) != len(text):  # a few letters have no small form of the same length
            small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
        starts = [found.start() for found in self._any.finditer(small)] if self.patterns else []
        for number, pattern in enumerate(self.patterns):
            last = 0
            for start in starts:
                match = pattern.match(text, start) if start >= last else None
                if match is not None:
                    yield number, match
                    last = match.end()
