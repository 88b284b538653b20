"""How imported event data lie on the disk: the columns and the order of the Parquet files."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from detente.codebook.registry import load_names

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
SIGNS = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of the codes of states, in the order of texts
LONGEST = 6  # of these signs tell the codes apart
THERE, BACK, BOTH = 1, 2, 3  # `way`: from the first of the pair to the second, back, or each to the other
BASE = len(SIGNS)
_WORTH = [BASE ** (LONGEST - 1 - at) for at in range(LONGEST)]
_NUMBER = " + ".join(f"(strpos('{SIGNS}', padded[{at}]) - 1) * {worth}" for at, worth in enumerate(_WORTH, 1))
MACROS = (
    f"CREATE MACRO number_of_padded(padded) AS ({_NUMBER})::BIGINT",
    f"CREATE MACRO number_of(code) AS number_of_padded(rpad(code, {LONGEST}, ' '))",  # cuts longer ones
    "CREATE MACRO code_of(number) AS whole_code(rtrim("
    + " || ".join(f"'{SIGNS}'[number // {worth} % {BASE} + 1]" for worth in _WORTH)
    + "))",
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
REPORTS = Table(columns=MENTION_COLUMNS, counted={}, key=("event_id", "url", "seen_on"), order="event_id, seen_on, url")


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with bounded memory, which spills into the folder, and the functions of `MACROS`."""
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET threads = 1")  # one order of rows, whatever the machine
    connection.execute("SET temp_directory = $folder", {"folder": str(folder)})
    connection.execute(_whole_codes())
    for macro in MACROS:
        connection.execute(macro)
    return connection


def write_table(connection: duckdb.DuckDBPyConnection, table: Table, source: str, path: Path) -> None:
    """Writes the rows of a query with the columns of the table to a Parquet file, in the order of the table."""
    connection.execute(
        f"COPY (SELECT {table.chosen} FROM ({source}) ORDER BY {table.order})"  # noqa: S608 own names
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
    for sign in code[:LONGEST].ljust(LONGEST):
        number = number * BASE + SIGNS.index(sign)
    return number


def _whole_codes() -> str:
    """The function that gives back the ends of codes which were cut off."""
    cut = " ".join(f"WHEN '{code[:LONGEST]}' THEN '{code}'" for code in load_names() if len(code) > LONGEST)
    return f"CREATE MACRO whole_code(begins) AS CASE begins {cut} ELSE begins END"


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
