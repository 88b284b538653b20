"""The agenda as a table: what is to come, and what became of what was planned."""

from typing import Any

import msgspec

from detente.ledger.base_rates import base_rates
from detente.ledger.outcomes import Course
from detente.records import without_none
from detente.telling.base_rates import tell_base_rates
from detente.telling.known import Known
from detente.telling.table import COLUMNS, Table, row_of


def tell_agenda(known: Known) -> Table:
    """The agenda items and what became of each, by day; the base rates of what was announced stand below."""
    told = [(known.narrator.agenda(course), course) for course in known.courses]
    told.sort(key=lambda pair: (pair[0].sort, pair[0].text, pair[1].item.id))
    return Table(
        columns=COLUMNS,
        rows=tuple(row_of(line, course.item, known.outlets) for line, course in told),
        records=tuple(course.item.records for _, course in told),
        derived=tuple({"became": _became(course)} for _, course in told),
        notes=tell_base_rates(base_rates(known.courses)),
    )


def _became(course: Course) -> dict[str, Any]:
    """What became of the item, as JSON values."""
    told: dict[str, Any] = without_none(
        {
            "fate": course.fate.value,
            "from": msgspec.to_builtins(course.due),
            "to": msgspec.to_builtins(course.new),
            "shown_by": course.shown_by.id if course.shown_by else None,
            "reason": course.reason or None,
        }
    )
    return told
