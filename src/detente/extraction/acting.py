"""The actors that a noun of a deed names: itself, its owner, or what it is of, on or against."""

from collections.abc import Iterator

from detente.codebook.constructions import words_for
from detente.codebook.event_lexicon import load_event_lexicon
from detente.extraction.clause import antecedent, case_of, children, obliques_of, subjects_of, with_conjuncts
from detente.extraction.event_partners import is_plural_noun, quoted_speaker
from detente.extraction.frames import classes_of
from detente.extraction.parties import actors_within, unique
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor

# Classes of nouns through which their owner acts.
ACTING = frozenset(
    {"troops", "person", "diplomat", "attack", "measure", "refusal", "visit", "weapons", "promise", "craft", "speech"}
)
DEEDS = frozenset({"attack", "measure"})  # of these, what is done to somebody who does not act
BY = frozenset({"by", "from"})
MEAL = "meal"  # class of nouns given for a guest: "a lunch for the envoy"
POSTED = frozenset({"diplomat", "delegate"})  # classes of nouns for those sent abroad: "envoy"
OWNED_EACH = frozenset(
    {"relations", "diplomat", "troops", "weapons", "craft", "captive"}
)  # of things each state has its own
RELATIONS = "relations"  # class of nouns for embassies and ties
GOVERNMENT = "GOV"
INCLUDING = frozenset({"including", "like", "such as", "among them"})
OWNED = frozenset({"its", "their"})
OWNERS = ("nmod:poss", "amod", "compound", "flat", "appos")
DEPTH = 5  # nouns inside nouns that are searched for the one acted on


def doers_at(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The actors that a subject names; through its owner only where it is a deed or a force: "Iran's missiles hit"."""
    own = quoted_speaker(token, reading) or named_at(token, reading)
    if any(actor.state for actor in own):
        return own
    several = _members(token, reading)
    if several:
        return several
    # "Chad, whose army shelled the port"
    whose = [antecedent(child) for child in children(token, "nmod:poss") if child.lower_ == "whose"]
    if whose and classes_of(token, load_event_lexicon()) & ACTING:
        return actors_within(whose, reading) or own
    classes = classes_of(token, load_event_lexicon())
    if not classes & ACTING:
        return own
    if classes & DEEDS:
        return _owners_at(token, reading) or own or _done_by(token, reading)
    return _owners_at(token, reading) or own or actors_at(token, reading) or _tellers_own(token, reading)


def _done_by(deed: Token, reading: Reading) -> tuple[Actor, ...]:
    """Who did what acts on others in turn: "the strikes by Chad killed", "Chad carried out strikes that killed".

    Never whom it was done to: "strikes on Chad killed two".
    """
    agents = [noun for preposition, noun in obliques_of(deed) if preposition in BY]
    found = unique(actor for noun in agents for actor in actors_at(noun, reading) if actor.state)
    if found or deed.dep_ != "obj":
        return found
    return tuple(a for doer in subjects_of(deed.head) if doer != deed for a in named_at(doer, reading) if a.state)


def _owners_at(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The states that a force or thing belongs to: "a Chadian F-16 jet", "troops from Chad's border police"."""
    owners = actors_within(_owners(token), reading)
    if not any(actor.state for actor in owners):
        # "A drone launched from Chad"
        places = [token, *children(token, "acl")]
        origins = [noun for place in places for preposition, noun in obliques_of(place) if preposition == "from"]
        owners = tuple(actor for noun in origins for actor in actors_at(noun, reading))
    return tuple(actor for actor in owners if actor.state)


def _tellers_own(noun: Token, reading: Reading) -> tuple[Actor, ...]:
    """Whose "its artillery" is where a side tells what it did: "Chad said its artillery had shelled the port"."""
    if not any(child.lower_ in OWNED for child in children(noun, "nmod:poss")):
        return ()
    clause = noun.head
    tellers = subjects_of(clause.head) if clause.dep_ == "ccomp" else []
    return actors_within(tellers, reading)


def _members(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The states of a group: those named as part of it ("some states, including Chad"), else the words themselves."""
    if token.lemma_.lower() in words_for("parts"):
        return next((_members(noun, reading) for word, noun in obliques_of(token) if word == "of"), ())
    is_group = is_plural_noun(token) and token.lemma_.lower() in words_for("groups of states")
    if not is_group or token.i in reading.actor_at:
        return ()
    if token.dep_ == "conj":
        return ()  # "Chad and other countries"
    named = [
        member
        for child in children(token, "nmod", "appos")
        if child.dep_ == "appos" or case_of(child) in INCLUDING
        for member in with_conjuncts(child)
    ]
    found = actors_within(named, reading)
    is_part = token.head.lemma_.lower() in words_for("parts")
    counted = is_part or any(True for _ in children(token, "nummod", "det", "amod"))
    if found or not counted:
        return found
    span = reading.span(token.left_edge, token)
    return (Actor(words=span.quote, sector=GOVERNMENT, start=span.start, end=span.end),)


def named_at(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The actors that a noun itself names, with those of coordinated attributes ("French and Italian officials")."""
    before = [*children(token, "amod", "compound", "nmod:poss")]
    if not before:
        return actors_within([token], reading)
    before += [word for noun in children(token, "compound") for word in children(noun, "amod")]  # "of trade officials"
    attributes = [
        member
        for child in before
        if any(True for _ in children(child, "conj")) or _is_joined(child, token)
        for member in with_conjuncts(child)
    ]
    if not attributes:
        return actors_within([token], reading)
    found = actors_within([*attributes, token], reading)
    offices = tuple(actor for actor in found if actor.office)
    if not offices and is_plural_noun(token) and classes_of(token, load_event_lexicon()) & OWNED_EACH:
        return found  # "the Chadian, Malian and Libyan consulates"
    return offices or actors_within([token], reading)


def _is_joined(attribute: Token, noun: Token) -> bool:
    """Whether "and" stands behind an attribute though both hang at the noun: "Fijian and South Korean officials"."""
    return any(child.i == attribute.i + 1 for child in children(noun, "cc"))


def actors_at(
    token: Token,
    reading: Reading,
    *,
    deep: bool = False,
    barred: frozenset[str] = frozenset(),
    own: frozenset[str | None] = frozenset({None}),
) -> tuple[Actor, ...]:
    """The actors that a noun names: at the word itself, else in its name, demonym or owner ("Chinese officials").

    With `deep` also those that it is of, on or against: "an attack on the embassy of France"; not behind a `barred`
    preposition ("villages in France"). Those of the states in `own`, or of none, are looked past: "its embassy in
    Oslo", "prisoners from Chad"; they are given where nobody else is found.
    """
    found = quoted_speaker(token, reading) or named_at(token, reading)
    nearest = found
    level = [token]
    for _ in range(DEPTH if deep else 1):
        if _reaches(found, own) or (found and not deep):
            return found
        # Its owner before what it is about: "Iran's attack on Iraq" is Iran's.
        owners = [child for noun in level for child in _owners(noun)]
        level = [child for noun in level for child in _matters(noun, barred)]
        found = actors_within(owners, reading)
        if not _reaches(found, own):
            found = tuple(actor for noun in level for actor in named_at(noun, reading)) or found
        nearest = nearest or found
        level += owners
    return found if _reaches(found, own) else nearest


def _owners(noun: Token, depth: int = 3) -> Iterator[Token]:
    """Who a noun belongs to: before it, through another attribute ("a [French] navy ship"), or who did it."""
    for child in children(noun, *OWNERS):
        yield from with_conjuncts(child) if child.i < noun.i else (child,)
        if child.i < noun.i and depth:
            yield from _owners(child, depth - 1)
    # "the move announced by Rome", "a post belonging to Rome"; "a Chadian ship seized by Mali" is Chad's
    before = (child for child in children(noun, "nmod:poss", "amod") if child.i < noun.i)
    named = any(child.left_edge.text[:1].isupper() for child in before)
    for clause in () if named else children(noun, "acl"):
        yield from children(clause, "obl:agent")
        if clause.lemma_.lower() in words_for("belonging"):
            yield from children(clause, "obl")


def _reaches(actors: tuple[Actor, ...], own: frozenset[str | None]) -> bool:
    """Whether one of the actors is neither of these states nor nobody's."""
    return bool(actors) and any(actor.state not in own or (actor.organisation and not actor.state) for actor in actors)


def _matters(noun: Token, barred: frozenset[str]) -> Iterator[Token]:
    """What a noun is of, on or against; not where it is, but "$60 billion in Iranian goods" is no place."""
    classes = classes_of(noun, load_event_lexicon())
    if MEAL in classes:
        barred = barred - {"for"}
    if RELATIONS in classes or classes >= POSTED:
        barred = barred - {"in"}  # "its embassy in Oslo", "its envoy in Oslo"
    for child in children(noun, "nmod"):
        if case_of(child) not in barred or noun.like_num or noun.pos_ in ("NUM", "SYM"):
            yield from with_conjuncts(child)
