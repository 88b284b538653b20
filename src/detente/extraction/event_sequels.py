"""Who takes part in a deed that goes on with one told before: "six fell in the fighting", "Togo expelled three"."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.extraction.acting import RELATIONS
from detente.extraction.clause import children, is_passive, objects_of, obliques_of
from detente.extraction.composition import Meaning
from detente.extraction.event_answers import RAISING, is_raised, is_told_before
from detente.extraction.event_parties import Parties
from detente.extraction.event_partners import hears
from detente.extraction.event_sides import ATTACK
from detente.extraction.event_telling import type_of
from detente.extraction.frames import classes_of
from detente.extraction.parties import states_of
from detente.parsing.doc import Token
from detente.records import Actor, Event, EventType, Factuality, Quad

T, F = EventType, Factuality
NEAR = 1000  # characters back to the fight or the expulsion at most: some five sentences
PUNISHING = frozenset({T.SANCTION, T.COERCE})
ANSWERS = PUNISHING | {T.ACCUSE, T.THREATEN, T.MOBILIZE, T.ASSAULT}
GOING_ON = PUNISHING | {T.ASSAULT, T.CONCEDE}  # what is done to the same people again, or taken back
THEM = frozenset({"them", "him", "her"})
ENVOYS = frozenset({"diplomat", RELATIONS})  # classes of nouns for those whom states expel
HELD = frozenset({"captive", "craft"})  # and for those whom they hold, who must be named alike to be the same
CAUSES = frozenset({"in", "by", "from", "after", "during", "with", "of", "when"})  # before what somebody died of
CONFLICT = frozenset({Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT})
GRIEVANCES = frozenset({F.HAPPENED, F.ONGOING, F.PLANNED, F.THREATENED})  # what one complains of
PROTEST = "protest"  # class of nouns
TWO = 2


def sequel(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """The parties with the side that the deed lacks and the last such deed told had; None where it had none."""
    if not parties.initiators:
        return _who(meaning, parties, earlier)
    if parties.targets:
        return None
    near = _near(meaning, earlier)
    replied = _of_reply(parties, near) if meaning.event_type in ANSWERS and is_answer(meaning.top) else None
    same = _of_same(meaning, parties, near) if meaning.event_type in GOING_ON and _goes_on(meaning.top) else None
    if replied or same or meaning.event_type in PUNISHING:
        return replied or same or _of_punishment(meaning, parties, earlier)
    if meaning.event_type is T.ACCUSE and hears(meaning.top):
        return _of_grievance(meaning, parties, earlier)
    return _of_refusal(meaning, parties, earlier) if type_of(meaning) is T.REJECT else None


def _who(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """The parties of a deed of which nobody is told to have done it."""
    if meaning.event_type is T.ASSAULT and parties.targets:
        return _of_fight(meaning, parties, earlier)
    if meaning.event_type in PUNISHING and not parties.targets:
        return _of_punishment(meaning, parties, earlier)
    if meaning.event_type is T.REJECT and is_passive(meaning.top):
        return _of_demand(meaning, parties, earlier)
    if meaning.event_type is T.ACCUSE and is_passive(meaning.top):
        return _of_summons(meaning, parties, earlier)
    return None


def _of_demand(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Who turned down what was asked of them: "Chad asked for an apology. The request was rejected"."""
    if parties.targets or not any(is_raised(noun) and is_told_before(noun) for noun in objects_of(meaning.top)):
        return None
    asked = [e for e in _near(meaning, earlier) if e.event_type in RAISING and e.initiators and e.targets]
    return replace(parties, initiators=asked[-1].targets, targets=asked[-1].initiators) if asked else None


def _of_summons(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Whose protest is handed to an envoy: of who has just summoned them."""
    accused = [e for e in _near(meaning, earlier) if e.event_type is T.ACCUSE and e.initiators and e.targets]
    handed = any(
        is_raised(noun) or PROTEST in classes_of(noun, load_event_lexicon()) for noun in objects_of(meaning.top)
    )
    if not accused or not handed:
        return None
    last, own = accused[-1], states_of(parties.targets)
    fits = not own or own == states_of(last.targets)
    return replace(parties, initiators=last.initiators, targets=parties.targets or last.targets) if fits else None


def is_answer(verb: Token) -> bool:
    """Whether a deed is told as the reply to another: "responded by closing its embassy", "in retaliation closed"."""
    replying = words_for("answers")
    led = verb.dep_ == "advcl" and verb.head.lemma_.lower() in replying
    return led or any(noun.lemma_.lower() in replying for word, noun in obliques_of(verb) if word == "in")


def _goes_on(verb: Token) -> bool:
    """Whether a deed is done to those of whom was told: "it freed them", "released three of them", "they also hit"."""
    objects = objects_of(verb)
    parts = [noun for thing in objects for word, noun in obliques_of(thing) if word == "of"]
    same = any(noun.lower_ in THEM for noun in (*objects, *parts))
    return same or any(word.lower_ in words_for("in addition") for word in children(verb, "advmod"))


def _of_same(meaning: Meaning, parties: Parties, near: list[Event]) -> Parties | None:
    """Whom the last deed of the same side was done to: the same deed again, or one that is taken back."""
    own = states_of(parties.initiators)
    last = next((e for e in reversed(near) if own & states_of(e.initiators)), None)
    fits = last is not None and last.event_type in GOING_ON and meaning.event_type in (last.event_type, T.CONCEDE)
    others = _others(last.targets, own) if last is not None and fits else ()
    return replace(parties, targets=others) if others else None


def _of_reply(parties: Parties, near: list[Event]) -> Parties | None:
    """Whom a reply is for: whoever did the last thing told before."""
    own = states_of(parties.initiators)
    others = next((left for e in reversed(near) if (left := _others(e.initiators, own))), ())
    return replace(parties, targets=others) if others else None


def _of_grievance(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Against whom a complaint to a body is: who did something to the side that complains, or whom it blamed."""
    own = states_of(parties.initiators)
    near = [e for e in _near(meaning, earlier) if e.quad in CONFLICT and e.factuality in GRIEVANCES]
    suffered = [e.initiators for e in near if own & states_of(e.targets)]
    blamed = [e.targets for e in near if e.event_type is T.ACCUSE and own & states_of(e.initiators)]
    others = next((left for actors in reversed([*blamed, *suffered]) if (left := _others(actors, own))), ())
    return replace(parties, targets=others) if others else None


def _of_refusal(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Who had asked for what a side says it will not do: "said it would not apologise"."""
    own = states_of(parties.initiators)
    asked = [e for e in _near(meaning, earlier) if e.event_type is T.REQUEST and own & states_of(e.targets)]
    others = _others(asked[-1].initiators, own) if asked and not objects_of(meaning.top) else ()
    return replace(parties, targets=others) if others else None


def _of_fight(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Whom the fallen of one side fell to: the other side of the last fight, where no other cause is told."""
    states = states_of(parties.targets)
    if len(states) != 1 or not is_passive(meaning.top) or _has_cause(meaning.top):
        return None
    fight = next((e for e in reversed(_near(meaning, earlier)) if e.event_type is T.ASSAULT and e.targets), None)
    if fight is None or not fight.factuality.is_actual:
        return None
    sides = [actor for actor in (*fight.initiators, *fight.targets) if actor.state]
    others = tuple(actor for actor in sides if actor.state not in states)
    return replace(parties, initiators=others) if len(others) == 1 and len(sides) == TWO else None


def _has_cause(verb: Token) -> bool:
    """Whether a clause says of what somebody fell, and it is not the fight told of: "by a mine", "in a crash"."""
    lexicon = load_event_lexicon()
    if any(True for _ in children(verb, "obl:agent")):
        return True
    causes = [noun for word, noun in obliques_of(verb) if word in CAUSES and noun.pos_ == "NOUN" and not noun.ent_type_]
    return any(ATTACK not in classes_of(noun, lexicon) or not is_told_before(noun) for noun in causes)


def _of_punishment(meaning: Meaning, parties: Parties, earlier: list[Event]) -> Parties | None:
    """Whose envoys or crews are meant where nobody's are named: those of the last who were expelled or held."""
    objects = [noun for noun in objects_of(meaning.top) if noun.pos_ != "DET"]  # "expelled three envoys each"
    before = [e for e in _near(meaning, earlier) if e.event_type is meaning.event_type and e.initiators and e.targets]
    if not before or not before[-1].factuality.is_actual:
        return None
    own, last = states_of(parties.initiators), before[-1]
    if not objects or not all(_is_nobodys(noun) and _is_alike(noun, last) for noun in objects):
        return None
    if not own:
        same = is_passive(meaning.top) and not parties.initiators
        return replace(parties, initiators=last.initiators, targets=last.targets) if same else None
    struck = _others(last.targets, own) or _others(last.initiators, own)
    return replace(parties, targets=struck) if struck else None


def _is_nobodys(noun: Token) -> bool:
    """Whether a noun says not whose it is: "three envoys", but not "its envoy" or "the envoy of Chad"."""
    return not any(child.dep_ in ("nmod:poss", "nmod", "appos", "acl:relcl", "flat") for child in noun.children)


def _is_alike(noun: Token, last: Event) -> bool:
    """Whether a noun may mean those of the last deed: envoys always, crews and boats where it names such."""
    classes = classes_of(noun, load_event_lexicon())
    return bool(classes & ENVOYS) or bool(classes & HELD and noun.lemma_.lower() in last.evidence[0].quote.lower())


def _others(actors: tuple[Actor, ...], own: frozenset[str]) -> tuple[Actor, ...]:
    return tuple(actor for actor in actors if actor.state and actor.state not in own)


def _near(meaning: Meaning, earlier: list[Event]) -> list[Event]:
    """The events told shortly before, in the order of the text."""
    place = meaning.top.idx
    near = [event for event in earlier if 0 <= place - event.evidence[0].start <= NEAR]
    return sorted(near, key=lambda event: event.evidence[0].start)
