"""What the finders of attributions hand to each other, and what they all ask of a token."""

from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.attribution import Cue, attribution_words
from detente.extraction.speakers import TokenRange

CharSpan = tuple[int, int]
# Inside a quotation these are its own speaker or hearer: "I think" adds nobody to the chain.
IN_PERSON = frozenset({"i", "we", "you", "us", "me"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An attribution before its spans are cut out of the text: characters, half-open; heads are token indices."""

    speaker: CharSpan | None
    cue: CharSpan | None
    content: tuple[CharSpan, ...]
    speaker_head: int | None = None
    cue_head: int | None = None
    rule: str = ""
    in_person: bool = False  # the speaker is "I", "we" or "you"


def cue_of(token: Token) -> Cue | None:
    """The row for a token that is a verb of the lexicon, else None."""
    cue = attribution_words().verbs.get(token.lower_)
    if cue is None or token.pos_ not in VERBAL or token.dep_ in ("aux", "amod", "compound", "case", "fixed"):
        return None
    return cue


def overlap(one: TokenRange, other: TokenRange) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
