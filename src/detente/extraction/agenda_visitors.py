"""Who visits whom: goods that arrive, and states that go to a court, are no visitors."""

from detente.codebook.agenda import load_agenda
from detente.extraction.agenda_parties import doers_of
from detente.extraction.agenda_stays import is_delegation, sent_before
from detente.extraction.agenda_triggers import Trigger
from detente.extraction.clause import objects_of, obliques_of
from detente.extraction.parties import actors_below, states_of
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token

BODY = "IGO"  # the sector of a body of states
MILITARY = "MIL"


def misses_people(trigger: Trigger, reading: Reading) -> bool:
    """Whether nobody goes or is received ("will receive a fitting response"), or the noun is someone: "Congress"."""
    token = trigger.token
    if trigger.is_noun:
        return token.i in reading.actor_at and token.text[:1].isupper()
    if trigger.row.stay and not _is_abroad(token, reading):
        return True
    if trigger.row.guests:
        return not any(noun.i in reading.actor_at for noun in objects_of(token))
    return load_agenda().kinds[trigger.kind].family == "visit" and _goes_nobody(token, reading)


def _is_abroad(place: Token, reading: Reading) -> bool:
    """Whether those who are to be at a place are somebody sent or in office, and the place is not their own."""
    doers = doers_of(place)
    theirs = [actor for doer in doers for actor in (*actors_below(doer, reading), *sent_before(doer, reading))]
    mention = reading.actor_at.get(place.i)
    hosts = states_of(mention.actors) if mention is not None else frozenset()
    in_office = any(a.person or (a.office and a.sector != MILITARY) for a in theirs)
    official = in_office or all(is_delegation(doer) for doer in doers)
    return bool(hosts) and official and hosts.isdisjoint(states_of(theirs))


def _goes_nobody(verb: Token, reading: Reading) -> bool:
    """Whether a thing is what arrives ("oil from Chad will arrive"), or a state goes to law ("will go to the WTO")."""
    doers = doers_of(verb) or objects_of(verb)
    if doers and all(_is_thing(d, reading) for d in doers):
        return True
    goals = [actor for case, noun in obliques_of(verb) if case == "to" for actor in actors_below(noun, reading)]
    states = [actor for noun in doers for actor in actors_below(noun, reading)]
    bare = bool(states) and not any(a.person or a.office or a.sector for a in states)
    return bare and bool(goals) and all(actor.sector == BODY for actor in goals)


def _is_thing(noun: Token, reading: Reading) -> bool:
    """Whether nobody arrives: a noun that names no actor, or goods that an actor's name stands beside."""
    if noun.i in reading.actor_at:
        return False
    if any(True for _ in find_phrases(noun, load_agenda().of("goods"))) or noun.lower_.endswith("ed"):
        return True
    somebody = actors_below(noun, reading) or is_delegation(noun) or sent_before(noun, reading)
    return noun.pos_ == "NOUN" and not somebody
