"""Conditions of positions: "unless they leave", "should talks fail", "in return for aid", "without a deal"."""

from collections.abc import Iterable

from detente.codebook.constructions import words_for
from detente.extraction.clause import base, case_of
from detente.extraction.position_edges import trimmed
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Span

WAITING = frozenset({"without", "until", "before"})
STOPS = frozenset({",", ";", ":", ".", "–", "—"})
INVERTED = frozenset({"should", "were", "had"})  # "should talks fail"


def is_inverted(token: Token) -> bool:
    """Whether an auxiliary opens a condition by standing before its subject: "should talks fail"."""
    if token.lower_ not in INVERTED or token.dep_ not in ("aux", "cop", "aux:pass"):
        return False
    subjects = [c.i for c in token.head.children if base(c.dep_) == "nsubj"]
    return bool(subjects) and min(subjects) > token.i


def condition_under(tokens: Iterable[Token], openers: frozenset[str]) -> tuple[int, int] | None:
    """The first and last token of the condition at one of the heads: "unless", "as long as", "should talks fail"."""
    for token in tokens:
        for child in token.children:
            if is_condition(child, openers):
                return _condition_extent(child, openers)
        if (told := _in_return(token) or _as_long_as(token)) is not None:
            return told
        inverted = next((t for t in token.subtree if t.i > token.i and is_inverted(t)), None)
        if inverted is not None:
            return trimmed(token.doc, inverted.i, max(t.i for t in inverted.head.subtree))
    return None


def is_condition(clause: Token, openers: frozenset[str] = frozenset({"if", "unless"})) -> bool:
    """Whether a clause is a condition on its governor."""
    if base(clause.dep_) != "advcl":
        return False
    marks = [child for child in clause.children if child.dep_ in ("mark", "advmod", "case") and child.i < clause.i]
    words = {" ".join(part.lower_ for part in mark.subtree) for mark in marks} | {mark.lower_ for mark in marks}
    if words & openers or clause.lower_ in openers:
        after = (mark.nbor(1) for mark in marks if mark.i + 1 < len(mark.doc))
        return not any(token.lower_ in words_for("no condition") for token in after)
    return is_inverted(next((t for t in clause.subtree if not t.is_punct), clause))


def _condition_extent(clause: Token, openers: frozenset[str]) -> tuple[int, int]:
    tokens = [t.i for t in clause.subtree if not t.is_space]
    opening = next((t.i for t in clause.subtree if t.lower_ in openers and t.i < clause.i), tokens[0])
    return trimmed(clause.doc, opening, tokens[-1])


def _in_return(token: Token) -> tuple[int, int] | None:
    """What is asked for a deed: "to lift the ban | in return for guarantees", "in exchange for aid"."""
    for word in token.subtree:
        if word.i > token.i and is_exchange(word):
            rest = token.doc[word.i : word.sent.end]
            stop = next((t.i for t in rest if t.text in STOPS), word.sent.end)
            return trimmed(token.doc, word.i - 1, stop - 1) if stop > word.i + 2 else None
    return None


def _as_long_as(token: Token) -> tuple[int, int] | None:
    """A condition by its words where the parse takes them apart: "as long as he rules", "as soon as they go"."""
    doc = token.doc
    for word in token.subtree:
        if word.lower_ in ("long", "soon") and token.i < word.i < word.sent.end - 2 and word.nbor(1).lower_ == "as":
            stop = next((t.i for t in doc[word.i : word.sent.end] if t.text in STOPS), word.sent.end)
            return trimmed(doc, word.i - 1, stop - 1) if word.nbor(-1).lower_ in ("as", "so") else None
    return None


def is_exchange(word: Token) -> bool:
    """Whether a noun opens what is asked for a deed: "in [return] for", "on [condition] that"."""
    if word.lower_ in words_for("on condition") and word.i + 1 < len(word.doc):
        return case_of(word) == "on" and word.nbor(1).lower_ == "that"
    return word.lower_ in words_for("in return") and case_of(word) == "in"


def without(token: Token) -> tuple[int, int] | None:
    """What something refused waits for: "there can be no deal | without a withdrawal"."""
    for child in token.children:
        opens = [c for c in child.children if c.dep_ in ("case", "mark") and c.lower_ in WAITING]
        if child.i > token.i and opens:
            return trimmed(token.doc, opens[0].i, child.right_edge.i)
    return None


def within_speech(condition: Span, predicate: Token, reading: Reading) -> Span:
    """The condition up to where the words of whoever says so end: "if they agree | , the envoy said"."""
    end = condition.end
    for attribution in reading.attributions:
        for piece in attribution.content:
            if piece.start <= predicate.idx < piece.end and condition.start < piece.end < end:
                end = piece.end
    return reading.document.quote(condition.start, end)
