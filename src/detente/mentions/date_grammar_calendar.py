"""The grammar of dates that name the calendar: weekdays, days, months, years."""

import datetime as dt

from detente.codebook.dates import DateLexicon
from detente.mentions.date_calendar import safe_date
from detente.mentions.date_grammar_numbers import FOUR, TWO, Found, FoundNumber, NumberGrammar, full_year
from detente.mentions.date_nodes import Calendar
from detente.mentions.date_tokens import Tokens

FIRST_YEAR = 1900  # that a bare number may be
ROUND = 50  # numbers that people round to
PIECES = 3  # of a date in numbers
SHORT_MONTH = 4  # letters: "Sept" may carry a full stop
FULL_WEEKDAY = 6  # letters: "Monday"
PREFIX = 3  # letters of a code before a number: "DC-2000"
PLURAL = 5  # letters: shorter words in -s are "was", "has", "this"


class CalendarGrammar(NumberGrammar):
    """Reads calendar dates at a token."""

    def __init__(self, tokens: Tokens, lexicon: DateLexicon) -> None:
        super().__init__(tokens, lexicon)
        self._has_may = self._names_someone_may()

    def month(self, at: int) -> FoundNumber | None:
        """A month; the full stop of its short form belongs to it where something of the date follows."""
        word = self.word(at)
        number = self.lexicon.months.get(word)
        if number is None:
            return None
        stop = self.word(at + 1) == "." and len(word) <= SHORT_MONTH and not self.has(at, "whole_months")
        goes_on = self.word(at + 2)[:1].isdecimal() or self.has(at + 2, "month_joins")
        return FoundNumber(number, at + 2 if stop and goes_on else at + 1)

    def calendar_date(self, at: int) -> Found | None:
        """A weekday, a day, a month, a year, in any of their usual orders."""
        weekday = self.lexicon.weekdays.get(self.word(at))
        if weekday is None:
            return self._before_weekday(self.day_and_month(at, None))
        after = at + 1
        while self.word(after) in (",", ".", "("):
            after += 1
        found = None if self.has(after, "joins") else self.day_and_month(after, weekday)
        if found and isinstance(found.node, Calendar) and found.node.day is not None:
            bracket = self.word(after - 1) == "(" and self.word(found.end) == ")"
            return Found(found.node, found.end + bracket)
        if not self._is_sure_weekday(at):
            return None
        return self._weekday_and_day(at + 1, weekday) or Found(Calendar(weekday=weekday), at + 1)

    def _before_weekday(self, found: Found | None) -> Found | None:
        """ "Nov. 1, 2019 (Friday)"."""
        if found is None or self.word(found.end + 1) not in self.lexicon.weekdays:
            return found
        bracketed = self.word(found.end) == "(" and self.word(found.end + 2) == ")"
        return Found(found.node, found.end + 3) if bracketed else found

    def _weekday_and_day(self, at: int, weekday: int) -> Found | None:
        """ "Thursday the 21st", "Monday 21"."""
        day = self.day_number(at)
        the = self.word(at) == "the"
        if day is None or not (the or self.word(at).isdecimal()):
            return None
        if not the and self.word(day.end)[:1].isalnum():
            return None
        return Found(Calendar(day=day.value, weekday=weekday), day.end)

    def _is_sure_weekday(self, at: int) -> bool:
        """ "Sun", "sat", "wed" and "mon" need more than their letters."""
        word = self.word(at)
        if len(word) >= FULL_WEEKDAY:
            return True
        return self.has(at - 1, "weekday_frames") and (len(word) > PREFIX or self.tokens.is_capital(at))

    def day_and_month(self, at: int, weekday: int | None) -> Found | None:
        """A date without its weekday."""
        for read in (self._in_numbers, self.month_first, self.day_first, self._year_first):
            found = read(at, weekday)
            if found:
                return found
        return None

    def month_first(self, at: int, weekday: int | None) -> Found | None:
        """ "Oct. 2", "October the 2nd, 2019", "May 2015", "December"."""
        month = self.month(at)
        if month is None:
            return None
        after = month.end + (self.word(month.end) in (",", "/"))
        day = self._day_after_month(after)
        if day:
            return self._with_year(month.value, day.value, weekday, day.end)
        year = self.year_phrase(month.end)
        if year:
            return Found(Calendar(year=year.year, month=month.value), year.end)
        return Found(Calendar(month=month.value), at + 1) if self._is_month(at) else None

    def _day_after_month(self, at: int) -> FoundNumber | None:
        found = self.day_number(at)
        if found is None or self.word(found.end) in self.lexicon.not_month["numbers_after"]:
            return None
        return None if self.has(found.end, "quantity_signs") else found

    def _with_year(self, month: int, day: int, weekday: int | None, end: int) -> Found:
        year = self.year_phrase(end)
        if year is None and self.word(end) == ",":
            exact = self.year_number(end + 1)
            year = self.year_phrase(end + 1) if exact else None
        if year is None and self.word(end - 1) in self.lexicon.ordinals:
            late = self.year_number(end, short=True)  # "January first 12"
            if late:
                return Found(Calendar(year=late.value, month=month, day=day, weekday=weekday), late.end)
        if year:
            return Found(Calendar(year=year.year, month=month, day=day, weekday=weekday), year.end)
        return Found(Calendar(month=month, day=day, weekday=weekday), end)

    def day_first(self, at: int, weekday: int | None) -> Found | None:
        """ "2 Oct", "the 2nd of October 2019", "16. Nov. 2016"."""
        day = self.day_number(at)
        if day is None or self.has(at - 1, "money"):
            return None
        end = day.end + (self.word(day.end) in ("of", ".", "-", "/"))
        end += self.word(end) == "the"
        month = self.month(end)
        if month is None or (self.word(end) == "may" and not self.tokens.is_capital(end) and end == day.end):
            return None
        found = self._with_year(month.value, day.value, weekday, month.end)
        ends_sentence = self.word(day.end) == "." and isinstance(found.node, Calendar) and found.node.year is None
        return None if ends_sentence else found  # "won by 12. March was cold"

    def _year_first(self, at: int, weekday: int | None) -> Found | None:
        """ "2016 November", "2016, Nov 5"."""
        year = self.year_number(at)
        if year is None:
            return None
        end = year.end + (self.word(year.end) == ",")
        month = self.month(end)
        if month is None or (self.has(end, "ambiguous_months") and not self._is_capital_alone(end)):
            return None
        day = self._day_after_month(month.end)
        if day is None and not self.year_number(month.end):
            return Found(Calendar(year=year.value, month=month.value), month.end)
        if day is None or self.year_number(day.end + (self.word(day.end) == ",")):
            return None  # "2018, June 5, 2019": two dates
        return Found(Calendar(year=year.value, month=month.value, day=day.value, weekday=weekday), day.end)

    def _is_capital_alone(self, at: int) -> bool:
        return self.tokens.is_capital(at) and not self.word(at + 1)[:1].isalpha()

    def _in_numbers(self, at: int, weekday: int | None) -> Found | None:
        """ "2019-11-02", "02/11/2019", "2.11.2019"."""
        word = self.word(at)
        pieces = word.replace("/", "-").replace(".", "-").split("-")
        if len(pieces) != PIECES or not all(piece.isdecimal() for piece in pieces):
            return None
        day = _day_of_numbers(pieces, dotted="." in word)
        if day is None:
            return None
        return Found(Calendar(year=day.year, month=day.month, day=day.day, weekday=weekday), at + 1)

    # what only looks like a month

    def _is_month(self, at: int) -> bool:
        word, before, after = self.word(at), self.word(at - 1), self.word(at + 1)
        rules = self.lexicon.not_month
        ranged = after in ("-", "–", "to") and self.tokens.is_capital(at) and self.word(at + 2) in self.lexicon.months
        if ranged or (before == "-" and self.has(at - 2, "part_hyphens")):
            return True
        if word == "may":
            return self._is_may(at, before, after)
        marching = after in rules["march_next"] or before in rules["march_last"]
        if word == "march" and marching and before not in rules["sure_frames"]:
            return False
        if before in rules["frames"]:
            return True
        if not self.tokens.is_capital(at) or len(word) < SHORT_MONTH:
            return False
        return not self.tokens.is_capital(at + 1) or after in self.lexicon.months or after.isdecimal()

    def _is_may(self, at: int, before: str, after: str) -> bool:
        rules = self.lexicon.not_month
        if before in rules["may_titles"] or after == "'":
            return False
        if not self.tokens.is_capital(at):
            return before in rules["may_lower"]
        if before in rules["may_sure"]:
            return True
        if before in rules["frames"] and not self._has_may:
            return not (before in rules["may_open"] and after in ("and", "be"))
        return before == "in" and not self.tokens.is_capital(at + 1)

    def _names_someone_may(self) -> bool:
        """Whether the text speaks of a person called May."""
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
        if found is None or self.word(at) == "'" or self._is_amount(at, found):
            return None
        before, after = self.word(at - 1), self.word(found.end)
        framed = before in self.lexicon.not_year["capital_ok"]
        bracketed = before == "(" and after == ")"
        if found.value < FIRST_YEAR and not bracketed and (not framed or after.endswith("s")):
            return None
        dated = before in self.lexicon.months or before in self.lexicon.seasons
        if self.tokens.is_capital(at - 1) and before.isalpha() and not dated and not framed:
            return None  # "Vision 2030"
        return Found(Calendar(year=found.value), found.end)

    def _is_amount(self, at: int, year: FoundNumber) -> bool:
        if self.word(at - 1) in self.lexicon.not_year["before"] or self.has(at - 1, "money"):
            return True
        return self.is_quantity(year.end) or self._is_part_of_number(at, year.end) or self._counts_things(at, year)

    def _counts_things(self, at: int, year: FoundNumber) -> bool:
        """ "2000 vehicles": a round number before a plural, with nothing that makes it a year."""
        noun = self.word(year.end)
        framed = self.word(at - 1) in self.lexicon.not_year["capital_ok"] or self.has(at - 1, "determiners")
        return year.value % ROUND == 0 and not framed and len(noun) >= PLURAL and noun.endswith("s")

    def _is_part_of_number(self, at: int, end: int) -> bool:
        if self._continues_code(at):
            return True
        if not self.tokens.touches(end - 1) or self.word(end) not in ("-", "–"):
            return False
        code = self.word(end + 1).isdecimal() and len(self.word(end + 1)) not in (TWO, FOUR)  # "2019-100"
        return self.is_quantity(end + 1) or code

    def _continues_code(self, at: int) -> bool:
        """Whether the number goes on from what it touches: "F-2000", "1.2000"; not "mid-2000" or "1999-2000"."""
        before, first = self.word(at - 1), self.word(at - 2)
        joined = before in ("-", ".", ":", "_", "+") and at >= TWO
        if not joined or not self.tokens.touches(at - 1) or not self.tokens.touches(at - 2):
            return False
        if self.has(at - 2, "part_hyphens") or self.has(at - 2, "quarter_of") or self.year_number(at - 2):
            return False
        return before != "-" or (first.isalpha() and len(first) <= PREFIX)


def _day_of_numbers(pieces: list[str], *, dotted: bool) -> dt.date | None:
    """ISO; day first with full stops; else month first, as in the United States, unless that is impossible."""
    first, second, third = (int(piece) for piece in pieces)
    if len(pieces[0]) == FOUR:
        return safe_date(first, second, third)
    long = len(pieces[-1]) == FOUR
    if dotted and not long:
        return None
    year = third if long else full_year(third)
    month_first, day_first = safe_date(year, first, second), safe_date(year, second, first)
    return (day_first or month_first) if dotted else (month_first or day_first)
