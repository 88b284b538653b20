"""Dates counted from others, and parts of them."""

import datetime as dt
from dataclasses import dataclass

from detente.mentions.date_calendar import (
    DAY,
    GRAINS,
    SATURDAY,
    Interval,
    first_week,
    move,
    nth_weekday,
    part_of,
    period,
)
from detente.mentions.date_nodes import Context, Node, Tense
from detente.records import Grain

Lengths = tuple[tuple[int, str], ...]  # ((2, "year"), (1, "month"))


def _step(day: dt.date, lengths: Lengths, sign: int) -> dt.date:
    for count, unit in lengths:
        day = move(day, unit, sign * count)
    return day


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before or after the publication day, the last date of the text, or another date."""

    lengths: Lengths
    sign: int
    base: Node | None = None
    anchored: bool = False  # "a week earlier": counts from the last date of the text
    weekday: int | None = None  # "Monday two weeks from now"

    def resolve(self, context: Context) -> Interval | None:
        """A day; the month or year for lengths of months or years that hang on no exact day."""
        day = self._base(context)
        if day is None:
            return None
        day = _step(day, self.lengths, self.sign)
        if self.weekday is not None:
            return period("day", day + (self.weekday - day.weekday()) * DAY)
        unit = self.lengths[-1][1]
        coarse = unit in ("month", "quarter", "year", "decade", "century") and len(self.lengths) == 1
        if coarse and self.base is None:
            # "a decade ago" is a year, "two months ago" a month.
            return period("month" if unit in ("month", "quarter") else "year", day)
        return Interval(day, day, Grain.WEEK if unit in ("week", "fortnight") and self.base is None else Grain.DAY)

    def _base(self, context: Context) -> dt.date | None:
        if self.base is not None:
            found = self.base.resolve(context)
            return found and (found.latest if self.sign > 0 and found.grain is Grain.DAY else found.earliest)
        if self.anchored and context.anchor is not None:
            return context.anchor.latest if self.sign > 0 else context.anchor.earliest
        return context.day


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch that ends with the publication day, or starts with it: "the past three weeks", "within 100 days"."""

    lengths: Lengths
    sign: int
    base: Node | None = None  # "3 days starting Monday"
    from_today: bool = False  # "within" counts today in, "the next two days" begins tomorrow

    def resolve(self, context: Context) -> Interval | None:
        """Both ends; None where nothing is counted ("the next 0 days")."""
        if not any(count for count, _ in self.lengths):
            return None
        if self.base is not None:
            found = self.base.resolve(context)
            if found is None:
                return None
            return Interval(found.earliest, _step(found.earliest, self.lengths, 1) - DAY, Grain.DAY)
        today = context.day
        count, unit = self.lengths[0]
        if unit == "quarter" and len(self.lengths) == 1:
            return _whole_units(today, unit, count, self.sign)
        if self.sign < 0:
            return Interval(_step(today, self.lengths, -1), today, GRAINS[unit])
        return Interval(today if self.from_today else today + DAY, _step(today, self.lengths, 1), GRAINS[unit])


def _whole_units(today: dt.date, unit: str, count: int, sign: int) -> Interval:
    near = period(unit, move(today, unit, sign))
    far = period(unit, move(today, unit, sign * count))
    first, last = (far, near) if sign < 0 else (near, far)
    return Interval(first.earliest, last.latest, GRAINS[unit])


@dataclass(frozen=True, slots=True)
class Part:
    """The early, middle or late part of something, the rest of it, or what of it lies before or after publication."""

    part: str
    whole: Node

    def resolve(self, context: Context) -> Interval | None:
        """The part."""
        whole = self.whole.resolve(context)
        if whole is None:
            return None
        if self.part in ("early", "mid", "late", "end"):
            third = "late" if self.part == "end" else self.part
            return whole if whole.grain in (Grain.DAY, Grain.WEEKEND) else part_of(third, whole)
        if whole.grain is Grain.DAY:
            return whole
        today = context.published
        running = today is not None and whole.earliest <= today <= whole.latest
        if not running or today is None:
            return part_of({"earlier": "early", "later": "late"}.get(self.part, "late"), whole)
        if self.part == "earlier":
            return Interval(whole.earliest, max(whole.earliest, today - DAY), whole.grain)
        return Interval(today, whole.latest, whole.grain)


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth unit or weekday of something, or its first or last `count` units.

    A negative `number` counts from the end.
    """

    number: int
    of: Node
    unit: str | None = None
    weekday: int | None = None
    count: int = 1

    def resolve(self, context: Context) -> Interval | None:
        """The unit or units."""
        whole = self.of.resolve(context)
        if whole is None:
            return None
        if self.weekday is not None:
            return self._weekday(whole)
        if self.unit == "week":
            return self._weeks(whole)
        if self.unit == "weekend":
            saturday = nth_weekday(whole.earliest.year, whole.earliest.month, SATURDAY, self.number)
            return period("weekend", saturday) if saturday else None
        unit = self.unit or "day"
        if self.number > 0:
            first = move(whole.earliest, unit, (self.number - 1) * self.count)
            last = move(first, unit, self.count) - DAY
        else:
            last = whole.latest
            first = move(last + DAY, unit, -self.count)
        return Interval(first, last, GRAINS[unit]) if first <= whole.latest else None

    def _weekday(self, whole: Interval) -> Interval | None:
        day = nth_weekday(whole.earliest.year, whole.earliest.month, self.weekday or 0, self.number)
        return period("day", day) if day else None

    def _weeks(self, whole: Interval) -> Interval:
        if self.number > 0:
            monday = first_week(whole.earliest) + 7 * (self.number - 1) * self.count * DAY
        else:
            monday = first_week(whole.latest + DAY) - 7 * self.count * DAY
        return Interval(monday, monday + (7 * self.count - 1) * DAY, Grain.WEEK)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A length that names a time only where the words look ahead.

    "Will end in two weeks", not "the first visit in two years".
    """

    node: Node
    sure: bool = False

    def resolve(self, context: Context) -> Interval | None:
        """Nothing where the tense is not future, unless the words are sure by themselves."""
        return self.node.resolve(context) if self.sure or context.tense_of() is Tense.FUTURE else None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a day: "the week of 4 November"."""

    node: Node

    def resolve(self, context: Context) -> Interval | None:
        """Monday to Sunday."""
        found = self.node.resolve(context)
        return period("week", found.earliest) if found else None


@dataclass(frozen=True, slots=True)
class EndingAt:
    """A stretch that ends with a date: "the year to March", "the three months ended June 30"."""

    lengths: Lengths
    last: Node

    def resolve(self, context: Context) -> Interval | None:
        """Whole units back from the end."""
        found = self.last.resolve(context)
        if found is None:
            return None
        return Interval(_step(found.latest + DAY, self.lengths, -1), found.latest, found.grain)
