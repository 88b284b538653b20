"""The records of a pair as tables: one row a happening, with its place in the text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from detente.ledger.base_rates import base_rates
from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.issue_candidates import find_candidates
from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import WEIGHTS, rank_obstacles
from detente.ledger.outcomes import Course, follow_agenda
from detente.records import Event, Issue, Mechanism, Position, Record, Statement, without_none
from detente.telling.base_rates import tell_base_rates
from detente.telling.brief import Material
from detente.telling.lines import Line, Narrator
from detente.telling.words import Words

ID_SHOWN = 8
MOST_CANDIDATES = 20
CANDIDATE = "candidate"
CANDIDATE_NOTE = (
    "A candidate is a name that recurs. To make it an issue, or part of one, write it under [issues.rename] in "
    'detente.toml: "name" = "label".'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Column names, rows of text, and the records behind each row.

    `derived` holds for each row what JSON adds to its first record; empty where there is nothing to add. `notes` are
    lines below the table.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    records: tuple[tuple[Record, ...], ...]
    derived: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()


COLUMNS = ("date", "what", "note", "known on", "outlets", "id", "place")


def _table_of(type_: type[Record]) -> Callable[[Material, Words], Table]:
    def tell(material: Material, words: Words) -> Table:
        narrator = Narrator(words=words, as_of=material.as_of)
        happenings = group_happenings((*material.records, *material.undated))
        told = [(narrator.happening(h), h) for h in happenings if isinstance(h.head, type_)]
        told.sort(key=lambda pair: (pair[0].sort, pair[0].text, pair[1].id))
        outlets = outlet_names(material)
        return Table(
            columns=COLUMNS,
            rows=tuple(row_of(line, happening, outlets) for line, happening in told),
            records=tuple(happening.records for _, happening in told),
        )

    return tell


def tell_agenda(material: Material, words: Words) -> Table:
    """The agenda items and what became of each, by day; the base rates of what was announced stand below."""
    narrator = Narrator(words=words, as_of=material.as_of)
    happenings = group_happenings((*material.records, *material.undated))
    courses = follow_agenda(happenings, trace_measures(happenings, material.as_of), material.as_of)
    told = sorted(((narrator.agenda(c), c) for c in courses), key=lambda x: (x[0].sort, x[0].text, x[1].item.id))
    outlets = outlet_names(material)
    return Table(
        columns=COLUMNS,
        rows=tuple(row_of(line, course.item, outlets) for line, course in told),
        records=tuple(course.item.records for _, course in told),
        derived=tuple({"became": _became(course)} for _, course in told),
        notes=tell_base_rates(base_rates(courses)),
    )


MEASURE_COLUMNS = ("date", "measure", "next", "life", "known on", "outlets", "id", "place")


def tell_measures(material: Material, words: Words) -> Table:
    """The measures with their standing on the day, the step that is next, and their life so far."""
    narrator = Narrator(words=words, as_of=material.as_of)
    lives = trace_measures(group_happenings((*material.records, *material.undated)), material.as_of)
    told = sorted(
        ((narrator.measure(life), life) for life in lives), key=lambda x: (x[0].sort, x[0].text, x[1].records[0].id)
    )
    outlets = outlet_names(material)
    return Table(
        columns=MEASURE_COLUMNS,
        rows=tuple(_measure_row(line, life, outlets) for line, life in told),
        records=tuple(life.records for _, life in told),
        derived=tuple({"life": _life(life)} for _, life in told),
    )


def _measure_row(line: Line, life: MeasureLife, outlets: dict[str, str]) -> tuple[str, ...]:
    head = life.standing.record if life.standing else life.records[-1]
    evidence = life.standing.evidence if life.standing else head.evidence[0]
    return (
        line.date,
        line.text,
        line.note,
        "; ".join(f"{step.on.isoformat()} {step.step}" for step in life.steps),
        head.known_on.isoformat() if head.known_on else "",
        "; ".join(sorted({outlets[record.evidence[0].document] for record in life.records})),
        head.id[:ID_SHOWN],
        f"{evidence.document[:ID_SHOWN]}:{evidence.start}-{evidence.end}",
    )


def _life(life: MeasureLife) -> dict[str, Any]:
    """The measure's life, as JSON values."""
    told: dict[str, Any] = without_none(
        {
            "standing": life.standing.step if life.standing else None,
            "due": {"step": life.due.step, "when": msgspec.to_builtins(life.due.when)} if life.due else None,
            "overdue": life.is_overdue,
            "steps": [
                {"step": s.step, "on": s.on.isoformat(), "taken": s.taken, "shown_by": s.record.id} for s in life.steps
            ],
        }
    )
    return told


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


def outlet_names(material: Material) -> dict[str, str]:
    """The outlet of each document by its id, as printed."""
    return {document.id: document.outlet or "outlet not given" for document in material.documents}


def row_of(line: Line, happening: Happening, outlets: dict[str, str]) -> tuple[str, ...]:
    """The cells of `COLUMNS` for a happening."""
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


def tell_issues(material: Material, _: Words) -> Table:
    """The issues with what bears on each, most told first; below them candidates: names that no issue is called by."""
    records = (*material.records, *material.undated)
    gathered: dict[Issue, list[Record]] = {}
    for record in records:
        for issue in record.issues:
            gathered.setdefault(issue, []).append(record)
    counted = sorted(gathered.items(), key=lambda entry: (-len(entry[1]), entry[0].label))
    candidates = find_candidates(records)[:MOST_CANDIDATES]
    renamed = _renamed(material.issue_names)
    rows = [_issue_row(issue.label, items, renamed.get(issue.label, "")) for issue, items in counted]
    rows += [_issue_row(one.name, one.records, CANDIDATE) for one in candidates]
    return Table(
        columns=("issue", "records", "positions", "documents", "latest", "note"),
        rows=tuple(rows),
        records=tuple(
            tuple(items) for items in (*(found for _, found in counted), *(one.records for one in candidates))
        ),
        notes=(CANDIDATE_NOTE,) if candidates else (),
    )


def _issue_row(label: str, records: Sequence[Record], note: str) -> tuple[str, ...]:
    documents = {evidence.document for record in records for evidence in record.evidence}
    positions = sum(isinstance(record, Position) for record in records)
    latest = max((record.known_on for record in records if record.known_on), default=None)
    return (label, str(len(records)), str(positions), str(len(documents)), latest.isoformat() if latest else "", note)


def _renamed(names: Sequence[tuple[str, str]]) -> dict[str, str]:
    """By the label that the user gave, what is told under it."""
    by_label: dict[str, list[str]] = {}
    for name, label in names:
        by_label.setdefault(label, []).append(name)
    return {label: f"your name for: {', '.join(found)}" for label, found in by_label.items()}


TABLES: dict[str, Callable[[Material, Words], Table]] = {
    "agenda": tell_agenda,
    "obstacles": tell_obstacles,
    "issues": tell_issues,
    "positions": _table_of(Position),
    "events": _table_of(Event),
    "statements": _table_of(Statement),
    "measures": tell_measures,
    "mechanisms": _table_of(Mechanism),
}
