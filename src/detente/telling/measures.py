"""The measures as a table: standing on the day, next step, life so far."""

from typing import Any

import msgspec

from detente.ledger.measure_course import LifeStep
from detente.ledger.measure_life import MeasureLife
from detente.records import without_none
from detente.telling.known import Known
from detente.telling.lines import Line
from detente.telling.table import ID_SHOWN, Table, known_on, outlets_of, place
from detente.telling.words import when_words

COLUMNS = ("date", "measure", "next", "life", "known on", "outlets", "id", "place")


def tell_measures(known: Known) -> Table:
    """The measures with their standing on the day, the step that is next, and their life so far."""
    told = [(known.narrator.measure(life), life) for life in known.lives]
    told.sort(key=lambda pair: (pair[0].sort, pair[0].text, pair[1].records[0].id))
    return Table(
        columns=COLUMNS,
        rows=tuple(_row(line, life, known.outlets) for line, life in told),
        records=tuple(life.records for _, life in told),
        derived=tuple({"life": _life(life)} for _, life in told),
    )


def _row(line: Line, life: MeasureLife, outlets: dict[str, str]) -> tuple[str, ...]:
    head = life.standing.record if life.standing else life.records[-1]
    return (
        line.date,
        line.text,
        line.note,
        "; ".join(f"{_day(step)} {step.step}" for step in life.steps),
        known_on(head),
        outlets_of(life.records, outlets),
        head.id[:ID_SHOWN],
        place(life.standing.evidence if life.standing else head.evidence[0]),
    )


def _day(step: LifeStep) -> str:
    """The day of a step; of a longer date no more than it says, of a step without one the day it was told."""
    if step.when is None:
        return f"told {step.on.isoformat()}"
    return step.on.isoformat() if step.when.earliest == step.when.latest else when_words(step.when)


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
