"""What a position is about: what its words name, else what they point back to, else what the text is about."""

from collections.abc import Iterator

from detente.codebook.constructions import words_for
from detente.extraction.clause import children
from detente.extraction.issues import MOST, find_issues, is_setting, issues_called, issues_within, main_issue_at
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Issue, Passage, Span

POINTING = frozenset({"this", "that", "these", "those", "such", "it", "they", "them", "you", "us", "him", "her"})
TAKEN_UP = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "both", "any"})
OTHERS = frozenset({"their", "his", "her"})
RECALLED = 12  # passages back in which a thing was named that is now only called "the ban"
ANSWERED = 2  # passages back in which a proposal was made that is now only called "the proposal"


def find_matters(
    reading: Reading, proposition: Span, condition: Span | None, tokens: list[Token], passage: Passage
) -> tuple[Issue, ...]:
    """At most three, the most specific first; what only the condition names comes after what it is asked for.

    A thing of which nothing more is said ("the ban", "the offer", "them") is what it was called before.
    """
    start, end = _without(proposition, condition)
    named = issues_within(reading, start, end)
    own = find_issues(reading, start, end)
    if _matters(named) or _is_governed(own, reading, passage):
        later = issues_within(reading, condition.start, condition.end) if condition else ()
        return _once(*own, *later) if own == named else own
    recalled = _recalled(reading, [token for token in tokens if start <= token.idx < end], passage)
    if recalled or _matters(own):
        return _once(*recalled, *own)
    main = main_issue_at(reading, passage)
    return _once(*([main] if main else ()), *own)


def _without(proposition: Span, condition: Span | None) -> tuple[int, int]:
    """The characters of a proposition but those of a condition at its end."""
    if condition is not None and proposition.start < condition.start < proposition.end:
        return proposition.start, condition.start
    return proposition.start, proposition.end


def _is_governed(own: tuple[Issue, ...], reading: Reading, passage: Passage) -> bool:
    """Whether the heading says what it is about."""
    return bool(_matters(own)) and own[0] not in issues_within(reading, passage.start, passage.end)


def _once(*issues: Issue) -> tuple[Issue, ...]:
    return tuple(dict.fromkeys(issues))[:MOST]


def _recalled(reading: Reading, tokens: list[Token], passage: Passage) -> tuple[Issue, ...]:
    """The matters of the sentence in which what the words only point to was named; may be empty."""
    noun = next((token for token in tokens if token.pos_ in ("NOUN", "PROPN") and _is_what(token, tokens)), None)
    if noun is None:
        points = any(token.lower_ in POINTING for token in tokens)
        return _answered(reading, passage) if points else ()
    begins = {child.lower_ for child in children(noun, "det", "nmod:poss", "det:predet")} & TAKEN_UP
    if not begins:
        return ()
    if noun.lemma_.lower() in words_for("answered"):
        return _answered(reading, passage)
    recalled = _named_before(reading, passage, noun.lemma_.lower())
    return recalled or (_answered(reading, passage) if begins & OTHERS else ())  # "their release"


def _is_what(token: Token, tokens: list[Token]) -> bool:
    """Whether a noun is what is held, or its subject or object: not a time, not a part of a name."""
    return token.dep_ in ("obj", "nsubj", "nsubj:pass") or not any(token.head == other for other in tokens)


def _named_before(reading: Reading, passage: Passage, lemma: str) -> tuple[Issue, ...]:
    """What a thing that is only called by its noun now was when it was last named, best where the noun names it."""
    text = reading.document.text
    naming = [p for p in _before(reading, passage, RECALLED) if lemma in text[p.start : p.end].lower()]
    called = (issues_called(reading, p.start, p.end, lemma) for p in naming)
    return next(filter(None, map(_matters, called)), ()) or next(
        filter(None, (_matters(issues_within(reading, p.start, p.end)) for p in naming)), ()
    )


def _answered(reading: Reading, passage: Passage) -> tuple[Issue, ...]:
    """The matters of the nearest sentence before it that names an issue."""
    found = (issues_within(reading, p.start, p.end) for p in _before(reading, passage, ANSWERED))
    return _matters(next(filter(None, found), ()))


def _matters(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    return tuple(issue for issue in issues if not is_setting(issue))


def _before(reading: Reading, passage: Passage, most: int) -> Iterator[Passage]:
    """The passages before it under the same heading, the nearest first."""
    number = reading.passages.index(passage)
    for before in reversed(reading.passages[max(0, number - most) : number]):
        if before.heading == passage.heading and not before.from_title:
            yield before
