"""Who does an event and to whom: the actors at the places of a predicate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.event_lexicon import load_event_lexicon, load_rows
from detente.extraction.clause import case_of, children, is_passive, objects_of, obliques_of, subjects_of
from detente.extraction.composition import Meaning
from detente.extraction.frames import classes_of
from detente.extraction.parties import actors_within, unique
from detente.extraction.reading import Reading
from detente.records import Actor, EventType

T = EventType
# Both sides of these do the same: "the two sides held talks" has an initiator and a target.
MUTUAL = frozenset({T.CONSULT, T.COOPERATE, T.SUPPORT, T.AGREE, T.RETREAT, T.ASSAULT, T.REJECT})
# Prepositions that lead to a target, and more of them for some types.
TOWARD = frozenset({"with", "to", "against", "on", "upon", "for", "from", "of", "toward", "towards"})
# Of talks and joint work what they are "on" is the matter, not a party.
RECIPROCAL = frozenset({T.CONSULT, T.COOPERATE})
TOPICAL = frozenset({"on", "about", "over", "for", "regarding", "concerning"})
TALKING = frozenset({"with", "to", "between", "among"})
INSIDE = frozenset({"in", "inside", "within", "across"})
AT = frozenset({"at", "into"})
BESIDE = frozenset({"along", "near", "off", "around", "outside"})
PLACED = frozenset({T.ASSAULT, T.MOBILIZE, T.AID, T.RETREAT})  # types that have a place as their target
SOVEREIGN = frozenset({T.COERCE, T.SANCTION, T.CONCEDE})  # what only the power of the place can do
# Classes of nouns through which their owner acts.
ACTING = frozenset({"troops", "person", "diplomat", "attack", "measure", "refusal", "visit", "weapons", "promise"})
OWNERS = ("nmod:poss", "amod", "compound", "flat", "appos")
DEPTH = 5  # nouns inside nouns that are searched for the one acted on


@dataclass(frozen=True, slots=True)
class Parties:
    """The actors on both sides of an event, and the state where it takes place."""

    initiators: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    where: str | None


def find_parties(meaning: Meaning, reading: Reading) -> Parties:
    """The parties of a composed meaning; sides may be empty. Former office-holders act for nobody and are left out."""
    initiators = _present(_initiators(meaning, reading))
    reached = _present(_targets(meaning, reading, initiators))
    targets = [actor for actor in reached if actor.key not in {i.key for i in initiators}]
    if not targets and len(initiators) > 1 and meaning.event_type in MUTUAL and not _acts_jointly(meaning):
        initiators, targets = initiators[:1], list(initiators[1:])
    abroad = [actor for actor in targets if not _is_own(actor, initiators)]
    if len(abroad) < len(targets):
        # Beside one's own people stand more of them: "senators Lee, Fox and Day".
        abroad = [actor for actor in abroad if actor.state]
    return Parties(tuple(initiators), tuple(abroad), place_of(meaning.top, reading))


def place_of(token: Token, reading: Reading) -> str | None:
    """The state in which a predicate's clause puts it ("in Geneva"); None where it names none."""
    for preposition, noun in obliques_of(token):
        if preposition in INSIDE or preposition == "at":
            for actor in actors_within([noun], reading):
                if actor.state and reading.actor_at[noun.i].is_place:
                    return actor.state
    return None


def _acts_jointly(meaning: Meaning) -> bool:
    """Whether those who act do so side by side against something else, as the object shows."""
    objects = objects_of(meaning.top) if meaning.top.pos_ == "VERB" else []
    return meaning.event_type is T.ASSAULT and bool(objects)


def _present(actors: Iterable[Actor]) -> list[Actor]:
    found = [actor for actor in unique(actors) if not actor.former]
    # "The United States" beside "President Lee of the United States" is the same party.
    named = {actor.state for actor in found if _is_special(actor)}
    kept: list[Actor] = []
    for actor in found:
        if _is_special(actor) or actor.state is None or actor.state not in named:
            kept.append(actor)
            named.add(actor.state)
    return kept


def _is_special(actor: Actor) -> bool:
    return bool(actor.person or actor.office or actor.organisation)


def _is_own(actor: Actor, initiators: list[Actor]) -> bool:
    """Whether a target belongs to the state that acts: then the deed is domestic."""
    return bool(initiators) and actor.state is not None and all(actor.state == other.state for other in initiators)


def _initiators(meaning: Meaning, reading: Reading) -> list[Actor]:
    top = meaning.top
    if is_passive(top) and not subjects_of(top) and meaning.event_type in SOVEREIGN:
        return _powers_at(top, reading)
    if top.pos_ in ("VERB", "AUX", "ADJ") or any(True for _ in children(top, "cop")):
        doers = subjects_of(top)
        found = [actor for token in doers for actor in doers_at(token, reading)]
        # "Talks between A and B were held": the parties stand at the noun.
        return found or _sides(meaning.head, reading)
    return _sides(top, reading)


def doers_at(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The actors that a subject names; through its owner only where it is a deed or a force: "Iran's missiles hit"."""
    own = actors_within([token], reading)
    if own or not classes_of(token, load_event_lexicon()) & ACTING:
        return own
    return actors_at(token, reading)


def _powers_at(token: Token, reading: Reading) -> list[Actor]:
    """The state in or from which a passive without an agent takes place: "arrested in Laos", "expelled from Laos"."""
    places = [noun for preposition, noun in obliques_of(token) if preposition in INSIDE | {"from"}]
    return [actor for noun in places for actor in actors_within([noun], reading) if actor.state]


def _sides(noun: Token, reading: Reading) -> list[Actor]:
    """Those to whom a nominal deed belongs: "Iran's attack", "the attack by Iran", "talks between A and B"."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return []
    owners = [*children(noun, "nmod:poss"), *children(noun, "amod", "compound")]
    agents = [token for preposition, token in obliques_of(noun) if preposition in ("by", "between", "among")]
    return [actor for token in (*owners, *agents) for actor in actors_within([token], reading)]


def _targets(meaning: Meaning, reading: Reading, initiators: list[Actor]) -> list[Actor]:
    own = {actor.state for actor in initiators}
    barred = frozenset() if meaning.event_type in PLACED else INSIDE | BESIDE
    if meaning.event_type in RECIPROCAL:
        barred |= TOPICAL
    found: list[Actor] = []
    oblique = load_rows()[meaning.rules[-1]].oblique_target
    for token in _words(meaning):
        objects = [] if oblique or (token != meaning.top and _is_shared_subject(token)) else objects_of(token)
        direct = [actor for noun in objects for actor in actors_at(noun, reading, deep=True, barred=barred)]
        phrases = [noun for noun in _phrases(token, meaning) if noun not in objects]
        # "Accused Iran of shelling Iraq": who stands as the object is the target, the rest is what it is about; but
        # "recalled its ambassador from Iraq", "massed troops along the border with Iraq".
        reached = any((actor.state or actor.organisation) and actor.state not in own for actor in direct)
        found.extend(
            direct
            if reached
            else [actor for noun in phrases for actor in actors_at(noun, reading, deep=True, barred=barred)]
        )
    return found


def _words(meaning: Meaning) -> Iterator[Token]:
    """The words of the composition, the outermost first."""
    for step in reversed(meaning.steps):
        yield meaning.top.doc[step.at]


def _phrases(token: Token, meaning: Meaning) -> Iterator[Token]:
    """The nouns of the prepositional phrases through which a word of the composition reaches somebody."""
    leading = TALKING if meaning.event_type in RECIPROCAL else TOWARD
    if meaning.event_type in PLACED:
        leading = leading | INSIDE | AT | BESIDE
    agents = {noun.i for noun in children(token, "obl:agent")}
    for preposition, noun in obliques_of(token):
        if preposition in leading and noun.i not in agents and not (preposition == "by" and is_passive(token)):
            yield noun


def _is_shared_subject(token: Token) -> bool:
    """Whether a word inside the composition has no object of its own."""
    return not any(True for _ in children(token, "obj", "iobj", "nsubj:pass"))


def actors_at(
    token: Token, reading: Reading, *, deep: bool = False, barred: frozenset[str] = frozenset()
) -> tuple[Actor, ...]:
    """The actors that a noun names: at the word itself, else in its name, demonym or owner ("Chinese officials").

    With `deep` also those that it is of, on or against: "an attack on the embassy of France"; not behind a `barred`
    preposition ("villages in France").
    """
    found = actors_within([token], reading)
    level = [token]
    for _ in range(DEPTH if deep else 1):
        if found:
            break
        # Its owner before what it is about: "Iran's attack on Iraq" is Iran's.
        owners = [child for noun in level for child in children(noun, *OWNERS)]
        level = [child for noun in level for child in _matters(noun, barred)]
        found = actors_within(owners, reading) or actors_within(level, reading)
        level += owners
    return found


def _matters(noun: Token, barred: frozenset[str]) -> Iterator[Token]:
    """What a noun is of, on or against; not where it is, but "$60 billion in Iranian goods" is no place."""
    for child in children(noun, "nmod"):
        if case_of(child) not in barred or noun.like_num or noun.pos_ in ("NUM", "SYM"):
            yield child
