"""Participants whom an earlier sentence gives: who opens the crossing told of before, to whom a visit is returned."""

from detente.codebook.constructions import words_for
from detente.extraction.agenda_parties import find_participants
from detente.extraction.agenda_stays import back_from
from detente.extraction.agenda_triggers import Trigger, verb_triggers
from detente.extraction.circumstances import passage_of
from detente.extraction.clause import case_of, children, objects_of
from detente.extraction.parties import states_of, unique
from detente.extraction.reading import Reading
from detente.records import Actor

LOOK_BACK = 3  # passages
OPENING, VISIT = "opening", "visit"  # kinds


def told_before(trigger: Trigger, found: tuple[Actor, ...], reading: Reading) -> tuple[Actor, ...]:
    """The participants found in the sentence, with those whom only an earlier one names."""
    if not trigger.is_noun or len(states_of(found)) > 1:
        return found
    if trigger.kind == OPENING and not found:
        return _opening_before(trigger, reading)
    returned = any(child.lower_ in words_for("in reply") for child in children(trigger.token, "compound", "amod"))
    return _with_visitor(trigger, found, reading) if trigger.kind == VISIT and returned and found else found


def _opening_before(trigger: Trigger, reading: Reading) -> tuple[Actor, ...]:
    """Of "the reopening of the crossing" those of whom an earlier sentence says that they open it."""
    things = {child.lemma_.lower() for child in children(trigger.token, "nmod") if case_of(child) == "of"}
    for noun in back_from(trigger.token):
        verb = noun.head
        if noun.lemma_.lower() not in things or noun.sent == trigger.token.sent or noun not in objects_of(verb):
            continue
        for earlier in verb_triggers(verb):
            if earlier.kind == OPENING:
                return find_participants(earlier, reading)
    return ()


def _with_visitor(trigger: Trigger, found: tuple[Actor, ...], reading: Reading) -> tuple[Actor, ...]:
    """The participants of a return visit with the one other state of the nearest sentence that tells of both."""
    own = states_of(found)
    at = reading.passages.index(passage_of(trigger.token, reading))
    for passage in reversed(reading.passages[max(0, at - LOOK_BACK) : at]):
        inside = (m for m in reading.actors if passage.start <= m.start < passage.end)
        actors = unique(actor for mention in inside for actor in mention.actors if actor.state)
        others = states_of(actors) - own
        if own <= states_of(actors) and len(others) == 1:
            return unique((*found, *(actor for actor in actors if actor.state in others)))
    return found
