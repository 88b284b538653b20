"""Questions and orders: clauses whose mood says that they tell no happening."""

from detente.extraction.clause import base, has
from detente.parsing.doc import Token
from detente.records import Factuality

ASKED = frozenset({Factuality.HAPPENED, Factuality.ONGOING, Factuality.PLANNED, Factuality.DENIED})
ASKING = frozenset({"what", "who", "why", "how", "when", "where", "which", "whose"})
THIRD = frozenset({"it", "he", "she"})
LAST_WORDS = 3  # of a sentence: where its question mark stands, closing quotation marks behind it
BEFORE_ORDERS = frozenset({"advmod", "discourse", "aux", "vocative"})


def is_asked(token: Token, factuality: Factuality | None) -> bool:
    """Whether the clause is a question that can be answered by yes or no; "Why did X?" takes the deed for granted."""
    sentence = [word for word in token.sent if not word.is_space]
    if factuality not in ASKED or not any(word.text == "?" for word in sentence[-LAST_WORDS:]):
        return False
    around = [token, *(word for child in token.children for word in (child, *child.children))]
    return not any(has(word, "PronType", "Int") or word.lower_ in ASKING for word in around)


def is_order(token: Token) -> bool:
    """Whether the verb is an imperative at the start of a sentence or quotation."""
    if token.pos_ != "VERB" or not (has(token, "VerbForm", "Inf") or has(token, "Mood", "Imp")):
        return False
    if any(base(child.dep_) == "nsubj" or _is_tensed(child) for child in token.children):
        return False
    return all(word.head == token and word.dep_ in BEFORE_ORDERS for word in _words_before(token))


def is_subjunctive(token: Token) -> bool:
    """Whether a clause says what is to be: "that it be lifted", "demanded that Chad lift it"."""
    if token.pos_ not in ("VERB", "AUX") or not (token.dep_ == "ccomp" or _says_that(token)):
        return False
    helpers = [child.lower_ for child in token.children if child.dep_ in ("aux", "aux:pass", "cop")]
    subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass")), None)
    if subject is None or helpers:
        return subject is not None and helpers == ["be"]
    third = subject.lower_ in THIRD or (subject.pos_ in ("NOUN", "PROPN") and has(subject, "Number", "Sing"))
    several = any(child.dep_ == "conj" for child in subject.children)
    bare = token.lower_ == token.lemma_.lower() and not has(token, "Tense", "Past") and _says_that(token)
    return third and bare and not several


def _says_that(token: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in token.children)


def _is_tensed(child: Token) -> bool:
    """Whether the child is an auxiliary other than that of "Do not sign"."""
    return child.dep_ in ("aux", "aux:pass", "mark") and child.lower_ != "do"


def _words_before(token: Token) -> list[Token]:
    """What stands between the opening of the sentence, quotation or after a colon, and the token."""
    before = []
    for at in range(token.i - 1, token.sent.start - 1, -1):
        word = token.doc[at]
        if word.text == ":" or (word.is_quote and not word.whitespace_):
            if at > token.sent.start and token.doc[at - 1].lower_ == "to":
                before.append(token.doc[at - 1])  # "does not want to 'decouple'"
            break
        if not word.is_space and not word.is_punct:
            before.append(word)
    return before
