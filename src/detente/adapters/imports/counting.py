"""Imported events counted in DuckDB over their Parquet files: of one pair by day, of all pairs by period."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from detente.adapters.imports.parquet import MENTIONS, connect, datasets, files_of, quoted
from detente.errors import UsageError
from detente.ledger.index import Frequency
from detente.ledger.index_counted import DayCounts, PairCount
from detente.ledger.port import Pair

SCRATCH = ".part-"  # what does not fit into memory
DEED_DAY = "least(day, known_on)"  # as in the index of coded events
DEEDS = "event_type IS NOT NULL AND initiator <> target"  # statements and what a state does to itself are none
OF_PAIR = "initiator IN ($one, $other) AND target IN ($one, $other)"
PERIODS = {  # a number or day for the period of a day, and the first day of the period
    Frequency.DAY: ("{day}", "period"),
    Frequency.WEEK: ("date_trunc('week', {day})::DATE", "period"),
    Frequency.MONTH: ("year({day}) * 12 + month({day}) - 1", "make_date(period // 12, period % 12 + 1, 1)"),
    Frequency.QUARTER: ("year({day}) * 4 + quarter({day}) - 1", "make_date(period // 4, period % 4 * 3 + 1, 1)"),
}
COUNT_FILE = """
WITH counted AS (
    SELECT {period} AS period, initiator, target, both_ways, count(*)::DOUBLE AS deeds, sum(intensity) AS total
    FROM read_parquet({file}) WHERE intensity IS NOT NULL AND initiator <> target AND known_on <= {as_of} GROUP BY ALL
)
SELECT period, least(initiator, target) AS one, greatest(initiator, target) AS other,
       sum(CASE WHEN both_ways OR initiator < target THEN deeds END) AS there,
       sum(CASE WHEN both_ways OR initiator < target THEN total END) AS total_there,
       sum(CASE WHEN both_ways OR initiator > target THEN deeds END) AS back,
       sum(CASE WHEN both_ways OR initiator > target THEN total END) AS total_back
FROM counted GROUP BY ALL
"""
ALL_PAIRS = """
WITH added AS (
    SELECT period, one, other, sum(there) AS there, sum(total_there) AS total_there,
           sum(back) AS back, sum(total_back) AS total_back
    FROM counted GROUP BY ALL
)
SELECT {first} AS first_day, one, other, coalesce(there, 0)::INTEGER AS deeds_there,
       (total_there / there)::FLOAT AS mean_there, coalesce(back, 0)::INTEGER AS deeds_back,
       (total_back / back)::FLOAT AS mean_back
FROM added
"""


def chosen_datasets(folder: Path, names: list[str]) -> list[str]:
    """The data sets of the folder that are asked for, "all" being every one. Raises UsageError for others."""
    there = sorted(datasets(folder))
    missing = sorted(set(names) - {*there, "all"})
    if missing:
        raise UsageError(
            f"No data set is called {', '.join(missing)}.",
            hint=f"There are: {', '.join(there)}." if there else "Type: detente import FORMAT FILE",
        )
    return there if "all" in names else [name for name in there if name in names]


def count_days(folder: Path, dataset: str, pair: Pair, as_of: dt.date | None) -> DayCounts:
    """The deeds between the two, counted by day, kind and direction; with `as_of` what was known by then."""
    query = f"""
        SELECT {DEED_DAY} - DATE '0001-01-01' + 1 AS days, (initiator <> $one)::BIGINT AS direction,
               hash(event_type, mode) AS kind, any_value(intensity)::DOUBLE AS intensity, both_ways, count(*) AS deeds,
               coalesce(sum(reports), 0)::BIGINT AS reports
        FROM read_parquet({_files(folder, dataset)}) WHERE {OF_PAIR} AND {DEEDS} AND known_on <= $as_of
        GROUP BY days, direction, kind, both_ways ORDER BY days, direction, kind, both_ways
    """  # noqa: S608 own names
    given = {"one": pair[0], "other": pair[1], "as_of": as_of or dt.date.max}
    with tempfile.TemporaryDirectory(dir=folder, prefix=SCRATCH) as scratch, connect(Path(scratch)) as connection:
        return DayCounts(**connection.execute(query, given).fetchnumpy())


def reporting(folder: Path, dataset: str, pair: Pair, as_of: dt.date | None) -> list[tuple[dt.date, str]]:
    """The day and outlet of the reports of these deeds, each once; empty where no mentions were imported."""
    mentions = folder / MENTIONS
    if dataset not in datasets(mentions):
        return []
    query = f"""
        SELECT DISTINCT seen_on, outlet FROM read_parquet({_files(mentions, dataset)})
        WHERE outlet IS NOT NULL AND seen_on <= $as_of AND event_id IN (
            SELECT event_id FROM read_parquet({_files(folder, dataset)}) WHERE {OF_PAIR} AND {DEEDS})
        ORDER BY ALL
    """  # noqa: S608 own names
    given = {"one": pair[0], "other": pair[1], "as_of": as_of or dt.date.max}
    return [(day, outlet) for day, outlet in _rows(folder, query, given)]


def count_all_pairs(
    folder: Path, dataset: str, frequency: Frequency, as_of: dt.date | None, limit: int | None = None
) -> list[PairCount]:
    """Every pair and period: the newest period first, in it the pairs with the most deeds."""
    order = "ORDER BY first_day DESC, deeds_there + deeds_back DESC, one, other" + (f" LIMIT {limit}" if limit else "")
    with _counted(folder, dataset, frequency, as_of) as connection:
        return [PairCount(*row) for row in connection.execute(f"{_all_pairs(frequency)} {order}").fetchall()]


def write_all_pairs(folder: Path, dataset: str, frequency: Frequency, as_of: dt.date | None, out: Path) -> None:
    """The same as a Parquet file, in no order: what does not fit into memory goes through the disk."""
    half = out.with_name(f"{out.name}.part")
    with _counted(folder, dataset, frequency, as_of) as connection:
        connection.execute(f"COPY ({_all_pairs(frequency)}) TO {quoted(half)} (FORMAT parquet)")
    half.replace(out)


def _all_pairs(frequency: Frequency) -> str:
    return ALL_PAIRS.format(first=PERIODS[frequency][1])


@contextmanager
def _counted(
    folder: Path, dataset: str, frequency: Frequency, as_of: dt.date | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the table `counted`: each file on its own, for its groups fit into the processor's cache."""
    period = PERIODS[frequency][0].format(day=DEED_DAY)
    until = f"DATE '{(as_of or dt.date.max).isoformat()}'"
    with tempfile.TemporaryDirectory(dir=folder, prefix=SCRATCH) as scratch, connect(Path(scratch)) as connection:
        for at, path in enumerate(files_of(folder, dataset)):
            query = COUNT_FILE.format(period=period, file=quoted(path), as_of=until)
            connection.execute(f"INSERT INTO counted {query}" if at else f"CREATE TABLE counted AS {query}")
        yield connection


def _files(folder: Path, dataset: str) -> str:
    """The files of a data set as a list of SQL."""
    return "[" + ", ".join(quoted(path) for path in files_of(folder, dataset)) + "]"


def _rows(folder: Path, query: str, given: dict[str, object]) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory(dir=folder, prefix=SCRATCH) as scratch, connect(Path(scratch)) as connection:
        return connection.execute(query, given).fetchall()
