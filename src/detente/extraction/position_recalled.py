"""Promises told with their keeping: "has opened the port, as it promised Fiji"."""

from detente.codebook.positions import PositionCue
from detente.extraction.clause import children, is_passive
from detente.extraction.position_edges import trimmed
from detente.extraction.position_scene import Found, Scene
from detente.extraction.position_spans import Complement, extent
from detente.parsing.doc import Token

AS = "as"
CLAUSES = frozenset({"advcl", "parataxis", "acl", "conj"})
PREDICATES = frozenset({"VERB", "AUX", "ADJ"})


def recalled(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """A verb of promising behind "as": what its subject promised is what the clause above tells."""
    deed = token.head
    stands_beside = token.pos_ == "VERB" and token.dep_ in CLAUSES and deed.pos_ in PREDICATES and not is_passive(token)
    if not stands_beside or not _is_behind_as(token):
        return None
    holders = scene.subjects(token)
    first, last = extent(deed)
    if deed.i < token.i:
        last = min(last, token.left_edge.i - 1)
    first, last = trimmed(deed.doc, max(first, deed.i), last)
    return Found(cue, token, token, tuple(holders), Complement(first, last, deed, None, True)) if holders else None


def _is_behind_as(verb: Token) -> bool:
    """Whether "as" opens the clause and nothing tells in it what was promised: "as it had pledged to do"."""
    opens = any(child.lower_ == AS and child.i < verb.i for child in children(verb, "mark", "case", "advmod"))
    told = any(child.pos_ == "VERB" and child.lemma_ != "do" for child in children(verb, "xcomp", "ccomp"))
    return opens and not told
