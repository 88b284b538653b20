"""The grammar of dates: relative words, counted lengths, parts, ranges and deadlines over calendar dates."""

from collections.abc import Callable
from dataclasses import replace

from detente.codebook.dates import DateLexicon
from detente.mentions.date_calendar_grammar import CalendarGrammar, Found
from detente.mentions.date_nodes import Anchored, Calendar, Deictic, Feast, Node, Season, Sided
from detente.mentions.date_spans import Ahead, Lengths, Nth, Offset, Part, Range, Since, Until, Window, WeekOf
from detente.mentions.date_tokens import Tokens

LONG = ("week", "month", "year", "quarter", "decade", "century", "fortnight", "day", "weekend")
LONGEST_RANGE = 400  # years


class DateGrammar(CalendarGrammar):
    """Reads any date expression at a token."""

    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        super().__init__(tokens, lexicon)
        self._readers: tuple[Callable[[int], Found | None], ...] = (
            self.counted,
            self.deictic,
            self.nth,
            self.part,
            self.division,
            self.decade,
            self.feast,
            self.day_of,
            self.calendar_date,
            self.season,
            self.bare_year,
        )

        self._bare_readers = (self.decade, self.feast, self.calendar_date, self.season, self.bare_year)

    def expression(self, at: int) -> Found | None:
        """The whole expression that begins here: a deadline, a range or a single date."""
        return self._bounded(at) or self._range(at) or self._with_week(at) or self.single(at)

    def single(self, at: int) -> Found | None:
        """One date, with what belongs to it after it: "Friday next week", "Monday night"."""
        for read in self._readers:
            found = read(at)
            if found:
                return self._tail(found)
        return None

    def _named(self, at: int) -> Found | None:
        """One date after "since", "from" or the like, which may open with "the": "since the 1990s"."""
        found = self._with_week(at) or self.single(at)
        if found or self.word(at) != "the":
            return found
        return next((found for read in self._bare_readers if (found := read(at + 1))), None)

    # deadlines and ranges

    def _bounded(self, at: int) -> Found | None:
        word = self.word(at)
        if word == "no" and self.word(at + 1) == "later" and self.word(at + 2) == "than":
            found = self._after_bound(at + 3)
            return Found(Until(found.node), found.end) if found else None
        if word in self.lexicon.words["since"]:
            found = self._after_bound(at + 1)
            return Found(Since(found.node), found.end) if found else None
        if word in self.lexicon.words["until"]:
            found = self._after_bound(at + 1)
            return Found(Until(_whole_for_deadline(found.node)), found.end) if found else None
        if word == "before":
            found = self.part(at + 1)
            whole = found and _whole_for_deadline(found.node)
            return Found(Until(whole), found.end) if found and whole and whole is not found.node else None
        return None

    def _after_bound(self, at: int) -> Found | None:
        if self.word(at) == "at" and self.word(at + 1) in ("least", "the"):
            at += 3 if self.word(at + 1) == "the" else 2
        elif self.word(at) in self.lexicon.words["about"] or self.word(at) == "then":
            at += 1
        if self.word(at) in ("a", "an"):
            return self.counted(at)
        number = self.number(at)
        if number and self.word(number[1]) in self.lexicon.units:
            return self.counted(at)
        return self._range(at) or self._named(at)

    def _range(self, at: int) -> Found | None:
        opener = self.word(at)
        opened = opener in ("from", "between")
        start = at + 1 if opened else at
        first = self._end_of_range(start, opened=opened)
        if first is None:
            return None
        comma = opener == "between" and self.word(first.end) == "," and self.word(first.end + 1) == "and"
        link = self._link(first.end + comma, opener)
        if link is None:
            return None
        last = self._end_of_range(link, opened=True, last=True)
        if last is None or not self._fits(first, last, listed=self.word(link - 1) == "and" and not opened):
            return None
        return Found(Range(first.node, last.node), last.end)

    def _fits(self, first: Found, last: Found, *, listed: bool) -> bool:
        """Whether the two can be ends of one range, not neighbours in a list or a sentence."""
        bare = [
            isinstance(x.node, Calendar) and x.node.day is not None and x.node.month is None and x.node.weekday is None
            for x in (first, last)
        ]
        if all(bare):
            return False
        years = [x.node.year if isinstance(x.node, Calendar) and x.node.month is None else None for x in (first, last)]
        if isinstance(years[0], int) and isinstance(years[1], int):
            return years[0] < years[1] < years[0] + LONGEST_RANGE
        if listed and isinstance(first.node, Calendar) and isinstance(last.node, Calendar):
            return last.node.day is not None and first.node.day is not None and last.node.day == first.node.day + 1
        return True

    def _end_of_range(self, at: int, *, opened: bool, last: bool = False) -> Found | None:
        if self.word(at) in ("now", "today") and (last or opened):
            return Found(Deictic("day", 0), at + 1)
        found = self._named(at) if opened else self._with_week(at) or self.single(at)
        if found:
            return found
        if last:
            short = self._short_year(at)
            if short:
                return short
        day = self.day_number(at)
        if day and (last or opened or self._leads_to_day(day[1])):
            return self._day_only(at, day, last=last)
        return None

    def _day_only(self, at: int, day: tuple[int, int], *, last: bool) -> Found | None:
        """ "4" of "from 4 to 22 January"; as a last end it must close with the expression."""
        after = self.word(day[1])
        if last and (
            after in self.lexicon.not_month["numbers_after"] or after in self.lexicon.units or after in ("%", "-", ":")
        ):
            return None
        node: Node = Calendar(day=day[0])
        end = day[1]
        month = self._relative_month(end)
        if month:
            node, end = Calendar(day=day[0], month=month[0]), month[1]
        elif last:
            year = self.year_phrase(end)
            if year:
                node, end = Calendar(day=day[0], year=year[0]), year[1]
        return Found(node, end)

    def _relative_month(self, at: int) -> tuple[Node, int] | None:
        at += self.word(at) in ("of", "in")
        at += self.word(at) == "the"
        direction = self.lexicon.directions.get(self.word(at))
        if direction is None or self.word(at + 1) != "month":
            return None
        return Deictic("month", direction), at + 2

    def _leads_to_day(self, at: int) -> bool:
        """Whether "5" in "5-7 November" has its month behind the other end."""
        link = self._link(at, "")
        if link is None and self.word(at) == "and":
            link = at + 1
        if link is None:
            return False
        day = self.day_number(link)
        if day is None:
            return False
        end = day[1] + (self.word(day[1]) == "of")
        return self.month(end) is not None or self._relative_month(day[1]) is not None

    def _short_year(self, at: int) -> Found | None:
        """ "18" of "2014-18"."""
        word = self.word(at)
        before = self.year_number(at - 2)
        if (
            before
            and len(word) == 2
            and word.isdecimal()
            and self.word(at - 1) in ("-", "–", "/")
            and self.tokens.touches(at - 1)
        ):
            year = before[0] // 100 * 100 + int(word)
            if year > before[0] and self.word(at - 3) not in self.lexicon.months:
                return Found(Calendar(year=year), at + 1)
        return None

    def _link(self, at: int, opener: str) -> int | None:
        """The index after what joins two ends; None where they are not joined."""
        word = self.word(at)
        if word == "/" and self.year_number(at - 1) and len(self.word(at + 1)) == 2 and self.tokens.touches(at):
            return at + 1
        if word in self.lexicon.words["dashes"]:
            tight = self.tokens.touches(at) or self.tokens.touches(at - 1)
            dated = self.year_number(at - 1) or self.day_number(at - 1)
            return at + 1 if tight or (dated and word != "—") else None
        if word not in self.lexicon.words["range_to"] or (word == "and" and opener != "between"):
            if word == "and" and opener != "from" and self.day_number(at - 1) and self.month(at + 2):
                return at + 1
            return None
        return at + 1

    # counted lengths

    def lengths(self, at: int, *, most: int = 4) -> tuple[Lengths, int] | None:
        """ "two years", "1 month and 21 days"."""
        found: list[tuple[int, str]] = []
        end = at
        while len(found) < most:
            after = end
            if found:
                after += self.word(after) in (",", "and")
                after += self.word(after) == "and"
            number = self.number(after)
            if number is None or (self.word(number[1]) == "-" and found):
                break
            unit = self.lexicon.units.get(self.word(number[1]))
            if unit is None:
                break
            found.append((number[0], unit))
            end = number[1] + 1
        return (tuple(found), end) if found else None

    def counted(self, at: int) -> Found | None:
        """ "three weeks ago", "a year later", "two days before Christmas", "within 100 days", "in two weeks"."""
        word = self.word(at)
        if word in self.lexicon.windows["within"]:
            return self._within(at + 1)
        if word in self.lexicon.windows["future_in"]:
            return self._in(at)
        if word in ("for", "less"):
            return self._for(at)
        if (
            word == "half"
            and self.word(at + 1) == "a"
            and self.word(at + 2) == "century"
            and self.word(at + 3) == "ago"
        ):
            return Found(Offset(((50, "year"),), -1), at + 4)
        lengths = self.lengths(at)
        return (lengths and self._counted_tail(*lengths)) or self._upcoming(at)

    def _counted_tail(self, lengths: Lengths, end: int) -> Found | None:
        word = self.word(end)
        if word == "ago":
            return self._ago(lengths, end + 1)
        if word in ("earlier", "previously", "prior") or (word == "before" and self._closes(end + 1)):
            return None if self.word(end + 1) == "than" else Found(Offset(lengths, -1, anchored=True), end + 1)
        if word == "from" and self.word(end + 1) == "now":
            return Found(Offset(lengths, 1), end + 2)
        if word in ("later", "afterwards", "afterward", "thereafter") or (word == "after" and self._closes(end + 1)):
            return None if self.word(end + 1) == "than" else Found(Offset(lengths, 1, anchored=True), end + 1)
        if word == "hence":
            return Found(Window(lengths, 1), end + 1)
        if word in ("before", "after", "from", "following", "since"):
            return self._from_base(lengths, end + 1, -1 if word == "before" else 1)
        if word in ("starting", "beginning", "commencing") or (word == "," and self.word(end + 1) == "from"):
            base = self.single(end + 1 + (self.word(end + 1) in ("on", "from", "in")))
            return Found(Window(lengths, 1, base.node), base.end) if base else None
        return None

    def _closes(self, at: int) -> bool:
        """Whether nothing follows that "before" or "after" could govern."""
        word = self.word(at)
        return not word or not word[0].isalnum() or word in ("and", "when", "as", "but", "in", "at", "with", "by")

    def _ago(self, lengths: Lengths, end: int) -> Found:
        node: Node = Offset(lengths, -1)
        after = end + (self.word(end) in ("on", "in", ","))
        base = self.deictic(after) or self.calendar_date(after)
        if base and isinstance(base.node, (Deictic, Calendar)) and lengths[0][1] in ("year", "week", "month"):
            if isinstance(base.node, Calendar) and base.node.month is not None:
                if base.node.year is None and base.node.day is None and lengths[0][1] == "year":
                    return Found(replace(base.node, year=node), base.end)
                return Found(node, end)
            if self.word(end) != "," and (isinstance(base.node, Deictic) or base.node.weekday is not None):
                return Found(Offset(lengths, -1, base.node), base.end)
        return Found(node, end)

    def _from_base(self, lengths: Lengths, at: int, sign: int) -> Found | None:
        base = self.single(at)
        if base is None:
            return None
        return Found(Offset(lengths, sign, base.node), base.end)

    def _upcoming(self, at: int) -> Found | None:
        """ "the two upcoming months", "3 next weeks"."""
        number = self.number(at)
        if number is None or self.word(at) in ("a", "an", "one"):
            return None
        direction, unit = self.word(number[1]), self.lexicon.units.get(self.word(number[1] + 1))
        if not self.word(number[1] + 1).endswith("s"):
            return None
        if unit is None or direction not in self.lexicon.words["recent"] | self.lexicon.words["ahead"]:
            return None
        return Found(Window(((number[0], unit),), self.lexicon.directions[direction]), number[1] + 2)

    def _within(self, at: int) -> Found | None:
        at += self.word(at) == "the"
        ahead = self.word(at) in self.lexicon.words["ahead"]
        at += ahead
        lengths = self.lengths(at) or self._one_unit(at, when=ahead)
        if lengths is None or self.word(lengths[1]) in ("of", "after", "following"):
            return self._within_of(lengths)
        if self.word(lengths[1]) == "from" and self.word(lengths[1] + 1) in ("now", "today"):
            lengths = lengths[0], lengths[1] + 2
        return Found(Ahead(Window(lengths[0], 1, from_today=True), sure=ahead), lengths[1])

    def _one_unit(self, at: int, *, when: bool) -> tuple[Lengths, int] | None:
        unit = self.lexicon.units.get(self.word(at))
        return (((1, unit),), at + 1) if when and unit else None

    def _within_of(self, lengths: tuple[Lengths, int] | None) -> Found | None:
        """ "within 30 days of 5 May"."""
        base = lengths and self.single(lengths[1] + 1)
        return Found(Window(lengths[0], 1, base.node), base.end) if lengths and base else None

    def _in(self, at: int) -> Found | None:
        about = at + 1 + (self.word(at + 1) in self.lexicon.words["about"])
        lengths = self.lengths(about)
        if lengths is None or self.word(lengths[1]) in ("of", "ago", "before", "after", "since", "-"):
            return None
        end = lengths[1]
        if self.word(end) in self.lexicon.words["earlier"] | self.lexicon.words["later"]:
            return None
        if self.word(end) == "from" and self.word(end + 1) in ("now", "today", "tomorrow"):
            return None
        tail = 1 if self.word(end) == "'" else 0
        tail += self.word(end + tail) == "s"
        sure = self.word(end + tail) == "time"
        before = self.tokens.low[max(0, at - 6) : at]
        if not sure and any(word in self.lexicon.windows["not_future_in"] for word in before):
            return None
        return Found(Ahead(Offset(lengths[0], 1), sure=sure), end + (tail + 1 if sure else 0))

    def _for(self, at: int) -> Found | None:
        """ "for 3 days, from today", "less than two weeks from today"."""
        if self.word(at) == "less":
            lengths = self.lengths(at + 2) if self.word(at + 1) == "than" else None
            if lengths is None or self.word(lengths[1]) not in ("from", "after"):
                return None
            base = self.single(lengths[1] + 1)
            return Found(Window(lengths[0], 1, base.node), base.end) if base else None
        lengths = self.lengths(at + 1)
        if lengths is None:
            return None
        end = lengths[1] + (self.word(lengths[1]) == ",")
        base = self.single(end + 1) if self.word(end) == "from" else None
        return Found(Window(lengths[0], 1, base.node), base.end) if base else None

    # last, this, next

    def deictic(self, at: int) -> Found | None:
        """ "today", "last week", "the following day", "next Friday", "this spring", "the past two years"."""
        word = self.word(at)
        if word in self.lexicon.deictic_days:
            return Found(Deictic("day", self.lexicon.deictic_days[word]), at + 1)
        opened = word == "the"
        start = at + 1 if opened else at
        the = self.word(start - 1) == "the"
        word = self.word(start)
        if opened and word in self.lexicon.units:
            return self._the_unit(start)
        if word not in self.lexicon.directions and word not in self.lexicon.words["anchored"]:
            return None
        return self._directed(start, word, the=the)

    def _the_unit(self, at: int) -> Found | None:
        """ "the week after next", "the day before yesterday", "the weekend"."""
        unit, after = self.lexicon.units[self.word(at)], self.word(at + 1)
        if after in ("after", "before"):
            sign = 1 if after == "after" else -1
            last = at + 2 + (self.word(at + 2) == "the")
            if self.word(last) in ("next", "last") and unit != "day":
                return Found(Deictic(unit, 2 * sign), last + 1)
            if self.word(at + 2) in ("tomorrow", "tmrw", "yesterday") and unit == "day":
                return Found(Deictic("day", 2 * sign), at + 3)
            if self._closes(at + 2) and self.word(at) in ("day", "week", "month", "year"):
                return Found(Anchored(unit, sign), at + 2)
            return None
        if self.word(at) == "week" and after in ("of", "starting", "beginning", "ending", "ended"):
            base = self.single(
                at + 2 + (self.word(at + 2) in ("on", "the") and self.word(at + 3) not in self.lexicon.ordinals)
            )
            base = base or self._ordinal_day(at + 2)
            return Found(WeekOf(base.node), base.end) if base else None
        return Found(Deictic("weekend", 0), at + 1) if self.word(at) == "weekend" and after != "of" else None

    def _ordinal_day(self, at: int) -> Found | None:
        day = self.day_number(at)
        return Found(Calendar(day=day[0]), day[1]) if day else None

    def _directed(self, at: int, word: str, *, the: bool) -> Found | None:
        end, nearest = at + 1, word in ("past", "coming", "upcoming")
        if word in ("this", "that", "these") and self.word(end) in ("same", "past", "coming", "upcoming", "very"):
            word, end, nearest = self.word(end), end + 1, True
        anchored = word in self.lexicon.words["anchored"]
        if word in self.lexicon.words["same"] and self.word(end + 1) in ("that", "as", "when"):
            return None  # the time of something told, not of a date
        direction = self.lexicon.directions.get(
            word, 0 if word in self.lexicon.words["same"] else (-1 if word == "preceding" else 1)
        )
        noun = self.word(end)
        if noun in self.lexicon.units and not (noun.endswith("s") and noun != "s"):
            return self._directed_unit(at, end, direction, anchored=anchored, the=the)
        if noun in self.lexicon.words["day_parts"]:
            return (
                Found(Deictic("day", min(direction, 0) if word != "next" else 1), end + 1)
                if word in ("this", "last")
                else None
            )
        if word in self.lexicon.words["same"]:
            return None
        lengths = self.lengths(end) if noun not in ("a", "an") else None
        if lengths and self.word(lengths[1]) == "ago":
            lengths = self.lengths(end, most=1)  # "the last 3 months, and 2 days ago"
        if lengths:
            return (
                None
                if direction == 0 or self.word(lengths[1]) == "of"
                else Found(Window(lengths[0], direction), lengths[1])
            )
        return self._directed_date(end, direction, nearest=nearest, anchored=anchored)

    def _directed_unit(self, at: int, end: int, direction: int, *, anchored: bool, the: bool) -> Found | None:
        unit, word = self.lexicon.units[self.word(end)], self.word(at)
        if self.word(end + 1) in ("of", "-") and word in ("last", "next", "past") and self.word(end + 1) == "of":
            return None
        if unit == "weekend" and direction < 0:
            return Found(Deictic("weekend", -1), end + 1)
        if unit == "day" and word in ("last", "past") and the and self.word(at - 2) not in ("in", "over", "during"):
            return None
        if anchored or (the and word == "next" and self.word(at - 2) not in ("over", "within", "in", "for", "during")):
            return Found(Anchored(unit, direction), end + 1)
        stretch = word == "past" or (the and word in ("last", "next"))
        if (
            stretch
            and unit in ("week", "month", "year")
            and not (word == "past" and not the and self.word(at - 1) == "")
        ):
            return Found(Window(((1, unit),), direction), end + 1)
        return Found(Deictic(unit, direction), end + 1)

    def _directed_date(self, at: int, direction: int, *, nearest: bool, anchored: bool) -> Found | None:
        weekday = self.lexicon.weekdays.get(self.word(at))
        if weekday is not None and (len(self.word(at)) > 2):
            if direction < 0 and self.month(at + 1 + (self.word(at + 1) in ("of", "in"))):
                return None
            dated = self.calendar_date(at)
            if (
                dated
                and isinstance(dated.node, Calendar)
                and dated.node.day is not None
                and dated.node.month is not None
            ):
                return dated
            return Found(Sided(direction, weekday=weekday, nearest=nearest, anchored=anchored), at + 1)
        season = self.lexicon.seasons.get(self.word(at))
        if season is not None:
            return Found(Season(season, direction=direction), at + 1)
        feast = self.feast(at)
        if feast and isinstance(feast.node, Feast) and feast.node.year is None:
            year = Deictic("year", direction) if direction == 0 else None
            return Found(replace(feast.node, year=year, direction=direction), feast.end)
        found = self._month_first(at, None) or self._day_first(at, None)
        if found and isinstance(found.node, Calendar) and isinstance(found.node.month, int):
            if found.node.year is None:
                return Found(Sided(direction, month=found.node.month, day=found.node.day), found.end)
            return found
        return None

    # ordinals, parts, and what stands in a larger period

    def nth(self, at: int) -> Found | None:
        """ "the first Friday of July", "the last two weeks of 2018", "the first nine months of the year"."""
        at += self.word(at) == "the"
        place = (-1, at + 1) if self.word(at) in ("last", "final") else self.ordinal(at)
        if place is None:
            return None
        number, end = place
        count = self.number(end) if self.word(end) not in ("a", "an") else None
        if count:
            end = count[1]
        weekday = self.lexicon.weekdays.get(self.word(end))
        unit = self.lexicon.units.get(self.word(end))
        if weekday is None and unit not in ("day", "week", "month", "weekend", "quarter", "year"):
            return None
        whole = self._whole(end + 1)
        if whole is None:
            return None
        return Found(
            Nth(number, whole.node, unit if weekday is None else None, weekday, count[0] if count else 1), whole.end
        )

    def _whole(self, at: int) -> Found | None:
        """What a part is part of: "of 2019", "in this month", "next year", "of the year"."""
        joined = self.word(at) in ("of", "in")
        at += joined
        if joined and self.word(at) == "the" and self.word(at + 1) in self.lexicon.units:
            unit = self.lexicon.units[self.word(at + 1)]
            if unit == "day" or self.word(at + 1).endswith("s"):
                return None
            return Found(Deictic(unit, 0), at + 2)
        if joined and self.word(at) == "the" and self.word(at + 1) in self.lexicon.seasons:
            return self.season(at + 1)
        for read in (
            self.deictic,
            self.division,
            self.decade,
            self._month_and_year,
            self.season,
            self.feast,
            self._only_year,
        ):
            found = read(at)
            if found:
                return found
        return None

    def _month_and_year(self, at: int) -> Found | None:
        month = self.month(at)
        if month is None:
            return None
        year = self.year_phrase(month[1])
        return (
            Found(Calendar(year=year[0], month=month[0]), year[1]) if year else Found(Calendar(month=month[0]), at + 1)
        )

    def _only_year(self, at: int) -> Found | None:
        if self.word(at) == "the":
            at += 1
        at += self.word(at) == "year"
        year = self.year_number(at)
        return Found(Calendar(year=year[0]), year[1]) if year else None

    def part(self, at: int) -> Found | None:
        """ "early 2018", "mid-December", "later this week", "the end of the year", "the rest of the month"."""
        start = at
        at += self.word(at) == "the"
        word = self.word(at)
        name = self.lexicon.parts.get(word)
        if name is None:
            return self._edge(start)
        end = at + 1
        if word in ("early", "mid", "late", "end", "start") and self.word(end) == "-":
            end += 1
        while self.word(end) in ("to", "or") and self.word(end + 1) in ("mid", "late", "early"):
            end += 2 + (self.word(end + 2) == "-")
        if word in ("early", "mid", "late", "earlier", "later"):
            end += self.word(end) == "on"
            whole = self._part_whole(end, word)
        else:
            end += self.word(end) == "part"
            whole = self._whole(end) if self.word(end) == "of" or self.word(end - 1) == "-" or word == "rest" else None
        return Found(Part(name, whole.node), whole.end) if whole else None

    def _part_whole(self, at: int, word: str) -> Found | None:
        if self.word(at) == "in" and self.word(at + 1) == "the" and self.word(at + 2) == "day":
            return Found(Anchored("day", 0), at + 3)
        if self.word(at) == "in":
            return self._whole(at)
        if word in ("earlier", "later"):
            return self.deictic(at)
        return self._whole(at) or self.calendar_date(at)

    def _edge(self, at: int) -> Found | None:
        """ "year-end", "the year's end", "month's end"."""
        at += self.word(at) == "the"
        unit = self.word(at)
        if unit not in ("year", "month", "week", "decade"):
            return None
        end = at + 1
        if self.word(end) == "'":
            end += 1 + (self.word(end + 1) == "s")
        elif self.word(end) == "-":
            end += 1
        else:
            return None
        return Found(Part("end", Deictic(unit, 0)), end + 1) if self.word(end) == "end" else None

    def day_of(self, at: int) -> Found | None:
        """ "the 20th of next month", "on the 15th"."""
        day = self.day_number(at)
        if day is None or self.word(at) in self.lexicon.ordinals:
            return None
        end = day[1] + (self.word(day[1]) == "day")
        month = (
            self._relative_month(end)
            if self.word(at) == "the" or self.word(at + 1) in ("st", "nd", "rd", "th")
            else None
        )
        if month:
            return Found(Calendar(day=day[0], month=month[0]), month[1])
        framed = self.word(at - 1) in ("on", "by", "until", "since", "from", "before", "till", "of")
        if self.word(at) == "the" and framed and self.word(at + 1).isdecimal() and self._closes(day[1]):
            return Found(Calendar(day=day[0]), day[1])
        return None

    def _with_week(self, at: int) -> Found | None:
        """ "next week on Friday", "last week's Monday"."""
        week = self.deictic(at)
        if week is None or not isinstance(week.node, (Deictic, Anchored)) or week.node.unit != "week":
            return None
        end = week.end
        while self.word(end) in ("on", ",", "-"):
            end += 1
        weekday = self.lexicon.weekdays.get(self.word(end))
        if weekday is not None and self.word(week.end) != ",":
            return Found(Calendar(weekday=weekday, week=week.node), end + 1)
        days = self._range(end) if self.word(end) in ("from", "between") else None
        return Found(_in_week(days.node, week.node), days.end) if days and _of_weekdays(days.node) else None

    def _tail(self, found: Found) -> Found:
        """The time of day and the week that follow a day."""
        node, end = found
        if isinstance(node, Calendar) and node.weekday is not None and node.month is None and node.day is None:
            after = end + (self.word(end) in ("of", ","))
            week = self.deictic(after)
            if (
                week
                and isinstance(week.node, (Deictic, Anchored))
                and week.node.unit == "week"
                and self.word(end) != ","
            ):
                node, end = replace(node, week=week.node), week.end
            elif self.word(end) == "week" and self.word(end + 1) in (".", ",", ""):
                node, end = Offset(((1, "week"),), 1, node), end + 1
            else:
                count = self.lengths(after)
                if count and self.word(count[1]) == "from" and self.word(count[1] + 1) == "now":
                    node, end = Offset(count[0], 1, weekday=node.weekday), count[1] + 2
        if self.word(end) in self.lexicon.words["day_parts"] and not isinstance(node, Window):
            end += 1
        return Found(node, end)


def _whole_for_deadline(node: Node) -> Node:
    """ "by the end of the year" runs to its last day, as "by the year" would."""
    return node.whole if isinstance(node, Part) and node.part == "end" else node


def _of_weekdays(node: Node) -> bool:
    return isinstance(node, Range) and all(
        isinstance(x, Calendar) and x.weekday is not None for x in (node.first, node.last)
    )


def _in_week(node: Node, week: Node) -> Node:
    assert isinstance(node, Range) and isinstance(node.first, Calendar) and isinstance(node.last, Calendar)
    return Range(replace(node.first, week=week), replace(node.last, week=week))
