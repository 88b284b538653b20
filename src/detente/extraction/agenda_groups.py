"""Who meets where the words only point back to a body or group of both sides: "the committee will meet again"."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.extraction.agenda_basis import Ground
from detente.extraction.agenda_bodies import is_known_body
from detente.extraction.agenda_parties import BOTH, doers_of, named_before
from detente.extraction.agenda_triggers import Trigger
from detente.extraction.agenda_when import is_future
from detente.extraction.clause import children
from detente.extraction.parties import states_of, unique
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

POINTING = frozenset({"the", "these", "those", "both", "their"})


def convened(trigger: Trigger, ground: Ground, reading: Reading) -> tuple[Actor, ...]:
    """The two sides named before a group that is to meet on a day ahead; empty where it is no such group."""
    if trigger.is_noun or not is_future(ground.when, reading):
        return ()
    if not any(_points_back(doer, reading) for doer in doers_of(trigger.carrier)):
        return ()
    sides = named_before(trigger.token, reading)
    if len(states_of(sides)) < BOTH:
        return ()
    return unique(replace(side, person=None, office=None, organisation=None) for side in sides)  # others act for them


def _points_back(noun: Token, reading: Reading) -> bool:
    """Whether a noun is a body or group that an article or "their" points back to, and no state is named with it.

    Of a body that the text told of before with more than an article it is known from there whose it is.
    """
    if noun.lemma_.lower() not in words_for("who convenes") or is_known_body(noun):
        return False
    if not any(child.lower_ in POINTING for child in children(noun, "det", "nmod:poss")):
        return False
    mention = reading.actor_at.get(noun.i)
    return mention is None or not any(actor.state for actor in mention.actors)
