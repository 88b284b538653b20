"""The row of the lexicon that governs a predicate: its mark, its preposition or the word it is a complement of."""

from detente.codebook.factuality import Cue, CueKind, FactualityLexicon
from detente.extraction.clause import case_of, children, has
from detente.extraction.factuality_conditions import find_mark
from detente.extraction.factuality_links import Link, is_clausal, marker, phrases_of
from detente.extraction.factuality_mood import ASKING
from detente.parsing.doc import Token
from detente.records import Factuality

Governing = tuple[Cue, tuple[Token, ...]]
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def find_governing(token: Token, link: Link, lexicon: FactualityLexicon) -> Governing | None:
    """The row that decides what the predicate inherits over this link, with its words; None where no row speaks."""
    marked = find_mark(token, lexicon) if is_clausal(token) and not link.flat else None
    if marked is not None:
        return marked
    return _phrase(token, link, lexicon) or _governor(token, link, lexicon) or _preposition(token, link, lexicon)


def _governor(token: Token, link: Link, lexicon: FactualityLexicon) -> Governing | None:
    governor = link.governor
    for role in link.roles:
        for phrase in phrases_of(governor):
            for cue in lexicon.find(CueKind.GOVERNOR, phrase):
                if role in cue.over and _fits(cue, token, governor) and not _is_question(cue, token):
                    return cue, _words(governor, phrase)
    return None


def _fits(cue: Cue, token: Token, governor: Token) -> bool:
    """Whether the row's restrictions hold."""
    lemma = token.lemma_.lower()
    if (cue.nouns and lemma not in cue.nouns) or lemma in cue.nouns_not or (cue.topic and lemma not in cue.topic):
        return False
    if cue.pos and governor.pos_ != cue.pos:
        return False
    if cue.definite is not None and not is_clausal(token) and is_definite(token) is not cue.definite:
        return False
    if cue.adjacent and not _is_adjacent(token, governor):
        return False
    return cue.tense is None or (cue.tense == "past") is _is_past(governor)


def _is_question(cue: Cue, token: Token) -> bool:
    """Whether a clause takes what is asked about for granted: "asked why Chad had left" asks nobody to leave."""
    if cue.gives is not Factuality.DEMANDED or not is_clausal(token):
        return False
    return any(child.lower_ in ASKING and child.i < token.i for child in token.children)


def _is_adjacent(token: Token, governor: Token) -> bool:
    """Whether nothing but a particle stands between a governor and the "to" of its infinitive ("went on to sign")."""
    to = marker(token)
    if to is None:
        return True
    between = governor.doc[governor.i + 1 : to.i]
    return all(word.head == governor and word.dep_ in ("compound:prt", "advmod") for word in between)


def is_definite(token: Token) -> bool:
    """Whether a noun is taken as known: definite article, demonstrative, possessive, or a name."""
    return token.pos_ == "PROPN" or any(
        child.lower_ in DEFINITE or child.dep_ == "nmod:poss" for child in token.children if child.i < token.i
    )


def _is_past(governor: Token) -> bool:
    first = next(children(governor, "aux", "aux:pass", "cop"), None)
    if first is None:
        return has(governor, "Tense", "Past")
    return has(first, "Tense", "Past") and not has(first, "VerbForm", "Part")


def _words(governor: Token, phrase: str) -> tuple[Token, ...]:
    """The governor, with its particle where that is part of the row ("ruled out")."""
    parts = phrase.split(" ")[1:]
    below = [child for child in governor.children if child.i > governor.i]
    below += [case for child in below if child.dep_ == "obl" for case in children(child, "case")]
    return (governor, *(child for child in below if child.lower_ in parts))


def _phrase(token: Token, link: Link, lexicon: FactualityLexicon) -> Governing | None:
    """A preposition of several words that the parse reads as a noun or adverb: "in case of", "ahead of"."""
    openers = [child for child in children(token, "case") if child.i < token.i]
    if is_clausal(token) or not openers or link.governor.i > token.i:
        return None
    around = [word for word in link.governor.children if word.i < link.governor.i and word.dep_ in ("case", "det")]
    for words in ((*around, link.governor, *openers), (link.governor, *openers)):
        for cue in lexicon.find(CueKind.PREPOSITION, " ".join(word.lower_ for word in words)):
            return cue, words
    return None


def find_joint(token: Token, lexicon: FactualityLexicon) -> Governing | None:
    """The row of a conjunction that turns its conjunct round ("rather than send"), with its words."""
    for child in children(token, "cc"):
        words = (child, *children(child, "fixed"))
        for cue in lexicon.find(CueKind.PREPOSITION, " ".join(word.lower_ for word in words)):
            return cue, words
    return None


def _preposition(token: Token, link: Link, lexicon: FactualityLexicon) -> Governing | None:
    case = case_of(token) or next((role[3:] for role in link.roles if role.startswith("of:")), "")
    openers = [child for child in token.children if child.dep_ in ("case", "mark") and child.i < token.i]
    words = tuple(part for child in openers for part in (child, *children(child, "fixed")))
    for cue in lexicon.find(CueKind.PREPOSITION, case):
        if not cue.governors or link.governor.lemma_.lower() in cue.governors:
            return cue, words
    return None
