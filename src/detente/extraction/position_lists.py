"""Positions told as lists: "wants three things: an apology, ...", "its demands include a treaty"."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.extraction.clause import base, case_of, children
from detente.extraction.position_edges import trimmed
from detente.extraction.position_spans import Complement, extent
from detente.parsing.doc import Token


def with_list(complement: Complement) -> Complement:
    """The complement with the list that a colon opens behind it: "wants three things | : an apology and a treaty"."""
    doc, last = complement.head.doc, complement.last
    opens = last + 1 < complement.head.sent.end and doc[last + 1].text == ":"
    if not opens or complement.head.lemma_.lower() not in words_for("enumerated") or complement.is_clause:
        return complement
    return replace(complement, last=trimmed(doc, complement.first, complement.head.sent.end - 1)[1])


def listed(noun: Token) -> Complement | None:
    """What a noun is said to include or to be: "demands include a treaty", "among its demands are", "one is"."""
    doc = noun.doc
    if noun.lemma_.lower() not in words_for("asked for"):
        return None
    if noun.i + 2 < noun.sent.end and doc[noun.i + 1].text == ":":
        first, last = trimmed(doc, noun.i + 2, noun.sent.end - 1)
        return Complement(first, last, doc[first : last + 1].root)
    top = noun.head if base(noun.dep_) == "nmod" and noun.head.lower_ in words_for("one of") else noun
    clause = top.head
    if base(top.dep_) == "nsubj" and clause.lemma_.lower() in words_for("including") and clause.i > top.i:
        thing = next(children(clause, "obj"), None)
        return None if thing is None else Complement(*extent(thing), thing)
    among = top.dep_ == "obl" and case_of(top) == "among" and clause.i > top.i
    if among or (base(top.dep_) == "nsubj" and clause.i > top.i):
        return _named(clause, top)
    return None


def _named(noun: Token, before: Token) -> Complement | None:
    """A noun that the copula makes the matter: "its demand is [an end to the war]"."""
    copula = next((c for c in children(noun, "cop") if c.i > before.i), None)
    if copula is None or noun.pos_ not in ("NOUN", "PROPN") or any(children(noun, "case", "mark")):
        return None
    return Complement(copula.i + 1, max(noun.i, extent(noun)[1]), noun)
