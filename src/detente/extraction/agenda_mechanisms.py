"""The name of the dialogue that an agenda item is a round of: as written there, else as the text named it before."""

import functools
import re

from detente.codebook.mechanisms import load_mechanism_words
from detente.extraction.agenda_triggers import Trigger
from detente.extraction.clause import children
from detente.extraction.reading import Reading
from detente.parsing.doc import Token

POINTING = frozenset({"the", "that", "this"})


def mechanism_name(trigger: Trigger, reading: Reading) -> str | None:
    """The capitalised name that ends in the trigger ("Strategic and Economic Dialogue"), for dialogues alone.

    "The next round of the dialogue" and "that round" are of the dialogue that the text named last.
    """
    if trigger.kind != "dialogue":
        return None
    written = _written(trigger.token)
    if written is not None or trigger.token.text[:1].isupper():
        return written
    return _named_before(trigger.token, reading) if _points(trigger.token) else None


def _written(token: Token) -> str | None:
    if not token.text[:1].isupper():
        return None
    doc, first = token.doc, token.i
    while first > token.sent.start and (doc[first - 1].text[:1].isupper() or doc[first - 1].lower_ in ("and", "&")):
        first -= 1
    while first < token.i and doc[first].lower_ in ("the", "and"):
        first += 1
    return str(doc[first : token.i + 1].text) if first < token.i else None


def _points(noun: Token) -> bool:
    """Whether it takes up what was named: "the dialogue", "that round", "the next round of the dialogue"."""
    below = list(children(noun, "nmod"))
    plain = {child.dep_ for child in noun.children if child.pos_ in ("NOUN", "PROPN", "ADJ")} - {"nmod", "amod"}
    if plain or any(child.lower_ not in _numbering() for child in children(noun, "amod", "compound")):
        return False
    pointing = any(child.lower_ in POINTING for child in noun.children)
    if below:
        return any(_is_mechanism(n) and any(c.lower_ in POINTING for c in n.children) for n in below)
    return pointing


def _is_mechanism(noun: Token) -> bool:
    return any(noun.lemma_.lower() == row.head for row in load_mechanism_words().nouns)


@functools.cache
def _numbering() -> frozenset[str]:
    return frozenset({"next", "new", *load_mechanism_words().numbers})


def _named_before(token: Token, reading: Reading) -> str | None:
    found = list(_name().finditer(reading.document.text, 0, token.idx))
    return found[-1].group("name") if found else None


@functools.cache
def _name() -> re.Pattern[str]:
    heads = "|".join(sorted({row.head.capitalize() for row in load_mechanism_words().nouns}))
    word = r"[A-Z][\w’'-]*"
    return re.compile(rf"(?<![\w.])(?!The\b)(?P<name>(?:{word} (?:(?:and|&) )?){{1,7}}(?:{heads}))\b")
