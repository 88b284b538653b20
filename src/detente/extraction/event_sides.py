"""Who does what a noun tells of, or a passive without an agent: "the attack by Chad", "arrested in Chad"."""

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.extraction.acting import RELATIONS, actors_at, named_at
from detente.extraction.clause import children, is_passive, objects_of, obliques_of, subjects_of
from detente.extraction.composition import Meaning
from detente.extraction.event_partners import INSIDE, attenders, is_attended, posts_of
from detente.extraction.event_reach import AT, BETWEEN, TALKS, TOWARD
from detente.extraction.frames import acted_on, classes_of, is_infinitive
from detente.extraction.parties import actors_within
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, EventType

T = EventType
GOVERNMENT = "GOV"
BODIES = frozenset({"to", "before", "by"})
COUPLE = 2
DEPTH = 3  # nouns inside nouns behind which a doer may stand
STATE_BODIES = frozenset({GOVERNMENT, "JUD", "LEG", "MIL"})
SOVEREIGN = frozenset({T.COERCE, T.SANCTION, T.CONCEDE})  # what only the power of the place can do
EXPULSION = "expulsion"  # class of nouns: "the expulsion of envoys from Lima"
RAIDED, ATTACK = frozenset({"in", "during", "after", "from"}), "attack"  # before such nouns: "killed in a raid"
SAID = frozenset({"criticism", "protest", "demand"})  # classes of nouns for what is said to somebody
UNNAMED = SOVEREIGN | {T.ACCUSE, T.ASSAULT, T.REQUEST}  # whose doers a passive without an agent tells elsewhere


def unnamed_doers(meaning: Meaning, reading: Reading) -> list[Actor]:
    """Who does what a passive without an agent tells; may be empty."""
    verb = meaning.top
    said = any(classes_of(noun, load_event_lexicon()) & SAID for noun in objects_of(verb))
    if meaning.event_type is T.REQUEST or (meaning.event_type is T.ACCUSE and said):
        return _tellers_of(verb, reading)
    if meaning.event_type is T.ACCUSE:
        return _bodies_at(verb, reading) or posts_of(objects_of(verb), reading)
    if meaning.event_type is T.ASSAULT:
        return attackers_at(verb, reading)
    shared = [n for tie in shared_ties(verb) for word, n in obliques_of(tie) if word in BETWEEN | INSIDE]
    found = _powers_at(verb, reading) or [actor for noun in shared for actor in named_at(noun, reading)]
    if not found and meaning.event_type is T.SANCTION:
        return posts_of(objects_of(verb), reading)  # "the consul in Lima was given two days to leave"
    if not found and meaning.event_type is T.CONCEDE:
        return holders_of(verb, reading)  # "two sailors jailed in Lima were freed"
    return found


def sides_of(noun: Token, reading: Reading) -> list[Actor]:
    """Those to whom a nominal deed belongs: "Iran's attack", "the attack by Iran", "talks between A and B"."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return []
    owners = [*children(noun, "nmod:poss"), *children(noun, "amod", "compound")]
    owners += [word for part in children(noun, "compound") for word in children(part, "amod", "compound")]
    agents = doers_behind(noun, BETWEEN | {"by"})
    if EXPULSION in classes_of(noun, load_event_lexicon()):
        nouns = [noun, *(token for preposition, token in obliques_of(noun) if preposition == "of")]
        agents += [token for near in nouns for preposition, token in obliques_of(near) if preposition == "from"]
    if ATTACK in classes_of(noun, load_event_lexicon()):
        agents += [token for preposition, token in obliques_of(noun) if preposition == "from"]
    if TALKS in classes_of(noun, load_event_lexicon()):
        between = doers_behind(noun, BETWEEN)
        met = [actor for token in between for actor in named_at(token, reading)]
        if any(actor.state for actor in met):
            return met  # "the Paris talks between Chad and Mali": Paris is where they are
    owned = [*actors_within(owners, reading)]
    if not agents and not owned and is_attended(noun):
        agents = attenders(noun)
    if not agents and not owned and TALKS in classes_of(noun, load_event_lexicon()):
        return _participants(noun, reading)
    return [*owned, *(actor for token in agents for actor in named_at(token, reading) or actors_at(token, reading))]


def _participants(talks: Token, reading: Reading) -> list[Actor]:
    """The two whose meeting it is: "the meeting of the Chadian and Malian ministers"; none of a body that meets."""
    members = [noun for preposition, noun in obliques_of(talks) if preposition == "of"]
    actors = [actor for noun in members for actor in named_at(noun, reading)]
    return actors if len({actor.state for actor in actors if actor.state}) == COUPLE else []


def doers_behind(noun: Token, prepositions: frozenset[str]) -> list[Token]:
    """Those who do what a noun tells, also behind what it is done to: "the shelling of the port of Sur by Chad"."""
    found, held = list[Token](), [noun]
    for _ in range(DEPTH):
        phrases = [phrase for at in held for phrase in obliques_of(at)]
        found += [token for preposition, token in phrases if preposition in prepositions]
        held = [token for preposition, token in phrases if preposition == "of" and token.pos_ in ("NOUN", "PROPN")]
        prepositions = frozenset({"by"})  # "the talks of the league between May and June"
    return found


def shared_ties(verb: Token) -> list[Token]:
    """The ties of two that a verb's object is: "severed ties", "the flights between the two were suspended"."""
    return [noun for noun in acted_on(verb) if RELATIONS in classes_of(noun, load_event_lexicon())]


def _powers_at(token: Token, reading: Reading) -> list[Actor]:
    """The state in or from which a passive without an agent takes place: "arrested in Laos", "expelled from Laos".

    Where no place is told, the authorities that announce it.
    """
    within = INSIDE | AT | {"from"}
    places = [noun for preposition, noun in obliques_of(token) if preposition in within or _is_out(noun)]
    places += [child for noun in places for child in children(noun, "nmod", "nmod:poss", "compound")]
    places += [
        left for clause in children(token, "xcomp", "advcl") for left in objects_of(clause)
    ]  # "told to leave Laos"
    found = [actor for noun in places for actor in actors_within([noun], reading) if actor.state]
    found = found or _freers(token, reading)
    if found or token.dep_ != "ccomp":
        return found
    tellers = [actor for doer in subjects_of(token.head) for actor in actors_within([doer], reading)]
    held = {actor.state for noun in objects_of(token) for actor in actors_at(noun, reading)}
    # Who tells that its own people were arrested did not arrest them.
    return [a for a in tellers if a.state and a.sector == GOVERNMENT and a.state not in held]


def _is_out(noun: Token) -> bool:
    """Whether somebody is put out of a place: "ordered out of the country"."""
    return any(word.lower_ == "out" for word in children(noun, "case"))


def _freers(token: Token, reading: Reading) -> list[Actor]:
    """Who let go those whom they held: "freed the pilot, who had been detained in May"."""
    held = token.head
    if token.dep_ not in ("acl", "acl:relcl") or held.dep_ not in ("obj", "nsubj:pass", "appos", "flat"):
        return []
    verb = held.head.head if held.dep_ in ("appos", "flat") else held.head
    freeing = any(row.event_type is T.CONCEDE for row in load_event_lexicon().find("verb", verb.lemma_.lower()))
    return (
        [actor for doer in subjects_of(verb) for actor in actors_within([doer], reading) if actor.state]
        if freeing
        else []
    )


def _tellers_of(verb: Token, reading: Reading) -> list[Actor]:
    """The state body that tells of a protest or request without saying whose: "said that a protest was delivered"."""
    tellers = subjects_of(verb.head) if verb.dep_ == "ccomp" else []
    found = [actor for doer in tellers for actor in actors_within([doer], reading)]
    return [actor for actor in found if actor.state and actor.sector in STATE_BODIES]


def destinations(verb: Token) -> list[Token]:
    """Where what was given came to: "vaccines donated by Chad arrived in Mali", "wheat sent by Chad reached Mali"."""
    noun = verb.head
    while noun.dep_ == "nmod":
        noun = noun.head
    if verb.dep_ not in ("acl", "acl:relcl") or noun.head.lemma_.lower() not in words_for("arriving"):
        return []
    into = INSIDE | AT | {"to"}
    return [*objects_of(noun.head), *(place for word, place in obliques_of(noun.head) if word in into)]


def reached_by(clause: Token) -> list[Token]:
    """The nouns of an infinitive through which it reaches somebody: "a refusal to return the island to Chad"."""
    if not is_infinitive(clause):
        return []
    return [*objects_of(clause), *(noun for word, noun in obliques_of(clause) if word in TOWARD)]


def holders_of(verb: Token, reading: Reading) -> list[Actor]:
    """Where those are held whom somebody wants back: "demanded the release of the crew held in Laos"."""
    nouns = [inner for noun in objects_of(verb) for _, inner in [("", noun), *obliques_of(noun)]]
    nouns += [inner for _, noun in obliques_of(verb) for _, inner in [("", noun), *obliques_of(noun)]]
    held = [clause for noun in nouns for clause in children(noun, "acl", "acl:relcl") if is_passive(clause)]
    return [actor for clause in held for actor in _powers_at(clause, reading)]


def attackers_at(token: Token, reading: Reading) -> list[Actor]:
    """Whose attack somebody falls in: "killed in clashes with Thai troops", "in Thai raids"."""
    lexicon = load_event_lexicon()
    raids = [noun for word, noun in obliques_of(token) if word in RAIDED and ATTACK in classes_of(noun, lexicon)]
    against = [noun for raid in raids for word, noun in obliques_of(raid) if word == "with"]
    # "Rockets were fired from Chad into Mali"
    phrases = obliques_of(token)
    comes = any(word in AT for word, _ in phrases) or bool(destinations(token))
    origins = [noun for word, noun in phrases if word == "from"] if comes else []
    return [
        *(actor for raid in raids for actor in sides_of(raid, reading)),
        *(actor for noun in against for actor in actors_at(noun, reading)),
        *(actor for actor in actors_within(origins, reading) if actor.state),
    ]


def origins_of(verb: Token, reading: Reading) -> list[Actor]:
    """Whose the places are that what hit somebody came from: "wounded by fire from Chadian positions"."""
    origins = [noun for preposition, noun in obliques_of(verb) if preposition == "from"]
    return [actor for noun in origins for actor in actors_at(noun, reading) if actor.state]


def _bodies_at(token: Token, reading: Reading) -> list[Actor]:
    """The bodies before which a passive brings somebody: "was summoned to the Greek foreign ministry"."""
    bodies = [noun for preposition, noun in obliques_of(token) if preposition in BODIES]
    found = [actor for noun in bodies for actor in named_at(noun, reading)]
    return [actor for actor in found if actor.state and actor.sector in STATE_BODIES]
