"""Which actors stand inside a phrase, and who does or undergoes what a word tells."""

from collections.abc import Iterable
from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.extraction.clause import case_of, children, predicate_of, subjects_of
from detente.extraction.reading import Reading
from detente.mentions.mention import ActorMention
from detente.parsing.doc import Token
from detente.records import Actor

HOSTING = ("to", "in", "at")  # before the state where a post is
LONGEST_WAY = 4  # clauses climbed to who says it


def actors_within(tokens: Iterable[Token], reading: Reading) -> tuple[Actor, ...]:
    """The actors mentioned at the tokens, once each, in text order."""
    mentions: dict[int, ActorMention] = {}
    for token in tokens:
        mention = reading.actor_at.get(token.i)
        if mention is not None and token.idx < mention.end:
            mentions[mention.start] = mention
    if not mentions:
        return ()
    return unique(actor for _, mention in sorted(mentions.items()) for actor in mention.actors)


def actors_below(head: Token, reading: Reading) -> tuple[Actor, ...]:
    """The actors of a noun phrase: of its head, or of anything below it but the clauses it carries."""
    return actors_within(phrase_tokens(head), reading)


def phrase_tokens(head: Token) -> list[Token]:
    """The tokens of a phrase in text order, without relative and other clauses."""
    found, todo = [head], [head]
    while todo:
        for child in todo.pop().children:
            if child.dep_ in ("acl:relcl", "acl", "parataxis", "appos", "ccomp", "advcl") or child.is_space:
                continue
            found.append(child)
            todo.append(child)
    return sorted(found, key=lambda token: token.i)


def without_hosts(head: Token, reading: Reading) -> list[Token]:
    """The tokens of a phrase without the state where someone is posted: "the Chadian ambassador to Mali"."""
    tokens = phrase_tokens(head)
    if head.i not in reading.actor_at:
        return tokens
    cases = HOSTING if head.lemma_.lower() in words_for("posts abroad") else ("to",)
    posted = [child for child in children(head, "nmod") if case_of(child) in cases]
    apart = {token.i for child in posted for token in child.subtree}
    return [token for token in tokens if token.i not in apart]


def unique(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors once each, by what is known of them; the first stays."""
    found: dict[str, Actor] = {}
    for actor in actors:
        key = actor.key
        found.setdefault(key if key.strip("/") else actor.words, actor)
    return tuple(found.values())


def states_of(actors: Iterable[Actor]) -> frozenset[str]:
    """The codes of the states that the actors belong to."""
    return frozenset(actor.state for actor in actors if actor.state)


def of_own_country(noun: Token, reading: Reading) -> tuple[Actor, ...]:
    """Those for whom "his country" and "our side" stand: whoever the pronoun is, else who says so; without person."""
    owner = next((c for c in children(noun, "nmod:poss") if c.pos_ == "PRON"), None)
    if owner is None or noun.lemma_.lower() not in words_for("own state") or noun.i in reading.actor_at:
        return ()
    mention = reading.actor_at.get(owner.i)
    whose = mention.actors if mention is not None else sayers_of(noun, reading)
    return unique(replace(actor, person=None, office=None) for actor in whose if actor.state)


def sayers_of(token: Token, reading: Reading) -> tuple[Actor, ...]:
    """The actors of states who say, hope or think what the token's clause tells; none where nobody does."""
    at = predicate_of(token)
    for _ in range(LONGEST_WAY):
        if at.dep_ not in ("ccomp", "xcomp", "parataxis", "conj", "advcl") or at.head == at:
            break
        above = at.head
        if at.dep_ == "ccomp":
            found = (actor for noun in subjects_of(above) for actor in actors_below(noun, reading))
            actors = unique(actor for actor in found if actor.state)
            if actors:
                return actors
        at = predicate_of(above)
    return ()
