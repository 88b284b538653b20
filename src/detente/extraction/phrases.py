"""Where the phrases of a lexicon stand in a parse."""

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Set
from typing import TypeVar

from detente.codebook.phrases import GAP, LONGEST_GAP, LOOSE_GAP, SKIPPED, Phrase, PhraseIndex
from detente.parsing.doc import Doc, Span, Token

Row = TypeVar("Row")

FORMS = "forms"  # where those of a token are kept with it
PLACES, STARTS = "places", "starts"  # where those of words and phrases are kept with the parse
LONGEST_ODD_PLURAL = 3  # "us", "gas": no plurals of one- and two-letter words


def forms_of(token: Token) -> tuple[str, ...]:
    """The lemma and the word as written in lower case, and of a plural noun the bare stem ("arms": "arm")."""
    forms: tuple[str, ...] | None = token.memo.get(FORMS)
    if forms is None:
        lower = token.lower_
        stem = token.pos_ in ("NOUN", "PROPN") and lower.endswith("s") and len(lower) > LONGEST_ODD_PLURAL
        lemma = token.lemma_.lower()
        forms = (lower,) if lemma == lower else (lemma, lower)
        forms += (lower[:-1],) if stem and lower[:-1] != lemma else ()
        token.memo[FORMS] = forms
    return forms


def beginning(words: Span, index: PhraseIndex[Row]) -> list[Token]:
    """The tokens among `words` at which a phrase of the index can begin, in text order: few of them."""
    memo = words.doc.user_data
    if STARTS not in memo:
        memo[STARTS] = {}
    starts: dict[PhraseIndex[Row], list[int]] = memo[STARTS]
    if index not in starts:
        at_form = places_of(words.doc)
        starts[index] = sorted({at for form in at_form.keys() & index.first_words for at in at_form[form]})
    places = starts[index]
    if not places:
        return []
    return [words.doc.tokens[at] for at in places[bisect_left(places, words.start) : bisect_left(places, words.end)]]


def tokens_with(parse: Doc, words: Set[str]) -> list[Token]:
    """The tokens of which a form is among the words, in text order."""
    at_form = places_of(parse)
    return [parse.tokens[at] for at in sorted({at for form in at_form.keys() & words for at in at_form[form]})]


def places_of(parse: Doc) -> dict[str, list[int]]:
    """The tokens of a parse by each of their forms."""
    memo = parse.user_data
    if PLACES not in memo:
        places: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(parse.tokens):
            for form in forms_of(token):
                places[form].append(at)
        memo[PLACES] = places
    found: dict[str, list[int]] = memo[PLACES]
    return found


def find_phrases(token: Token, index: PhraseIndex[Row], *, loose: bool = False) -> Iterator[tuple[Phrase[Row], Token]]:
    """The phrases that begin at a token with their last tokens, longest first; `loose` lets a word slip in between."""
    for phrase in index.starting_with(*forms_of(token)):
        last = _rest(token, phrase.words, 1, LOOSE_GAP if loose else 0)
        if last is not None:
            yield phrase, last


def match_phrase(token: Token, words: tuple[str, ...], *, loose: bool = False) -> Token | None:
    """The last token of a phrase that begins at `token`, None where the phrase does not stand there.

    Only the sentence of the token is looked at. Quotation marks are passed over.
    """
    if words[0] not in forms_of(token):
        return None
    return _rest(token, words, 1, LOOSE_GAP if loose else 0)


def _rest(token: Token, words: tuple[str, ...], position: int, slack: int) -> Token | None:
    """The last token of the words from `position` on, that follow `token` with at most `slack` tokens between.

    Of a wide gap each end is tried: "put … on hold" stands in "put tariffs on wine on hold".
    """
    if position == len(words):
        return token
    is_wide = words[position] == GAP
    word = words[position + is_wide]
    for after in itertools.islice(_following(token), (LONGEST_GAP if is_wide else slack) + 1):
        if word in forms_of(after):
            last = _rest(after, words, position + is_wide + 1, slack)
            if last is not None or not is_wide:
                return last
    return None


def _following(token: Token) -> Iterator[Token]:
    tokens = token.doc.tokens
    for at in range(token.i + 1, token.sent.end):
        after = tokens[at]
        if not after.is_space and after.text not in SKIPPED:
            yield after
