"""What dates and words for bygone times say of a predicate: history, or a day that is still to come."""

from detente.codebook.factuality import FactualityLexicon
from detente.extraction.clause import children, predicate_of
from detente.extraction.clause_dates import dates_in, when_of
from detente.extraction.factuality_links import is_clausal
from detente.extraction.reading import Reading
from detente.mentions.mention import DateMention
from detente.parsing.doc import Span, Token
from detente.records import When

ERAS = "eras"  # where the words for bygone times are kept beside the parse
RECENT_YEARS = 1  # a year further back than this from the year of publication is history


def date_of(token: Token, reading: Reading) -> DateMention | None:
    """The date expression that dates the predicate; of a noun only one that hangs at it ("the visit in June")."""
    near = dates_in(token.sent, reading)
    if not near:
        return None
    if is_clausal(token):
        when = when_of(token, reading)
        inside = (date for date in reading.dates if date.when is when)
        return next(inside, None)
    return next((date for date in near if _top(date, token).head == token), None)


def is_since(date: DateMention, token: Token) -> bool:
    """Whether the date stands in a phrase with "since": what it dates goes on after it."""
    top = _top(date, token)
    beside = (at for at in (top, top.head) if at != token)
    return any(word.lower_ == "since" for at in beside for word in children(at, "case", "mark"))


def is_past_history(when: When, reading: Reading) -> bool:
    """Whether the date lies more than a year before the year of publication."""
    if reading.known_on is None or when.latest is None:
        return False
    return when.latest.year < reading.known_on.year - RECENT_YEARS


def is_to_come(when: When, reading: Reading) -> bool:
    """Whether all of the date lies after publication."""
    return reading.known_on is not None and when.earliest is not None and when.earliest > reading.known_on


def era_of(token: Token, lexicon: FactualityLexicon) -> tuple[str, tuple[Token, ...]] | None:
    """The row and words that put the predicate's own clause into history ("during the Cold War")."""
    found = _eras_in(token.sent, lexicon)
    if not found:
        return None
    owner = token if is_clausal(token) else predicate_of(token)
    for id_, span in found:
        if predicate_of(span.root) == owner or span.root.head == token:
            return id_, tuple(span)
    return None


def _eras_in(sentence: Span, lexicon: FactualityLexicon) -> list[tuple[str, Span]]:
    """The rows and words of eras in a sentence; worked out once, since each of its predicates asks."""
    memo: dict[int, list[tuple[str, Span]]] = sentence.doc.user_data.setdefault(ERAS, {})
    if sentence.start not in memo:
        text, at = sentence.text, sentence.start_char
        eras = lexicon.eras if lexicon.any_era.search(text) else ()
        matches = ((cue.id, match) for pattern, cue in eras for match in pattern.finditer(text))
        spans = (
            (id_, sentence.doc.char_span(at + match.start(), at + match.end(), alignment_mode="expand"))
            for id_, match in matches
        )
        memo[sentence.start] = [(id_, span) for id_, span in spans if span is not None]
    return memo[sentence.start]


def words_of(date: DateMention, token: Token) -> tuple[Token, ...]:
    """The tokens of a date expression."""
    span = token.doc.char_span(date.start, date.end, alignment_mode="expand")
    return tuple(span) if span is not None else ()


def _top(date: DateMention, token: Token) -> Token:
    span = token.doc.char_span(date.start, date.end, alignment_mode="expand")
    top: Token = span.root if span is not None else token
    return top
