"""The grammar of dates by their relation to others: "last week", "the following day", "the end of the year"."""

from dataclasses import replace

from detente.codebook.dates import DateLexicon
from detente.mentions.date_grammar_counted import CountedGrammar
from detente.mentions.date_grammar_numbers import Found
from detente.mentions.date_nodes import Anchored, Calendar, Deictic, Feast, Node, Season, Sided
from detente.mentions.date_spans import EndingAt, Lengths, Nth, Part, WeekOf, Window
from detente.mentions.date_tokens import Tokens

LONG_UNITS = ("month", "quarter", "year")


class RelativeGrammar(CountedGrammar):
    """Reads relative dates, and parts of larger periods, at a token."""

    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        super().__init__(tokens, lexicon)
        self._deictic: dict[int, Found | None] = {}  # by token

    def deictic(self, at: int) -> Found | None:
        """ "today", "last week", "the following day", "next Friday", "this spring", "the past two years"."""
        if at not in self._deictic:
            self._deictic[at] = self._read_deictic(at)
        return self._deictic[at]

    def _read_deictic(self, at: int) -> Found | None:
        word = self.word(at)
        if word in self.lexicon.deictic_days:
            return Found(Deictic("day", self.lexicon.deictic_days[word]), at + 1)
        at += word == "the"
        if word == "the" and self.word(at) in self.lexicon.units:
            return self._the_unit(at)
        if word == "weekend" and self.has(at - 1, "weekend_frames") and self.word(at + 1) != "of":
            return Found(Deictic("weekend", 0), at + 1)
        if self.word(at) in self.lexicon.directions or self.has(at, "anchored"):
            return self._directed(at)
        lengths = self.lengths(at) if word == "the" else None
        if lengths and self.has(lengths.end, "ending_at"):
            return self._ending_at(lengths.lengths, lengths.end + 1)
        return None

    def _the_unit(self, at: int) -> Found | None:
        """ "the week after next", "the day before yesterday", "the weekend", "the week of 4 November"."""
        word, after = self.word(at), self.word(at + 1)
        if after in ("after", "before"):
            return self._beyond(at, 1 if after == "after" else -1)
        if word == "week" and self.has(at + 1, "week_of"):
            start = at + 2 + (self.word(at + 2) == "on")
            day = self.day_number(start)
            base = self.single(start) or (Found(Calendar(day=day.value), day.end) if day else None)
            return Found(WeekOf(base.node), base.end) if base else None
        if self.has(at + 1, "ending_at"):
            return self._ending_at(((1, self.lexicon.units[word]),), at + 2)
        return Found(Deictic("weekend", 0), at + 1) if word == "weekend" and after != "of" else None

    def _ending_at(self, lengths: Lengths, at: int) -> Found | None:
        """ "the year to March", "the three months ended June 30"."""
        last = self.month_first(at, None) or self.day_first(at, None)
        return Found(EndingAt(lengths, last.node), last.end) if last and lengths[0][1] in LONG_UNITS else None

    def _beyond(self, at: int, sign: int) -> Found | None:
        unit = self.lexicon.units[self.word(at)]
        last = at + 2 + (self.word(at + 2) == "the")
        if self.has(last, "last_next") and unit != "day":
            return Found(Deictic(unit, 2 * sign), last + 1)
        if self.has(at + 2, "near_days") and unit == "day":
            return Found(Deictic("day", 2 * sign), at + 3)
        if self.closes(at + 2) and unit in ("day", "week", "month", "year"):
            return Found(Anchored(unit, sign), at + 2)
        return None

    def _directed(self, at: int) -> Found | None:
        """What a direction stands before: a unit, a time of day, a length, a weekday, a month ..."""
        end, nearest = at + 1, self.has(at, "nearest")
        if self.word(at) in ("this", "that") and (self.has(end, "same") or self.has(end, "nearest")):
            at, end, nearest = end, end + 1, True
        noun = self.word(end)
        if self.has(at, "same"):
            if self.has(end, "day_parts"):
                return Found(Anchored("day", 0), end + 1)
            whole = noun in self.lexicon.units and not noun.endswith("s") and not self.has(end + 1, "told")
            return Found(Anchored(self.lexicon.units[noun], 0), end + 1) if whole else None
        if noun in self.lexicon.units and not noun.endswith("s"):
            return self._directed_unit(at, end)
        if self.has(end, "day_parts"):
            return self._directed_hours(at, end)
        lengths = None if self.has(end, "articles") else self.lengths(end)
        if lengths and self.word(lengths.end) == "ago":
            lengths = self.lengths(end, most=1)  # "the last 3 months, and 2 days ago"
        if lengths:
            direction = self._direction(at)
            whole = direction != 0 and self.word(lengths.end) != "of"
            return Found(Window(lengths.lengths, direction), lengths.end) if whole else None
        return self._directed_date(end, self._direction(at), nearest=nearest, anchored=self.has(at, "anchored"))

    def _directed_hours(self, at: int, end: int) -> Found | None:
        """ "this morning", "last night", "the next morning"."""
        days = {"this": 0, "last": -1}.get(self.word(at))
        if days is not None:
            return Found(Deictic("day", days), end + 1)
        return Found(Anchored("day", self._direction(at)), end + 1) if self.word(at - 1) == "the" else None

    def _direction(self, at: int) -> int:
        earlier = self.word(at) == "preceding"
        return self.lexicon.directions.get(self.word(at), -1 if earlier else 1)

    def _directed_unit(self, at: int, end: int) -> Found | None:
        unit, direction, the = self.lexicon.units[self.word(end)], self._direction(at), self.word(at - 1) == "the"
        if self.word(end + 1) == "of" and (self.has(at, "last_next") or self.has(at, "nearest")):
            return None
        if unit == "weekend":
            placed = self.has(end + 1, "joins") and self.month(end + 2)  # "the last weekend in October"
            return None if placed else Found(Deictic(unit, direction), end + 1)
        last_day = unit == "day" and self.has(at, "recent") and the
        if last_day and self.word(at) != "previous" and not self.has(at - 2, "day_stretch"):
            return None  # "the last day for comment"
        next_one = the and self.word(at) == "next" and not self.has(at - 2, "stretch_frames")
        if self.has(at, "anchored") or next_one:
            return Found(Anchored(unit, direction), end + 1)
        stretch = self.word(at) == "past" or (the and self.has(at, "last_next"))
        long = unit == "decade" and (self.word(at) != "next" or self.has(at - 2, "long_stretch"))
        if stretch and (long or unit in ("week", "month", "year")) and (the or self.word(at - 1)):
            return Found(Window(((1, unit),), direction), end + 1)
        return Found(Deictic(unit, direction), end + 1)

    def _directed_date(self, at: int, direction: int, *, nearest: bool, anchored: bool) -> Found | None:
        if self.word(at) in self.lexicon.weekdays:
            return self._directed_weekday(at, direction, nearest=nearest, anchored=anchored)
        season = self.lexicon.seasons.get(self.word(at))
        if season is not None:
            return Found(Season(season, direction=direction, anchored=anchored), at + 1)
        feast = self.feast(at)
        if feast and isinstance(feast.node, Feast) and feast.node.year is None:
            year = Deictic("year", 0) if direction == 0 else None
            return Found(replace(feast.node, year=year, direction=direction), feast.end)
        found = self.month_first(at, None) or self.day_first(at, None)
        if found is None or not isinstance(found.node, Calendar) or not isinstance(found.node.month, int):
            return None
        if found.node.year is not None:
            return found
        return Found(Sided(direction, month=found.node.month, day=found.node.day), found.end)

    def _directed_weekday(self, at: int, direction: int, *, nearest: bool, anchored: bool) -> Found | None:
        if direction < 0 and self.month(at + 1 + self.has(at + 1, "joins")):
            return None  # "the last Monday in April"
        dated = self.calendar_date(at)
        if dated and isinstance(dated.node, Calendar) and dated.node.day is not None and dated.node.month is not None:
            return dated
        weekday = self.lexicon.weekdays[self.word(at)]
        return Found(Sided(direction, weekday=weekday, nearest=nearest, anchored=anchored), at + 1)

    # ordinals, parts, and what stands in a larger period

    def nth(self, at: int) -> Found | None:
        """ "the first Friday of July", "the last two weeks of 2018", "the first nine months of the year"."""
        at += self.word(at) == "the"
        place = self.ordinal(at)
        if place is None and not self.has(at, "last"):
            return None
        number, end = place or (-1, at + 1)
        count = None if self.has(end, "articles") else self.number(end)
        end = count.end if count else end
        weekday = self.lexicon.weekdays.get(self.word(end))
        unit = self.lexicon.units.get(self.word(end), "")
        if weekday is None and unit not in self.lexicon.words["calendar_units"]:
            return None
        whole = self._whole(end + 1)
        if whole is None:
            return None
        node = Nth(number, whole.node, unit or None, weekday, count.value if count else 1)
        return Found(node, whole.end)

    def _whole(self, at: int) -> Found | None:
        """What a part is part of: "of 2019", "in this month", "next year", "of the year"."""
        joined = self.has(at, "joins")
        at += joined
        if joined and self.word(at) == "the" and self.word(at + 1) in self.lexicon.units:
            unit = self.lexicon.units[self.word(at + 1)]
            bare = unit != "day" and not self.word(at + 1).endswith("s")
            return Found(Deictic(unit, 0), at + 2) if bare else None
        if joined and self.word(at) == "the" and self.word(at + 1) in self.lexicon.seasons:
            return self.season(at + 1)
        readers = (self.deictic, self.division, self.decade, self._month_and_year, self.season, self.feast)
        for read in (*readers, self._only_year):
            found = read(at)
            if found:
                return found
        return None

    def _month_and_year(self, at: int) -> Found | None:
        month = self.month(at)
        if month is None:
            return None
        year = self.year_phrase(month.end)
        if year is None:
            return Found(Calendar(month=month.value), at + 1)
        return Found(Calendar(year=year.year, month=month.value), year.end)

    def _only_year(self, at: int) -> Found | None:
        at += self.word(at) == "the"
        at += self.word(at) == "year"
        year = self.year_number(at)
        return Found(Calendar(year=year.value), year.end) if year else None

    def part(self, at: int) -> Found | None:
        """ "early 2018", "mid-December", "later this week", "the end of the year", "the rest of the month"."""
        start = at
        at += self.word(at) == "the"
        word = self.word(at)
        name = self.lexicon.parts.get(word)
        if name is None:
            return self._edge(start)
        end = at + 1 + (self.has(at, "part_hyphens") and self.word(at + 1) == "-")
        while self.word(end) in ("to", "or") and self.has(end + 1, "early_late"):
            end += 2 + (self.word(end + 2) == "-")  # "mid- to late"
        if self.has(at, "early_late") or word in ("earlier", "later"):
            whole = self._part_whole(end + (self.word(end) == "on"), word)
        else:
            end += self.word(end) == "part"
            whole = self._whole(end) if self.word(end) == "of" or self.word(end - 1) == "-" or name == "rest" else None
        return Found(Part(name, whole.node), whole.end) if whole else None

    def _part_whole(self, at: int, word: str) -> Found | None:
        if self.tokens.low[at : at + 3] == ["in", "the", "day"]:
            return Found(Anchored("day", 0), at + 3)
        if self.word(at) == "in":
            return self._whole(at)
        if word in ("earlier", "later"):
            return self.deictic(at)
        return self._whole(at) or self.calendar_date(at)

    def _edge(self, at: int) -> Found | None:
        """ "year-end", "the year's end", "month's end"."""
        at += self.word(at) == "the"
        unit, end = self.word(at), at + 1
        if not self.has(at, "edges") or self.word(end) not in ("'", "-"):
            return None
        end += 1 + (self.word(end) == "'" and self.word(end + 1) == "s")
        return Found(Part("end", Deictic(unit, 0)), end + 1) if self.word(end) == "end" else None

    def day_of(self, at: int) -> Found | None:
        """ "the 20th of next month", "on the 15th"."""
        day = self.day_number(at)
        if day is None or self.word(at) in self.lexicon.ordinals:
            return None
        the = self.word(at) == "the"
        placed = the or self.has(at + 1, "ordinal_ends")
        month = self.relative_month(day.end + (self.word(day.end) == "day")) if placed else None
        if month:
            return Found(Calendar(day=day.value, month=month.node), month.end)
        framed = the and self.has(at - 1, "day_frames") and self.word(at + 1).isdecimal()
        return Found(Calendar(day=day.value), day.end) if framed and self.closes(day.end) else None

    def relative_month(self, at: int) -> Found | None:
        """ "of next month", "this month"."""
        at += self.has(at, "joins")
        at += self.word(at) == "the"
        direction = self.lexicon.directions.get(self.word(at))
        if direction is None or self.word(at + 1) != "month":
            return None
        return Found(Deictic("month", direction), at + 2)


def is_week(node: Node) -> bool:
    """Whether the tree is a whole week."""
    return isinstance(node, (Deictic, Anchored)) and node.unit == "week"
