"""Verbs that the parse took for modifiers of the noun after them ("The minister proposed sanctions")."""

from detente.parsing.doc import Token

MODIFIERS = frozenset({"amod", "compound"})
VERBAL_ENDINGS = ("ed", "s", "en")


def lost_object(token: Token) -> Token | None:
    """The noun that such a verb governs, None where the token is a modifier indeed.

    The sign is a noun, pronoun or auxiliary before the verb inside the same noun phrase; a participle that modifies
    stands first in its own ("the proposed sanctions"), or after a possessive.
    """
    head = token.head
    if token.dep_ not in MODIFIERS or head.i < token.i or token.pos_ not in ("VERB", "ADJ", "AUX"):
        return None
    if not (token.lower_.endswith(VERBAL_ENDINGS) or token.lemma_ != token.lower_):
        return None
    before = [child for child in head.children if child.i < token.i and child.sent.start <= child.i]
    named = any(_may_be_subject(child) for child in before)
    return head if named and _has_no_verb(token) else None


def _may_be_subject(token: Token) -> bool:
    if token.pos_ == "PRON":
        return token.dep_ != "nmod:poss"
    return token.dep_ in ("compound", "aux", "nsubj") and token.pos_ in ("NOUN", "PROPN", "AUX")


def _has_no_verb(token: Token) -> bool:
    """Whether the noun phrase is no part of a clause with a verb before it."""
    root = token.head
    while root.dep_ in ("conj", "nmod", "compound", "appos") and root.head is not root:
        root = root.head
    return root.dep_ in ("ROOT", "nsubj", "nsubj:pass", "ccomp", "parataxis", "advcl", "conj", "obj")
