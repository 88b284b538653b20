"""Whether a measure is of the pair by what is said around it, where its own parties do not show it."""

from collections.abc import Iterable

from detente.codebook.measures import load_measures
from detente.codebook.positions import load_positions
from detente.extraction.bearing import is_answered_by_pair, names_pair
from detente.extraction.circumstances import passage_of
from detente.extraction.parties import states_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

ACCORD, LAW = "accord", "legislative"  # paths


def is_between(kind: str, parties: tuple[Actor, ...], nouns: Iterable[Token], reading: Reading) -> bool:
    """Whether an accord that names nobody stands in a sentence that names both sides of the pair, or the other side
    speaks of a bill of the one."""
    path = load_measures().kinds[kind].path
    if path not in (ACCORD, LAW) or reading.pair is None:
        return False
    passages = [passage_of(noun, reading) for noun in nouns]
    if path == ACCORD:
        return not parties and any(names_pair(reading, p.start, p.end) for p in passages)
    laws = load_positions().drafts
    third = states_of(parties) - set(reading.pair)
    return not third and any(is_answered_by_pair(reading, p.start, p.end, laws) for p in passages)
