"""Dates counted from others, parts of them, and stretches between them."""

import datetime as dt
from dataclasses import dataclass, replace

from detente.mentions.date_calendar import (
    DAY,
    GRAINS,
    MONTHS,
    Interval,
    first_week,
    months_between,
    move,
    nth_weekday,
    part_of,
    period,
)
from detente.mentions.date_nodes import Calendar, Context, Division, Node, Season, Sided, Tense
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
        """Both ends."""
        if self.base is not None:
            found = self.base.resolve(context)
            if found is None or found.earliest is None:
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
class Range:
    """From one date to another: one answer."""

    first: Node
    last: Node

    def resolve(self, context: Context) -> Interval | None:
        """From the beginning of the first to the end of the last."""
        first, last = _share(self.first, self.last)
        if _lacks_year(first) and _lacks_year(last):
            return self._by_tense(first, last, context)
        begin, end = first.resolve(context), last.resolve(context)
        if begin is None or end is None or begin.earliest is None or end.latest is None:
            return None
        if begin.earliest > end.latest:
            begin, end = _untangle(first, last, begin, end)
        if begin is None or end is None or begin.earliest is None or end.latest is None:
            return None
        if begin.earliest > end.latest:
            return None
        return Interval(begin.earliest, end.latest, end.grain)

    def _by_tense(self, first: Node, last: Node, context: Context) -> Interval | None:
        """Months and days without a year move together: the end decides ahead, the beginning back."""
        assert isinstance(first, Calendar)
        assert isinstance(last, Calendar)
        end = last.resolve(context)
        begin = first.resolve(context)
        if end is None or begin is None or end.latest is None or begin.earliest is None:
            return None
        if begin.earliest > end.latest or months_between(begin.earliest, end.latest) >= MONTHS:
            ahead = end.latest > context.day
            node, year = (first, end.latest.year) if ahead else (last, begin.earliest.year)
            for other in (year, year - 1) if ahead else (year, year + 1):
                moved = replace(node, year=other).resolve(context)
                if moved is None or moved.earliest is None or moved.latest is None:
                    continue
                if ahead and moved.earliest <= end.latest:
                    return Interval(moved.earliest, end.latest, end.grain)
                if not ahead and moved.latest >= begin.earliest:
                    return Interval(begin.earliest, moved.latest, end.grain)
        return Interval(begin.earliest, end.latest, end.grain) if begin.earliest <= end.latest else None


def _lacks_year(node: Node) -> bool:
    return isinstance(node, Calendar) and node.year is None and isinstance(node.month, int)


def _share(first: Node, last: Node) -> tuple[Node, Node]:
    """Both with what only one of them says: the year, the month, the week."""
    if isinstance(first, Calendar) and isinstance(last, Calendar):
        if first.week is not None and last.week is None and last.month is None:
            return first, replace(last, week=first.week)
        if last.week is not None and first.week is None and first.month is None:
            return replace(first, week=last.week), last
        if first.month is None and first.day is not None and first.weekday is None:
            first = replace(first, month=last.month, year=last.year)
        elif last.month is None and last.day is not None and (last.weekday is None or first.month is not None):
            last = replace(last, month=first.month, year=first.year)
        if first.year is None and isinstance(last.year, int) and isinstance(first.month, int):
            if isinstance(last.month, int) and first.month > last.month:
                return replace(first, year=last.year - 1), last
            return replace(first, year=last.year), last
        if last.year is None and isinstance(first.year, int) and isinstance(last.month, int):
            if isinstance(first.month, int) and first.month > last.month:
                return first, replace(last, year=first.year + 1)
            return first, replace(last, year=first.year)
    if isinstance(first, (Division, Season)) and isinstance(last, (Division, Season)) and first.year is None:
        return replace(first, year=last.year), last
    if (
        isinstance(first, Sided)
        and isinstance(last, Calendar)
        and last.weekday is not None
        and first.weekday is not None
    ):
        return first, replace(last, week=first)
    return first, last


def _untangle(first: Node, last: Node, begin: Interval, end: Interval) -> tuple[Interval | None, Interval | None]:
    """Ends in order: what has no year or week of its own moves by one."""
    if isinstance(last, Calendar) and last.year is None and end.earliest and end.latest:
        if last.month is None and last.weekday is not None:
            return begin, Interval(end.earliest + 7 * DAY, end.latest + 7 * DAY, end.grain)
        if isinstance(last.month, int):
            return begin, replace(last, year=end.earliest.year + 1).resolve(_NOWHERE)
    if isinstance(first, Calendar) and first.year is None and isinstance(first.month, int) and begin.earliest:
        return replace(first, year=begin.earliest.year - 1).resolve(_NOWHERE), end
    if isinstance(first, Calendar) and first.weekday is not None and begin.earliest and begin.latest:
        return Interval(begin.earliest - 7 * DAY, begin.latest - 7 * DAY, begin.grain), end
    return None, None


_NOWHERE = Context(published=None, tense_of=lambda: Tense.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Since:
    """From the beginning of something to the publication day."""

    node: Node

    def resolve(self, context: Context) -> Interval | None:
        """Open at its end where the publication day is not known."""
        found = self.node.resolve(replace(context, tense_of=lambda: Tense.PAST))
        if found is None or found.earliest is None:
            return None
        today = context.published
        if today is not None and found.earliest > today:
            return found
        return Interval(found.earliest, today, found.grain)


@dataclass(frozen=True, slots=True)
class Until:
    """A deadline: from the publication day to the end of something."""

    node: Node

    def resolve(self, context: Context) -> Interval | None:
        """What lies in the past is given as it is."""
        found = self.node.resolve(replace(context, lean=Tense.FUTURE))
        if found is None or found.latest is None:
            return None
        today = context.published
        if today is None:
            return Interval(None, found.latest, found.grain)
        return Interval(today, found.latest, found.grain) if found.latest >= today else found


@dataclass(frozen=True, slots=True)
class Part:
    """The early, middle or late part of something, the rest of it, or what of it lies before or after publication."""

    part: str
    whole: Node

    def resolve(self, context: Context) -> Interval | None:
        """The part."""
        whole = self.whole.resolve(context)
        if whole is None or whole.earliest is None or whole.latest is None:
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
    """The nth unit or weekday of something, or its first or last `count` units; `number` from the end where negative."""

    number: int
    of: Node
    unit: str | None = None
    weekday: int | None = None
    count: int = 1

    def resolve(self, context: Context) -> Interval | None:
        """The unit or units."""
        whole = self.of.resolve(context)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        if self.weekday is not None:
            return self._weekday(whole)
        if self.unit == "week":
            return self._weeks(whole)
        unit = self.unit or "day"
        if self.number > 0:
            first = move(whole.earliest, unit, (self.number - 1) * self.count)
            last = move(first, unit, self.count) - DAY
        else:
            last = whole.latest
            first = move(last + DAY, unit, -self.count)
        return Interval(first, last, GRAINS[unit]) if first <= whole.latest else None

    def _weekday(self, whole: Interval) -> Interval | None:
        assert whole.earliest is not None
        day = nth_weekday(whole.earliest.year, whole.earliest.month, self.weekday or 0, self.number)
        return period("day", day) if day else None

    def _weeks(self, whole: Interval) -> Interval:
        assert whole.latest is not None
        if self.number > 0:
            monday = first_week(whole) + 7 * (self.number - 1) * self.count * DAY
        else:
            monday = first_week(Interval(whole.latest + DAY, None, whole.grain)) - 7 * self.count * DAY
        return Interval(monday, monday + (7 * self.count - 1) * DAY, Grain.WEEK)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A length that names a time only where the words look ahead: "will end in two weeks", not "first visit in two years"."""

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
        return period("week", found.earliest) if found and found.earliest else None
