"""Those who are to be somewhere: "the minister will be in Lima on Tuesday" tells of a visit."""

from collections.abc import Iterator

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.extraction.clause import case_of, children
from detente.extraction.frames import classes_of
from detente.extraction.parties import actors_below
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

DELEGATE = "delegate"  # class of nouns for those who travel for their state
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
LOOK_BACK = 200  # tokens


def stay_of(be: Token) -> tuple[AgendaRow, Token] | None:
    """The row of "be in" and the place, where the copula says where someone will be; None else."""
    place = be.head
    if be.dep_ != "cop" or place.pos_ != "PROPN" or be.i > place.i:
        return None
    for phrase, last in find_phrases(be, load_agenda().of("verb")):
        if phrase.row.stay and last.head == place and last.lower_ == case_of(place):
            return phrase.row, place
    return None


def is_delegation(noun: Token) -> bool:
    """Whether a noun is a word for those who are sent: "the team", "the officials"."""
    return DELEGATE in classes_of(noun, load_event_lexicon())


def sent_before(doer: Token, reading: Reading) -> tuple[Actor, ...]:
    """Of "the delegation", of which its phrase names no state, whose it is: that of the last one told before."""
    if doer.lemma_.lower() not in words_for("those sent") or not any(
        c.lower_ in DEFINITE for c in children(doer, "det")
    ):
        return ()
    for noun in _back_from(doer):
        named = any(child.text[:1].isupper() for child in children(noun, "amod", "compound", "nmod:poss", "nmod"))
        if named and noun.lemma_.lower() in words_for("those sent"):
            actors = tuple(actor for actor in actors_below(noun, reading) if actor.state)
            if actors:
                return actors
    return ()


def _back_from(token: Token) -> Iterator[Token]:
    tokens = token.doc.tokens
    return (tokens[i] for i in range(token.i - 1, max(-1, token.i - LOOK_BACK), -1) if tokens[i].pos_ == "NOUN")
