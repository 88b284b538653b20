"""Two words that name a theme together: who is released, what is banned from import."""

import functools
import re
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from detente.codebook.issues import IssueCue, load_joined_cues

# What may not stand between the two words: marks, and the words that begin another part of the clause.
PARTED = re.compile(r"[.,;:!?\n()]|\b(?:to|with|by|at|in|on|against|from|that|and|but|or|for|as|who|which)\b")
LONGEST = 60  # characters between the two words


@dataclass(frozen=True, slots=True)
class _Half:
    """What a word is to a row: its first word or its second."""

    row: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The words of all rows in one automaton; a word may stand in several rows."""

    automaton: AhoCorasick
    halves: tuple[tuple[_Half, ...], ...]  # by pattern
    rows: tuple[tuple[IssueCue, int], ...]  # the cue and its reach


def find_joined(lower: str, language: str = "en") -> list[tuple[int, int, IssueCue]]:
    """Where two words name a theme together: characters, half-open, from the first word through the second.

    `lower` is the text in lower case. In order of their ends; may overlap.

    >>> [(start, end, cue.theme) for start, end, cue in find_joined("kenya keeps its ban on fresh milk.")]
    [(16, 33, 'import_bans')]
    """
    pairs = _pairs(language)
    opened: dict[int, tuple[int, int]] = {}  # by row: the last first word
    found = []
    for pattern, start, end in pairs.automaton.find_matches_as_indexes(lower, overlapping=True):
        if not _is_whole(lower, start, end):
            continue
        for half in pairs.halves[pattern]:
            if half.is_first:
                opened[half.row] = _longer(opened.get(half.row), (start, end))
            elif (first := opened.get(half.row)) is not None and _are_close(
                lower[first[1] : start], pairs.rows[half.row][1]
            ):
                found.append((first[0], end, pairs.rows[half.row][0]))
    return found


def _longer(known: tuple[int, int] | None, new: tuple[int, int]) -> tuple[int, int]:
    """Of "ban" and "ban on", which begin at one place, the longer; else the later one."""
    return new if known is None or known[0] != new[0] or new[1] > known[1] else known


def _are_close(between: str, reach: int) -> bool:
    if len(between) > LONGEST:
        return False
    return between[:1].isspace() and len(between.split()) <= reach and PARTED.search(between) is None


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())


@functools.cache
def _pairs(language: str) -> _Pairs:
    halves: dict[str, list[_Half]] = {}
    rows = load_joined_cues(language)
    for number, row in enumerate(rows):
        for word in row.first:
            halves.setdefault(word, []).append(_Half(number, is_first=True))
        for word in row.then:
            halves.setdefault(word, []).append(_Half(number, is_first=False))
    owners = tuple(tuple(found) for found in halves.values())
    return _Pairs(AhoCorasick(list(halves)), owners, tuple((row.cue, row.reach) for row in rows))
