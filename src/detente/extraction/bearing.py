"""Whether a record bears on the pair that the reader asked about."""

import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from detente.codebook.issues import state_names
from detente.codebook.registry import is_whole_word
from detente.extraction.reading import Reading
from detente.records import Actor, Passage

ANSWERED_WITHIN = 2  # paragraphs
FEW = 2  # states of a paragraph that leans on the one before
MEMO = "detente.bearing"  # key in Doc.user_data, which lives as long as the parse


def bears_on_pair(reading: Reading, actors: Iterable[Actor], start: int, end: int) -> bool:
    """Whether what is told at characters start..end by or about `actors` concerns both states of the pair.

    True where both states are among the actors, or one is and the other stands in the same sentence, in the paragraph,
    in the governing heading, or elsewhere under that heading: under "North Korea" each side's sentence on Pyongyang
    belongs to the pair though it names the other side only once. A paragraph that names at most two states goes on
    with what the one before was about. False without a pair.
    """
    if reading.pair is None:
        return False
    pair = set(reading.pair)
    own = {actor.state for actor in actors if actor.state} & pair
    if own == pair:
        return True
    return bool(own) and pair - own <= states_around(reading, start, end)


def names_pair(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence at characters start..end names both states of the pair."""
    if reading.pair is None:
        return False
    here = (passage for passage in reading.passages if passage.start < end and start < passage.end)
    return any(set(reading.pair) <= _states_in(reading, passage) for passage in here)


def is_answered_by_pair(reading: Reading, start: int, end: int, words: frozenset[str]) -> bool:
    """Whether a state of the pair speaks again of what is told at characters start..end, by one of these words.

    That is at most `ANSWERED_WITHIN` paragraphs later, where the text up to there names the other state too. The words
    are lemmas.
    """
    if reading.pair is None:
        return False
    pair = set(reading.pair)
    told = next((p.paragraph for p in reading.passages if p.start < end and start < p.end), None)
    if told is None:
        return False
    named: set[str] = set()
    for passage in reading.passages:
        if passage.paragraph > told + ANSWERED_WITHIN:
            return False
        here = _states_in(reading, passage)
        named |= here & pair
        if passage.paragraph > told and named == pair and here & pair and _holds(reading, passage, words):
            return True
    return False


def _holds(reading: Reading, passage: Passage, words: frozenset[str]) -> bool:
    span = reading.parse.char_span(passage.start, passage.end, alignment_mode="expand")
    return span is not None and any(token.lemma_.lower() in words for token in span)


def states_around(reading: Reading, start: int, end: int) -> set[str]:
    """The states that the paragraph, the heading and the section around characters start..end name."""
    found: set[str] = set()
    for number, passage in enumerate(reading.passages):
        if passage.start < end and start < passage.end:
            found |= _states_by_passage(reading)[number]
    return found


def _states_by_passage(reading: Reading) -> list[set[str]]:
    """Per passage the states of its surroundings; computed once per parse."""
    memo = reading.parse.user_data
    if MEMO not in memo:
        memo[MEMO] = _find_surroundings(reading)
    found: list[set[str]] = memo[MEMO]
    return found


def _find_surroundings(reading: Reading) -> list[set[str]]:
    own = [_states_in(reading, passage) for passage in reading.passages]
    groups: dict[object, set[str]] = {}
    for passage, states in zip(reading.passages, own, strict=True):
        for key in _group_keys(passage):
            groups.setdefault(key, set()).update(states)
    names = own_names_of_states(reading)
    around = []
    for passage in reading.passages:
        states = set().union(*(groups[key] for key in _group_keys(passage)))
        if len(states) <= FEW:  # such a paragraph goes on with what the one before was about
            states = states | groups.get(passage.paragraph - 1, set())
        if passage.heading:
            states = states | {name.state for name in find_state_names(passage.heading, names)}
        around.append(states)
    return around


def _group_keys(passage: Passage) -> list[object]:
    return [passage.paragraph, passage.heading] if passage.heading else [passage.paragraph]


def _states_in(reading: Reading, passage: Passage) -> set[str]:
    return {
        actor.state
        for mention in reading.actors
        if passage.start <= mention.start < passage.end
        for actor in mention.actors
        if actor.state
    }


@functools.cache
def _matcher() -> tuple[AhoCorasick, tuple[str, ...]]:
    names = state_names()
    return AhoCorasick(list(names), implementation=Implementation.DFA), tuple(names.values())


def own_names_of_states(reading: Reading) -> dict[str, str]:
    """The document's own words for each state: headings are not parsed but read with these."""
    names: dict[str, str] = {}
    for mention in reading.actors:
        words = reading.document.text[mention.start : mention.end]
        states = {actor.state for actor in mention.actors if actor.state}
        if len(states) == 1 and words[:1].isupper() and words not in state_names():
            names.setdefault(words, states.pop())
    return names


class StateName(NamedTuple):
    """A state named at characters start..end of some words."""

    start: int
    end: int
    state: str


def find_state_names(words: str, own: Mapping[str, str] | None = None) -> list[StateName]:
    """Where the words name states by the registry's names or by the text's `own`, in order; names inside names too."""
    matcher, states = _matcher()
    places = matcher.find_matches_as_indexes(words, overlapping=True)
    found = [StateName(start, end, states[number]) for number, start, end in places if is_whole_word(words, start, end)]
    for name, state in (own or {}).items():
        at = words.find(name)
        while at >= 0:
            end = at + len(name)
            if is_whole_word(words, at, end):
                found.append(StateName(at, end, state))
            at = words.find(name, end)
    return sorted(found, key=lambda name: (name.start, name.end))
