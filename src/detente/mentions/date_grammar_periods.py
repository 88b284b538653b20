"""The grammar of named periods: quarters, halves, fiscal years, seasons, decades, centuries, feasts."""

import datetime as dt
from dataclasses import replace

from detente.mentions.date_calendar import DAY, MONTHS, Interval
from detente.mentions.date_grammar_calendar import SHORT_MONTH, CalendarGrammar
from detente.mentions.date_grammar_numbers import FOUR, LAST_YEAR, OLDEST, TWO, Found, FoundYear
from detente.mentions.date_nodes import Division, Feast, Fixed, Season
from detente.records import Grain

QUARTER, HALF = 3, 6  # months
LETTERS = {"q": QUARTER, "h": HALF}
NOUNS = {"quarter": QUARTER, "half": HALF}
LONGEST_NAME = 8  # tokens
FISCAL_REACH = 30  # tokens before in which a state may say how its fiscal year runs
LAST_CENTURY = 21
DECADE_TURN = 20  # "the '20s" and later are the 20th century's
CENTURY_YEARS = 100


class PeriodGrammar(CalendarGrammar):
    """Reads named periods at a token."""

    def division(self, at: int) -> Found | None:
        """ "the third quarter of 2016", "Q3", "2016 Q3", "H1 2019", "the first half of last year", "fiscal 2019"."""
        return self._fiscal(at) or self._short_division(at) or self._long_division(at)

    def _short_division(self, at: int) -> Found | None:
        year = self.year_number(at)
        start = year.end if year else at
        start += bool(year) and self.word(start) == "-"
        kind, number = self.word(start), self.word(start + 1)
        months = LETTERS.get(kind)
        if months is None or not number.isdecimal() or not self.tokens.touches(start):
            return None
        if not 1 <= int(number) <= MONTHS // months:
            return None
        end = start + 2
        if year:
            return Found(Division(int(number), months, year.value), end)
        after = self.year_phrase(end + (self.word(end) == "-"))
        if after:
            return Found(Division(int(number), months, after.year), after.end)
        return Found(Division(int(number), months), end) if months == QUARTER else None

    def _long_division(self, at: int) -> Found | None:
        year = self.year_number(at)
        at = year.end if year else at
        at += self.word(at) == "the"
        last = self.has(at, "last")
        place = self.ordinal(at)
        if place is None and not last:
            return None
        end = place.end if place else at + 1
        end += self.word(end) == "-"
        months = NOUNS.get(self.word(end), MONTHS)
        number = place.value if place else MONTHS // months
        if months == MONTHS or number > MONTHS // months:
            return None
        after = FoundYear(year.value, end + 1) if year else self.year_phrase(end + 1)
        if after:
            return Found(Division(number, months, after.year), after.end)
        bare = months == QUARTER and not last and self.word(end + 1) != "of"
        return Found(Division(number, months), end + 1) if bare else None

    def _fiscal(self, at: int) -> Found | None:
        if not self.has(at, "fiscal"):
            return None
        end = at + 1 + (self.word(at + 1) == "year")
        year = self.year_number(end, short=self.word(at) == "fy")
        if year is None or (self.word(at) == "financial" and end == at + 1):
            return None
        split = self._ends_split_year(year.end)
        rules = self.lexicon.fiscal
        near = (rules[word] for word in reversed(self.tokens.low[max(0, at - FISCAL_REACH) : at]) if word in rules)
        rule = next(near, rules["split" if split else "default"])
        rule = replace(rule, shift=0) if split else rule  # "2019-20" begins in 2019 everywhere
        return Found(Division(1, MONTHS, year.value, rule), year.end + 2 * split)

    def _ends_split_year(self, at: int) -> bool:
        """Whether "-20" of "2019-20" follows."""
        joined = self.has(at, "hyphens") and self.tokens.touches(at)
        return joined and self.word(at + 1).isdecimal() and len(self.word(at + 1)) == TWO

    def season(self, at: int) -> Found | None:
        """ "summer 2019", "the spring of 2011", "in the autumn"; with a direction it is read elsewhere."""
        month = self.lexicon.seasons.get(self.word(at))
        if month is None:
            return None
        year = self.year_phrase(at + 1)
        if year:
            return Found(Season(month, year.year), year.end + 2 * self._ends_split_year(year.end))
        framed = self.word(at - 1) == "the" and self.has(at - 2, "season_frames")
        if not framed or self.word(at + 1) == "of" or self.tokens.is_capital(at):
            return None
        return Found(Season(month), at + 1)

    def decade(self, at: int) -> Found | None:
        """ "the 1990s", "the '90s", "the nineties"; and "the 19th century"."""
        century = self._century(at)
        if century:
            return century
        word = self.word(at)
        framed = self._frames_decade(at)
        if word in self.lexicon.decades and framed:
            return _ten_years(1900 + self.lexicon.decades[word], at + 1)
        quoted = word == "'"
        number, end = self.word(at + quoted), at + quoted + 1
        end += self.word(end) == "'"
        if not number.isdecimal() or self.word(end) != "s" or number[-1] != "0":
            return None
        if len(number) == FOUR and OLDEST <= int(number) <= LAST_YEAR:
            return _ten_years(int(number), end + 1)
        if len(number) == TWO and (quoted or framed):
            return _ten_years((1900 if int(number) >= DECADE_TURN else 2000) + int(number), end + 1)
        return None

    def _frames_decade(self, at: int) -> bool:
        """Whether "the 70s", "mid-70s" may be years; "her early 70s" is an age, "the low-70s" a temperature."""
        first = at - 1
        if self.word(first) == "-":
            first -= 1
        part = self.has(first, "early_late")
        return (part and not self.has(first - 1, "owners")) or (self.has(at - 1, "decade_frames") and not part)

    def _century(self, at: int) -> Found | None:
        place = self.ordinal(at)
        if place is None or place.value > LAST_CENTURY:
            return None
        end = place.end + (self.word(place.end) == "-")
        if self.word(end) != "century":
            return None
        first = (place.value - 1) * CENTURY_YEARS
        last = dt.date(first + CENTURY_YEARS - 1, MONTHS, 31)
        return Found(Fixed(Interval(dt.date(max(first, 1), 1, 1), last, Grain.CENTURY)), end + 1)

    def feast(self, at: int) -> Found | None:
        """A day with a name: "Christmas Day 2018", "the weekend of Thanksgiving", "9/11"."""
        weekend_of = self.word(at) == "weekend" and self.word(at + 1) == "of"
        at += 2 * weekend_of
        if self.word(at) not in self.lexicon.named_days:
            return None
        for length in range(min(LONGEST_NAME, len(self.tokens.low) - at), 0, -1):
            words = tuple(self.tokens.low[at : at + length])
            on = self.lexicon.dated_names.get(words)
            if on:
                return Found(Fixed(Interval(on, on, Grain.DAY)), at + length)
            sure = self.tokens.is_capital(at) or length > 1 or len(words[0]) > SHORT_MONTH
            if sure and words in self.lexicon.holidays:
                if self._is_of_others(at, self.lexicon.holidays[words].owners):
                    return None
                return self._dated_feast(words, at + length, weekend=weekend_of)
        return None

    def _is_of_others(self, at: int, owners: frozenset[str]) -> bool:
        """Whether "India's" or "Mexican" before a day's name makes it another day."""
        owned = self.word(at - 1) == "s" and self.word(at - 2) == "'"
        owner = self.word(at - 3) if owned else self.word(at - 1)
        named = self.tokens.is_capital(at - 1) and owner not in self.lexicon.not_year["capital_ok"]
        return bool(owners) and (owned or named or self.has(at - 1, "owners")) and owner not in owners

    def _dated_feast(self, words: tuple[str, ...], end: int, *, weekend: bool) -> Found:
        year = self.year_phrase(end)
        end = year.end if year else end
        if self.word(end) == "weekend":
            weekend, end = True, end + 1
            year = year or self.year_phrase(end)
            end = max(end, year.end) if year else end
        return Found(Feast(self.lexicon.holidays[words], year.year if year else None, weekend), end)


def _ten_years(first: int, end: int) -> Found:
    last = dt.date(first + 10, 1, 1) - DAY
    return Found(Fixed(Interval(dt.date(first, 1, 1), last, Grain.DECADE)), end)
