"""The deeds of each pair counted month by month: once for each file, when it is imported."""

import tempfile
from pathlib import Path

import duckdb

from detente.adapters.imports.layout import (
    BACK,
    COUNTED,
    EVENTS,
    THERE,
    connect,
    files_of,
    listed,
    quoted,
    write_table,
)
from detente.errors import WorkspaceError

MONTHS = "months"  # the folder of counts, beside the events; each under the name of what was counted
COUNT = """
SELECT {period} AS period, pair, count(*) FILTER (way <> {back})::INTEGER AS there,
       sum(intensity) FILTER (way <> {back}) AS total_there, count(*) FILTER (way <> {there})::INTEGER AS back,
       sum(intensity) FILTER (way <> {there}) AS total_back
FROM read_parquet({file}) WHERE pair IS NOT NULL {among} GROUP BY period, pair
"""


def counting(path: Path, period: str, among: str = "") -> str:
    """The query that counts a file by pair and period, each way; `among` are further conditions."""
    return COUNT.format(period=period, there=THERE, back=BACK, file=quoted(path), among=among)


def count_months(connection: duckdb.DuckDBPyConnection, path: Path, name: str, folder: Path) -> None:
    """Writes the counts of the file of events into the folder's months, under that name."""
    (folder / MONTHS).mkdir(exist_ok=True)
    half = path.with_suffix(".counts")
    connection.execute(f"COPY ({counting(path, 'month')} ORDER BY period, pair) TO {quoted(half)} (FORMAT parquet)")
    half.replace(folder / MONTHS / name)


def months_of(folder: Path, dataset: str) -> list[Path]:
    """The counts of each file of the data set."""
    return [folder / MONTHS / path.name for path in files_of(folder, dataset)]


def renew(folder: Path, dataset: str) -> int:
    """How many files of events were written before there were columns and counts for the index: they have them now.

    Their rows are the same. Raises WorkspaceError where a file is damaged or cannot be written.
    """
    files, old = files_of(folder, dataset), []
    if not files:
        return 0
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as scratch, connect(Path(scratch)) as connection:
            told = connection.execute(
                f"SELECT file_name FROM parquet_schema({listed(files)}) GROUP BY file_name"  # noqa: S608 own names
                " HAVING count(*) FILTER (list_contains($wanted, name)) < len($wanted)",
                {"wanted": list(COUNTED)},
            )
            old = [Path(name) for (name,) in told.fetchall()]
            for path in old:
                half = Path(scratch, path.name)
                write_table(connection, EVENTS, f"FROM read_parquet({quoted(path)})", half)
                half.replace(path)
            for path in files:
                if path in old or not (folder / MONTHS / path.name).exists():
                    count_months(connection, path, path.name, folder)
    except (duckdb.Error, OSError) as error:
        raise WorkspaceError(
            f"The events of {dataset} cannot be read, or not brought into the layout of this version: "
            f"{str(error).splitlines()[0]}",
            hint=f"Free some space on the disk; or delete what begins with {folder / dataset} and import it again.",
        ) from error
    return len(old)
