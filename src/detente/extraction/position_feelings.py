"""Feelings as cues of positions: what angers a side, how something is received there."""

from detente.codebook.constructions import words_for
from detente.codebook.positions import PositionCue
from detente.extraction.clause import antecedent, case_of, children, is_negated, is_passive
from detente.extraction.holders import SELVES
from detente.extraction.position_edges import trimmed
from detente.extraction.position_scene import Found, Scene, phrase
from detente.extraction.position_spans import Complement, after_preposition, clause_after_noun, extent, resumed
from detente.extraction.position_speech import speaking
from detente.parsing.doc import Token

CAUSES = ("by", "at", "with", "over", "about", "that")


def stirs(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A feeling: "the drill angered Spain", "Spain is angered by the drill"."""
    moved = scene.holders(list(children(token, "obj")))
    passive = is_passive(token) or token.pos_ == "ADJ" or any(children(token, "cop", "aux:pass"))
    if passive and not moved:
        felt = list(children(token, "nsubj", "nsubj:pass")) or ([token.head] if token.dep_ == "acl" else [])
        complement = after_preposition(token, CAUSES) or clause_after_noun(token, CAUSES)
    else:
        felt = moved
        matter = next(children(token, "nsubj", "csubj"), token.head if token.dep_.startswith("acl") else None)
        complement = resumed(phrase(antecedent(matter), token)) if matter is not None else None
    if not felt:
        felt, complement = _opening(token, complement)
    himself = not felt or any(one.lower_ in SELVES for one in felt)  # "I am worried about it"
    holders = scene.holders(felt) or (speaking(token, scene) if himself and complement else ())
    if holders and complement:
        return Found(cue, token, token, tuple(holders), complement)
    return _stirs_as_written(cue, token, scene)


def _stirs_as_written(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A feeling by the order of the words, where the parse takes the verb for an adjective: "the visit upset Spain"."""
    doc, after = token.doc, token.i + 1
    while after < token.sent.end and doc[after].pos_ == "DET":
        after += 1
    mention = scene.reading.actor_at.get(after)
    before = token.i - 1
    while (
        before > token.sent.start
        and doc[before].pos_ in ("AUX", "ADV", "VERB")
        and doc[before].lemma_.lower() in words_for("between holder and feeling")
    ):
        before -= 1
    if mention is None or doc[before].pos_ not in ("NOUN", "PROPN") or before < token.sent.start:
        return None
    holders = scene.holders([doc[mention.head]])
    first, _ = extent(doc[before])
    return Found(cue, token, token, tuple(holders), Complement(first, before, doc[before])) if holders else None


def _opening(token: Token, complement: Complement | None) -> tuple[list[Token], Complement | None]:
    """Who feels so where the feeling opens the sentence, and what at: "angered by the drill, Spain left"."""
    if any(t.is_alpha for t in token.doc[token.sent.start : token.i]):
        return [], complement
    main = token.head if token.dep_ == "advcl" else next(children(token, "conj"), None)
    clause = next((c for c in children(token, "advcl") if any(m.lower_ == "as" for m in children(c, "mark"))), None)
    if complement is None and clause is not None:
        complement = Complement(*extent(clause), clause, None, True)
    return (list(children(main, "nsubj")) if main is not None else []), complement


def lands(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """How something is received: "the drill did not go down well in Madrid", "sits badly with Spain"."""
    adverbs = {child.lower_ for child in children(token, "advmod")}
    badly = bool(adverbs & words_for("badly")) or (bool(adverbs & words_for("well")) and is_negated(token))
    subject = next(children(token, "nsubj", "csubj"), None)
    side = next((c for c in children(token, "obl") if case_of(c) in cue.takes), None)
    mention = scene.reading.actor_at.get(side.i) if side is not None else None
    matter = phrase(subject, token) if subject is not None else _told_before(token)
    if not badly or matter is None or side is None or mention is None or not any(a.state for a in mention.actors):
        return None
    return Found(cue, token, token, (side,), matter)


def _told_before(token: Token) -> Complement | None:
    """What opens the sentence, read as the clause above: "Spain saying so | did not go down well"."""
    above = token.head
    if token.dep_ != "ccomp" or not above.i < token.i:
        return None
    auxiliaries = [c.i for c in children(token, "aux", "advmod") if c.i > above.i]
    last = min([token.i, *auxiliaries]) - 1
    return Complement(*trimmed(token.doc, above.left_edge.i, last), above, None, True) if last > above.i else None
