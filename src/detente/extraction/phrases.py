"""Where the phrases of a lexicon stand in a parse."""

import itertools
from collections.abc import Iterator
from typing import TypeVar

from detente.codebook.phrases import GAP, LONGEST_GAP, LOOSE_GAP, SKIPPED, Phrase, PhraseIndex
from detente.parsing.doc import Token

Row = TypeVar("Row")

FORMS = "forms"  # where those of tokens are kept beside the parse
LONGEST_ODD_PLURAL = 3  # "us", "gas": no plurals of one- and two-letter words


def forms_of(token: Token) -> tuple[str, ...]:
    """The lemma and the word as written in lower case, and of a plural noun the bare stem ("arms": "arm")."""
    forms: tuple[str, ...] | None = token.memo.get(FORMS)
    if forms is None:
        lower = token.lower_
        stem = token.pos_ in ("NOUN", "PROPN") and lower.endswith("s") and len(lower) > LONGEST_ODD_PLURAL
        forms = (token.lemma_.lower(), lower, lower[:-1]) if stem else (token.lemma_.lower(), lower)
        token.memo[FORMS] = forms
    return forms


def find_phrases(token: Token, index: PhraseIndex[Row], *, loose: bool = False) -> Iterator[tuple[Phrase[Row], Token]]:
    """The phrases that begin at a token with their last tokens, longest first; `loose` lets a word slip in between."""
    for phrase in index.starting_with(*forms_of(token)):
        last = match_phrase(token, phrase.words, loose=loose)
        if last is not None:
            yield phrase, last


def match_phrase(token: Token, words: tuple[str, ...], *, loose: bool = False) -> Token | None:
    """The last token of a phrase that begins at `token`, None where the phrase does not stand there.

    Only the sentence of the token is looked at. Quotation marks are passed over.
    """
    if words[0] not in forms_of(token):
        return None
    at, slack = token, LOOSE_GAP if loose else 0
    position = 1
    while position < len(words):
        gap = LONGEST_GAP if words[position] == GAP else slack
        position += words[position] == GAP
        found = _next(at, words[position], gap)
        if found is None:
            return None
        at, position = found, position + 1
    return at


def _next(token: Token, word: str, gap: int) -> Token | None:
    """The nearest token after `token` that is the word, with at most `gap` tokens between."""
    near = itertools.islice(_following(token), gap + 1)
    return next((after for after in near if word in forms_of(after)), None)


def _following(token: Token) -> Iterator[Token]:
    doc, end = token.doc, token.sent.end
    for i in range(token.i + 1, end):
        if not doc[i].is_space and doc[i].text not in SKIPPED:
            yield doc[i]
