"""Dates, actors and quotations as a page prints them."""

import calendar
import datetime as dt
from collections.abc import Iterable

from detente.codebook.registry import Registry
from detente.codebook.telling import TellingWords, load_telling
from detente.records import Actor, Record, Voice, When

NO_DATE = "no date"
QUOTE_LIMIT = 160  # characters of a quotation in a line; the whole stands under its citation
MONTHS = 12
MARKS = frozenset('“”"')
SHORT_RANGE = dt.timedelta(days=62)  # longer ranges are printed by their months


class Words:
    """Names of states from the registry and phrases from the language's telling data."""

    def __init__(self, registry: Registry, language: str = "en") -> None:
        self.registry = registry
        self.phrases: TellingWords = load_telling(language)

    def state(self, code: str) -> str:
        """The printed name of a state's code."""
        return self.registry.name(code)

    def actor(self, actor: Actor) -> str:
        """The state where it acts as a whole, else who acts for it; the words of the text where nothing is resolved."""
        who = actor.person or actor.organisation
        state = self.state(actor.state) if actor.state else None
        if actor.former and (who or state):
            return f"{who or actor.words}, formerly of {state}" if state else f"{who}, no longer in office"
        if state and not actor.person:
            organ = actor.organisation or (actor.office or "").replace("_", " ")
            return f"{state}’s {organ}" if organ[:1].islower() else f"{organ} ({state})" if organ else state
        if who:
            return f"{who} ({state})" if state else who
        return state or self.phrases.unresolved(actor.words)

    def within(self, actor: Actor) -> str:
        """Who acts for the state, where the state's name stands beside it; empty for the state as a whole."""
        organ = actor.person or actor.organisation or (actor.office or "").replace("_", " ")
        return f"{organ}, no longer in office," if actor.former and organ else organ

    def sides(self, actors: Iterable[Actor]) -> list[str]:
        """The names of the states and of the stateless, each once."""
        return list(dict.fromkeys(self.state(a.state) if a.state and not a.former else self.actor(a) for a in actors))

    def actors(self, actors: Iterable[Actor]) -> str:
        """The same joined: "China, Iran and Hezbollah"."""
        return join(self.sides(actors))

    def voice(self, record: Record) -> str:
        """On whose word the record stands."""
        if record.voice is Voice.AUTHOR:
            return "the author's view"
        if record.voice is Voice.REPORTED or not record.attribution:
            return "reported"
        teller = record.attribution[0]
        who = self.actor(teller.speaker) if teller.speaker else teller.outlet
        via = next((link.outlet for link in record.attribution if link.outlet and link.outlet != who), None)
        return f"on the word of {who}" + (f", through {via}" if via else "")


def are_several(actor: Actor) -> bool:
    """Whether those who act for a state are several without a name: "officials" are, "congress" is not."""
    organ = (actor.organisation or "").split(" of ")[0]
    is_plural = organ.endswith("s") and not organ.endswith(("ss", "us", "is"))
    return not actor.person and organ[:1].islower() and is_plural


def join(names: list[str]) -> str:
    """The names with commas and a last "and".

    >>> join(["China", "Iran", "Hezbollah"])
    'China, Iran and Hezbollah'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def day_words(day: dt.date) -> str:
    """A day as printed.

    >>> day_words(dt.date(2017, 6, 3))
    '3 Jun 2017'
    """
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}"


def when_words(when: When | None) -> str:
    """A date with no more precision than it has.

    >>> first, last = dt.date(2017, 7, 1), dt.date(2017, 7, 31)
    >>> when_words(When(earliest=first, latest=last, grain="month", words="next month"))
    'Jul 2017'
    """
    if when is None:
        return NO_DATE
    if when.earliest is None or when.latest is None:
        known = when.earliest or when.latest
        return f"{'from' if when.earliest else 'by'} {day_words(known)}" if known else NO_DATE
    return _interval_words(when.earliest, when.latest)


def _interval_words(first: dt.date, last: dt.date) -> str:
    if first == last:
        return day_words(first)
    if first.day == 1 and (last + dt.timedelta(days=1)).day == 1 and first.year == last.year:
        return _month_words(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if last - first > SHORT_RANGE:
        return f"{calendar.month_abbr[first.month]} {first.year}–{calendar.month_abbr[last.month]} {last.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {calendar.month_abbr[first.month]}{year}–{day_words(last)}"


def _month_words(first: dt.date, last: dt.date) -> str:
    """Whole months of one year."""
    if (first.month, last.month) == (1, MONTHS):
        return str(first.year)
    begins, ends = calendar.month_abbr[first.month], calendar.month_abbr[last.month]
    return f"{ends} {first.year}" if first.month == last.month else f"{begins}–{ends} {first.year}"


def quoted(words: str, limit: int = QUOTE_LIMIT) -> str:
    """The words in quotation marks, line breaks as blanks; cut after a word, with the sign of omission outside.

    Where all the words stand in marks already, no second pair is set, and a mark at the edge that lacks its other half
    is left out.

    >>> quoted("talks on trade", 9)
    '“talks on” …'
    >>> quoted("“No deal.”"), quoted("“No deal,” he said")
    ('“No deal.”', '““No deal,” he said”')
    """
    flat = " ".join(words.split())
    if len(flat) <= limit:
        return f"“{_bare(flat)}”"
    cut = flat[: limit + 1].rsplit(" ", 1)[0].rstrip(",;:—–- ")
    return f"“{_bare(cut)}” …"


def _bare(text: str) -> str:
    """The text without a pair of marks around all of it, or a single one at its edge."""
    marks = [at for at, char in enumerate(text) if char in MARKS]
    if marks == [0, len(text) - 1]:
        return text[1:-1].strip() or text
    if marks == [0]:
        return text[1:].strip() or text
    return text[:-1].strip() or text if marks == [len(text) - 1] else text
