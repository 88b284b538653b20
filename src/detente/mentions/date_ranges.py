"""Stretches between dates: ranges, and deadlines with one end at the publication day."""

from dataclasses import dataclass, replace

from detente.mentions.date_calendar import DAY, MONTHS, OPEN_END, OPEN_START, Interval, months_between
from detente.mentions.date_nodes import Calendar, Context, Division, Node, Season, Sided, Tense


@dataclass(frozen=True, slots=True)
class Range:
    """From one date to another: one answer."""

    first: Node
    last: Node

    def resolve(self, context: Context) -> Interval | None:
        """From the beginning of the first to the end of the last."""
        first, last = _share(self.first, self.last)
        begin, end = first.resolve(context), last.resolve(context)
        if begin is None or end is None:
            return None
        if isinstance(first, Calendar) and isinstance(last, Calendar) and first.lacks_year and last.lacks_year:
            return _by_tense(first, last, begin, end, context)
        if begin.earliest > end.latest:
            begin, end = _untangle(first, last, begin, end, context)
        return Interval(begin.earliest, end.latest, end.grain) if begin.earliest <= end.latest else None


def _by_tense(first: Calendar, last: Calendar, begin: Interval, end: Interval, context: Context) -> Interval | None:
    """Months and days without a year move together: the end decides ahead, the beginning back."""
    if begin.earliest <= end.latest and months_between(begin.earliest, end.latest) < MONTHS:
        return Interval(begin.earliest, end.latest, end.grain)
    if end.latest > context.day:
        begins = (replace(first, year=end.latest.year - n).resolve(context) for n in (0, 1))
        return next(
            (Interval(x.earliest, end.latest, end.grain) for x in begins if x and x.earliest <= end.latest), None
        )
    ends = (replace(last, year=begin.earliest.year + n).resolve(context) for n in (0, 1))
    return next((Interval(begin.earliest, x.latest, x.grain) for x in ends if x and x.latest >= begin.earliest), None)


def _share(first: Node, last: Node) -> tuple[Node, Node]:
    """Both with what only one of them says: the year, the month, the week."""
    if isinstance(first, Calendar) and isinstance(last, Calendar):
        if first.week is not None or last.week is not None:
            return _share_week(first, last)
        return _share_year(*_share_month(first, last))
    if isinstance(first, (Division, Season)) and isinstance(last, (Division, Season)) and first.year is None:
        return replace(first, year=last.year), last
    if isinstance(first, Sided) and isinstance(last, Calendar) and first.weekday is not None:
        return first, replace(last, week=first) if last.weekday is not None else last
    return first, last


def _share_week(first: Calendar, last: Calendar) -> tuple[Calendar, Calendar]:
    """ "from Monday to Friday next week"."""
    if last.week is None and last.month is None:
        return first, replace(last, week=first.week)
    if first.week is None and first.month is None:
        return replace(first, week=last.week), last
    return first, last


def _share_month(first: Calendar, last: Calendar) -> tuple[Calendar, Calendar]:
    """ "4 to 22 January", "April 9 through 17"."""
    if first.month is None and first.day is not None and first.weekday is None:
        return replace(first, month=last.month, year=last.year), last
    if last.month is None and last.day is not None and (last.weekday is None or first.month is not None):
        year = first.year if last.year is None else last.year
        return first, replace(last, month=first.month, year=year)
    return first, last


def _share_year(first: Calendar, last: Calendar) -> tuple[Calendar, Calendar]:
    """ "Nov-Feb 2017" begins in 2016; "November 2016 to February" ends in 2017."""
    turns = isinstance(first.month, int) and isinstance(last.month, int) and first.month > last.month
    if first.lacks_year and isinstance(last.year, int):
        return replace(first, year=last.year - turns), last
    if last.lacks_year and isinstance(first.year, int):
        return first, replace(last, year=first.year + turns)
    return first, last


def _untangle(first: Node, last: Node, begin: Interval, end: Interval, context: Context) -> tuple[Interval, Interval]:
    """What lies on the wrong side moves: a weekday by a week, a month to the next or the last year."""
    week = 7 * DAY
    if isinstance(last, Calendar) and last.lacks_year:
        ends = (replace(last, year=begin.earliest.year + n).resolve(context) for n in (0, 1))
        return begin, next((x for x in ends if x and x.latest >= begin.earliest), end)
    if isinstance(first, Calendar) and first.lacks_year:
        begins = (replace(first, year=end.latest.year - n).resolve(context) for n in (0, 1))
        return next((x for x in begins if x and x.earliest <= end.latest), begin), end
    if isinstance(last, Calendar) and last.week is None and last.weekday is not None and last.month is None:
        return begin, Interval(end.earliest + week, end.latest + week, end.grain)
    if isinstance(first, Calendar) and first.week is None and first.weekday is not None and first.month is None:
        return Interval(begin.earliest - week, begin.latest - week, begin.grain), end
    return begin, end


@dataclass(frozen=True, slots=True)
class Since:
    """From the beginning of something to the publication day."""

    node: Node

    def resolve(self, context: Context) -> Interval | None:
        """Open at its end where the publication day is not known."""
        found = self.node.resolve(replace(context, tense_of=lambda: Tense.PAST))
        if found is None:
            return None
        today = context.published or OPEN_END
        return found if found.earliest > today else Interval(found.earliest, today, found.grain)


@dataclass(frozen=True, slots=True)
class Until:
    """A deadline: from the publication day to the end of something."""

    node: Node

    def resolve(self, context: Context) -> Interval | None:
        """What lies in the past is given as it is."""
        found = self.node.resolve(replace(context, lean=Tense.FUTURE))
        if found is None:
            return None
        today = context.published or OPEN_START
        return Interval(today, found.latest, found.grain) if found.latest >= today else found
