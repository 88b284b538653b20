"""Finds the dates of a text and says which days they mean."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from detente.codebook.dates import DateLexicon, date_lexicon
from detente.mentions.date_calendar import OPEN_END, OPEN_START, Interval
from detente.mentions.date_grammar import DateGrammar
from detente.mentions.date_nodes import Context, Node, Tense, UnresolvedError
from detente.mentions.date_tense import tense_after, tense_from_words, tense_up_to
from detente.mentions.date_tense_parse import ParseTense
from detente.mentions.date_tokens import REACH, Tokens, telling
from detente.mentions.mention import DateMention
from detente.parsing.doc import Doc
from detente.records import Grain, Passage, Problem, Span, Trouble, When

ON, COMMA = "on", ","
LONGEST_TAG = 8  # words from its comma to the verb of saying: "a spokesman for the ministry in Lima said"
TenseOf = Callable[[int, int], Tense]  # of the tokens first..end


def find_dates(text: str, *, published_on: dt.date | None) -> tuple[DateMention, ...]:
    """The date expressions of a text in order, each with the interval it names; may be empty, never overlapping.

    The tense that decides between last and next Friday is taken from the words around. Where `published_on` is None,
    what hangs on it ("on Friday", "last year") is left out. Vague words, bare lengths, ages, frequencies and names give
    nothing.

    >>> [m.when.earliest.isoformat() for m in find_dates("They met on Monday.", published_on=dt.date(2020, 1, 8))]
    ['2020-01-06']
    """
    lexicon = date_lexicon()
    tokens = Tokens(text)
    found = _resolved(tokens, lexicon, published_on, lambda first, end: tense_from_words(tokens, first, end, lexicon))
    return tuple(item for item in found if isinstance(item, DateMention))


def find_dates_in(
    parse: Doc, text: str, passages: Sequence[Passage], *, published_on: dt.date | None
) -> tuple[tuple[DateMention, ...], tuple[Problem, ...]]:
    """The date expressions inside the passages, and a problem for each that hangs on an unknown publication day.

    As `find_dates`; where no verb stands before a date, the one that governs it in the parse tells the tense ("On
    Friday the envoys who left will report"). Before a date the nearest verb is right more often than the parsed one, as
    parsers tie dates too high.
    """
    lexicon = date_lexicon()
    tokens = Tokens(_within(text, passages))
    verbs = ParseTense(parse, lexicon)

    def tense_of(first: int, end: int) -> Tense:
        found = tense_up_to(tokens, first, end, lexicon)
        if found is None:
            found = verbs.at(tokens.starts[first], tokens.ends[end - 1])
            return tense_after(tokens, end, lexicon) if found is Tense.UNKNOWN else found
        return found

    mentions: list[DateMention] = []
    problems: list[Problem] = []
    for item in _resolved(tokens, lexicon, published_on, tense_of):
        if isinstance(item, DateMention):
            mentions.append(_as_written(item, text))
        else:
            problems.append(_unresolved(text, *item))
    return tuple(mentions), tuple(problems)


def _within(text: str, passages: Sequence[Passage]) -> str:
    """The text with everything outside the passages blank, a paragraph break between passages."""
    pieces, at = [], 0
    for passage in passages:
        gap = passage.start - at
        pieces.append("\n\n" + " " * (gap - 2) if gap > 1 else " " * gap)
        pieces.append(text[passage.start : passage.end])
        at = passage.end
    return "".join(pieces)


def _as_written(mention: DateMention, text: str) -> DateMention:
    words = text[mention.start : mention.end]
    when = mention.when
    if words == when.words:
        return mention
    return DateMention(
        start=mention.start,
        end=mention.end,
        when=When(earliest=when.earliest, latest=when.latest, grain=when.grain, words=words),
    )


def _unresolved(text: str, start: int, end: int) -> Problem:
    words = text[start:end]
    return Problem(
        trouble=Trouble.UNRESOLVED_DATE,
        message=f"“{words}” hangs on the day of publication, which is not known. Type: detente set DOC --published D",
        span=Span(start=start, end=end, quote=words),
    )


def _resolved(
    tokens: Tokens, lexicon: DateLexicon, published_on: dt.date | None, tense_of: TenseOf
) -> Iterator[DateMention | tuple[int, int]]:
    """Each expression in order: a mention, or its offsets where it hangs on an unknown publication day."""
    anchor: Interval | None = None
    for node, first, end in _expressions(tokens, lexicon):
        context = Context(published_on, partial(tense_of, first, end), anchor)
        start, stop = tokens.starts[first], tokens.ends[end - 1]
        try:
            found = node.resolve(context)
        except UnresolvedError:
            yield start, stop
            continue
        except (OverflowError, ValueError):  # outside the years that the calendar can count
            continue
        if found is None:
            continue
        whole = found.earliest > OPEN_START and found.latest < OPEN_END
        if (
            whole
            and found.grain not in (Grain.DECADE, Grain.CENTURY)
            and not (anchor and _is_of_tag(tokens, first, end))
        ):
            anchor = found
        yield DateMention(start=start, end=stop, when=_when(found, tokens.text[start:stop]))


def _is_of_tag(tokens: Tokens, first: int, end: int) -> bool:
    """Whether it is the day on which what stands before was said: "it opens on 1 May, the envoy said on Monday"."""
    before = first - 2 if tokens.word(first - 1) == ON else first - 1
    if tokens.word(before) not in date_lexicon().words["saying"] or tokens.word(end) not in (".", ""):
        return False
    return COMMA in tokens.low[max(0, before - LONGEST_TAG) : before]


def _when(found: Interval, words: str) -> When:
    earliest = found.earliest if found.earliest > OPEN_START else None
    return When(
        earliest=earliest, latest=found.latest if found.latest < OPEN_END else None, grain=found.grain, words=words
    )


def _expressions(tokens: Tokens, lexicon: DateLexicon) -> Iterator[tuple[Node, int, int]]:
    """Every expression as a tree, with its tokens; the longest from the left."""
    grammar = DateGrammar(tokens, lexicon)
    ahead = telling(tokens, lexicon)
    openers = lexicon.openers
    every = lexicon.words["every"]
    at, count = 0, len(tokens.low)
    while at < count:
        near = ahead[at]
        if near - at > REACH:
            at = max(at + 1, near - REACH)
            continue
        word = tokens.low[at]
        if word not in openers and not word[0].isdecimal():
            at += 1
            continue
        skipped = _name(tokens, at, lexicon)
        if skipped:
            at += skipped
            continue
        found = grammar.expression(at)
        if found is None:
            at += 1
            continue
        repeats = tokens.word(at - 1) in every or (tokens.word(at - 1) == "other" and tokens.word(at - 2) in every)
        repeats = repeats or (tokens.word(found.end) == "of" and tokens.word(found.end + 1) in every)
        if not repeats:
            yield found.node, at, found.end
        at = found.end


def _name(tokens: Tokens, at: int, lexicon: DateLexicon) -> int:
    """How many tokens a name takes that begins here, 0 where none does."""
    for length in range(5, 1, -1):
        if tuple(tokens.low[at : at + length]) in lexicon.names:
            return min(length, len(tokens.low) - at)
    return 0
