"""The index of imported event data as a table, and the tables of several data sets one below the other."""

from collections.abc import Mapping, Sequence

import msgspec

from detente.ledger.index import HALF_LIFE, REACH, REPEATED_WITHIN
from detente.ledger.index_counted import CountedPoint, PairCount
from detente.records import without_none
from detente.telling.index import COLUMNS, NO_DEED
from detente.telling.table import Table
from detente.telling.words import Words

DATASET = "data set"
PAIR_COLUMNS = (DATASET, "period", "who", "to whom", "deeds", "mean intensity")
FORMULA = (
    "Imported data: index = Σ intensity × novelty × decay / Σ novelty × decay, from -10 (assault) to +10",
    "over the deeds that the data set has between the two by the end of the period, each id counted once:",
    "  intensity  of the event type and mode here (docs/reference/event-types.md), not the data set's own",
    f"  novelty    1 / (1 + deeds of the same type, mode and direction in the {REPEATED_WITHIN} days before)",
    f"  decay      0.5 ^ (days before the end of the period / {HALF_LIFE:g}), forgotten after {REACH * HALF_LIFE:g}",
    "interval: where nine of ten resamples of the deeds would lie, by their spread",
    "documents: reports of the deeds of the period, where the data set counts them; outlets: of imported mentions.",
    "Event data name no issues, and tell one deed as often as they have it: only ids are compared.",
)


def tell_counted(points: Sequence[CountedPoint], words: Words, *, explained: bool = False) -> Table:
    """One row a period and direction, in the columns of the index of coded events."""
    return Table(
        columns=COLUMNS,
        rows=tuple(_row(point, words) for point in points),
        records=((),) * len(points),
        derived=tuple({"point": without_none(msgspec.to_builtins(point))} for point in points),
        notes=FORMULA if explained else (),
    )


def side_by_side(tables: Mapping[str, Table]) -> Table:
    """The rows of several data sets with the same columns, the name of the set before each."""
    first = next(iter(tables.values()))
    return Table(
        columns=(DATASET, *first.columns),
        rows=tuple((name, *row) for name, table in tables.items() for row in table.rows),
        records=tuple(records for table in tables.values() for records in table.records),
        derived=tuple({"dataset": name, **entry} for name, table in tables.items() for entry in table.derived),
        notes=tuple(dict.fromkeys(note for table in tables.values() for note in table.notes)),
    )


def tell_pairs(dataset: str, counted: Sequence[PairCount], words: Words) -> Table:
    """One row a period and dyad with a deed: a plain mean, without novelty and decay."""
    rows = [
        (count.period, *dyad, deeds, mean)
        for count in counted
        for dyad, deeds, mean in (
            ((count.one, count.other), count.deeds_there, count.mean_there),
            ((count.other, count.one), count.deeds_back, count.mean_back),
        )
        if mean is not None
    ]
    return Table(
        columns=PAIR_COLUMNS,
        rows=tuple(
            (dataset, period.isoformat(), words.state(one), words.state(other), str(deeds), f"{mean:+.2f}")
            for period, one, other, deeds, mean in rows
        ),
        records=((),) * len(rows),
        derived=tuple(
            {
                "dataset": dataset,
                "period": period.isoformat(),
                "initiator": one,
                "target": other,
                "deeds": deeds,
                "mean_intensity": round(mean, 2),
            }
            for period, one, other, deeds, mean in rows
        ),
        notes=("mean intensity: of the deeds of the period alone, each counted fully. The index of a pair: --pair",),
    )


def _row(point: CountedPoint, words: Words) -> tuple[str, ...]:
    return (
        point.first.isoformat(),
        "all",
        words.state(point.initiator),
        words.state(point.target),
        NO_DEED if point.value is None else f"{point.value:+.2f}",
        "" if point.low is None or point.high is None else f"{point.low:+.2f} to {point.high:+.2f}",
        "",
        str(point.deeds),
        str(point.remembered),
        "" if point.reports is None else str(point.reports),
        "" if point.outlets is None else str(point.outlets),
        "",
    )
