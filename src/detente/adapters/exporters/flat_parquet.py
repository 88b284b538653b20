"""Records as Parquet, through DuckDB."""

import datetime as dt
import json
import tempfile
from pathlib import Path

import duckdb

from detente.adapters.exporters.account import Account, encoded
from detente.adapters.exporters.flat import COLUMNS, Cell, rows

READ = "read_json($rows, format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = 16777216)"


def write(account: Account) -> bytes:
    """The rows of the CSV, with types: days are dates, several names a list."""
    types = ", ".join(f"'{column.name}': '{column.type}'" for column in COLUMNS)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute("SET threads = 1")  # one order of rows, whatever the machine
        given, made = Path(folder) / "rows.jsonl", Path(folder) / "records.parquet"
        with given.open("wb") as lines:
            for row in rows(account):
                lines.write(encoded(_line(row)))
        relation = connection.sql(f"SELECT * FROM {READ.format(types=types)}", params={"rows": str(given)})  # noqa: S608 own names
        relation.write_parquet(str(made), compression="zstd")
        return made.read_bytes()


def _line(row: tuple[Cell, ...]) -> str:
    """A row as JSON, by name; DuckDB reads it faster than it takes values one by one."""
    cells = (cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row)
    return json.dumps(dict(zip((c.name for c in COLUMNS), cells, strict=True)), ensure_ascii=False) + "\n"
