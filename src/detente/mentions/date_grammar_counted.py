"""The grammar of counted lengths: "three weeks ago", "a year later", "within 100 days", "the past two months"."""

from abc import abstractmethod
from dataclasses import replace
from typing import NamedTuple

from detente.mentions.date_calendar import MONTHS
from detente.mentions.date_grammar_numbers import Found
from detente.mentions.date_grammar_periods import HALF, PeriodGrammar
from detente.mentions.date_nodes import Calendar, Deictic
from detente.mentions.date_spans import Ahead, Lengths, Offset, Window

MOST_LENGTHS = 4  # "2 years, 1 month and 21 days"
FIRST_REACH = 9  # words before "in ten years" in which "the first visit" may stand
HALF_CENTURY = ((50, "year"),)


class FoundLengths(NamedTuple):
    """Counted units and the index of the first token after them."""

    lengths: Lengths
    end: int


class CountedGrammar(PeriodGrammar):
    """Reads lengths of time that name a time at a token; bare lengths give nothing."""

    @abstractmethod
    def single(self, at: int) -> Found | None:
        """One date of any kind."""

    @abstractmethod
    def deictic(self, at: int) -> Found | None:
        """A date by its relation to the publication day."""

    def lengths(self, at: int, *, most: int = MOST_LENGTHS) -> FoundLengths | None:
        """ "two years", "1 month and 21 days"."""
        found: list[tuple[int, str]] = []
        end = at
        while len(found) < most:
            after = end
            if found:
                after += self.word(after) in (",", "and")
                after += self.word(after) == "and"
            number = self.number(after)
            unit = self.lexicon.units.get(self.word(number.end)) if number else None
            if number is None or unit is None:
                break
            half = unit == "year" and self.tokens.low[number.end + 1 : number.end + 4] == ["and", "a", "half"]
            found.append((number.value * MONTHS + HALF, "month") if half else (number.value, unit))
            end = number.end + 1 + 3 * half
        return FoundLengths(tuple(found), end) if found else None

    def counted(self, at: int) -> Found | None:
        """A length with what ties it to a day."""
        special = {"within": self._within, "in": self._in, "for": self._for, "less": self._less, "half": self._half}
        read = special.get(self.word(at))
        if read:
            return read(at)
        lengths = self.lengths(at)
        return (lengths and self._tied(*lengths)) or self._upcoming(at)

    def _half(self, at: int) -> Found | None:
        words = self.tokens.low[at : at + 4]
        return Found(Offset(HALF_CENTURY, -1), at + 4) if words == ["half", "a", "century", "ago"] else None

    def _tied(self, lengths: Lengths, end: int) -> Found | None:
        """What follows a length: "ago", "later", "before Christmas", "starting Monday"."""
        if self.word(end) == "ago":
            return self._ago(lengths, end + 1)
        if self.word(end) == "from" and self.word(end + 1) == "now":
            return Found(Offset(lengths, 1), end + 2)
        sign = self._anchoring(end)
        if sign:
            return None if self.word(end + 1) == "than" else Found(Offset(lengths, sign, anchored=True), end + 1)
        return self._tied_to_base(lengths, end)

    def _tied_to_base(self, lengths: Lengths, end: int) -> Found | None:
        if self.word(end) == "hence":
            return Found(Window(lengths, 1), end + 1)
        if self.has(end, "from_base"):
            base = self.single(end + 1)
            if base and self._is_rate(end, base):
                return None
            return (
                Found(Offset(lengths, -1 if self.word(end) == "before" else 1, base.node), base.end) if base else None
            )
        if self.has(end, "starting") or (self.word(end) == "," and self.word(end + 1) == "from"):
            return self._starting(lengths, end + 1)
        return None

    def _is_rate(self, end: int, base: Found) -> bool:
        """Whether a length says how often, not how long after: "500 lorries a day from February 1"."""
        dated = isinstance(base.node, Calendar) and base.node.weekday is None
        return dated and self.word(end) == "from" and self.word(end - 2) in ("a", "an", "each", "per")

    def _anchoring(self, at: int) -> int:
        """-1 for "earlier", 1 for "later", 0 where the word counts from no date of the text."""
        if self.has(at, "earlier") or (self.word(at) == "before" and self.closes(at + 1)):
            return -1
        return int(self.has(at, "later") or (self.word(at) == "after" and self.closes(at + 1)))

    def _starting(self, lengths: Lengths, at: int) -> Found | None:
        base = self.single(at + (self.word(at) in ("on", "from", "in")))
        return Found(Window(lengths, 1, base.node), base.end) if base else None

    def closes(self, at: int) -> bool:
        """Whether nothing follows that "before" or "after" could govern."""
        word = self.word(at)
        return not word or not word[0].isalnum() or self.has(at, "closing")

    def _ago(self, lengths: Lengths, end: int) -> Found:
        """ "a year ago", "a year ago on Friday", "a year ago in May"."""
        plain = Found(Offset(lengths, -1), end)
        after = end + (self.word(end) in ("on", "in"))
        base = self.deictic(after) or self.calendar_date(after)
        if base is None:
            return plain
        if isinstance(base.node, Deictic) or (isinstance(base.node, Calendar) and base.node.weekday is not None):
            return Found(Offset(lengths, -1, base.node), base.end)
        if isinstance(base.node, Calendar) and base.node.month is not None and base.node.year is None:
            return Found(replace(base.node, year=plain.node), base.end) if lengths[0][1] == "year" else plain
        return plain

    def _upcoming(self, at: int) -> Found | None:
        """ "the two upcoming months", "3 next weeks"."""
        number = self.number(at)
        if number is None or not self.word(number.end + 1).endswith("s"):
            return None
        unit = self.lexicon.units.get(self.word(number.end + 1))
        if unit is None or not (self.has(number.end, "recent") or self.has(number.end, "ahead")):
            return None
        return Found(Window(((number.value, unit),), self.lexicon.directions[self.word(number.end)]), number.end + 2)

    def _within(self, at: int) -> Found | None:
        """ "within 100 days", "within the next month", "within 30 days of 5 May"."""
        at += 1 + (self.word(at + 1) == "the")
        ahead = self.has(at, "ahead")
        at += ahead
        unit = self.lexicon.units.get(self.word(at)) if ahead else None
        found = FoundLengths(((1, unit),), at + 1) if unit else self.lengths(at)
        if found is None:
            return None
        if self.word(found.end) in ("of", "after", "following"):
            base = self.single(found.end + 1)
            return Found(Window(found.lengths, 1, base.node), base.end) if base else None
        now = self.word(found.end) == "from" and self.has(found.end + 1, "now")
        return Found(Ahead(Window(found.lengths, 1, from_today=True), sure=ahead), found.end + 2 * now)

    def _in(self, at: int) -> Found | None:
        """ "in two weeks", "in a year's time"; not "the first visit in two years"."""
        found = self.lengths(at + 1 + self.has(at + 1, "about"))
        if found is None or self.word(found.end) in ("of", "ago", "-") or self._is_tied(found.end):
            return None
        tail = int(self.word(found.end) == "'")
        tail += self.word(found.end + tail) == "s"
        if self.word(found.end + tail) == "time":
            return Found(Ahead(Offset(found.lengths, 1), sure=True), found.end + tail + 1)
        before = self.tokens.low[max(0, at - FIRST_REACH) : at]
        if any(word in self.lexicon.windows["not_future_in"] for word in before):
            return None
        return Found(Ahead(Offset(found.lengths, 1)), found.end)

    def _is_tied(self, at: int) -> bool:
        if self.word(at) == "from":
            return self.has(at + 1, "day_words")
        return self.has(at, "earlier") or self.has(at, "later") or self.has(at, "from_base")

    def _for(self, at: int) -> Found | None:
        """ "for 3 days, from today"."""
        found = self.lengths(at + 1)
        if found is None:
            return None
        end = found.end + (self.word(found.end) == ",")
        return self._starting(found.lengths, end + 1) if self.word(end) == "from" else None

    def _less(self, at: int) -> Found | None:
        """ "less than two weeks from today"."""
        found = self.lengths(at + 2) if self.word(at + 1) == "than" else None
        if found is None or self.word(found.end) not in ("from", "after"):
            return None
        return self._starting(found.lengths, found.end + 1)
