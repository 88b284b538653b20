"""What the finders of attributions hand to each other, and what they all ask of a token."""

from dataclasses import dataclass

from detente.codebook.attribution import Cue, attribution_words
from detente.extraction.clause import has
from detente.extraction.frames import is_title_case
from detente.extraction.speakers import TokenRange
from detente.parsing.doc import Token

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
    return None if token.text[0].isupper() and _is_within_name(token) else cue


def _is_within_name(token: Token) -> bool:
    """Whether a capital between two names makes a verb one of them: "Omar Said Haddad"; not in a headline."""
    if not token.sent.start < token.i < token.sent.end - 1 or is_title_case(token):
        return False
    around = (token.nbor(-1), token.nbor(1))
    return all(one.pos_ == "PROPN" and one.text[:1].isupper() for one in around)


def overlap(one: TokenRange, other: TokenRange) -> bool:
    """Whether two ranges, both ends included, share a token."""
    return one[0] <= other[1] and other[0] <= one[1]


def outer_verb(verb: Token) -> Token | None:
    """The verb of saying that a second one goes on with, where the parse hangs it into the content of the first.

    "Peru says the hills are its own and claims they always were": Peru claims. Both share their tense, and the second
    has no subject; the verb it is joined to says nothing itself.
    """
    cue, first = cue_of(verb), verb.head
    if cue is None or not cue.is_statement or verb.dep_ != "conj" or first.dep_ not in ("ccomp", "xcomp"):
        return None
    outer, inner = cue_of(first.head), cue_of(first)
    if outer is None or not outer.is_statement or (inner is not None and inner.is_statement) or first.head.i > first.i:
        return None
    if any(child.dep_ in ("nsubj", "nsubj:pass", "aux") for child in verb.children):
        return None
    tense = next(iter(first.head.morph.get("Tense", [])), None)
    return first.head if tense is not None and has(verb, "Tense", tense) and has(verb, "VerbForm", "Fin") else None
