"""The agenda: what is ahead, what became of what was planned; as a list and month by month."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from detente.apps.web.desk import Told
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.errors import UsageError
from detente.ledger.base_rates import base_rates
from detente.ledger.outcomes import Course
from detente.ledger.port import NO_DAY
from detente.records import When
from detente.telling.base_rates import tell_base_rates
from detente.telling.known import Known
from detente.telling.lines import UNDATED_LAST, Line

DECEMBER = 12
SPAN_DAYS = 7  # longer items are told above the month, not in each of its days

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An agenda item as a line, with the days that it is due on."""

    line: Line
    when: When | None
    fate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of a month and what is due on it."""

    on: dt.date
    is_in_month: bool
    items: tuple[Item, ...]


@router.get("/agenda")
def agenda(
    request: Request,
    desk: DeskOf,
    asked: AskedOf,
    month: Annotated[str | None, Query(max_length=10, description="A month to show as a calendar: 2019-11.")] = None,
) -> HTMLResponse:
    """The list; with a month, its calendar."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    told = desk.told(asked)
    items = items_of(told)
    as_of = told.known.as_of
    if month is not None:
        return _month(request, told, items, read_month(month, as_of), asked=asked)
    ahead = [item for item in items if not item.line.is_past]
    return render(
        request,
        "agenda",
        asked=asked,
        as_of=as_of,
        ahead=[item for item in ahead if item.line.sort != UNDATED_LAST],
        undated=[item for item in ahead if item.line.sort == UNDATED_LAST],
        past=[item for item in reversed(items) if item.line.is_past],
        rates=tell_base_rates(base_rates(told.known.courses)),
        told_since=told.told_since,
    )


def _month(request: Request, told: Told, items: list[Item], first: dt.date, *, asked: object) -> HTMLResponse:
    weeks, wide = weeks_of(first, items)
    return render(
        request,
        "month",
        asked=asked,
        as_of=told.known.as_of,
        first=first,
        name=f"{calendar.month_name[first.month]} {first.year}",
        before=_month_words(first - dt.timedelta(days=1)) if first.year > 1 else None,
        after=_month_words(first + dt.timedelta(days=31)),
        weekdays=list(calendar.day_name),
        weeks=weeks,
        wide=wide,
        next_with=_nearest(items, first),
        told_since=told.told_since,
    )


def items_of(told: Told) -> list[Item]:
    """The agenda items by day."""
    return told.once("agenda", lambda now: _items(now.known))


def _items(known: Known) -> list[Item]:
    found = [Item(line=known.narrator.agenda(c), when=_due(c), fate=c.fate.value) for c in known.courses]
    return sorted(found, key=lambda item: (item.line.sort, item.line.text, item.line.records))


def _due(course: Course) -> When | None:
    return course.new or course.item.when


def weeks_of(first: dt.date, items: list[Item]) -> tuple[list[list[Day]], list[Item]]:
    """The weeks of a month with what is due on each day, and what is due some time in a longer span."""
    last = _end_of(first)
    due = [(item, *_ends(item.when)) for item in items if item.when]
    here = [(item, begins, ends) for item, begins, ends in due if begins <= last and first <= ends]
    wide = [item for item, begins, ends in here if (ends - begins).days >= SPAN_DAYS]
    short = [entry for entry in here if (entry[2] - entry[1]).days < SPAN_DAYS]
    weeks = [
        [
            Day(
                on=on,
                is_in_month=on.month == first.month,
                items=tuple(item for item, begins, ends in short if begins <= on <= ends),
            )
            for on in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return weeks, wide


def _ends(when: When) -> tuple[dt.date, dt.date]:
    return when.earliest or when.latest or NO_DAY, when.latest or when.earliest or NO_DAY


def _end_of(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _nearest(items: list[Item], first: dt.date) -> str | None:
    """The month nearest to an empty one in which something is due."""
    days = [_ends(item.when)[0] for item in items if item.when]
    best = min(days, key=lambda day: abs((day - first).days), default=None)
    return _month_words(best) if best else None


def _month_words(day: dt.date) -> str:
    return f"{day.year:04}-{day.month:02}"


def read_month(words: str, as_of: dt.date) -> dt.date:
    """The first day of the month that an address names, of the day's own where it names none. Raises UsageError."""
    if not words.strip():
        return as_of.replace(day=1)
    try:
        found = dt.date.fromisoformat(f"{words.strip()}-01")
    except ValueError as error:
        raise UsageError(f"{words} is no month.", hint="Write it as 2019-11") from error
    if not dt.date.min.year < found.year < dt.date.max.year:
        raise UsageError(f"{words} is too far away.", hint="Write it as 2019-11")
    return found
