"""What a date expression says, as small trees that resolve to an interval: as written first, dated last.

Every node has `resolve(context) -> Interval | None`: None where it names no interval. `UnresolvedError` is raised where
it hangs on a publication day that is not known.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from detente.codebook.dates import FiscalYear, Holiday
from detente.mentions.date_calendar import (
    DAY,
    FRIDAY,
    MONTHS,
    Interval,
    easter,
    move,
    nth_weekday,
    period,
    safe_date,
    span_of_months,
    year_of,
)
from detente.records import Grain


class Tense(Enum):
    """Whether the words around a date look back or ahead."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


class UnresolvedError(Exception):
    """The expression hangs on a publication day that is not known."""


@dataclass(slots=True)
class Context:
    """Where a text stands: its day, the tense around the expression, and the last interval that the text named."""

    published: dt.date | None
    tense_of: Callable[[], Tense]
    anchor: Interval | None = None
    lean: Tense | None = None  # what to take where the words say nothing: a deadline lies ahead

    @property
    def day(self) -> dt.date:
        """The publication day; raises UnresolvedError where it is not known."""
        if self.published is None:
            raise UnresolvedError
        return self.published

    def choose(self, past: dt.date | None, future: dt.date | None, *, default: Tense) -> dt.date | None:
        """The candidate that the tense asks for; `default` decides where the words say nothing."""
        tense = self.tense_of()
        if tense is Tense.UNKNOWN:
            tense = self.lean or default
        return (future or past) if tense is Tense.FUTURE else (past or future)


# Days: nobody writes a day without its year where the nearer one of that name would be meant by so much.
FAR = 270
LEAP_GAP = 8  # years that may lie between two days of 29 February
LEAP_DAY = (2, 29)  # month and day that most years lack


class Node(Protocol):
    """A date expression."""

    def resolve(self, context: Context) -> Interval | None:
        """Its interval."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date of the calendar as far as it is written. `year` and `month` may be trees: "June of last year"."""

    year: "int | Node | None" = None
    month: "int | Node | None" = None
    day: int | None = None
    weekday: int | None = None
    week: "Node | None" = None  # "Friday next week"

    @property
    def lacks_year(self) -> bool:
        """Whether only the tense tells the year."""
        return self.year is None and isinstance(self.month, int)

    def resolve(self, context: Context) -> Interval | None:
        """The day, month or year."""
        if self.week is not None:
            return self._in_week(context)
        if isinstance(self.month, int) or self.month is None:
            return self._by_numbers(context, self.month)
        month = self.month.resolve(context)
        if month is None:
            return None
        return replace(self, year=month.earliest.year, month=month.earliest.month).resolve(context)

    def _in_week(self, context: Context) -> Interval | None:
        week = self.week.resolve(context) if self.week else None
        if week is None or self.weekday is None:
            return None
        monday = week.earliest - week.earliest.weekday() * DAY
        return period("day", monday + self.weekday * DAY)

    def _by_numbers(self, context: Context, month: int | None) -> Interval | None:
        if self.year is not None:
            year = _year_number(self.year, context)
            return _fixed(year, month, self.day) if year else None
        if month is not None:
            return self._month(context, month)
        if self.day is not None:
            return self._day_of_month(context, self.day)
        return self._weekday(context)

    def _weekday(self, context: Context) -> Interval | None:
        if self.weekday is None:
            return None
        today = context.day
        past = today - (today.weekday() - self.weekday) % 7 * DAY
        future = today + (self.weekday - today.weekday()) % 7 * DAY
        day = context.choose(past, future, default=Tense.PAST)
        return period("day", day) if day else None

    def _month(self, context: Context, month: int) -> Interval | None:
        today = context.day
        gap = LEAP_GAP if (month, self.day) == LEAP_DAY else 1
        found = [x for n in range(-gap, gap + 1) if (x := _fixed(today.year + n, month, self.day))]
        past = max((x for x in found if x.earliest <= today), default=None)
        future = min((x for x in found if x.latest >= today), default=None)
        if past is None or future is None:
            return past or future
        agrees = past.earliest.weekday() == self.weekday, future.earliest.weekday() == self.weekday
        if self.weekday is not None and agrees[0] != agrees[1]:
            return past if agrees[0] else future
        if self.day is not None and abs(_distance(past, today) - _distance(future, today)) >= FAR:
            return min(past, future, key=lambda x: _distance(x, today))
        default = _nearer(past.latest, future.earliest, today)
        chosen = context.choose(past.earliest, future.earliest, default=default)
        return past if chosen == past.earliest else future

    def _day_of_month(self, context: Context, number: int) -> Interval | None:
        today = context.day
        months = [move(today.replace(day=1), "month", n) for n in range(-12, 13)]
        days = [day for first in months if (day := safe_date(first.year, first.month, number))]
        if self.weekday is not None:
            days = [day for day in days if day.weekday() == self.weekday]
        past = max((day for day in days if day <= today), default=None)
        future = min((day for day in days if day >= today), default=None)
        chosen = context.choose(past, future, default=Tense.PAST)
        return period("day", chosen) if chosen else None


def _distance(found: Interval, today: dt.date) -> int:
    return abs((found.earliest - today).days)


def _nearer(past: dt.date | None, future: dt.date | None, today: dt.date) -> Tense:
    """Which of the two the text more likely means where no verb tells."""
    if past is None or future is None:
        return Tense.FUTURE if past is None else Tense.PAST
    return Tense.FUTURE if future - today < today - past else Tense.PAST


def _fixed(year: int, month: int | None, day: int | None) -> Interval | None:
    if not dt.MINYEAR < year < dt.MAXYEAR:
        return None
    if month is None:
        return year_of(year)
    if day is None:
        return span_of_months(year, month, 1, Grain.MONTH)
    exact = safe_date(year, month, day)
    return Interval(exact, exact, Grain.DAY) if exact else None


@dataclass(frozen=True, slots=True)
class Deictic:
    """So many units from the one that holds the publication day: "last week", "today", "this year"."""

    unit: str
    offset: int

    def resolve(self, context: Context) -> Interval | None:
        """The period."""
        if self.unit == "weekend":
            return self._weekend(context)
        return period(self.unit, move(context.day, self.unit, self.offset))

    def _weekend(self, context: Context) -> Interval:
        today = context.day
        whole = period("weekend", today + 7 * self.offset * DAY)
        if self.offset == 0 and today.weekday() < FRIDAY and context.tense_of() is Tense.PAST:
            return period("weekend", today - 7 * DAY)
        return whole


@dataclass(frozen=True, slots=True)
class Anchored:
    """So many units from the one that holds the last date in the text: "the following day", "that year"."""

    unit: str
    offset: int

    def resolve(self, context: Context) -> Interval | None:
        """The period; from the publication day where the text named no date before."""
        base = context.anchor and (context.anchor.latest if self.offset > 0 else context.anchor.earliest)
        return period(self.unit, move(base or context.day, self.unit, self.offset))


@dataclass(frozen=True, slots=True)
class Sided:
    """A weekday, month or season with a direction: "last Friday", "next June", "this autumn"."""

    direction: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    nearest: bool = False  # "this past Friday", "this coming Friday": the nearest, whatever the week
    anchored: bool = False  # "the following Friday": the nearest to the last date of the text

    def resolve(self, context: Context) -> Interval | None:
        """The day or month."""
        if self.weekday is not None:
            return period("day", self._weekday_from(context, self.weekday))
        if self.month is None:
            return None
        today = context.day
        years = {-1: (0, -1), 0: (0,), 1: (0, 1)}[self.direction]
        found = (_fixed(today.year + year, self.month, self.day) for year in years)
        return next((x for x in found if x and self._lies_right(x, today)), None)

    def _weekday_from(self, context: Context, weekday: int) -> dt.date:
        if self.anchored and context.anchor:
            base = context.anchor.latest if self.direction > 0 else context.anchor.earliest
            return _nearest_weekday(base, weekday, self.direction)
        today = context.day
        if self.nearest and self.direction:
            return _nearest_weekday(today, weekday, self.direction)
        return today + (weekday - today.weekday() + 7 * self.direction) * DAY

    def _lies_right(self, found: Interval, today: dt.date) -> bool:
        return self.direction == 0 or (found.latest < today if self.direction < 0 else found.earliest > today)


def _nearest_weekday(day: dt.date, weekday: int, direction: int) -> dt.date:
    if direction < 0:
        return day - ((day.weekday() - weekday - 1) % 7 + 1) * DAY
    return day + ((weekday - day.weekday() - 1) % 7 + 1) * DAY


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its first month; `year` as in Calendar, or a direction ("last summer")."""

    month: int
    year: "int | Node | None" = None
    direction: int | None = None
    anchored: bool = False  # "the following spring"

    def resolve(self, context: Context) -> Interval | None:
        """Three months; the winter of a year begins in its December."""
        if self.year is not None:
            year = _year_number(self.year, context)
            return span_of_months(year, self.month, 3, Grain.SEASON) if year else None
        today = context.anchor.latest if self.anchored and context.anchor else context.day
        spans = [span_of_months(today.year + n, self.month, 3, Grain.SEASON) for n in (-2, -1, 0, 1, 2)]
        over = [x for x in spans if x.latest < today]
        to_come = [x for x in spans if x.earliest > today]
        running = [x for x in spans if x.earliest <= today <= x.latest]
        if self.direction:
            return over[-1] if self.direction < 0 else to_come[0]
        if running:
            return running[0]
        if self.direction == 0:
            return next(x for x in spans if x.earliest.year == today.year)
        return to_come[0] if context.tense_of() is Tense.FUTURE else over[-1]


def _year_number(year: int | Node, context: Context) -> int | None:
    whole = None if isinstance(year, int) else year.resolve(context)
    return year if isinstance(year, int) else whole and whole.earliest.year


@dataclass(frozen=True, slots=True)
class Division:
    """The nth quarter or half of a year; of a fiscal year where `fiscal` says how it runs."""

    number: int
    months: int  # 3 or 6; 12 for the whole year
    year: "int | Node | None" = None
    fiscal: FiscalYear | None = None

    def resolve(self, context: Context) -> Interval | None:
        """The months of it."""
        grain = {3: Grain.QUARTER, 6: Grain.HALF, MONTHS: Grain.YEAR}[self.months]
        first = (self.number - 1) * self.months + 1
        if self.year is not None:
            year = _year_number(self.year, context)
            if year is None:
                return None
            shift = (self.fiscal.shift * MONTHS + self.fiscal.month - 1) if self.fiscal else 0
            return span_of_months(year, first + shift, self.months, grain)
        today = context.day
        spans = [span_of_months(today.year + n, first, self.months, grain) for n in (-1, 0, 1)]
        past = max((x for x in spans if x.earliest <= today), default=None)
        future = min((x for x in spans if x.latest >= today), default=None)
        return future if context.tense_of() is Tense.FUTURE else past


@dataclass(frozen=True, slots=True)
class Feast:
    """A day with a rule of its own; the nearest by tense where no year is given."""

    holiday: Holiday
    year: "int | Node | None" = None
    weekend: bool = False
    direction: int = 0  # "last Christmas", "next Easter"

    def resolve(self, context: Context) -> Interval | None:
        """The day, or its weekend."""
        if self.year is not None:
            year = _year_number(self.year, context)
            return self._shown(self.day_in(year)) if year else None
        today = context.day
        days = [day for n in range(-2, 3) if (day := self.day_in(today.year + n))]
        past = max((day for day in days if day <= today), default=None)
        future = min((day for day in days if day >= today), default=None)
        if self.direction:
            return self._shown(past if self.direction < 0 else future)
        return self._shown(context.choose(past, future, default=_nearer(past, future, today)))

    def day_in(self, year: int) -> dt.date | None:
        """The day in that year."""
        rule = self.holiday
        if rule.easter is not None:
            return easter(year) + rule.easter * DAY
        if rule.month is None:
            return None
        if rule.weekday is not None and rule.nth is not None:
            day = nth_weekday(year, rule.month, rule.weekday, rule.nth)
            return day + rule.shift * DAY if day else None
        return safe_date(year, rule.month, rule.day or 1)

    def _shown(self, day: dt.date | None) -> Interval | None:
        if day is None:
            return None
        if self.weekend:
            around = period("weekend", day - 7 * DAY if day.weekday() == 0 else day)
            # A Monday or a Thursday off makes the weekend longer.
            return Interval(min(around.earliest, day), max(around.latest, day), Grain.WEEKEND)
        return period("day", day)


@dataclass(frozen=True, slots=True)
class Fixed:
    """An interval that the words give whole: a name with a date, a decade, a century."""

    interval: Interval

    def resolve(self, context: Context) -> Interval | None:  # noqa: ARG002 - one shape for all nodes
        """The interval."""
        return self.interval
