"""The grammar of dates that name the calendar: days, months, years, quarters, seasons, decades, feasts."""

import datetime as dt
from typing import NamedTuple

from detente.codebook.dates import DateLexicon
from detente.mentions.date_calendar import DAY, MONTHS, Interval, safe_date
from detente.mentions.date_nodes import Anchored, Calendar, Deictic, Division, Feast, Fixed, Node, Season
from detente.mentions.date_tokens import Tokens
from detente.records import Grain

LAST_DAY = 31
FIRST_YEAR, LAST_YEAR = 1900, 2100  # of bare numbers
OLDEST = 1000
SHORT_YEAR_TURN = 50  # "'49" is 2049, "'50" is 1950
ROUND = 50  # numbers that people round to
LONGEST_NAME = 8  # tokens
SHORT_MONTH = 4  # letters: "Sept" may carry a full stop


class Found(NamedTuple):
    """A tree and the index of the first token after it."""

    node: Node
    end: int


class CalendarGrammar:
    """Reads calendar dates at a token; each method gives what it found and where it ends, or None."""

    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.word = tokens.word
        self._has_may = self._names_someone_may()

    # numbers

    def number(self, at: int) -> tuple[int, int] | None:
        """A count: "12", "twelve", "a", "a couple of", "twenty-one"."""
        word = self.word(at)
        if word.isdecimal() and len(word) <= 4:
            return int(word), at + 1
        if word not in self.lexicon.numbers:
            return None
        value, end = self.lexicon.numbers[word], at + 1
        if word in ("a", "an") and self.word(end) in ("couple", "dozen", "hundred"):
            value, end = self.lexicon.numbers[self.word(end)], end + 1
        if self.word(end - 1) == "couple" and self.word(end) == "of":
            end += 1
        tens = value >= 20 and value % 10 == 0
        last = end + 1 if self.word(end) == "-" else end
        if tens and 1 <= self.lexicon.numbers.get(self.word(last), 0) <= 9 and self.word(last) not in ("a", "an"):
            return value + self.lexicon.numbers[self.word(last)], last + 1
        return value, end

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """A place: "3rd", "third", "thirty first"."""
        word = self.word(at)
        if (
            word.isdecimal()
            and len(word) <= 2
            and self.tokens.touches(at)
            and self.word(at + 1) in ("st", "nd", "rd", "th")
        ):
            return int(word), at + 2
        if word in self.lexicon.ordinals:
            return self.lexicon.ordinals[word], at + 1
        tens = self.lexicon.numbers.get(word, 0)
        last = at + 2 if self.word(at + 1) == "-" else at + 1
        if tens in (20, 30) and 1 <= self.lexicon.ordinals.get(self.word(last), 0) <= 9:
            return tens + self.lexicon.ordinals[self.word(last)], last + 1
        return None

    def day_number(self, at: int) -> tuple[int, int] | None:
        """A day of a month, "the" before it allowed."""
        if self.word(at) == "the":
            found = self.ordinal(at + 1)
        else:
            word = self.word(at)
            found = self.ordinal(at) or ((int(word), at + 1) if word.isdecimal() and len(word) <= 2 else None)
        return found if found and 1 <= found[0] <= LAST_DAY else None

    def year_number(self, at: int, *, short: bool = False) -> tuple[int, int] | None:
        """A year of four digits; with `short` also "'87" and "87"."""
        word = self.word(at)
        if len(word) == 4 and word.isdecimal() and OLDEST <= int(word) <= LAST_YEAR:
            return int(word), at + 1
        quoted = word == "'"
        word = self.word(at + 1) if quoted else word
        if (short or quoted) and len(word) == 2 and word.isdecimal() and self.word(at + 1 + quoted) != "s":
            value = int(word)
            return (2000 if value < SHORT_YEAR_TURN else 1900) + value, at + 1 + quoted
        return None

    # years as phrases

    def year_phrase(self, at: int) -> tuple[int | Node, int] | None:
        """ ", 2019", "of 2019", "in 2019", "last year", "of the same year", "of that year"."""
        start = at
        comma = self.word(at) == ","
        if comma:
            at += 1
        joined = self.word(at) in ("of", "in")
        if joined:
            at += 1
        if self.word(at) == "the" and self.word(at + 1) == "year" and self.year_number(at + 2):
            at += 2
        found = self.year_number(at, short=joined and self.word(at - 1) == "of")
        if found and (self.word(at) != "'" or not comma):
            return None if self._is_quantity(found[1]) and not joined else found
        if comma and start + 1 == at and self.word(at) not in self.lexicon.directions:
            return None
        return self.relative_year(at)

    def relative_year(self, at: int) -> tuple[Node, int] | None:
        """ "last year", "the following year", "that year", "the year" (only after "of", "in")."""
        joined = self.word(at - 1) in ("of", "in")
        the = self.word(at) == "the"
        at += the
        word = self.word(at)
        if self.word(at + 1) == "year":
            if word in self.lexicon.words["same"] and (the or word == "that"):
                return Anchored("year", 0), at + 2
            if word in self.lexicon.words["anchored"]:
                return Anchored("year", self.lexicon.directions.get(word, -1)), at + 2
            if word in self.lexicon.directions:
                return Deictic("year", self.lexicon.directions[word]), at + 2
        if the and joined and word == "year":
            return Deictic("year", 0), at + 1
        return None

    def _is_quantity(self, at: int) -> bool:
        return self.word(at) in self.lexicon.not_year["after"] or self.word(at) == "%"

    # days and months

    def month(self, at: int) -> tuple[int, int] | None:
        """A month and what follows it, a full stop of the short form included where a number comes next."""
        word = self.word(at)
        number = self.lexicon.months.get(word)
        if number is None:
            return None
        stop = self.word(at + 1) == "." and len(word) <= SHORT_MONTH and word not in ("may", "june", "july")
        after = at + 2 if stop else at + 1
        if stop and not (
            self.word(after)[:1].isdecimal() or self.word(after) in (",", "-", "–", "of", "last", "next", "this")
        ):
            return number, at + 1
        return number, after

    def calendar_date(self, at: int) -> Found | None:
        """A weekday, a day, a month, a year, in any of their usual orders."""
        weekday = self._weekday(at)
        if weekday is None:
            return self._day_and_month(at, None)
        number, end = weekday
        after = end
        while self.word(after) in (",", ".", "("):
            after += 1
        found = self._day_and_month(after, number) if self.word(after) not in ("on", "in") else None
        if found and self._agrees_with_weekday(found.node):
            bracket = self.word(after - 1) == "(" and self.word(found.end) == ")"
            return Found(found.node, found.end + bracket)
        if not self._is_sure_weekday(at):
            return None
        bare = self._bare_day(end, number)
        return bare or Found(Calendar(weekday=number), end)

    def _bare_day(self, at: int, weekday: int) -> Found | None:
        """ "Thursday the 21st", "Monday 21"."""
        day = self.day_number(at)
        if day and (self.word(at) == "the" or self.word(at).isdecimal()):
            if self.word(at) != "the" and self.word(day[1]) and self.word(day[1])[0].isalnum():
                return None
            return Found(Calendar(day=day[0], weekday=weekday), day[1])
        return None

    def _agrees_with_weekday(self, node: Node) -> bool:
        return isinstance(node, Calendar) and node.day is not None

    def _weekday(self, at: int) -> tuple[int, int] | None:
        number = self.lexicon.weekdays.get(self.word(at))
        return None if number is None else (number, at + 1)

    def _is_sure_weekday(self, at: int) -> bool:
        """ "Sun", "sat", "wed" and "mon" need more than their letters."""
        word = self.word(at)
        if len(word) > 5:
            return True
        framed = self.word(at - 1) in (
            "on",
            "until",
            "from",
            "to",
            "by",
            "since",
            "next",
            "last",
            "this",
            "week",
            "or",
            "and",
        )
        return framed and (len(word) > 3 or self.tokens.is_capital(at) or word in ("fri", "tue"))

    def _day_and_month(self, at: int, weekday: int | None) -> Found | None:
        for read in (self._numeric, self._month_first, self._day_first, self._year_first):
            found = read(at, weekday)
            if found:
                return found
        return None

    def _month_first(self, at: int, weekday: int | None) -> Found | None:
        month = self.month(at)
        if month is None:
            return None
        number, end = month
        after = end + 1 if self.word(end) in (",", "/") else end
        day = self.day_number(after) if self._can_be_day(after) else None
        if day:
            return self._with_year(number, day[0], weekday, day[1])
        year = self.year_phrase(end)
        if year:
            return Found(Calendar(year=year[0], month=number), year[1])
        return Found(Calendar(month=number), at + 1) if self._is_month(at) else None

    def _can_be_day(self, at: int) -> bool:
        found = self.day_number(at)
        if found is None:
            return False
        return not (self.word(found[1]) in self.lexicon.not_month["numbers_after"] or self.word(found[1]) in ("%", ":"))

    def _with_year(self, month: int, day: int, weekday: int | None, end: int) -> Found:
        after = end + 1 if self.word(end) == "," or self.word(end) == "." else end
        short = self.year_number(after, short=True) if self.word(after) == "'" else None
        year = self.year_phrase(end) or (self.year_phrase(after) if self.year_number(after) else None) or short
        if year is None and self.word(end - 1) in self.lexicon.ordinals and self.word(end).isdecimal():
            year = self.year_number(end, short=True)
        if year:
            return Found(Calendar(year=year[0], month=month, day=day, weekday=weekday), year[1])
        return Found(Calendar(month=month, day=day, weekday=weekday), end)

    def _day_first(self, at: int, weekday: int | None) -> Found | None:
        day = self.day_number(at)
        if day is None or self.word(at - 1) in ("$", "€", "£", "¥"):
            return None
        end = day[1]
        if self.word(end) in ("of", ".", "-", "/"):
            end += 1
        if self.word(end) == "the":
            end += 1
        month = self.month(end)
        if month is None or (self.word(end) == "may" and not self._is_day_of_may(at, end)):
            return None
        return self._with_year(month[0], day[0], weekday, month[1])

    def _is_day_of_may(self, at: int, month: int) -> bool:
        return self.tokens.is_capital(month) or self.word(at) != self.word(month - 1)

    def _year_first(self, at: int, weekday: int | None) -> Found | None:
        year = self.year_number(at)
        if year is None:
            return None
        end = year[1] + 1 if self.word(year[1]) == "," else year[1]
        month = self.month(end)
        if month is None or (self.word(end) in ("may", "march") and not self._follows_year(end)):
            return None
        day = self.day_number(month[1]) if self._can_be_day(month[1]) else None
        if day and not self.year_number(day[1] + (self.word(day[1]) == ",")):
            return Found(Calendar(year=year[0], month=month[0], day=day[0], weekday=weekday), day[1])
        if day or self.year_number(month[1]):
            return None  # "2018, June 5, 2019": two dates
        return Found(Calendar(year=year[0], month=month[0]), month[1])

    def _follows_year(self, at: int) -> bool:
        return self.tokens.is_capital(at) and not self.word(at + 1)[:1].isalpha()

    def _numeric(self, at: int, weekday: int | None) -> Found | None:
        """ISO; day first with full stops; else month first, as in the United States, unless that is impossible."""
        word = self.word(at)
        pieces = word.replace("/", "-").replace(".", "-").split("-")
        if len(pieces) != 3 or not all(piece.isdecimal() for piece in pieces):
            return None
        first, second, third = (int(piece) for piece in pieces)
        if len(pieces[0]) == 4:
            day = safe_date(first, second, third)
        else:
            year = third if len(pieces[2]) == 4 else (2000 if third < SHORT_YEAR_TURN else 1900) + third
            if "." in word and len(pieces[2]) != 4:
                return None
            month_first = safe_date(year, first, second)
            day_first = safe_date(year, second, first)
            day = (day_first or month_first) if "." in word else (month_first or day_first)
        if day is None:
            return None
        return Found(Calendar(year=day.year, month=day.month, day=day.day, weekday=weekday), at + 1)

    # what only looks like a month

    def _is_month(self, at: int) -> bool:
        word, before, after = self.word(at), self.word(at - 1), self.word(at + 1)
        rules = self.lexicon.not_month
        if before == "-" and self.word(at - 2) in ("mid", "early", "late", "pre", "post", "end"):
            return True
        if after in ("-", "–", "to") and self.tokens.is_capital(at) and self.word(at + 2) in self.lexicon.months:
            return True
        framed = before in rules["frames"]
        if word == "may":
            return self._is_may(at, before, after)
        if (
            word == "march"
            and (after in rules["march_next"] or before in rules["march_last"])
            and before not in rules["sure_frames"]
        ):
            return False
        if not self.tokens.is_capital(at) or len(word) <= SHORT_MONTH - 1:
            return framed or (len(word) <= SHORT_MONTH and after == "." and self.tokens.is_capital(at) and framed)
        named = self.tokens.is_capital(at + 1) and after not in self.lexicon.months and not after.isdecimal()
        return framed or not named

    def _is_may(self, at: int, before: str, after: str) -> bool:
        rules = self.lexicon.not_month
        if before in rules["may_titles"] or after == "'":
            return False
        if not self.tokens.is_capital(at):
            return before in ("in", "last", "next", "of", "mid", "early", "late")
        if before in ("last", "next", "early", "mid", "late", "this", "since", "until", "during", "end", "throughout"):
            return True
        if before in rules["frames"] and not self._has_may:
            return not (before in ("of", "by", "for", "and", "or", "to", "that", "from") and after in ("and", "be"))
        return before == "in" and not self.tokens.is_capital(at + 1)

    def _names_someone_may(self) -> bool:
        titles = self.lexicon.not_month["may_titles"]
        for at, word in enumerate(self.tokens.low):
            if word == "may" and self.tokens.is_capital(at):
                before = self.word(at - 2) if self.word(at - 1) == "." else self.word(at - 1)
                if before in titles:
                    return True
        return False

    # bare years

    def bare_year(self, at: int) -> Found | None:
        """A year that stands alone and is no quantity, number or part of a name."""
        found = self.year_number(at)
        if found is None or self.word(at) == "'":
            return None
        before, after = self.word(at - 1), self.word(found[1])
        rules = self.lexicon.not_year
        if before in rules["before"] or before in "$€£¥#/" * bool(before) or self._is_quantity(found[1]):
            return None
        if self._is_part_of_number(at, found[1]) or self._counts_things(at, found):
            return None
        year, framed = found[0], before in rules["capital_ok"]
        bracketed = before == "(" and after == ")"
        if year < FIRST_YEAR and not bracketed and not (framed and not after.endswith("s")):
            return None
        named = self.tokens.is_capital(at - 1) and before.isalpha() and before not in self.lexicon.months
        if named and not framed and before not in self.lexicon.seasons:
            return None
        return Found(Calendar(year=year), found[1])

    def _counts_things(self, at: int, year: tuple[int, int]) -> bool:
        """ "2000 vehicles": a round number before a plural, with nothing that makes it a year."""
        noun, before = self.word(year[1]), self.word(at - 1)
        framed = before in self.lexicon.not_year["capital_ok"] or before in self.lexicon.words["determiners"]
        return year[0] % ROUND == 0 and not framed and len(noun) > len("was ") and noun.endswith("s")

    def _is_part_of_number(self, at: int, end: int) -> bool:
        before, after = self.word(at - 1), self.word(end)
        if self.tokens.touches(at - 1) and before in ("-", ".", ":", "_", "+") and at > 1:
            inside = self.tokens.touches(at - 2) and self.word(at - 2) not in (
                "mid",
                "early",
                "late",
                "pre",
                "post",
                "q",
            )
            if inside and not self.year_number(at - 2) and before != "-":
                return True
            if inside and before == "-" and self.word(at - 2).isalpha() and len(self.word(at - 2)) <= 3:
                return True
        return self.tokens.touches(end - 1) and (
            after in ("-", "–") and self.word(end + 1).isalpha() and self._is_quantity(end + 1)
        )

    # quarters, halves, seasons, decades, centuries, feasts

    def division(self, at: int) -> Found | None:
        """ "the third quarter of 2016", "Q3", "2016 Q3", "H1 2019", "the first half of last year", "fiscal 2019"."""
        return self._fiscal(at) or self._short_division(at) or self._long_division(at)

    def _short_division(self, at: int) -> Found | None:
        year = self.year_number(at)
        start = year[1] if year else at
        start += bool(year) and self.word(start) == "-"
        kind, number = self.word(start), self.word(start + 1)
        months = {"q": 3, "h": 6}.get(kind)
        if (
            months is None
            or not number.isdecimal()
            or not self.tokens.touches(start)
            or not 1 <= int(number) <= MONTHS // months
        ):
            return None
        end = start + 2
        if year:
            return Found(Division(int(number), months, year[0]), end)
        after = self.year_phrase(end + (self.word(end) == "-"))
        if after:
            return Found(Division(int(number), months, after[0]), after[1])
        return Found(Division(int(number), months), end) if kind == "q" else None

    def _long_division(self, at: int) -> Found | None:
        year = self.year_number(at)
        if year:
            at = year[1]
        at += self.word(at) == "the"
        number = (4, at + 1) if self.word(at) in ("last", "final") else self.ordinal(at)
        if number is None:
            return None
        end = number[1] + (self.word(number[1]) == "-")
        months = {"quarter": 3, "half": 6}.get(self.word(end))
        if months is None or number[0] > MONTHS // months:
            return None
        after: tuple[int | Node, int] | None = (year[0], end + 1) if year else self.year_phrase(end + 1)
        if after:
            return Found(Division(number[0], months, after[0]), after[1])
        bare = months == 3 and self.word(at) not in ("last", "final") and self.word(end + 1) != "of"
        return Found(Division(number[0], months), end + 1) if bare else None

    def _fiscal(self, at: int) -> Found | None:
        if self.word(at) not in ("fiscal", "fy", "financial"):
            return None
        end = at + 1 + (self.word(at + 1) == "year")
        year = self.year_number(end, short=self.word(at) == "fy")
        if year is None or (self.word(at) == "financial" and end == at + 1):
            return None
        near = (
            self.lexicon.fiscal[w] for w in reversed(self.tokens.low[max(0, at - 30) : at]) if w in self.lexicon.fiscal
        )
        return Found(Division(1, MONTHS, year[0], next(near, self.lexicon.fiscal["default"])), year[1])

    def season(self, at: int) -> Found | None:
        """ "summer 2019", "the spring of 2011", "in the autumn"; with a direction it is read elsewhere."""
        month = self.lexicon.seasons.get(self.word(at))
        if month is None:
            return None
        year = self.year_phrase(at + 1)
        if year:
            end = year[1]
            if self.word(end) in ("-", "–", "/") and len(self.word(end + 1)) == 2 and self.word(end + 1).isdecimal():
                end += 2
            return Found(Season(month, year[0]), end)
        if self.word(at - 1) == "the" and self.word(at - 2) in (
            "in",
            "during",
            "over",
            "of",
            "by",
            "until",
            "since",
            "through",
        ):
            plain = self.word(at + 1) != "of" and not self.tokens.is_capital(at)
            return Found(Season(month), at + 1) if plain else None
        return None

    def decade(self, at: int) -> Found | None:
        """ "the 1990s", "the '90s", "the nineties"; and "the 19th century"."""
        century = self.ordinal(at)
        if century and self.word(century[1] + (self.word(century[1]) == "-")) == "century" and century[0] <= 21:
            first = (century[0] - 1) * 100
            end = century[1] + 1 + (self.word(century[1]) == "-")
            return Found(Fixed(Interval(dt.date(max(first, 1), 1, 1), dt.date(first + 99, 12, 31), Grain.CENTURY)), end)
        word = self.word(at)
        if word in self.lexicon.decades and self.word(at - 1) in ("the", "in", "early", "mid", "late", "-"):
            return _ten_years(1900 + self.lexicon.decades[word], at + 1)
        quoted = word == "'"
        number, end = self.word(at + quoted), at + quoted + 1
        end += self.word(end) == "'"
        if not number.isdecimal() or self.word(end) != "s" or number[-1] != "0":
            return None
        if len(number) == 4 and OLDEST <= int(number) <= LAST_YEAR:
            return _ten_years(int(number), end + 1)
        if len(number) == 2 and (quoted or self.word(at - 1) in ("the", "early", "mid", "late", "in", "-")):
            return _ten_years((1900 if int(number) >= 20 else 2000) + int(number), end + 1)
        return None

    def feast(self, at: int) -> Found | None:
        """A day with a name: "Christmas Day 2018", "the weekend of Thanksgiving"."""
        weekend_of = self.word(at) == "weekend" and self.word(at + 1) == "of"
        at += 2 * weekend_of
        for length in range(LONGEST_NAME, 0, -1):
            words = tuple(self.tokens.low[at : at + length])
            if len(words) < length:
                continue
            on = self.lexicon.dated_names.get(words)
            if on:
                return Found(Fixed(Interval(on, on, Grain.DAY)), at + length)
            holiday = self.lexicon.holidays.get(words)
            if holiday and (self.tokens.is_capital(at) or len(words) > 1 or len(words[0]) > SHORT_MONTH):
                year = self.year_phrase(at + length)
                end = year[1] if year else at + length
                weekend = self.word(end) == "weekend"
                if weekend and not year:
                    year = self.year_phrase(end + 1)
                    end = year[1] - 1 if year else end
                node = Feast(holiday, year[0] if year else None, weekend_of or weekend)
                return Found(node, end + weekend)
        return None


def _ten_years(first: int, end: int) -> Found:
    begin = dt.date(first, 1, 1)
    return Found(Fixed(Interval(begin, dt.date(first + 10, 1, 1) - DAY, Grain.DECADE)), end)
