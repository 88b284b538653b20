"""The index as a table, and its formula in words."""

import datetime as dt

import msgspec

from detente.ledger.index import (
    DRAWS,
    HALF_LIFE,
    REACH,
    REPEATED_WITHIN,
    Columns,
    Frequency,
    IndexPoint,
    columns_of,
    index_series,
)
from detente.records import Record, without_none
from detente.telling.known import Known
from detente.telling.table import ID_SHOWN, Table

COLUMNS = (
    "period",
    "issue",
    "who",
    "to whom",
    "index",
    "interval",
    "without one outlet",
    "deeds",
    "remembered",
    "documents",
    "outlets",
    "ids",
)
IDS_SHOWN = 3  # `--format json` gives all
NO_DEED, NO_DATA = "no deed", "no document"
FORMULA = (
    "index = Σ intensity × novelty × decay / Σ novelty × decay, from -10 (assault) to +10",
    "over the happenings that took place between the two by the end of the period, each counted once:",
    "  intensity  of the event type and mode (docs/reference/event-types.md)",
    f"  novelty    1 / (1 + deeds of the same type, direction and issue in the {REPEATED_WITHIN} days before)",
    f"  decay      0.5 ^ (days before the end of the period / {HALF_LIFE:g}), forgotten after {REACH * HALF_LIFE:g}",
    f"interval: where nine of ten of {DRAWS} resamples of the deeds lie",
    "without one outlet: the lowest and highest value that leaving out what one outlet alone tells gives",
    "Plans, denials, opinions and what only a headline tells do not count.",
    f"“{NO_DEED}”: documents were read, but no deed is remembered; “{NO_DATA}”: nothing of the period was read.",
)


def tell_index(
    known: Known,
    frequency: Frequency,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    most: int | None = None,
    issue: str | None = None,
    by_issue: bool = False,
    explained: bool = False,
) -> Table:
    """One row a period and direction; with `by_issue` a block for each issue, with `issue` that one alone.

    `since` and `until` bound the periods, `most` leaves the newest of them; what is known does not change by it.
    """
    pair = known.material.pair
    columns = columns_of(known.happenings, known.outlets, pair, known.as_of)
    last, published = known.as_of, known.published
    labels: list[str | None] = [_label(columns, issue)] if issue else [*columns.issues] if by_issue else [None]
    points = [
        point
        for label in labels
        for point in index_series(
            columns,
            published,
            pair,
            frequency,
            issue=label,
            first=since,
            last=min(until or last, last),
            most=most,
        )
    ]
    heads = {happening.id: happening.head for happening in known.happenings}
    return Table(
        columns=COLUMNS,
        rows=tuple(_row(point, known) for point in points),
        records=tuple(_records(point, heads) for point in points),
        derived=tuple({"point": without_none(msgspec.to_builtins(point))} for point in points),
        notes=FORMULA if explained else (),
    )


def _label(columns: Columns, asked: str) -> str:
    """The issue's label as printed, whatever the case in which it was asked for."""
    return next((label for label in columns.issues if label.casefold() == asked.casefold()), asked)


def _records(point: IndexPoint, heads: dict[str, Record]) -> tuple[Record, ...]:
    return tuple(heads[id_] for id_ in point.happenings)


def _row(point: IndexPoint, known: Known) -> tuple[str, ...]:
    nothing = NO_DEED if point.documents else NO_DATA
    ids = [id_[:ID_SHOWN] for id_ in point.happenings]
    more = f" and {len(ids) - IDS_SHOWN} more" if len(ids) > IDS_SHOWN else ""
    return (
        point.first.isoformat(),
        point.issue or "all",
        known.words.state(point.initiator),
        known.words.state(point.target),
        nothing if point.value is None else f"{point.value:+.2f}",
        _range(point.low, point.high),
        _range(point.without_low, point.without_high),
        str(len(point.happenings)),
        str(point.remembered),
        str(point.documents),
        str(point.outlets),
        " ".join(ids[:IDS_SHOWN]) + more,
    )


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:+.2f} to {high:+.2f}"
