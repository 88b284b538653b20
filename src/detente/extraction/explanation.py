"""Says how a sentence was read: the words that tell of deeds, the rows that decided, the composition step by step."""

from dataclasses import dataclass

from detente.codebook.event_lexicon import EventLexicon
from detente.extraction.clause import is_negated, objects_of, obliques_of, subjects_of
from detente.extraction.composition import Composer, Meaning, Step, settled
from detente.extraction.frames import LEXICON_POS
from detente.parsing.doc import Doc
from detente.records import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How one word of a sentence came to tell of an event.

    `steps` runs from the inside out: each is a word, the lexicon row that held for it, and what came out. `event_type`
    is what is left after future, negation and obligation.
    """

    word: str
    start: int  # of the word, in characters of the text
    steps: tuple[Step, ...]
    flags: tuple[str, ...]  # of "future", "negated", "obliged", "weak"
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    phrases: tuple[str, ...]  # prepositional, "on China"
    event_type: EventType | None


def explain_events(parse: Doc, lexicon: EventLexicon) -> list[Explanation]:
    """One explanation per outermost word that tells of a deed, in text order; empty where no row holds."""
    composer = Composer(lexicon)
    found = [
        meaning for token in parse if token.pos_ in LEXICON_POS for meaning in [composer.meaning(token)] if meaning
    ]
    inner = {step.at for meaning in found for step in meaning.steps if step.at != meaning.top.i}
    tops = {meaning.top.i: meaning for meaning in found if meaning.top.i not in inner}
    return [_explanation(meaning) for _, meaning in sorted(tops.items())]


def _explanation(meaning: Meaning) -> Explanation:
    top = meaning.top
    flags = {
        "future": meaning.future,
        "negated": meaning.negated or is_negated(top),
        "obliged": meaning.obliged,
        "weak": meaning.weak,
    }
    return Explanation(
        word=top.text,
        start=top.idx,
        steps=meaning.steps,
        flags=tuple(name for name, holds in flags.items() if holds),
        subjects=tuple(token.text for token in subjects_of(top)),
        objects=tuple(token.text for token in objects_of(top)),
        phrases=tuple(f"{preposition} {noun.text}" for preposition, noun in obliques_of(top)),
        event_type=settled(meaning),
    )
