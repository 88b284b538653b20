"""Which agenda items bear on a pair, and which a state keeps to itself or shares with others."""

from detente.codebook.agenda import load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.outcomes import load_families
from detente.codebook.registry import body_codes
from detente.extraction.agenda_drafts import Draft
from detente.extraction.agenda_names import name_behind
from detente.extraction.agenda_parties import doers_of
from detente.extraction.circumstances import passage_of
from detente.extraction.holders import PEOPLE
from detente.extraction.parties import states_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token

PARLIAMENT = "LEG"  # the sector of parliaments


def may_bear(lead: Draft, reading: Reading) -> bool:
    """Whether an item may bear on the pair: not where one side meets a third state, or sits or votes at home.

    What a state holds for itself bears on the pair only where its sentence names the other side.
    """
    if _is_of_others(lead, reading) or _is_nobodys(lead, reading):
        return False
    return not _is_at_home(lead) or set(reading.pair or ()) <= named_with(lead.token, reading)


def _is_of_others(lead: Draft, reading: Reading) -> bool:
    """Whether one side of the pair meets a third state and the other side is not there."""
    states = states_of(lead.participants) - body_codes()
    if load_agenda().kinds[lead.kind].home and states and states.isdisjoint(reading.pair or ()):
        return True  # the election of a third state
    return load_families()[lead.kind].people and len(states & set(reading.pair or ())) == 1 and len(states) > 1


def _is_nobodys(lead: Draft, reading: Reading) -> bool:
    """Whether "he" who stands for nobody known, or "the person", is to do it: "he will meet Chadian officials"."""
    doers = doers_of(lead.token) if lead.token.pos_ == "VERB" else []
    unnamed = (d.lower_ in PEOPLE and name_behind(d, reading) is None for d in doers)
    someone = (d.lemma_.lower() in words_for("someone") for d in doers)
    unknown = bool(doers) and (all(unnamed) or all(someone))
    return unknown and not set(reading.pair or ()) <= states_of(lead.participants)


def named_with(token: Token, reading: Reading) -> frozenset[str]:
    """The states that the token's sentence names."""
    passage = passage_of(token, reading)
    inside = (mention for mention in reading.actors if passage.start <= mention.start < passage.end)
    return states_of(actor for mention in inside for actor in mention.actors)


def _is_at_home(lead: Draft) -> bool:
    """Whether a state holds it for itself: an election, a session of its own parliament."""
    if len(states_of(lead.participants)) > 1:
        return False
    kind = load_agenda().kinds[lead.kind]
    sectors = {actor.sector for actor in lead.participants}
    sits = kind.family == "talks" and lead.token.lemma_.lower() in words_for("sittings")
    return kind.home or (sits and sectors == {PARLIAMENT})
