"""The words of a text that name a theme or a named subject of relations."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from detente.codebook.issues import IssueCue, load_issue_cues
from detente.mentions.joined_issues import find_joined


class IssueMention(NamedTuple):
    """Words that name a theme or a subject, and the row that says so. Characters, half-open."""

    start: int
    end: int
    cue: IssueCue


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Patterns of many rows in one automaton; None marks a phrase in which a row does not count."""

    automaton: AhoCorasick
    owners: tuple[tuple[IssueCue | None, IssueCue | None], ...]  # (row that it names, row that it blocks) by pattern


def find_issue_mentions(text: str, language: str = "en") -> list[IssueMention]:
    """All mentions in text order. Of overlapping ones the longer stands: "trade deficit" is no mention of trade.

    >>> [mention.cue.theme for mention in find_issue_mentions("They spoke about the trade deficit.")]
    ['trade_balance']
    """
    themes, names = _matchers(language)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered, and offsets would slip
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    named = _matches(names, text)
    joined = [IssueMention(*found) for found in find_joined(lower, language)]
    return _longest([*_matches(themes, lower), *named, *(pair for pair in joined if not _holds_any(pair, named))])


def _matches(matcher: _Matcher, text: str) -> list[IssueMention]:
    found: list[IssueMention] = []
    blocked: list[tuple[int, int, str]] = []
    for pattern, start, end in matcher.automaton.find_matches_as_indexes(text, overlapping=True):
        if not _is_whole(text, start, end):
            continue
        named, blocks = matcher.owners[pattern]
        if named:
            found.append(IssueMention(start=start, end=end, cue=named))
        if blocks:
            blocked.append((start, end, blocks.id))
    return [mention for mention in found if not _is_blocked(mention, blocked)]


def _holds_any(pair: IssueMention, named: list[IssueMention]) -> bool:
    """Whether a subject with a name of its own stands in it, which says more."""
    return any(pair.start < other.end and other.start < pair.end for other in named)


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())


def _is_blocked(mention: IssueMention, blocked: Iterable[tuple[int, int, str]]) -> bool:
    return any(
        row == mention.cue.id
        and start < mention.end
        and mention.start < end
        and (start, end) != (mention.start, mention.end)
        for start, end, row in blocked
    )


def _longest(mentions: list[IssueMention]) -> list[IssueMention]:
    """Without those that lie inside a longer one; of equal extent a named subject stands before a theme."""
    kept: list[IssueMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.cue.subject is None, m.start, m.cue.id)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


@functools.cache
def _matchers(language: str) -> tuple[_Matcher, _Matcher]:
    cues = load_issue_cues(language)
    return (
        _build([cue for cue in cues if cue.subject is None], with_plurals=True),
        _build([cue for cue in cues if cue.subject is not None], with_plurals=False),
    )


def _build(cues: list[IssueCue], *, with_plurals: bool) -> _Matcher:
    patterns: list[str] = []
    owners: list[tuple[IssueCue | None, IssueCue | None]] = []
    for cue in cues:
        for word in cue.words:
            for form in _forms(word) if with_plurals else (word,):
                patterns.append(form)
                owners.append((cue, None))
        for phrase in cue.unless:
            for form in _forms(phrase) if with_plurals else (phrase,):
                patterns.append(form)
                owners.append((None, cue))
    return _Matcher(AhoCorasick(patterns), tuple(owners))


def _forms(word: str) -> tuple[str, ...]:
    """A word and its plural in -s, which English adds at the end of a phrase."""
    if word.endswith("s"):
        return (word,)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word, word[:-1] + "ies")
    return (word, word + "s")
