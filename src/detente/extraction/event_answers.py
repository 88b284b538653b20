"""Whom words answer that name nobody: "condemned the attack", "welcomed the ruling", "denied the claims"."""

from collections.abc import Iterator
from functools import lru_cache

from detente.codebook.event_lexicon import Operator, load_event_lexicon
from detente.extraction.clause import objects_of
from detente.extraction.composition import Meaning
from detente.extraction.event_parties import Parties
from detente.extraction.frames import classes_of, content_noun
from detente.extraction.parties import actors_below
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Event, EventType

T = EventType
ANSWERING = frozenset({T.REJECT, T.ACCUSE, T.SUPPORT})
RAISING = frozenset({T.ACCUSE, T.REQUEST, T.THREATEN})
JOINT = frozenset({T.CONSULT, T.SUPPORT, T.AGREE, T.COOPERATE, T.RETREAT})  # both sides of which an answer reaches
ANSWERED = frozenset({"criticism", "demand", "request", "lawsuit", "claim"})  # classes of nouns for what is denied
MOVE = "move"  # class of nouns that stand for any deed: "the decision"
RULING, COURTS = "ruling", frozenset({"JUD", "IGO"})  # class of nouns for what such bodies decide
NEW = frozenset({"a", "an", "another", "no", "some", "other", "such", "further", "new"})  # what is not told of before
DISTANCE = 2500  # characters back to what is answered at most: some ten sentences
NEAR = 700  # the same for nouns that stand for any deed


def answered(meaning: Meaning, parties: Parties, reading: Reading, earlier: list[Event]) -> tuple[Actor, ...]:
    """Those whose deed or words an earlier event told, which the object of this one takes up; may be empty."""
    if meaning.event_type not in ANSWERING or not parties.initiators or parties.targets:
        return ()
    own = {actor.state for actor in parties.initiators}
    for noun in objects_of(meaning.top):
        if noun.pos_ != "NOUN" or not is_told_before(noun) or actors_below(noun, reading):
            continue
        found = _accusers(meaning, own, earlier) if is_raised(noun) else ()
        found = found or tuple(_doers(meaning, noun, own, earlier))
        if found:
            return found
    return ()


def is_told_before(noun: Token) -> bool:
    """Whether a noun takes up what a text has told: "the attack", "claims", but not "its attack"."""
    return not any(child.lower_ in NEW or child.dep_ == "nmod:poss" for child in noun.children)


def is_raised(noun: Token) -> bool:
    """Whether a noun is what somebody says against or wants of another."""
    return bool(classes_of(noun, load_event_lexicon()) & ANSWERED)


def _accusers(meaning: Meaning, own: set[str | None], earlier: list[Event]) -> tuple[Actor, ...]:
    """Who made the accusations, claims or demands that somebody denies or rejects, as told before."""
    for event in reversed(earlier):
        if meaning.top.idx - event.evidence[0].start > DISTANCE:
            break
        if event.event_type in RAISING and own & {actor.state for actor in event.targets}:
            return tuple(actor for actor in event.initiators if actor.state and actor.state not in own)
        told = [teller.speaker for teller in event.attribution[:1] if teller.speaker]
        by_own = own & {actor.state for actor in event.initiators}
        if by_own and told and told[0].state and told[0].state not in own and meaning.event_type is T.REJECT:
            return (told[0],)  # "Chad said Malian troops had fired. Mali denied the claim."
    return ()


def _doers(meaning: Meaning, noun: Token, own: set[str | None], earlier: list[Event]) -> Iterator[Actor]:
    """Who did what a noun names ("the attack"), or what was told last ("the move")."""
    lexicon = load_event_lexicon()
    types = deeds_named(content_noun(noun, lexicon).lemma_.lower()) if not is_raised(noun) else frozenset()
    types |= {T.COERCE, T.SANCTION} if types & {T.COERCE, T.SANCTION} else frozenset()
    is_any, is_ruling = MOVE in classes_of(noun, lexicon), RULING in classes_of(noun, lexicon)
    for event in reversed(earlier):
        distance = meaning.top.idx - event.evidence[0].start
        if not 0 < distance <= DISTANCE:
            break
        ruled = is_ruling and all(actor.sector in COURTS for actor in event.initiators)
        fits = event.event_type in types or (is_any and distance < NEAR) or ruled
        is_joint = event.event_type in JOINT and not ruled
        both = (*event.initiators, *event.targets) if is_joint else event.initiators
        others = [actor for actor in both if actor.state and actor.state not in own]
        if fits and others:
            yield from others
            return


@lru_cache(maxsize=256)
def deeds_named(word: str) -> frozenset[EventType]:
    """The types of deed that a noun names in the lexicon: "airstrike" names ASSAULT."""
    rows = load_event_lexicon().find("noun", word)
    return frozenset(row.event_type for row in rows if row.event_type and row.operator is not Operator.VOID)
