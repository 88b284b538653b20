"""Many patterns over one text in one pass."""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

LENGTH = 5  # letters of an opening: more select better, and there are more of them


class Scanner:
    """Finds what `pattern.finditer` of each pattern would, in one search for the letters that they begin with.

    Each pattern is `(?<!\\w)(?:words)` with more behind; `words` gives the part in brackets, in small letters.

    >>> scanner = Scanner([re.compile(r"(?<!\\w)(?:sham)(?!\\w)", re.IGNORECASE)], ["sham"])
    >>> [(number, match.group()) for number, match in scanner.find("A Sham deal, shameful")]
    [(0, 'Sham')]
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], words: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        letters = [(opening, number) for number, part in enumerate(words) for opening in find_openings(part)]
        self._numbers = [number for _, number in letters]
        self._matcher = AhoCorasick([opening for opening, _ in letters], implementation=Implementation.DFA)

    def find(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The number of a pattern with each of its matches, by pattern and place; one pattern's never overlap."""
        small = text.lower()
        if len(small) != len(text):  # a few letters have no small form of the same length
            small = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
        found = self._matcher.find_matches_as_indexes(small, overlapping=True)
        places = {(self._numbers[opening], start) for opening, start, _ in found if _begins_word(small, start)}
        last = (-1, 0)  # the pattern that matched last, and where its match ended
        for number, start in sorted(places):
            match = self._patterns[number].match(text, start) if (number, start) >= last else None
            if match is not None:
                last = number, match.end()
                yield number, match


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")


def find_openings(words: str) -> frozenset[str]:
    """The letters with which a match can begin: `LENGTH` of them, fewer where the words do not fix so many.

    Raises ValueError for words that can begin with anything.

    >>> sorted(find_openings("(?:a|two) shams?"))
    ['a sha', 'two s']
    """
    fixed: set[str] = set()
    found = _extended(parser.parse(words), {""}, fixed) | fixed
    if "" in found:
        raise ValueError(f"{words!r} can begin with anything: there are no letters to look for")
    return frozenset(found)


def _extended(items: Iterable[tuple[Any, Any]], heads: set[str], fixed: set[str]) -> set[str]:
    """The beginnings with what the items add; those that go on with anything, or are long enough, end in `fixed`."""
    for kind, value in items:
        heads = _added(kind, value, heads, fixed)
        long = {head for head in heads if len(head) >= LENGTH}
        fixed |= {head[:LENGTH] for head in long}
        heads -= long
    return heads


def _added(kind: Any, value: Any, heads: set[str], fixed: set[str]) -> set[str]:
    match kind:
        case code.ASSERT | code.ASSERT_NOT | code.AT:
            return heads
        case code.LITERAL | code.IN if letters := _letters(kind, value):
            return {head + letter for head in heads for letter in letters}
        case code.BRANCH:
            return {head for branch in value[1] for head in _extended(branch, set(heads), fixed)}
        case code.SUBPATTERN:
            return _extended(value[-1], heads, fixed)
        case code.MAX_REPEAT if value[1] == 1:
            return _extended(value[2], set(heads), fixed) | (heads if value[0] == 0 else set())
    fixed |= heads
    return set()


def _letters(kind: Any, value: Any) -> list[str]:
    """The letters that may stand here; none where they cannot be listed."""
    options = [(kind, value)] if kind is code.LITERAL else value
    return [chr(letter) for option, letter in options] if all(o is code.LITERAL for o, _ in options) else []
