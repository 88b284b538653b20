"""Imported events counted in DuckDB over their Parquet files: of one pair by day, of all pairs by period."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from detente.adapters.imports.layout import (
    MENTIONS,
    connect,
    datasets,
    files_of,
    listed,
    pair_number,
    quoted,
)
from detente.adapters.imports.months import counting, months_of
from detente.adapters.objects import FileName, move_file
from detente.errors import UsageError
from detente.ledger.index import Frequency
from detente.ledger.index_counted import DayCounts, PairCount
from detente.ledger.port import Pair

SCRATCH = ".part-"  # what does not fit into memory
PERIODS = {  # a number or day for the period of a deed, and the first day of the period
    Frequency.DAY: ("deed_on", "period"),
    Frequency.WEEK: ("date_trunc('week', deed_on)::DATE", "period"),
    Frequency.MONTH: ("month", "make_date(period // 12, period % 12 + 1, 1)"),
    Frequency.QUARTER: ("month // 3", "make_date(period // 4, period % 4 * 3 + 1, 1)"),
}
LOOKED_BACK = (100, 800, 6_400)  # days before the newest deed in which a screenful of pairs is looked for
# Where the deeds of a period lie in one file there is nothing to add.
ALL_PAIRS = """
WITH added AS (
    SELECT period, pair, there, total_there, back, total_back FROM counted ANTI JOIN divided USING (period)
    UNION ALL
    SELECT period, pair, sum(there), sum(total_there), sum(back), sum(total_back)
    FROM counted SEMI JOIN divided USING (period) GROUP BY period, pair
),
named AS (SELECT pair, first_of(pair) AS one, second_of(pair) AS other FROM (SELECT DISTINCT pair FROM counted))
SELECT {first} AS first_day, one, other, there::INTEGER AS deeds_there, (total_there / there)::FLOAT AS mean_there,
       back::INTEGER AS deeds_back, (total_back / back)::FLOAT AS mean_back
FROM added JOIN named USING (pair)
"""
# The months that more than one file tells of, from what the files say of themselves.
DIVIDED = """
CREATE TABLE divided AS SELECT period FROM (
    SELECT unnest(range(first, last + 1)) AS period FROM (
        SELECT min(stats_min_value::INTEGER) AS first, max(stats_max_value::INTEGER) AS last
        FROM parquet_metadata({files}) WHERE path_in_schema = 'period' GROUP BY file_name
    )
) GROUP BY period HAVING count(*) > 1
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
        SELECT deed_on - DATE '0001-01-01' + 1 AS days, (initiator <> $one)::BIGINT AS direction,
               hash(event_type, mode) AS kind, any_value(intensity)::DOUBLE AS intensity, both_ways, count(*) AS deeds,
               coalesce(sum(reports), 0)::BIGINT AS reports
        FROM read_parquet({_files(folder, dataset)}) WHERE pair = $pair AND known_on <= $as_of
        GROUP BY days, direction, kind, both_ways ORDER BY days, direction, kind, both_ways
    """  # noqa: S608 own names
    given = {"one": pair[0], "pair": pair_number(*pair), "as_of": as_of or dt.date.max}
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
            SELECT event_id FROM read_parquet({_files(folder, dataset)}) WHERE pair = $pair)
        ORDER BY ALL
    """  # noqa: S608 own names
    given = {"pair": pair_number(*pair), "as_of": as_of or dt.date.max}
    return [(day, outlet) for day, outlet in _rows(folder, query, given)]


def count_all_pairs(
    folder: Path, dataset: str, frequency: Frequency, as_of: dt.date | None, limit: int | None = None
) -> list[PairCount]:
    """Every pair and period: the newest period first, in it the pairs with the most deeds.

    With a `limit` no more is counted than the newest periods that hold so many.
    """
    order = "ORDER BY first_day DESC, deeds_there + deeds_back DESC, one, other" + (f" LIMIT {limit}" if limit else "")
    newest = _newest(folder, dataset, as_of) if limit else None
    for since in (*(newest - dt.timedelta(days) for days in LOOKED_BACK if newest), None):
        with _counted(folder, dataset, frequency, (since, as_of)) as connection:
            rows = connection.execute(f"{_all_pairs(frequency)} {order}").fetchall()
        if since is None or len(rows) == limit:
            break
    return [PairCount(*row) for row in rows]


def write_all_pairs(folder: Path, dataset: str, frequency: Frequency, as_of: dt.date | None, out: FileName) -> None:
    """The same as a Parquet file, in no order: what does not fit into memory goes through the disk."""
    half = out.with_name(f"{out.name}.part") if isinstance(out, Path) else folder / f"{SCRATCH}{dataset}.parquet"
    with _counted(folder, dataset, frequency, (None, as_of)) as connection:
        connection.execute(f"COPY ({_all_pairs(frequency)}) TO {quoted(half)} (FORMAT parquet)")
    move_file(half, out)


def _all_pairs(frequency: Frequency) -> str:
    return ALL_PAIRS.format(first=PERIODS[frequency][1])


def _newest(folder: Path, dataset: str, as_of: dt.date | None) -> dt.date | None:
    """A day that no deed known by `as_of` is later than: read off the files' statistics, None where they have none."""
    query = f"""
        SELECT max(stats_max_value::DATE) FROM parquet_metadata({_files(folder, dataset)})
        WHERE path_in_schema = 'deed_on'
    """  # noqa: S608 own names
    ((newest,),) = _rows(folder, query, {})
    return min(filter(None, (newest, as_of)), default=None)


@contextmanager
def _counted(
    folder: Path, dataset: str, frequency: Frequency, days: tuple[dt.date | None, dt.date | None]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables `counted`, and `divided`: the periods that several files may tell of.

    `days` are the one in whose period the counting begins, and the one by which a deed must have been known.
    """
    since, until = days
    with tempfile.TemporaryDirectory(dir=folder, prefix=SCRATCH) as scratch, connect(Path(scratch)) as connection:
        if frequency is Frequency.MONTH and until is None:
            files = listed(months_of(folder, dataset))
            first = since.year * 12 + since.month - 1 if since else 0
            connection.execute(f"CREATE VIEW counted AS FROM read_parquet({files}) WHERE period >= {first}")
            connection.execute(DIVIDED.format(files=files))
        else:
            _count_files(connection, files_of(folder, dataset), frequency, days)
        yield connection


def _count_files(
    connection: duckdb.DuckDBPyConnection,
    files: list[Path],
    frequency: Frequency,
    days: tuple[dt.date | None, dt.date | None],
) -> None:
    """Counts each file on its own, for its groups fit into the processor's cache."""
    since, until = days
    among = f"AND deed_on >= date_trunc('{frequency.value}', DATE '{since}')" if since else ""
    among += f" AND known_on <= DATE '{until}'" if until else ""
    for at, path in enumerate(files):
        query = counting(path, PERIODS[frequency][0], among)
        connection.execute(f"INSERT INTO counted {query}" if at else f"CREATE TABLE counted AS {query}")
    connection.execute("CREATE VIEW divided AS SELECT DISTINCT period FROM counted")


def _files(folder: Path, dataset: str) -> str:
    """The files of a data set as a list of SQL."""
    return listed(files_of(folder, dataset))


def _rows(folder: Path, query: str, given: dict[str, object]) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory(dir=folder, prefix=SCRATCH) as scratch, connect(Path(scratch)) as connection:
        return connection.execute(query, given).fetchall()
