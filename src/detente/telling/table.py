"""What a table is, and the cells that several tables share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

from detente.ledger.happenings import Happening
from detente.records import Evidence, Record
from detente.telling.lines import Line

ID_SHOWN = 8
COLUMNS = ("date", "what", "note", "known on", "independent_outlets", "outlets", "id", "place")
NO_OUTLET = "outlet not given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Column names, rows of text, and the records behind each row.

    `derived` holds for each row what JSON adds to its first record, or the whole entry where no record stands behind
    it; empty where there is nothing to add. `notes` are lines below the table.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    records: tuple[tuple[Record, ...], ...]
    derived: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()

    def resting_on(self, ids: Collection[str]) -> "Table":
        """The same with the rows alone behind which one of these records stands."""
        kept = [any(record.id in ids for record in records) for records in self.records]
        return replace(
            self,
            rows=tuple(compress(self.rows, kept)),
            records=tuple(compress(self.records, kept)),
            derived=tuple(compress(self.derived, kept)),
        )


def row_of(line: Line, happening: Happening, outlets: dict[str, str]) -> tuple[str, ...]:
    """The cells of `COLUMNS` for a happening."""
    head = happening.head
    names = outlets_of(happening.records, outlets)
    number = "" if line.independent_outlets is None else str(line.independent_outlets)
    at = place(head.evidence[0])
    return (line.date, line.text, line.note, known_on(head), number, names, head.id[:ID_SHOWN], at)


def known_on(record: Record) -> str:
    """The day the record became known; empty where it is not dated."""
    return record.known_on.isoformat() if record.known_on else ""


def outlets_of(records: Iterable[Record], outlets: dict[str, str]) -> str:
    """The outlets of the records, by name."""
    return "; ".join(sorted({outlets[record.evidence[0].document] for record in records}))


def place(evidence: Evidence) -> str:
    """Where the words stand, as `show` takes it: "3f9a12c4:1530-1705"."""
    return f"{evidence.document[:ID_SHOWN]}:{evidence.start}-{evidence.end}"
