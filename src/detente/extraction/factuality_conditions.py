"""The conditions a clause hangs on, and the clauses that are conditions themselves."""

from collections.abc import Iterator

from detente.codebook.factuality import Cue, CueKind, FactualityLexicon
from detente.extraction.clause import base, case_of, children, has
from detente.extraction.factuality_links import is_clausal
from detente.parsing.doc import Token

WHEN_DONE = frozenset({"until", "till", "once", "as"})  # with a past behind them they tell when, not on what condition
WOULD = frozenset({"would", "'d", "’d", "could", "might"})
INVERTED = frozenset({"should", "were", "had"})  # "Should talks fail, ...": a condition without "if"


def find_mark(token: Token, lexicon: FactualityLexicon) -> tuple[Cue, tuple[Token, ...]] | None:
    """The row of the word that opens the predicate's clause, with its words ("even if", "as long as")."""
    for child in children(token, "mark", "advmod"):
        if child.i > token.i:
            continue
        words = _opening(child, lexicon)
        found = lexicon.find(CueKind.MARK, " ".join(word.lower_ for word in words))
        if child.dep_ == "advmod" and len(words) == 1 and child.lower_ not in ("once", "if"):
            continue
        is_day = child.lower_ in WHEN_DONE and _is_over(token) and not _is_backshifted(token)
        if found and not is_day:
            return found[0], words
    provided = _proviso(token, lexicon)
    if provided is not None:
        return provided
    turned = _turned(token)
    return (lexicon.find(CueKind.MARK, "if")[0], (turned,)) if turned is not None else None


def _proviso(token: Token, lexicon: FactualityLexicon) -> tuple[Cue, tuple[Token, ...]] | None:
    """The participle that opens a condition: "provided that Chad leaves", also behind "he said,"."""
    above = token.head
    apart = above.dep_ in ("advcl", "ROOT") or (above.dep_ == "ccomp" and above.nbor(-1).text == ",")
    opens = apart and above.i < token.i and not any(children(above, "nsubj", "aux"))
    if token.dep_ != "ccomp" or not opens:
        return None
    found = lexicon.find(CueKind.MARK, above.lower_)
    return (found[0], (above,)) if found else None


def _is_backshifted(clause: Token) -> bool:
    """Whether a clause in the past tells what was still to come: "said it would wait until Chad left".

    So does one behind an infinitive of what somebody was ready for: "was ready to talk once Chad left".
    """
    above = clause.head if clause.head.pos_ in ("VERB", "AUX", "ADJ") else clause.head.head
    if any(aux.lower_ in WOULD for aux in children(above, "aux")):
        return True
    promise = above.dep_ == "xcomp" and any(mark.lower_ == "to" for mark in children(above, "mark"))
    return promise and any(has(word, "Tense", "Past") for word in (above.head, *children(above.head, "cop")))


def _turned(token: Token) -> Token | None:
    """The auxiliary before the subject of a condition without "if" ("should the island be attacked")."""
    if token.dep_ not in ("advcl", "ccomp", "xcomp", "acl"):
        return None
    subject = next(children(token, "nsubj", "nsubj:pass"), None)
    first = next(children(token, "aux", "aux:pass", "cop"), None)
    if subject is None or first is None or first.i > subject.i or first.lower_ not in INVERTED:
        return None
    return first if not any(word.text == "?" for word in token.sent) else None


def _opening(mark: Token, lexicon: FactualityLexicon) -> tuple[Token, ...]:
    """The mark with the words before or after it that make one row with it."""
    for length in (2, 1):
        start = mark.i - length
        words = tuple(mark.doc[start : mark.i + 1]) if start >= mark.sent.start else ()
        if words and lexicon.find(CueKind.MARK, " ".join(word.lower_ for word in words)):
            return words
    return (mark, *children(mark, "fixed"))


def _is_over(token: Token) -> bool:
    first = next(children(token, "aux", "aux:pass", "cop"), token)
    told = first is not token or any(children(token, "nsubj"))
    return told and has(first, "Tense", "Past") and has(first, "VerbForm", "Fin")


def condition_of(token: Token, lexicon: FactualityLexicon) -> tuple[Cue, tuple[Token, Token], tuple[Token, ...]] | None:
    """What the predicate's clause hangs on: the row, the first and last token, and the words that open it."""
    for child in _clauses_below(token):
        found = find_mark(child, lexicon) if is_clausal(child) else _by_preposition(child, lexicon)
        if found is None or not found[0].matrix or token.lemma_.lower() in found[0].governors_not:
            continue
        first, last = extent_of(child)
        opener = min(found[1], key=lambda word: word.i)
        return found[0], (opener if opener.i < first.i else first, last), found[1]
    inverted = inverted_condition(token)
    if inverted is not None and token.i > inverted[1].i and base(token.dep_) in ("ROOT", "parataxis", "advcl", "ccomp"):
        return lexicon.find(CueKind.MARK, "if")[0], inverted, (inverted[0],)
    return None


def _clauses_below(token: Token) -> Iterator[Token]:
    """Clauses and obliques that may be conditions, those below "as long" included."""
    for child in children(token, "advcl", "obl", "ccomp", "xcomp", "advmod"):
        if child.dep_ == "advmod":
            yield from children(child, "advcl")
        elif child.dep_ not in ("ccomp", "xcomp") or child.i > token.i:
            yield child


def _by_preposition(noun: Token, lexicon: FactualityLexicon) -> tuple[Cue, tuple[Token, ...]] | None:
    cases = [child for child in noun.children if child.dep_ == "case" and child.i < noun.i]
    words = [part for case in cases for part in (case, *children(case, "fixed"))]
    below = next((child for child in children(noun, "nmod") if case_of(child)), None)
    if below is not None:
        # "in case of an attack", read as a noun with a noun below it.
        inner = next(children(below, "case"))
        joined = [*words, *children(noun, "det"), noun, inner]
        found = lexicon.find(CueKind.PREPOSITION, " ".join(word.lower_ for word in joined))
        if found:
            return found[0], tuple(joined)
    found = tuple(cue for cue in lexicon.find(CueKind.PREPOSITION, case_of(noun)) if cue.matrix)
    return (found[0], tuple(words)) if found else None


def extent_of(token: Token) -> tuple[Token, Token]:
    """The first and last word of all that hangs at a token, closing punctuation left out."""
    words = [word for word in token.subtree if not word.is_space]
    while len(words) > 1 and words[-1].is_punct:
        words.pop()
    while len(words) > 1 and words[0].is_punct:
        words.pop(0)
    return words[0], words[-1]


def inverted_condition(token: Token) -> tuple[Token, Token] | None:
    """The first and last word of a condition by inversion that opens the sentence ("Should talks fail, ...")."""
    start, tokens = token.sent.start, token.doc.tokens
    while start < token.i and tokens[start].is_space:
        start += 1
    if tokens[start].lower_ not in INVERTED:
        return None
    sentence = [word for word in token.sent if not word.is_space]
    if len(sentence) < 3 or sentence[-1].text == "?":  # noqa: PLR2004
        return None
    comma = next((word for word in sentence if word.text == ","), None)
    return (sentence[0], comma.nbor(-1)) if comma is not None and comma.i > sentence[1].i else None


def is_inside_condition(token: Token) -> bool:
    """Whether the predicate stands in a condition by inversion."""
    extent = inverted_condition(token)
    return extent is not None and extent[0].i <= token.i <= extent[1].i
