"""The records of a pair as tables: one row a happening, with its place in the text."""

from collections.abc import Callable
from dataclasses import dataclass

from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.obstacles import WEIGHTS, rank_obstacles
from detente.records import AgendaItem, Event, Measure, Mechanism, Position, Record, Statement
from detente.telling.brief import Material
from detente.telling.lines import Line, Narrator
from detente.telling.words import Words

ID_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Column names, rows of text, and the records behind each row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    records: tuple[tuple[Record, ...], ...]


COLUMNS = ("date", "what", "note", "known on", "outlets", "id", "place")


def _table_of(type_: type[Record]) -> Callable[[Material, Words], Table]:
    def tell(material: Material, words: Words) -> Table:
        narrator = Narrator(words=words, as_of=material.as_of)
        happenings = group_happenings((*material.records, *material.undated))
        events = [h.head for h in happenings if isinstance(h.head, Event)]
        chosen = [h for h in happenings if isinstance(h.head, type_)]
        told = [(narrator.agenda(h, events) if type_ is AgendaItem else narrator.happening(h), h) for h in chosen]
        told.sort(key=lambda pair: (pair[0].sort, pair[0].text, pair[1].id))
        outlets = {document.id: document.outlet or "outlet not given" for document in material.documents}
        return Table(
            columns=COLUMNS,
            rows=tuple(_row(line, happening, outlets) for line, happening in told),
            records=tuple(happening.records for _, happening in told),
        )

    return tell


def _row(line: Line, happening: Happening, outlets: dict[str, str]) -> tuple[str, ...]:
    head = happening.head
    evidence = head.evidence[0]
    return (
        line.date,
        line.text,
        line.note,
        head.known_on.isoformat() if head.known_on else "",
        "; ".join(sorted({outlets[id_] for id_ in happening.documents})),
        head.id[:ID_SHOWN],
        f"{evidence.document[:ID_SHOWN]}:{evidence.start}-{evidence.end}",
    )


def tell_obstacles(material: Material, words: Words) -> Table:
    """The ranked issues with each part of the score and its weight."""
    _ = words
    ranked = rank_obstacles(material.records, material.pair)
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


TABLES: dict[str, Callable[[Material, Words], Table]] = {
    "agenda": _table_of(AgendaItem),
    "obstacles": tell_obstacles,
    "positions": _table_of(Position),
    "events": _table_of(Event),
    "statements": _table_of(Statement),
    "measures": _table_of(Measure),
    "mechanisms": _table_of(Mechanism),
}
