"""What every record carries besides its own fields: voice, chain, issues, evidence, provenance."""

import bisect
import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from detente.extraction.bearing import bears_on_pair
from detente.extraction.issues import find_issues, issues_within
from detente.extraction.reading import Reading
from detente.extraction.voice import find_voice
from detente.parsing.doc import Token
from detente.records import Actor, Evidence, Issue, Passage

STARTS = "starts of passages"  # where a parse keeps them


def passage_of(token: Token, reading: Reading) -> Passage:
    """The passage that the token stands in; of white space between passages, the one before it."""
    return reading.passages[max(0, bisect.bisect_right(_starts(reading), token.idx) - 1)]


def _starts(reading: Reading) -> list[int]:
    """Where the passages begin; found once per parse."""
    kept: tuple[tuple[Passage, ...], list[int]] | None = reading.parse.user_data.get(STARTS)
    if kept is None or kept[0] is not reading.passages:
        kept = reading.parse.user_data[STARTS] = (reading.passages, [passage.start for passage in reading.passages])
    return kept[1]


def evidence_of(tokens: Iterable[Token], reading: Reading) -> tuple[Evidence, ...]:
    """The sentences of the tokens, once each, in text order."""
    passages = {(p.start, p.end): p for p in (passage_of(token, reading) for token in tokens)}
    return tuple(reading.evidence(p.start, p.end) for _, p in sorted(passages.items()))


def issues_named(nouns: Iterable[Token], reading: Reading) -> tuple[Issue, ...]:
    """The issues that the first of the noun phrases names that names any; empty where none does."""
    found = (issues_within(reading, noun.left_edge.idx, _end(noun.right_edge)) for noun in nouns)
    return next((issues for issues in found if issues), ())


def _end(token: Token) -> int:
    return token.idx + len(token)


def circumstances(token: Token, reading: Reading, *, actors: Sequence[Actor], rules: Iterable[str]) -> dict[str, Any]:
    """Keyword arguments for a record that rests on the sentence of `token` and concerns `actors`.

    Gives issues, voice, attribution, hedges, known_on, on_pair, from_title and provenance; evidence, factuality and
    the date are the caller's.
    """
    passage = passage_of(token, reading)
    voice = find_voice(reading, token.idx, token.idx + len(token))
    return {
        "issues": find_issues(reading, passage.start, passage.end),
        "voice": voice.voice,
        "attribution": voice.attribution,
        "hedges": voice.hedges,
        "known_on": reading.known_on,
        "on_pair": bears_on_pair(reading, actors, passage.start, passage.end),
        "from_title": passage.from_title,
        "provenance": dataclasses.replace(
            reading.provenance, rules=tuple(dict.fromkeys((*reading.provenance.rules, *rules)))
        ),
    }
