"""Which dates of a clause do not say when its predicate took place: when it was told, since when it was the first."""

from detente.codebook.dates import date_lexicon
from detente.extraction.reading import Attribution, Reading
from detente.mentions.mention import DateMention
from detente.parsing.doc import Token

BEFORE_DAY = frozenset({"on", "late", "early", "in", "at", "from"})  # between who speaks and the day
SINCE, FOLLOW = "since", "follow"
PERFECT = frozenset({"have", "has", "had", "’ve", "'ve", "having"})
PHRASE_REACH = 15  # characters at most from a speaker to the day: " late on "


def without_day(tokens: list[Token]) -> list[Token]:
    """A speaker's words without the day behind them ("the agency on Monday"); "the Sunday Times" keeps its own."""
    days = date_lexicon()
    for at, token in enumerate(tokens):
        is_day = token.lower_ in days.weekdays or token.lower_ in days.deictic_days
        if not is_day or at == 0 or _is_within_name(tokens, at):
            continue
        first = at
        while first > 1 and tokens[first - 1].lower_ in BEFORE_DAY:
            first -= 1
        return tokens[:first]
    return tokens


def _is_within_name(tokens: list[Token], at: int) -> bool:
    """Whether a day is the beginning of a name or a description: "the Sunday Times", "the Friday statement"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.pos_ in ("NOUN", "PROPN") and tokens[at - 1].lower_ not in BEFORE_DAY


def is_of_telling(date: DateMention, token: Token, reading: Reading) -> bool:
    """Whether a date stands with a phrase that says whose word it is: "according to the agency on Monday, ..."."""
    return any(
        _stands_with(date, told) and any(piece.start <= token.idx < piece.end for piece in told.content)
        for told in reading.attributions
    )


def _stands_with(date: DateMention, told: Attribution) -> bool:
    """Whether a date follows the speaker of "according to", outside what is told."""
    if told.cue is None or told.speaker is None or told.cue.end > told.speaker.start:
        return False
    if not 0 <= date.start - told.speaker.end <= PHRASE_REACH:
        return False
    return not any(piece.start < date.end and date.start < piece.end for piece in told.content)


def is_apart(date: Token, preposition: str | None, predicate: Token) -> bool:
    """Whether a date beside a predicate is that of something else, which it came after.

    "Was the first since May" (but "has been closed since May" holds since then), "followed a pact two months ago".
    """
    if preposition == SINCE:
        return not any(child.lower_ in PERFECT for child in predicate.children)
    behind = (child.i for child in predicate.children if child.dep_ == "obj")
    return predicate.lemma_.lower() == FOLLOW and any(predicate.i < at < date.i for at in behind)
