"""The agenda as a calendar: iCalendar, RFC 5545."""

import datetime as dt
import itertools

from icalendar import Calendar, Component, Event, Todo, vText

from detente.adapters.exporters.account import Account, cited, clean, day_of, web_address
from detente.ledger.happenings import Happening
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import Course
from detente.records import AgendaItem, Basis, Grain, Outcome, Record, Voice, When

PRODUCT = "-//detente//agenda//EN"
UNKNOWN_DAY = dt.date(1970, 1, 1)  # the stamp of what only undated documents tell: RFC 5545 needs one
FIRM = frozenset({Basis.AGREED, Basis.PLANNED})


def write(account: Account) -> bytes:
    """One entry for each agenda item: an all-day span, or a to-do without a day where none is told.

    The UID is that of the happening, which later documents do not change; SEQUENCE counts how often its date moved.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(account.title))
    for course in sorted(account.courses, key=lambda course: course.item.id):
        calendar.add_component(_entry(course, account))
    written: bytes = calendar.to_ical()
    return written


def _entry(course: Course, account: Account) -> Component:
    when = course.new or course.due
    entry: Component = Event() if when else Todo()
    line = account.line(course.item)
    stamp = dt.datetime.combine(day_of(_telling(course)) or UNKNOWN_DAY, dt.time(), dt.UTC)
    entry.add("uid", f"{course.item.id}@detente")
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)
    entry.add("sequence", _revisions(course))
    entry.add("status", _status(course) if when else _todo_status(course))
    entry.add("class", "PUBLIC")
    entry.add("summary", clean(f"{line.text}{_grain(when)}"))
    sources = [cited(account.document(record), record.evidence[0]) for record in _telling(course)]
    entry.add("description", clean("\n".join([line.note, *dict.fromkeys(sources)])))
    labels = account.labels(course.item.records)
    if labels:
        entry.add("categories", labels)
    address = web_address(account.document(course.item.head))
    if address:
        entry.add("url", address)
    if when:
        first, last = _span(when)
        entry.add("dtstart", first)
        entry.add("dtend", last + dt.timedelta(days=1))  # the first day after it
        entry.add("transp", "TRANSPARENT")
    return entry


def _telling(course: Course) -> tuple[Record, ...]:
    """The records that tell the plan, and the one that shows what became of it."""
    shown = (course.shown_by,) if course.shown_by and course.shown_by not in course.item.records else ()
    return (*course.item.records, *shown)


def _revisions(course: Course) -> int:
    """How often what is known of it changed in a way that a calendar shows: a date refined, put off, called off."""
    records = course.item.records
    told = [Happening(records=records[: n + 1], began=course.item.id).when for n in range(len(records))]
    moved = sum(_days(a) != _days(b) for a, b in itertools.pairwise(told))
    put_off = {_days(r.when) for r in records if isinstance(r, AgendaItem) and r.outcome is Outcome.SLIPPED}
    by_another = course.shown_by not in records and course.fate in (Fate.SLIPPED, Fate.CANCELLED, Fate.HAPPENED)
    called_off = course.fate is Fate.CANCELLED and not by_another
    return moved + len(put_off) + by_another + called_off


def _days(when: When | None) -> tuple[dt.date | None, dt.date | None] | None:
    return (when.earliest, when.latest) if when else None


def _status(course: Course) -> str:
    """Of a day in the calendar. What was put off without a new day no longer takes place on the old one."""
    if course.fate is Fate.CANCELLED or (course.fate is Fate.SLIPPED and course.new is None):
        return "CANCELLED"
    if course.fate is Fate.HAPPENED:
        return "CONFIRMED"
    plan = course.plan
    firm = plan.basis in FIRM and not plan.hedges and plan.voice is not Voice.AUTHOR
    return "CONFIRMED" if firm and course.fate is Fate.PENDING else "TENTATIVE"


def _todo_status(course: Course) -> str:
    return {Fate.CANCELLED: "CANCELLED", Fate.HAPPENED: "COMPLETED"}.get(course.fate, "NEEDS-ACTION")


def _grain(when: When | None) -> str:
    """How exact the day is, where it is less than a day."""
    if when is None:
        return ""
    if when.earliest is None:
        return " (by then)"
    if when.latest is None:
        return " (from then on)"
    return "" if when.grain is Grain.DAY else f" ({when.grain})"


def _span(when: When) -> tuple[dt.date, dt.date]:
    """The first and the last day; of an open span the end that is known."""
    first = when.earliest or when.latest or dt.date.min  # a When has one of the two
    last = when.latest or first
    return first, min(last, dt.date.max - dt.timedelta(days=1))
