"""How imported event data lie on the disk: columns and order of the Parquet files, and older files made anew."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detente.errors import WorkspaceError

MEMORY = "160MB"  # for DuckDB; Python and its libraries come on top
MENTIONS = "mentions"  # the folder of reports, beside the events
PART = "part"  # an event with several actors has a row for each two, numbered from 0
GROUP_ROWS = 40_960  # of a row group: those that cannot hold the pair asked for are not read

EVENT_COLUMNS = {
    "dataset": "VARCHAR",
    "event_id": "VARCHAR",
    PART: "SMALLINT",
    "day": "DATE",
    "grain": "VARCHAR",
    "known_on": "DATE",
    "initiator": "VARCHAR",
    "initiator_sector": "VARCHAR",
    "target": "VARCHAR",
    "target_sector": "VARCHAR",
    "event_type": "VARCHAR",
    "mode": "VARCHAR",
    "cameo": "VARCHAR",
    "quad": "TINYINT",
    "intensity": "FLOAT",
    "intensity_given": "FLOAT",
    "both_ways": "BOOLEAN",
    "place": "VARCHAR",
    "reports": "INTEGER",
    "url": "VARCHAR",
}
MENTION_COLUMNS = {
    "dataset": "VARCHAR",
    "event_id": "VARCHAR",
    "seen_on": "DATE",
    "outlet": "VARCHAR",
    "url": "VARCHAR",
    "confidence": "FLOAT",
}
# What counting reads instead of the names: numbers are compared and grouped in a third of the time.
SIGNS, LONGEST = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 6  # of the code of a state, in the order of texts
THERE, BACK, BOTH = 1, 2, 3  # `way`: from the first of the pair to the second, back, or each to the other
BASE = len(SIGNS)
_NUMBER = " + ".join(f"(strpos('{SIGNS}', padded[{at + 1}]) - 1) * {BASE ** (LONGEST - 1 - at)}" for at in range(LONGEST))
MACROS = (
    f"CREATE MACRO number_of_padded(padded) AS ({_NUMBER})::BIGINT",
    f"CREATE MACRO number_of(code) AS number_of_padded(rpad(code, {LONGEST}, ' '))",
    "CREATE MACRO code_of(number) AS rtrim("
    + " || ".join(f"'{SIGNS}'[number // {BASE ** (LONGEST - 1 - at)} % {BASE} + 1]" for at in range(LONGEST))
    + ")",
    f"CREATE MACRO first_of(pair) AS code_of(pair // {BASE**LONGEST})",
    f"CREATE MACRO second_of(pair) AS code_of(pair % {BASE**LONGEST})",
)
COUNTED = {
    # Of what is no deed between two states there is no pair: statements, and what a state does to itself.
    "pair": "CASE WHEN event_type IS NOT NULL AND intensity IS NOT NULL AND initiator <> target THEN number_of(least("
    f"initiator, target)) * {BASE**LONGEST} + number_of(greatest(initiator, target)) END",
    "way": f"(CASE WHEN both_ways THEN {BOTH} WHEN initiator < target THEN {THERE} ELSE {BACK} END)::TINYINT",
    "deed_on": "least(day, known_on)",  # as in the index of coded events
    "month": "(year(least(day, known_on)) * 12 + month(least(day, known_on)) - 1)::SMALLINT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns as they are read and as they are worked out, what tells two rows apart, and the order in the file."""

    columns: Mapping[str, str]
    counted: Mapping[str, str]
    key: tuple[str, ...]
    order: str

    @property
    def chosen(self) -> str:
        """Every column, as a query asks for it."""
        return ", ".join((*self.columns, *(f"{worked_out} AS {name}" for name, worked_out in self.counted.items())))


EVENTS = Table(  # one pair lies together, its deeds by day
    columns=EVENT_COLUMNS, counted=COUNTED, key=("event_id", "day"), order="pair, deed_on, event_id, part"
)
REPORTS = Table(
    columns=MENTION_COLUMNS, counted={}, key=("event_id", "url", "seen_on"), order="event_id, seen_on, url"
)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with bounded memory, which spills into the folder, and the functions of `MACROS`."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET threads = 1")  # one order of rows, whatever the machine
    connection.execute("SET temp_directory = $folder", {"folder": str(folder)})
    for macro in MACROS:
        connection.execute(macro)
    return connection


def write_table(connection: duckdb.DuckDBPyConnection, table: Table, source: str, path: Path) -> None:
    """Writes the rows of a query with the columns of the table to a Parquet file, in the order of the table."""
    connection.execute(
        f"COPY (SELECT {table.chosen} FROM ({source}) ORDER BY {table.order})"
        f" TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP_ROWS})"
    )


def pair_number(one: str, other: str) -> int:
    """The number of a pair, whichever comes first.

    >>> pair_number("USA", "CHN") == pair_number("CHN", "USA") != pair_number("CHN", "US")
    True
    """
    first, second = sorted((one, other))
    return _number(first) * int(BASE**LONGEST) + _number(second)


def _number(code: str) -> int:
    number = 0
    for sign in code.ljust(LONGEST):
        number = number * BASE + SIGNS.index(sign)
    return number


def quoted(path: Path) -> str:
    """The path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def listed(paths: list[Path]) -> str:
    """The paths as a list of SQL."""
    return "[" + ", ".join(quoted(path) for path in paths) + "]"


def files_of(folder: Path, dataset: str) -> list[Path]:
    """The Parquet files of a data set, in the order of their names."""
    return sorted(folder.glob(f"{dataset}-*.parquet"))


def datasets(folder: Path) -> Counter[str]:
    """The data sets of the folder, and how many files each has."""
    return Counter(path.stem.rpartition("-")[0] for path in folder.glob("*.parquet"))


def renew(folder: Path, dataset: str) -> int:
    """How many files of events lacked columns that counting needs; they have them now, and their rows are the same.

    Raises WorkspaceError where a file is damaged or cannot be written.
    """
    files = files_of(folder, dataset)
    if not files:
        return 0
    try:
        with connect(folder) as connection:
            told = connection.execute(
                f"SELECT file_name FROM parquet_schema({listed(files)}) GROUP BY file_name"  # noqa: S608 own names
                " HAVING count(*) FILTER (list_contains($wanted, name)) < len($wanted)",
                {"wanted": list(COUNTED)},
            )
            old = [Path(name) for (name,) in told.fetchall()]
            for path in old:
                half = path.with_suffix(".part")
                write_table(connection, EVENTS, f"FROM read_parquet({quoted(path)})", half)  # noqa: S608 own names
                half.replace(path)
    except (duckdb.Error, OSError) as error:
        why = str(error).splitlines()[0]
        raise WorkspaceError(
            f"The events of {dataset} cannot be read, or brought into this version's layout: {why}",
            hint=f"Delete {folder / dataset}-*, free some space, and import the files again.",
        ) from error
    return len(old)
