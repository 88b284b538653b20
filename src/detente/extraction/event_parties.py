"""Who does an event and to whom: the actors at the places of a predicate."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from detente.codebook.event_lexicon import Operator, load_event_lexicon, load_rows
from detente.codebook.offices import offices_of
from detente.extraction.acting import actors_at, doers_at, named_at
from detente.extraction.clause import (
    case_of,
    children,
    is_passive,
    objects_of,
    obliques_of,
    subjects_of,
    with_conjuncts,
)
from detente.extraction.composition import Meaning
from detente.extraction.event_partners import (
    GIVING,
    INSIDE,
    askers,
    crowds_at,
    heard_by,
    is_of_each_other,
    owned_by_teller,
    posts_of,
    spoken_to,
    without_tellers,
)
from detente.extraction.event_reach import (
    BETWEEN,
    RECIPROCAL,
    TALKS,
    barred_from,
    held_by,
    phrases_of,
)
from detente.extraction.event_sides import (
    STATE_BODIES,
    UNNAMED,
    attackers_at,
    destinations,
    holders_of,
    origins_of,
    reached_by,
    shared_ties,
    sides_of,
    unnamed_doers,
)
from detente.extraction.frames import acted_on, classes_of, content_noun
from detente.extraction.parties import actors_within, states_of, unique
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, EventType

T = EventType
# Both sides of these do the same: "the two sides held talks" has an initiator and a target.
MUTUAL = frozenset({T.CONSULT, T.COOPERATE, T.SUPPORT, T.AGREE, T.RETREAT, T.ASSAULT, T.REJECT})
SHARED = frozenset(
    {T.SUPPORT, T.CONSULT, T.COOPERATE}
)  # which a passive leaves with both: "a treaty between .. was signed"
VERBAL = frozenset({T.REQUEST, T.ACCUSE, T.THREATEN, T.REJECT})  # words, which reach whoever their clause is about
COUPLE = 2
ONE_WAY = frozenset({"support", "recognise"})  # modes of support that one side gives
UNDER = "under"
SUFFERING = frozenset({UNDER, "to"})  # "came under pressure", "is subject to sanctions"
COLLAPSING = frozenset({Operator.COLLAPSE, Operator.DO, Operator.FAIL})
UNDERGONE = frozenset({T.ASSAULT, T.COERCE, T.SANCTION, T.MOBILIZE, T.THREATEN})  # what a side tells of another
CEASEFIRE = "ceasefire"
BILATERAL = "a.bilateral"  # row of the words for what is between the two
SIDED = "a.sided"  # row of the words that say whose friend a force is: "rebels allied with"
ARTICLES = frozenset({"a", "an", "the"})
STANCES = "op.refuse.adj"  # row of the adjectives for standing against something
SUMMONED = "accuse.summon"  # row of the verbs for calling envoys in
RECALL = "sanction.recall"  # row of the verbs for calling envoys home
FORCED = frozenset({T.COERCE, T.ASSAULT, T.CONCEDE})  # what former office-holders undergo as anybody else
ASKING = frozenset({None, Operator.DEMAND, Operator.DO, Operator.THREATEN, Operator.CRITICISE})
POSSESSIVE = len("’s ")  # characters at most between an owner and what is owned
CONDITIONS = frozenset({"if", "unless"})
THEN = "then"  # before an office: held at the time told of
CONTENTS = ("ccomp", "acl", "acl:relcl")


@dataclass(frozen=True, slots=True)
class Parties:
    """The actors on both sides of an event, and the state where it takes place."""

    initiators: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    where: str | None


def find_parties(meaning: Meaning, reading: Reading) -> Parties:
    """The parties of a composed meaning; sides may be empty. Former office-holders act for nobody and are left out."""
    initiators = _present(without_tellers(_initiators(meaning, reading), meaning.top, reading))
    reached = _present(_targets(meaning, reading, initiators), former=meaning.event_type in FORCED | {T.ACCUSE})
    heard = heard_by(meaning.top, reading) if meaning.event_type is T.ACCUSE else frozenset()
    targets = [actor for actor in reached if actor.key not in {i.key for i in initiators} | heard]
    if meaning.event_type is T.PROTEST and targets:
        initiators = crowds_at(meaning.top, initiators, reading)
    if not initiators and meaning.event_type is T.MOBILIZE and is_passive(meaning.top):
        initiators, targets = targets, []  # "the Greek army was put on alert": it is Greece that does so
    if meaning.mode == CEASEFIRE and len(states_of(initiators)) == COUPLE:
        targets = [actor for actor in targets if _is_own(actor, initiators)]  # "signed a truce in Lima"
    own_only = all(_is_own(actor, initiators) for actor in targets)  # "at the request of the Chadian side, A and B met"
    if own_only and len(initiators) > 1 and (_is_mutual(meaning, initiators) or is_of_each_other(meaning.top)):
        initiators, targets = initiators[:1], list(initiators[1:])
    if meaning.event_type in SHARED and _are_envoys_of(initiators, targets):
        initiators, targets = targets[:1], targets[1:]
    abroad = [actor for actor in targets if not _is_own(actor, initiators)]
    if len(abroad) < len(targets):
        # Beside one's own people stand more of them: "senators Lee, Fox and Day".
        abroad = [actor for actor in abroad if actor.state]
    return Parties(tuple(initiators), tuple(abroad), place_of(meaning.top, reading))


def _are_envoys_of(initiators: list[Actor], targets: list[Actor]) -> bool:
    """Whether those who act stand right behind the two states whose they are: "the two countries' envoys"."""
    if len(initiators) != 1 or len(states_of(targets)) != COUPLE or initiators[0].state or initiators[0].person:
        return False
    start, end = initiators[0].start, targets[0].end
    return start is not None and end is not None and 0 <= start - end <= POSSESSIVE


def place_of(token: Token, reading: Reading) -> str | None:
    """The state in which a predicate's clause puts it ("in Geneva"); None where it names none."""
    for preposition, noun in obliques_of(token):
        if preposition in INSIDE or preposition == "at":
            for actor in actors_within([noun], reading):
                if actor.state and reading.actor_at[noun.i].is_place:
                    return actor.state
    return None


def _is_mutual(meaning: Meaning, initiators: list[Actor]) -> bool:
    """Whether those who act do so to each other: not where an object shows them side by side, nor in refusing."""
    if meaning.event_type is T.ASSAULT:
        return _is_fight(meaning)
    if meaning.event_type is T.REJECT:
        collapsed = len(meaning.steps) > 1 and meaning.steps[-1].operator in COLLAPSING
        return collapsed or any(True for _ in talks_of(meaning.top))
    if meaning.event_type is T.RETREAT:
        return meaning.mode == CEASEFIRE
    if meaning.event_type is T.SANCTION:
        return len(initiators) == COUPLE and bool(shared_ties(meaning.top))  # three cut ties with a fourth
    if meaning.event_type is T.SUPPORT:
        return meaning.mode not in ONE_WAY  # "hailed by A and B"
    return meaning.event_type in MUTUAL


def _is_fight(meaning: Meaning) -> bool:
    """Whether those who use force do so against each other: not where an object shows them side by side."""
    objects = objects_of(meaning.top)
    if any(word in BETWEEN for doer in subjects_of(meaning.top) for word, _ in obliques_of(doer)):
        return True  # "clashes between the two left nine dead"
    return meaning.top.pos_ != "VERB" or not objects or meaning.head not in (meaning.top, *objects)


def _present(actors: Iterable[Actor], *, former: bool = False) -> list[Actor]:
    found = [_of_its_own(actor) for actor in unique(actors) if not actor.former or _counts(actor, former=former)]
    # "The United States" beside "President Lee of the United States" is the same party.
    named = {actor.state for actor in found if _is_special(actor)}
    kept: list[Actor] = []
    for actor in found:
        if _is_special(actor) or actor.state is None or actor.state not in named:
            kept.append(actor)
            named.add(actor.state)
    return kept


def _counts(actor: Actor, *, former: bool) -> bool:
    """Whether somebody who left an office is a party: nobody who led, but who held it then ("then-President Rojas")."""
    if former and actor.office not in offices_of("leading"):
        return True
    return any(word == THEN or word.startswith("then-") for word in actor.words.lower().split())


def _of_its_own(actor: Actor) -> Actor:
    """The actor without the state that it is only a friend of ("Iranian-allied rebels")."""
    words = actor.words.split()
    sided = [word for word in words if word.lower().rpartition("-")[2] in _sided() and "-" in word]
    # "Chad's internationally-backed government" is Chad's, its foreign-backed rebels are nobody's.
    named = actor.sector in STATE_BODIES and any(
        word[:1].isupper() for word in words if word not in sided and word.lower() not in ARTICLES
    )
    return actor if actor.organisation or not sided or named else dataclasses.replace(actor, state=None)


@lru_cache(maxsize=1)
def _sided() -> frozenset[str]:
    return frozenset(load_rows()[SIDED].words)


def _is_special(actor: Actor) -> bool:
    return bool(actor.person or actor.office or actor.organisation)


def _is_own(actor: Actor, initiators: list[Actor]) -> bool:
    """Whether a target belongs to the state that acts: then the deed is domestic."""
    return actor.state is not None and any(actor.state == other.state for other in initiators)


def _initiators(meaning: Meaning, reading: Reading) -> list[Actor]:
    top = meaning.top
    if is_suffered(meaning):
        found = [actor for noun in suffered(top) for actor in _givers(noun, top, reading)]
        return found or attackers_at(top, reading)  # "died in a Chadian raid"
    if is_recalled(meaning) or is_stance(top):
        return [actor for noun in objects_of(top) for actor in actors_at(noun, reading)]
    if is_passive(top) and not subjects_of(top) and meaning.event_type in UNNAMED:
        return unnamed_doers(meaning, reading)
    if top.pos_ in ("VERB", "AUX", "ADJ") or any(True for _ in children(top, "cop")):
        doers = subjects_of(top)
        if meaning.head in doers and meaning.event_type not in MUTUAL and (own := sides_of(meaning.head, reading)):
            return own  # "Chad's ban on exports to Mali took effect": it is Chad's alone
        found = [actor for token in doers for actor in doers_at(token, reading)]
        # "Talks between A and B were held": the parties stand at the noun.
        found = (
            found or (sides_of(meaning.head, reading) if _bears(doers, meaning) else []) or _joined(meaning, reading)
        )
        return found or (origins_of(top, reading) if meaning.event_type is T.ASSAULT and is_passive(top) else [])
    return sides_of(top, reading)


def _bears(doers: list[Token], meaning: Meaning) -> bool:
    """Whether those who hold a deed may do it: not where somebody else does something about it."""
    lexicon = load_event_lexicon()
    return not doers or any(meaning.head in (doer, content_noun(doer, lexicon)) for doer in doers)


def is_suffered(meaning: Meaning) -> bool:
    """Whether the subject is the one acted on: "Riga drew criticism from Oslo", "Riga is under attack"."""
    rows = load_rows()
    if case_of(meaning.top) == UNDER or rows[meaning.rules[-1]].subject_target:
        return True
    # "Began to receive aid from Oslo"
    begun = all(step.operator is Operator.DO for step in meaning.steps[1:])
    return begun and meaning.top.pos_ == "VERB" and rows[meaning.rules[0]].subject_target


def is_stance(word: Token) -> bool:
    """Whether what looks like a passive says where its subject stands: "Riga is opposed to the plan"."""
    stands = word.lower_ in load_rows()[STANCES].words and is_passive(word) and not subjects_of(word)
    return stands and any(preposition == "to" for preposition, _ in obliques_of(word))


def is_recalled(meaning: Meaning) -> bool:
    """Whether an envoy is called home, by whoever it is: "the Greek envoy to Peru has been recalled"."""
    return meaning.rules[-1] == RECALL and is_passive(meaning.top) and not subjects_of(meaning.top)


def suffered(verb: Token) -> list[Token]:
    """The deeds that a verb's subject suffers: its objects, and what it is under or subject to."""
    if case_of(verb) == UNDER:
        return [verb]
    return objects_of(verb) or [noun for preposition, noun in obliques_of(verb) if preposition in SUFFERING]


def _givers(noun: Token, verb: Token, reading: Reading) -> Iterator[Actor]:
    """Those from whom a suffered deed comes: "US pressure", "criticism from Oslo"."""
    owners = [one for owner in children(noun, "nmod:poss", "amod", "compound") for one in with_conjuncts(owner)]
    yield from actors_within(owners, reading)
    for preposition, giver in [*obliques_of(noun), *obliques_of(verb)]:
        if preposition in GIVING:
            yield from actors_at(giver, reading, barred=barred_from(None))


def _joined(meaning: Meaning, reading: Reading) -> list[Actor]:
    """Those between whom a verb's object stands: "the treaty established relations between Peru and Chile"."""
    if meaning.event_type not in MUTUAL or (is_passive(meaning.top) and meaning.event_type not in SHARED):
        return []
    met = [*objects_of(meaning.top), *talks_of(meaning.top)]
    # "Clashes erupted between the two"
    between = [n for place in (*met, meaning.top) for word, n in obliques_of(place) if word in BETWEEN]
    return [actor for noun in between for actor in named_at(noun, reading)] or _bothsides_of(met, reading)


def _bothsides_of(nouns: list[Token], reading: Reading) -> list[Actor]:
    """The two states whose relation is read, where talks are called bilateral and nobody else is named."""
    lexicon = load_event_lexicon()
    nouns = [noun for noun in nouns if TALKS in classes_of(content_noun(noun, lexicon), lexicon)]
    if reading.pair is None:
        return []
    words = [word for noun in nouns for word in children(noun, "amod") if word.lower_ in _bilateral()]
    return [Actor(state=state, words=words[0].text) for state in reading.pair] if words else []


@lru_cache(maxsize=1)
def _bilateral() -> frozenset[str]:
    return frozenset(load_rows()[BILATERAL].words)


def talks_of(verb: Token) -> Iterator[Token]:
    """The subjects of a verb that are talks: "the negotiations between the two stalled"."""
    lexicon = load_event_lexicon()
    if verb.pos_ == "VERB":
        yield from (
            noun for noun in children(verb, "nsubj") if TALKS in classes_of(content_noun(noun, lexicon), lexicon)
        )


def _targets(meaning: Meaning, reading: Reading, initiators: list[Actor]) -> list[Actor]:
    if is_suffered(meaning):
        return [actor for doer in subjects_of(meaning.top) for actor in actors_at(doer, reading)]
    if is_recalled(meaning):
        return posts_of(objects_of(meaning.top), reading)
    # "Summoned Mali's envoy": it is whose envoy that counts, be it the same side's, not where the envoy is.
    own = frozenset({None, *(actor.state for actor in initiators if SUMMONED not in meaning.rules)})
    barred = barred_from(meaning.event_type)
    found: list[Actor] = []
    oblique = load_rows()[meaning.rules[-1]].oblique_target
    asked = _asked(meaning, reading)
    if any(_is_abroad(actor, own) or actor.organisation for actor in asked):
        return asked
    for token in _words(meaning):
        objects = (
            []
            if oblique or is_stance(token) or (token != meaning.top and _is_shared_subject(token))
            else acted_on(token)
        )
        direct = [
            actor
            for noun in objects
            for actor in actors_at(noun, reading, deep=True, barred=barred | held_by(noun, meaning), own=own)
        ]
        phrases = [noun for noun in phrases_of(token, meaning) if noun not in objects]
        # "Accused Iran of shelling Iraq": who stands as the object is the target, the rest is what it is about; but
        # "recalled its ambassador from Iraq", "massed troops along the border with Iraq".
        reached = any((actor.state or actor.organisation) and actor.state not in own for actor in direct)
        found.extend(
            direct
            if reached
            else [actor for noun in phrases for actor in actors_at(noun, reading, deep=True, barred=barred, own=own)]
        )
        if any(_is_abroad(actor, own) for actor in found):
            # Whom the outer word reaches is the target; whom the deed inside reaches is its matter.
            return found
    return found + _beside(meaning, reading, own, found)


def _beside(meaning: Meaning, reading: Reading, own: frozenset[str | None], found: list[Actor]) -> list[Actor]:
    """Whom a deed reaches that its words do not: who asked for it, was spoken to, must act or holds what is wanted."""
    top, more = meaning.top, list[Actor]()
    if meaning.event_type in RECIPROCAL:
        more += [actor for noun in askers(top) for actor in actors_at(noun, reading)]
    if meaning.event_type in VERBAL:
        more += [actor for doer in _blamed(top) for actor in doers_at(doer, reading)]
    if meaning.event_type in VERBAL and not (found or more) and meaning.steps[-1].operator in ASKING:
        more += spoken_to(top, reading) or _warned(meaning, reading)
    if meaning.event_type is T.REQUEST and not any(_is_abroad(actor, own) for actor in more):
        more += holders_of(top, reading)
    if meaning.event_type in (T.AID, T.ASSAULT) and not any(_is_abroad(a, own) for a in found):
        more += [actor for noun in destinations(top) for actor in actors_at(noun, reading)]
    if meaning.event_type in VERBAL and top.pos_ == "NOUN" and not any(_is_abroad(a, own) for a in (*found, *more)):
        inner = [noun for clause in children(top, "acl") for noun in reached_by(clause)]
        more += [actor for noun in inner for actor in actors_at(noun, reading, deep=True, own=own)]
    if meaning.event_type in UNDERGONE and not found and own - {None}:
        more += owned_by_teller(top, own, reading)
    return more


def _warned(meaning: Meaning, reading: Reading) -> list[Actor]:
    """Who must act lest a threat come true: "threatened to take measures if Chad did not comply"."""
    if meaning.event_type is not T.THREATEN:
        return []
    clauses = [c for verb in (meaning.top, *children(meaning.top, "xcomp", "advcl")) for c in children(verb, "advcl")]
    conditions = [c for c in clauses if any(mark.lower_ in CONDITIONS for mark in children(c, "mark"))]
    return [actor for clause in conditions for doer in subjects_of(clause) for actor in doers_at(doer, reading)]


def _asked(meaning: Meaning, reading: Reading) -> list[Actor]:
    """Who is to do what somebody demands in a clause: "demanded that Chad free the crew"."""
    if meaning.steps[-1].operator is not Operator.DEMAND or not any(True for _ in children(meaning.top, "ccomp")):
        return []
    return [actor for doer in _blamed(meaning.top) for actor in named_at(doer, reading)]


def _is_abroad(actor: Actor, own: frozenset[str | None]) -> bool:
    return bool(actor.state) and actor.state not in own


def _blamed(word: Token) -> list[Token]:
    """The subjects of what is said: "demanded that Chad leave", "a warning that Chad would pay"."""
    return [doer for clause in children(word, *CONTENTS) for doer in subjects_of(clause) if doer != word]


def _words(meaning: Meaning) -> Iterator[Token]:
    """The words of the composition, the outermost first."""
    for step in reversed(meaning.steps):
        yield meaning.top.doc[step.at]


def _is_shared_subject(token: Token) -> bool:
    """Whether a word inside the composition has no object of its own."""
    return not any(True for _ in children(token, "obj", "iobj", "nsubj:pass"))
