"""What a predicate hangs at, and in which role: the steps outward along the clause chain."""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.factuality import CueKind, FactualityLexicon
from detente.extraction.clause import base, case_of, children, has, once
from detente.parsing.doc import Token
from detente.records import Factuality

AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
SKIPPED = frozenset({"PART", "ADV"})  # between a governor and its "to": "plans not to", "due soon to"
NEAR_TO = 7  # tokens from an infinitive back to its "to" at most
# Relations that settle the role of a clause by themselves, and those that do once its form has been looked at.
FIXED_ROLES = {
    "conj": "conj",
    "acl:relcl": "relative",
    "advcl:relcl": "relative",
    "nsubj:pass": "object",
    "csubj:pass": "object",
    "nsubj": "subject",
}
LATE_ROLES = {
    "advcl": ("adverbial",),
    "acl": ("participle",),
    "amod": ("participle",),
    "compound": ("participle",),
    "ccomp": ("that",),
    "xcomp": ("that",),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A step outward: the word a predicate depends on and the roles it may have there, the likeliest first.

    `flat`: the governor stands in the predicate's own verb group ("is due to meet" read as one group).
    """

    governor: Token
    roles: tuple[str, ...]
    flat: bool = False


@once
def is_clausal(token: Token) -> bool:
    """Whether the word heads a clause of its own: a verb, or a nominal or adjective with a copula."""
    if any(child.dep_ in AUXILIARIES for child in token.children):
        return True
    if token.dep_ == "acl:relcl":
        return True
    return token.pos_ in ("VERB", "AUX") or (token.pos_ not in ("PROPN", "PRON") and base(token.dep_) in CLAUSAL)


CLAUSAL = frozenset({"ccomp", "advcl", "csubj"})


@once
def marker(token: Token) -> Token | None:
    """The "to" of an infinitive: right before it, auxiliaries, adverbs and quotation marks between them apart."""
    if token.pos_ not in ("VERB", "AUX"):
        return next((child for child in children(token, "mark") if child.lower_ == "to" and child.i < token.i), None)
    if token.is_sent_start or is_gerund(token):
        return None
    for at in range(token.i - 1, max(token.i - NEAR_TO, -1), -1):
        word = token.doc.tokens[at]
        if word.lower_ == "to":
            return word if word.pos_ == "PART" or word.dep_ == "mark" else None
        between = word.pos_ in SKIPPED or word.is_quote or (word.dep_ in AUXILIARIES and word.head == token)
        if not between or word.is_sent_start:
            return None
    return None


@once
def is_gerund(token: Token) -> bool:
    """Whether the verb is a bare -ing form."""
    if any(child.dep_ in ("aux", "aux:pass") for child in token.children):
        return any(
            child.dep_ in ("aux", "aux:pass") and child.lower_ in ("being", "having") for child in token.children
        )
    return token.lower_.endswith("ing") and not has(token, "VerbForm", "Fin")


def link_of(token: Token, lexicon: FactualityLexicon) -> Link | None:
    """The step outward from a predicate; None at the root."""
    wanted = _wanted(token, lexicon)
    if wanted is not None:
        return wanted
    near = _left_governor(token, lexicon) or _verb_over(token, lexicon)
    if near is not None:
        flat = near.head == token or near in token.subtree
        return Link(near, _infinitive_roles(token, near), flat=flat)
    if token.dep_ == "ROOT" or token.head == token:
        return None
    if is_clausal(token):
        return _left_noun_of(token, lexicon) or _of_verb(token, lexicon) or _clause_link(token)
    return _left_noun(token, lexicon) or Link(token.head, _noun_roles(token))


def _left_noun(token: Token, lexicon: FactualityLexicon) -> Link | None:
    """The step to the noun before a preposition where it takes that preposition ("gave its approval for the sale")."""
    case = next((child for child in children(token, "case") if child.i < token.i), None)
    if case is None or case.i == token.sent.start or case.nbor(-1).pos_ != "NOUN" or case.nbor(-1) == token.head:
        return None
    noun, role = case.nbor(-1), f"of:{case.lower_}"
    opening = [child.lower_ for child in children(noun, "case") if child.i < noun.i]
    phrase = " ".join([*opening, noun.lower_, case.lower_])
    takes = any(role in cue.over for cue in lexicon.find(CueKind.GOVERNOR, noun.lemma_.lower()))
    return Link(noun, (role,)) if takes or lexicon.find(CueKind.PREPOSITION, phrase) else None


def _left_noun_of(gerund: Token, lexicon: FactualityLexicon) -> Link | None:
    """The step from a gerund to the noun before its preposition where the parse hangs it at the noun's verb.

    "Cast doubts about reaching a deal": the doubts govern, not the casting.
    """
    if gerund.dep_ != "advcl" or not is_gerund(gerund):
        return None
    mark = next(children(gerund, "mark", "case"), None)
    if mark is None or mark.i == mark.sent.start or mark.i > gerund.i or mark.nbor(-1).pos_ not in ("NOUN", "ADJ"):
        return None
    noun, role = mark.nbor(-1), f"of:{mark.lower_}"
    takes = any(role in cue.over for cue in lexicon.find(CueKind.GOVERNOR, noun.lemma_.lower()))
    return Link(noun, (role,)) if takes and noun != gerund.head else None


def _left_governor(token: Token, lexicon: FactualityLexicon) -> Token | None:
    """The word right before "to" where it takes infinitives: it governs, whatever the parse says."""
    to = marker(token)
    if to is None or to.i == token.sent.start:
        return None
    at = to.i - 1
    if token.doc[at].lower_ == "but" and at > token.sent.start:
        at -= 1  # "no choice but to accept"
    elif token.dep_ == "conj":
        return None
    while at > token.sent.start and token.doc[at].pos_ in SKIPPED and not _takes_infinitives(token.doc[at], lexicon):
        at -= 1
    word = token.doc[max(at, token.sent.start)]
    if word == token.head or word.pos_ in ("AUX", "PROPN", "PRON", "PUNCT", "DET"):
        return None
    return word if _takes_infinitives(word, lexicon) else None


def _verb_over(token: Token, lexicon: FactualityLexicon) -> Token | None:
    """The verb that takes the infinitive where the parse hangs it at the verb's object ("told the press to leave")."""
    if token.dep_ != "acl" or marker(token) is None or _takes_infinitives(token.head, lexicon):
        return None
    noun = token.head
    while noun.dep_ in ("nmod", "conj") and noun.head.pos_ in NOMINAL:
        noun = noun.head
    others = any("infinitive_other" in cue.over for cue in lexicon.find(CueKind.GOVERNOR, noun.head.lemma_.lower()))
    return noun.head if others and noun.dep_ in ("obj", "iobj") and noun.head.pos_ == "VERB" else None


def _of_verb(token: Token, lexicon: FactualityLexicon) -> Link | None:
    """The step from a gerund that the parse hangs at an object to the verb it belongs to ("accused Rome of hiding")."""
    verb = token.head.head
    if token.dep_ not in ("acl", "nmod") or not is_gerund(token) or token.head.dep_ not in ("obj", "iobj"):
        return None
    roles = tuple(_case_roles(token))
    own = lexicon.find(CueKind.GOVERNOR, token.head.lemma_.lower())
    if any(role in cue.over for role in roles for cue in own):
        return None  # "voiced hope of reaching a deal": it is the hope that governs
    cues = lexicon.find(CueKind.GOVERNOR, verb.lemma_.lower())
    return Link(verb, roles) if any(role in cue.over for role in roles for cue in cues) else None


def _wanted(token: Token, lexicon: FactualityLexicon) -> Link | None:
    """The step from a participle behind an object to the verb that wants it so ("wants the tariffs lifted")."""
    if token.dep_ != "acl" or not has(token, "Tense", "Past") or token.head.dep_ != "obj":
        return None
    verb, closed = token.head.head, token.i == token.head.i + 1
    cues = lexicon.find(CueKind.GOVERNOR, verb.lemma_.lower())
    wants = any(cue.gives is Factuality.DEMANDED and {"object", "that"} <= cue.over for cue in cues)
    return Link(verb, ("infinitive_other", "that")) if closed and wants else None


def _takes_infinitives(word: Token, lexicon: FactualityLexicon) -> bool:
    return any("infinitive" in cue.over for cue in lexicon.find(CueKind.GOVERNOR, word.lemma_.lower()))


def _infinitive_roles(token: Token, governor: Token) -> tuple[str, ...]:
    others = any(child.dep_ in ("nsubj", "nsubj:pass") for child in token.children) and token.dep_ != "ROOT"
    others = others or any(child.i < token.i for child in children(governor, "obj", "iobj"))
    others = others or any(child.dep_ in ("aux:pass", "nsubj:pass") for child in governor.children)
    return ("infinitive_other", "infinitive", "purpose") if others else ("infinitive", "purpose")


def _is_small(token: Token) -> bool:
    """Whether a clause has no tense of its own ("wants the ship returned", "saw it leave")."""
    if any(child.dep_ in AUXILIARIES for child in token.children):
        return False
    return (token.dep_ == "xcomp" and not has(token, "VerbForm", "Fin")) or has(token, "VerbForm", "Part")


def _clause_link(token: Token) -> Link | None:
    relation = base(token.dep_)
    if relation == "parataxis":
        return None
    fixed = FIXED_ROLES.get(token.dep_) or FIXED_ROLES.get(relation)
    if fixed is not None:
        return Link(token.head, (fixed,))
    if marker(token) is not None:
        return Link(token.head, _infinitive_roles(token, token.head))
    return Link(token.head, _form_roles(token, relation))


def _form_roles(token: Token, relation: str) -> tuple[str, ...]:
    """The roles of a clause by its form, where its relation leaves them open."""
    if relation == "csubj":
        return ("that", "subject") if token.head.i < token.i else ("subject",)
    if is_gerund(token):
        roles = (*_case_roles(token), "gerund" if relation != "advcl" else "adverbial")
        return ("gerund", *roles) if roles == ("adverbial",) and token.i == token.head.i + 1 else roles
    if relation == "xcomp" and has(token, "Tense", "Past") and _is_small(token):
        return ("participle", "infinitive_other", "infinitive", "that")
    if relation in ("xcomp", "ccomp") and _is_small(token):
        return ("infinitive_other", "infinitive", "that")
    if relation == "acl" and any(child.lower_ == "that" for child in children(token, "mark")):
        return ("that",)
    return LATE_ROLES.get(relation) or _noun_roles(token)


def _case_roles(token: Token) -> Iterator[str]:
    for child in children(token, "mark", "case"):
        yield "of:" + " ".join([child.lower_, *(part.lower_ for part in children(child, "fixed"))])


def _noun_roles(token: Token) -> tuple[str, ...]:
    relation = token.dep_
    if relation in ("obj", "iobj", "nsubj:pass", "xcomp", "ccomp"):
        return ("object",)
    if relation in ("nsubj", "nsubj:outer"):
        return ("subject",)
    if relation == "conj":
        return ("conj",)
    if base(relation) in ("obl", "nmod", "advcl", "acl"):
        case = case_of(token) or next((role[3:] for role in _case_roles(token)), "")
        return (f"of:{case}",) if case else ("noun",)
    return ("compound",) if relation in ("compound", "amod") else ("noun",)


def phrases_of(governor: Token) -> list[str]:
    """The words a governor may stand under in the lexicon: with particle or preposition ("rule out"), then alone."""
    lemma = governor.lemma_.lower()
    after = [child for child in governor.children if child.i > governor.i]
    pairs = [
        f"{lemma} {child.lower_}"
        for child in after
        if child.dep_ in ("compound:prt", "advmod", "xcomp") or child.pos_ == "ADP"
    ]
    pairs += [f"{lemma} {case_of(child)}" for child in after if child.dep_ == "obl"]
    return list(dict.fromkeys([*pairs, lemma, governor.lower_]))
