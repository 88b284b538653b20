"""The timeline: what happened between the two and the steps that measures took, by day."""

from collections.abc import Iterator

from detente.ledger.happenings import Happening
from detente.ledger.witnesses import independent_outlets
from detente.records import Event, Record, Voice
from detente.telling.known import Known
from detente.telling.table import COLUMNS, ID_SHOWN, Table, known_on, outlets_of, place, row_of
from detente.telling.words import day_words, when_words


def tell_timeline(known: Known) -> Table:
    """What was done by day, the undated under the day it was told; plans, threats and opinions are left out."""
    told = sorted([*_events(known), *_steps(known)], key=lambda entry: entry[:2])
    return Table(
        columns=COLUMNS,
        rows=tuple(row for _, row, _ in told),
        records=tuple(records for _, _, records in told),
    )


def _events(known: Known) -> Iterator[tuple[str, tuple[str, ...], tuple[Record, ...]]]:
    for happening in known.happenings:
        if _took_place(happening):
            line = known.narrator.event(happening)
            yield line.sort, row_of(line, happening, known.outlets), happening.records


def _took_place(happening: Happening) -> bool:
    head = happening.head
    if not isinstance(head, Event) or not head.factuality.is_actual or head.voice is Voice.AUTHOR:
        return False
    return not all(record.from_title for record in happening.records)


def _steps(known: Known) -> Iterator[tuple[str, tuple[str, ...], tuple[Record, ...]]]:
    for life in known.lives:
        subject = known.narrator.measure(life).text.partition(" – ")[0]
        for step in life.steps:
            if not step.taken or step.record.known_on is None or step.record.from_title:
                continue
            row = (
                when_words(step.when) if step.when else f"told {day_words(step.on)}",
                f"{subject}: {step.step}",
                known.words.voice(step.record),
                known_on(step.record),
                str(len(independent_outlets((step.record,), known.material.sources))) if known.material.sources else "",
                outlets_of((step.record,), known.outlets),
                step.record.id[:ID_SHOWN],
                place(step.evidence),
            )
            first = (step.when.earliest if step.when else None) or step.on
            yield first.isoformat(), row, (step.record,)
