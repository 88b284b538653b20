"""The words by which a summary names who a pronoun stands for."""

from collections.abc import Iterator

from detente.codebook.issues import state_labels, state_names
from detente.extraction.clause import children
from detente.extraction.parties import of_own_country
from detente.extraction.reading import Reading
from detente.mentions.mention import ActorMention
from detente.parsing.doc import Token
from detente.records import Actor

COLLECTIVE = frozenset({"we", "us"})  # a speaker's "we" is the side that he speaks for, or nobody known
JOINED = " and "
PAIR = 2  # states
FEW_WORDS = 3  # a summary no longer than this says with whom only where its parties are added


def name_behind(token: Token, reading: Reading) -> str | None:
    """Those whom a pronoun stands for, as they are named elsewhere in the text; None where that is not known.

    A person by name, a state by the first words that name it and nobody else.
    """
    mention = reading.actor_at.get(token.i)
    if mention is None or token.pos_ != "PRON":
        return None
    if token.lower_ in COLLECTIVE:
        return _states_named(mention.actors, reading)
    names = [_name_of(actor, reading) for actor in mention.actors]
    return JOINED.join(dict.fromkeys(name for name in names if name)) if names and all(names) else None


def name_for_possessive(noun: Token, reading: Reading) -> str | None:
    """The states of a noun that opens with a pronoun, as an owner: "Fiji's", of "its foreign minister"."""
    mention = reading.actor_at.get(noun.i)
    if mention is None or not any(c.pos_ == "PRON" for c in children(noun, "nmod:poss")):
        own = of_own_country(noun, reading)
        return _states_named(own, reading) or next((state_labels().get(actor.state or "") for actor in own), None)
    return _states_named(mention.actors, reading)


def with_parties(summary: str, participants: tuple[Actor, ...], reading: Reading) -> str:
    """The summary with the two states that take part in brackets, where it is a bare noun: "Talks (Fiji and Tonga)"."""
    states = list(dict.fromkeys(a.state for a in participants if a.state))
    told = any(actor.words in summary or (actor.person or "-").split()[-1] in summary for actor in participants)
    if len(summary.split()) > FEW_WORDS or len(states) != PAIR or told:
        return summary
    names = [next(_proper_names(state, reading), None) for state in states]
    if not all(names) or any(name in summary for name in names if name):
        return summary
    return f"{summary} ({names[0]} and {names[1]})"


def _proper_names(state: str, reading: Reading) -> Iterator[str]:
    """The names in the text for the state itself, not for its capital or its government."""
    for mention in reading.actors:
        actor = mention.actors[0]
        alone = len(mention.actors) == 1 and not actor.sector and _fits(actor, state)
        if alone and _is_named(mention, reading) and reading.parse[mention.head].pos_ == "PROPN":
            yield reading.document.text[mention.start : mention.end]


def _states_named(actors: tuple[Actor, ...], reading: Reading) -> str | None:
    """The text's first names of the states that the actors belong to; None where one is never named."""
    states = dict.fromkeys(actor.state for actor in actors if actor.state)
    names = [_first_words(state, reading) for state in states]
    return JOINED.join(name for name in names if name) if names and all(names) else None


def _name_of(actor: Actor, reading: Reading) -> str | None:
    if actor.person:
        return actor.person
    if not (actor.state or actor.organisation):
        return None
    return _first_words(actor.key, reading)


def _first_words(key: str, reading: Reading) -> str | None:
    """The first name in the text for the actor with this key alone; a proper name before a description."""
    same = [m for m in reading.actors if len(m.actors) == 1 and _is_named(m, reading) and _fits(m.actors[0], key)]
    proper = [m for m in same if reading.parse[m.head].pos_ == "PROPN"]
    text = reading.document.text
    own = (m for m in proper if state_names().get(text[m.start : m.end]) == m.actors[0].state)
    first = next(own, next(iter(proper), next(iter(same), None)))  # "India" rather than a region of it
    return reading.document.text[first.start : first.end] if first is not None else None


def _fits(actor: Actor, key: str) -> bool:
    return actor.key == key or (actor.state == key and not (actor.person or actor.office or actor.organisation))


def _is_named(mention: ActorMention, reading: Reading) -> bool:
    """Whether the mention stands by itself: no pronoun, none inside, no adjective."""
    words = reading.parse[mention.first : mention.last + 1]
    return words[-1].pos_ in ("PROPN", "NOUN") and not any(word.pos_ == "PRON" for word in words)
