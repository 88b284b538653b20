"""The grammar of dates, top floor: any expression, with its range or deadline around it."""

from collections.abc import Callable
from dataclasses import replace

from detente.codebook.dates import DateLexicon
from detente.mentions.date_grammar_numbers import TWO, Found, FoundNumber
from detente.mentions.date_grammar_relative import RelativeGrammar, is_week
from detente.mentions.date_nodes import Anchored, Calendar, Deictic, Division, Node
from detente.mentions.date_ranges import Range, Since, Until
from detente.mentions.date_spans import Offset, Part, Window
from detente.mentions.date_tokens import Tokens

LONGEST_RANGE = 400  # years
DEEPEST = 8  # dates inside dates: "two weeks before the first Friday of next month"
Reader = Callable[[int], Found | None]


class DateGrammar(RelativeGrammar):
    """Reads any date expression at a token."""

    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        super().__init__(tokens, lexicon)
        named: tuple[Reader, ...] = (self.decade, self.feast)
        dated: tuple[Reader, ...] = (self.calendar_date, self.season, self.bare_year)
        self._readers = (self.counted, self.deictic, self.nth, self.part, self.division, *named, self.day_of, *dated)
        self._after_the = (*named, *dated)
        self._read: dict[int, Found | None] = {}
        self._depth = 0

    def expression(self, at: int) -> Found | None:
        """The whole expression that begins here: a deadline, a range or a single date."""
        return self._bounded(at) or self._range(at) or self._in_week(at) or self._in_year(at) or self.single(at)

    def single(self, at: int) -> Found | None:
        """One date, with what belongs to it after it: "Friday next week", "Monday night"."""
        if at not in self._read:
            self._read[at] = None  # what asks for itself again finds nothing
            self._read[at] = self._read_single(at) if self._depth < DEEPEST else None
        return self._read[at]

    def _read_single(self, at: int) -> Found | None:
        self._depth += 1
        found = next((found for read in self._readers if (found := read(at))), None)
        self._depth -= 1
        return self._with_tail(found) if found else None

    def _named(self, at: int) -> Found | None:
        """One date after "since", "from" or the like, which may open with "the": "since the 1990s"."""
        found = self._in_week(at) or self.single(at)
        if found or self.word(at) != "the":
            return found
        return next((found for read in self._after_the if (found := read(at + 1))), None)

    # deadlines

    def _bounded(self, at: int) -> Found | None:
        """ "since May", "until Friday", "no later than 3 May", "before the end of the year"."""
        if self.has(at, "since"):
            found = self._bound(at + 1)
            return Found(Since(found.node), found.end) if found else None
        no_later = self.tokens.low[at : at + 3] == ["no", "later", "than"]
        if no_later or self.has(at, "until"):
            found = self._bound(at + 3 if no_later else at + 1)
            return Found(Until(_to_the_last_day(found.node)), found.end) if found else None
        if self.word(at) == "before":
            found = self.part(at + 1)
            ends = found and isinstance(found.node, Part) and found.node.part == "end"
            return Found(Until(_to_the_last_day(found.node)), found.end) if found and ends else None
        return None

    def _bound(self, at: int) -> Found | None:
        if self.tokens.low[at : at + 2] == ["at", "least"]:
            at += 2
        elif self.tokens.low[at : at + 3] == ["at", "the", "latest"]:
            at += 3
        elif self.has(at, "about"):
            at += 1
        number = self.number(at)
        if number and (self.has(at, "articles") or self.word(number.end) in self.lexicon.units):
            return self.counted(at)
        return self._range(at) or self._named(at)

    # ranges

    def _range(self, at: int) -> Found | None:
        opened = self.has(at, "range_openers")
        between = self.word(at) == "between"
        first = self._first_end(at + 1, opened=True) if opened else self._first_end(at, opened=False)
        if first is None:
            return None
        comma = between and self.word(first.end) == "," and self.word(first.end + 1) == "and"
        link = self._link(first.end + comma, between=between, listable=self.word(at) != "from")
        last = self._last_end(link) if link else None
        if link is None or last is None or not _are_ends(first.node, last.node):
            return None
        listed = self.word(link - 1) == "and" and not opened
        if listed and not _are_neighbours(first.node, last.node):
            return None
        return Found(Range(first.node, last.node), last.end)

    def _first_end(self, at: int, *, opened: bool) -> Found | None:
        if opened and self.has(at, "now"):
            return Found(Deictic("day", 0), at + 1)
        found = self._named(at) if opened else self._in_week(at) or self.single(at)
        if found:
            return found
        day = self.day_number(at)
        return self._day_alone(day) if day and (opened or self._leads_to_day(day.end)) else None

    def _last_end(self, at: int) -> Found | None:
        if self.has(at, "now"):
            return Found(Deictic("day", 0), at + 1)
        found = self._named(at) or self._short_year(at)
        day = self.day_number(at)
        if found or day is None:
            return found
        after = self.word(day.end)
        if (
            after in self.lexicon.not_month["numbers_after"]
            or after in self.lexicon.units
            or self.has(day.end, "clock")
        ):
            return None
        alone = self._day_alone(day)
        year = self.year_phrase(alone.end) if alone.end == day.end else None
        return Found(Calendar(day=day.value, year=year.year), year.end) if year else alone

    def _day_alone(self, day: FoundNumber) -> Found:
        """ "4" of "from 4 to 22 January", "4 ... this month"."""
        month = self.relative_month(day.end)
        return (
            Found(Calendar(day=day.value, month=month.node), month.end)
            if month
            else Found(Calendar(day=day.value), day.end)
        )

    def _leads_to_day(self, at: int) -> bool:
        """Whether "5" in "5-7 November" has its month behind the other end."""
        link = at + 1 if self.word(at) == "and" else self._link(at, between=False, listable=False)
        day = self.day_number(link) if link else None
        if day is None:
            return False
        return (
            self.month(day.end + (self.word(day.end) == "of")) is not None or self.relative_month(day.end) is not None
        )

    def _short_year(self, at: int) -> Found | None:
        """ "18" of "2014-18"."""
        word, before = self.word(at), self.year_number(at - 2)
        if before is None or len(word) != TWO or not word.isdecimal() or self.word(at - 3) in self.lexicon.months:
            return None
        year = before.value // 100 * 100 + int(word)
        joined = self.has(at - 1, "hyphens") and self.tokens.touches(at - 1) and year > before.value
        return Found(Calendar(year=year), at + 1) if joined else None

    def _link(self, at: int, *, between: bool, listable: bool) -> int | None:
        """The index after what joins two ends; None where they are not joined."""
        word = self.word(at)
        if word == "/":
            short = self.year_number(at - 1) and len(self.word(at + 1)) == TWO and self.tokens.touches(at)
            return at + 1 if short else None
        if self.has(at, "dashes"):
            tight = self.tokens.touches(at) or self.tokens.touches(at - 1)
            dated = self.year_number(at - 1) or self.day_number(at - 1)
            return at + 1 if tight or (dated and word != "—") else None
        if word == "and":
            listed = listable and self.day_number(at - 1) and (self.month(at + 2) or self._goes_on_with_day(at))
            return at + 1 if between or listed else None
        return at + 1 if self.has(at, "range_to") or (between and self.has(at, "until")) else None

    def _goes_on_with_day(self, at: int) -> bool:
        """Whether "and" joins a second day to one with its month: "May 3 and 4", not "May 3 and 4 people"."""
        day = self.day_number(at + 1)
        if day is None or self.month(at - TWO) is None:
            return False
        return not self.word(day.end).isalpha() or self.has(day.end, "closing") or self.has(day.end, "range_to")

    # what stands around a date

    def _in_week(self, at: int) -> Found | None:
        """ "next week on Friday", "last week between Friday and Sunday"."""
        week = self.deictic(at)
        if week is None or not is_week(week.node):
            return None
        end = week.end
        while self.word(end) in ("on", "-"):
            end += 1
        weekday = self.lexicon.weekdays.get(self.word(end))
        if weekday is not None:
            return Found(Calendar(weekday=weekday, week=week.node), end + 1)
        days = self._days_of_week(end) if self.has(end, "range_openers") and self._depth < DEEPEST else None
        if days is None or not isinstance(days.node, Range):
            return None
        first, last = days.node.first, days.node.last
        if not (isinstance(first, Calendar) and isinstance(last, Calendar) and first.weekday is not None):
            return None
        return Found(Range(replace(first, week=week.node), replace(last, week=week.node)), days.end)

    def _in_year(self, at: int) -> Found | None:
        """ "this year's first quarter"."""
        year = self.deictic(at)
        if year is None or not isinstance(year.node, (Deictic, Anchored)) or year.node.unit != "year":
            return None
        possessive = self.word(year.end) == "'" and self.word(year.end + 1) == "s"
        part = self.division(year.end + 2) if possessive else None
        if part is None or not isinstance(part.node, Division) or part.node.year is not None:
            return None
        return Found(replace(part.node, year=year.node), part.end)

    def _days_of_week(self, at: int) -> Found | None:
        self._depth += 1
        found = self._range(at)
        self._depth -= 1
        return found

    def _with_tail(self, found: Found) -> Found:
        """The week and the time of day that follow a day."""
        node, end = self._with_week(found) if _is_plain_weekday(found.node) else found
        return Found(node, end + (self.has(end, "day_parts") and not isinstance(node, Window)))

    def _with_week(self, found: Found) -> Found:
        """ "Friday next week", "Tuesday of last week", "Monday two weeks from now"."""
        node, end = found
        if not isinstance(node, Calendar):
            return found
        week = self.deictic(end + (self.word(end) == "of"))
        if week and is_week(week.node):
            return Found(replace(node, week=week.node), week.end)
        if self.word(end) in ("and", "or") and self.word(end + 1) in self.lexicon.weekdays:
            shared = self.deictic(end + 2 + (self.word(end + 2) == "of"))  # "Tuesday and Wednesday next week"
            return Found(replace(node, week=shared.node), end) if shared and is_week(shared.node) else found
        count = self.lengths(end + (self.word(end) == ","))
        if count and self.tokens.low[count.end : count.end + 2] == ["from", "now"]:
            return Found(Offset(count.lengths, 1, weekday=node.weekday), count.end + 2)
        return found


def _to_the_last_day(node: Node) -> Node:
    """ "by the end of the year" runs to its last day, as "by the year" would."""
    return node.whole if isinstance(node, Part) and node.part == "end" else node


def _is_bare_day(node: Node) -> bool:
    return isinstance(node, Calendar) and node.day is not None and node.month is None and node.weekday is None


def _are_ends(first: Node, last: Node) -> bool:
    """Whether the two can be ends of one range."""
    if _is_bare_day(first) and _is_bare_day(last):
        return False
    if not (isinstance(first, Calendar) and isinstance(last, Calendar)):
        return True
    if isinstance(first.year, int) and isinstance(last.year, int) and first.month is None and last.month is None:
        return first.year < last.year < first.year + LONGEST_RANGE
    return True


def _are_neighbours(first: Node, last: Node) -> bool:
    """Whether "14 and 15 February" are days in a row."""
    if not (isinstance(first, Calendar) and isinstance(last, Calendar)):
        return False
    return first.day is not None and last.day is not None and last.day == first.day + 1


def _is_plain_weekday(node: Node) -> bool:
    return isinstance(node, Calendar) and node.weekday is not None and node.month is None and node.day is None
