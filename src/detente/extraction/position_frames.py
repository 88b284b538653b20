"""Where holder, proposition and addressee stand around a cue: one function for each frame."""

from collections.abc import Callable
from dataclasses import replace

from detente.codebook.positions import Frame, PositionCue
from detente.extraction.clause import case_of, children
from detente.extraction.position_feelings import lands, stirs
from detente.extraction.position_lists import with_list
from detente.extraction.position_nominals import adjective, noun, sides, verdict
from detente.extraction.position_recalled import recalled
from detente.extraction.position_scene import Found, Scene, comes_after
from detente.extraction.position_speech import bids, commits, defies, harms, lacks, modal, needed, owns, unless
from detente.extraction.position_verbs import calls_on, judges, stands, vows, wants
from detente.parsing.doc import Token


def match(cue: PositionCue, token: Token, scene: Scene) -> Found | None:
    """The cue at a token with its holder and proposition, None where the construction is another."""
    if not _has_words(cue, token):
        return None
    if not comes_after(cue, token) or _is_needed(token):
        return None
    found = FRAMES[cue.frame](cue, token, scene)
    return None if found is None else replace(found, complement=with_list(found.complement))


def _is_needed(word: Token) -> bool:
    """Whether somebody else only needs it: "Spain, whose support Italy needs"."""
    owned = word.i > 0 and word.nbor(-1).lower_ == "whose"
    return owned and word.i + 1 < len(word.doc) and word.nbor(1).pos_ in ("PROPN", "NOUN", "PRON", "DET")


def _has_words(cue: PositionCue, token: Token) -> bool:
    """Whether particles and preposition of a cue of several words stand at the token."""
    rest = cue.words[1:]
    if not rest:
        return True
    following = [t.lower_ for t in token.doc.tokens[token.i + 1 : token.i + 1 + len(rest)]]
    if following == list(rest):
        return True
    present = {child.lower_ for child in token.children if child.i > token.i}
    present |= {case_of(child) for child in token.children} | {
        m.lower_ for c in token.children for m in children(c, "mark", "case")
    }
    if all(word in present for word in rest):
        return True
    if len(rest) == 1:
        return False
    objects = {
        part.lower_ for child in token.children for part in child.subtree if abs(part.i - token.i) <= len(rest) + 2
    }
    return set(rest) <= objects


FRAMES: dict[Frame, Callable[[PositionCue, Token, Scene], Found | None]] = {
    Frame.WANTS: wants,
    Frame.CALLS_ON: calls_on,
    Frame.STIRS: stirs,
    Frame.JUDGES: judges,
    Frame.STANDS: stands,
    Frame.NOUN: noun,
    Frame.ADJECTIVE: adjective,
    Frame.VOWS: vows,
    Frame.MODAL: modal,
    Frame.VERDICT: verdict,
    Frame.COMMITS: commits,
    Frame.HARMS: harms,
    Frame.BIDS: bids,
    Frame.NEEDED: needed,
    Frame.UNLESS: unless,
    Frame.LACKS: lacks,
    Frame.OWNS: owns,
    Frame.SIDES: sides,
    Frame.DEFIES: defies,
    Frame.LANDS: lands,
    Frame.RECALLED: recalled,
}
