"""Joint bodies: of whom "the committee" is that is to meet again, by where the text told of it with its states."""

from detente.codebook.constructions import words_for
from detente.extraction.agenda_stays import DEFINITE, back_from
from detente.extraction.agenda_triggers import Trigger
from detente.extraction.circumstances import passage_of
from detente.extraction.clause import antecedent, base, case_of, children, subjects_of
from detente.extraction.parties import actors_below, states_of, unique
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

COUPLE = 2  # states
SHARED = "their"  # "their joint committee"


def of_joint_body(trigger: Trigger, reading: Reading) -> tuple[Actor, ...]:
    """The actors of the two states whose body is to meet or hold a session; empty where it is of no two."""
    for noun in _sitting(trigger):
        body = antecedent(noun)
        if body.lemma_.lower() in words_for("joint bodies"):
            return _owners(body if body != noun or not _is_bare(body) else _told_before(body), reading)
    return ()


def is_known_body(noun: Token) -> bool:
    """Whether a noun takes up a body that the text told of before with more than an article."""
    return noun.lemma_.lower() in words_for("joint bodies") and _is_bare(noun) and _told_before(noun) is not None


def is_sitting_cabinet(noun: Token) -> bool:
    """Whether a noun is a cabinet of which the sentence tells that it met: "the ministers" behind it are its own."""
    sits = noun.head.lemma_ in words_for("sitting down") and base(noun.dep_) == "nsubj"
    return sits and noun.lemma_ in words_for("cabinets")


def _sitting(trigger: Trigger) -> list[Token]:
    """Who meets, or whose session it is."""
    if trigger.is_noun:
        own = [child for child in children(trigger.token, "nmod", "nmod:poss") if case_of(child) in ("of", "")]
        return own if trigger.carrier == trigger.token else [*own, *subjects_of(trigger.carrier)]
    return subjects_of(trigger.carrier) or list(children(trigger.carrier, "nsubj:outer"))


def _is_bare(noun: Token) -> bool:
    """Whether nothing but "the" says which body it is, so that the text has told before."""
    definite = any(child.lower_ in DEFINITE for child in children(noun, "det"))
    return definite and not any(True for _ in children(noun, "nmod", "nmod:poss", "amod", "compound"))


def _told_before(noun: Token) -> Token | None:
    """Where a body so called was told of last with more than an article."""
    alike = (token for token in back_from(noun) if token.lemma_.lower() == noun.lemma_.lower())
    return next((token for token in alike if not _is_bare(token)), None)


def _owners(noun: Token | None, reading: Reading) -> tuple[Actor, ...]:
    """The actors of the two states that a body is of: those in its phrase, else those who act where it is joint."""
    if noun is None:
        return ()
    own = unique(actor for actor in actors_below(noun, reading) if actor.state)
    if own:
        return own if len(states_of(own)) == COUPLE else ()
    shared = any(child.lower_ == SHARED for child in children(noun, "nmod:poss"))
    joint = any(child.lower_ in words_for("joint") for child in children(noun, "amod"))
    founded = noun.dep_ == "obj" and noun.head.lemma_.lower() in words_for("founding")
    passage = passage_of(noun, reading)
    inside = (m for m in reading.actors if passage.start <= m.start < passage.end and not m.is_place)
    acting = unique(actor for mention in inside for actor in mention.actors if actor.state)
    return acting if (shared or joint or founded) and len(states_of(acting)) == COUPLE else ()
