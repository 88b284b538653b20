"""Parquet: one article a row, read by DuckDB a batch at a time."""

import re
from collections.abc import Iterator
from pathlib import Path

from detente.adapters.readers.articles import read_article
from detente.adapters.readers.limits import empty, unreadable
from detente.cleaning.draft import Read
from detente.parcel import Fields

BATCH = 256  # rows held at a time
_PATTERN = re.compile(r"[*?\[]")


def read_parquet(path: Path, name: str, *, fields: Fields = ()) -> Iterator[Read]:
    """A draft per row, in order, named by the row's number from 1; `fields` as in `read_article`."""
    import duckdb  # noqa: PLC0415 slow to import, and seldom needed

    if _PATTERN.search(str(path)):
        yield unreadable(name, "its path holds one of * ? [, which DuckDB takes for a pattern", "Rename it.")
        return
    number = 0
    try:
        with duckdb.connect() as connection:
            found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
            columns = [column[0] for column in found.description]
            while rows := found.fetchmany(BATCH):
                for row in rows:
                    number += 1
                    given = {key: _plain(value) for key, value in zip(columns, row, strict=True)}
                    yield from read_article(given, f"{name}:{number}", fields=fields)
    except duckdb.Error as error:
        why = str(error).splitlines()[0].replace(str(path), Path(name).name)  # it may be a file of the moment
        what = f"it is damaged, or no Parquet ({why[:80]})"
        yield unreadable(name, what, "Write it again, or give it as CSV.")
        return
    if not number:
        yield empty(name)


def _plain(value: object) -> object:
    """Days and instants as they are written; the rest as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value
