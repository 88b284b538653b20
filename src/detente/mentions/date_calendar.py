"""Arithmetic of calendar periods: weeks from Monday, seasons from 1 March, thirds for early, mid and late."""

import calendar
import datetime as dt
from typing import NamedTuple

from detente.records import Grain

DAY = dt.timedelta(days=1)
TEN_DAYS = dt.timedelta(days=10)
MONTHS = 12
QUARTER = 3  # months
SEASON = 3  # months
UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
GRAINS = {
    "day": Grain.DAY,
    "week": Grain.WEEK,
    "fortnight": Grain.WEEK,
    "weekend": Grain.WEEKEND,
    "month": Grain.MONTH,
    "quarter": Grain.QUARTER,
    "half": Grain.HALF,
    "year": Grain.YEAR,
    "decade": Grain.DECADE,
    "century": Grain.CENTURY,
}
FRIDAY, SATURDAY = 4, 5


OPEN_START, OPEN_END = dt.date.min, dt.date.max


class Interval(NamedTuple):
    """Days from `earliest` to `latest`, both included; OPEN_START and OPEN_END where the text leaves an end open."""

    earliest: dt.date
    latest: dt.date
    grain: Grain


def months_on(day: dt.date, count: int) -> dt.date:
    """The same day `count` months on, or the last day of that month where it is too short."""
    index = day.year * MONTHS + day.month - 1 + count
    year, month = divmod(index, MONTHS)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole and begun months from one day to the other."""
    return (last.year - first.year) * MONTHS + last.month - first.month


def span_of_months(year: int, month: int, count: int, grain: Grain) -> Interval:
    """`count` whole months from the first of a month, which may be outside 1..12."""
    years, month = divmod(month - 1, MONTHS)
    first = dt.date(year + years, month + 1, 1)
    return Interval(first, months_on(first, count) - DAY, grain)


def year_of(year: int) -> Interval:
    """A calendar year."""
    return Interval(dt.date(year, 1, 1), dt.date(year, MONTHS, 31), Grain.YEAR)


def period(unit: str, day: dt.date) -> Interval:
    """The calendar period of that unit that holds the day; of "weekend" the one of its week."""
    if unit in ("week", "fortnight"):
        first = day - day.weekday() * DAY
        return Interval(first, first + (UNIT_DAYS[unit] - 1) * DAY, Grain.WEEK)
    if unit == "weekend":
        saturday = day + (SATURDAY - day.weekday()) * DAY
        return Interval(saturday, saturday + DAY, Grain.WEEKEND)
    if unit in ("decade", "century"):
        length = UNIT_MONTHS[unit] // MONTHS
        first_year = day.year - day.year % length
        return Interval(dt.date(max(first_year, 1), 1, 1), dt.date(first_year + length - 1, 12, 31), GRAINS[unit])
    if unit in UNIT_MONTHS:
        length = UNIT_MONTHS[unit]
        return span_of_months(day.year, day.month - (day.month - 1) % length, length, GRAINS[unit])
    return Interval(day, day, Grain.DAY)


def move(day: dt.date, unit: str, count: int) -> dt.date:
    """The day `count` units on."""
    if unit in UNIT_MONTHS:
        return months_on(day, count * UNIT_MONTHS[unit])
    return day + count * UNIT_DAYS[unit] * DAY


def part_of(part: str, whole: Interval) -> Interval:
    """The "early", "mid" or "late" third; the early part of a year is its first quarter."""
    earliest, latest, grain = whole
    months = (latest.year - earliest.year) * MONTHS + latest.month - earliest.month + 1
    if grain is Grain.YEAR and part == "early":
        return Interval(earliest, months_on(earliest, QUARTER) - DAY, grain)
    if grain in (Grain.DECADE, Grain.CENTURY):
        third = -(-(months // MONTHS) // 3)  # the early third has the odd year
        years = (0, third, months // MONTHS - (months // MONTHS - third) // 2, months // MONTHS)
        cuts = (*(dt.date(earliest.year + n, 1, 1) for n in years[:3]), latest + DAY)
    elif months >= QUARTER:
        first, second = round(months / 3), months - round(months / 3)
        cuts = (earliest, months_on(earliest, first), months_on(earliest, second), latest + DAY)
    elif grain is Grain.MONTH:
        cuts = (earliest, earliest + TEN_DAYS, earliest + 2 * TEN_DAYS, latest + DAY)
    else:
        days = (latest - earliest).days + 1
        first = days // 3
        cuts = (earliest, earliest + first * DAY, earliest + 2 * first * DAY, latest + DAY)
    at = {"early": 0, "mid": 1, "late": 2}[part]
    return Interval(cuts[at], max(cuts[at], cuts[at + 1] - DAY), grain)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """The nth weekday of a month, from its end where nth is negative; None where there is none."""
    first, last = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    if nth > 0:
        day = first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY
        return day if day <= last else None
    return last - ((last.weekday() - weekday) % 7 + 7 * (-nth - 1)) * DAY


def first_week(start: dt.date) -> dt.date:
    """The Monday of the first week of a period that starts here: the one with its first Thursday (ISO 8601)."""
    thursday = start + (3 - start.weekday()) % 7 * DAY
    return thursday - 3 * DAY


def easter(year: int) -> dt.date:
    """Easter Sunday, Gregorian; the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
