"""The records of a pair, and what follows from them, as tables."""

from collections.abc import Callable
from dataclasses import replace

from detente.ledger.obstacles import WEIGHTS
from detente.records import Event, Mechanism, Position, Record, Statement
from detente.telling.agenda import tell_agenda
from detente.telling.blindspots import tell_blindspots
from detente.telling.differences import tell_differences
from detente.telling.issues import tell_issues
from detente.telling.known import Known
from detente.telling.material import Material
from detente.telling.measures import tell_measures
from detente.telling.promises import tell_promises
from detente.telling.review import tell_review
from detente.telling.sources import tell_sources
from detente.telling.table import COLUMNS, Table, row_of
from detente.telling.timeline import tell_timeline
from detente.telling.words import Words, day_words

WINDOW = (
    "What was told from {day} on, and what lies ahead. "
    "--as-of shows what was told before; CSV and JSON hold everything."
)


def tell_table(name: str, material: Material, words: Words) -> Table:
    """The table of that name, one of `TABLES`."""
    return tell_known(name, Known(material, words))


def tell_known(name: str, known: Known) -> Table:
    """The same of what is known."""
    table, first = TABLES[name](known), known.material.told_since
    return replace(table, notes=(*table.notes, WINDOW.format(day=day_words(first)))) if first else table


def _table_of(type_: type[Record]) -> Callable[[Known], Table]:
    def tell(known: Known) -> Table:
        told = [(known.narrator.happening(h), h) for h in known.with_undated if isinstance(h.head, type_)]
        told.sort(key=lambda pair: (pair[0].sort, pair[0].text, pair[1].id))
        return Table(
            columns=COLUMNS,
            rows=tuple(row_of(line, happening, known.outlets) for line, happening in told),
            records=tuple(happening.records for _, happening in told),
        )

    return tell


def tell_obstacles(known: Known) -> Table:
    """The ranked issues with each part of the score and its weight."""
    ranked = known.obstacles
    parts = tuple(f"{name} × {weight:g}" for name, weight in WEIGHTS)
    rows = [
        (
            str(number),
            obstacle.label,
            obstacle.distance.words,
            f"{obstacle.rank_weight:.2f}",
            *(f"{value:.2f}" for _, value in obstacle.parts),
            str(len(obstacle.positions)),
        )
        for number, obstacle in enumerate(ranked, 1)
    ]
    return Table(
        columns=("rank", "issue", "distance", "sum", *parts, "positions"),
        rows=tuple(rows),
        records=tuple(obstacle.records for obstacle in ranked),
    )


TABLES: dict[str, Callable[[Known], Table]] = {
    "agenda": tell_agenda,
    "obstacles": tell_obstacles,
    "issues": tell_issues,
    "positions": _table_of(Position),
    "events": _table_of(Event),
    "statements": _table_of(Statement),
    "measures": tell_measures,
    "mechanisms": _table_of(Mechanism),
    "promises": tell_promises,
    "review": tell_review,
    "differences": tell_differences,
    "timeline": tell_timeline,
    "sources": tell_sources,
    "blindspots": tell_blindspots,
}
