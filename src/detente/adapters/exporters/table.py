"""A table for the terminal, as Markdown, CSV or JSON."""

import csv
import io
import json
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from detente.telling.table import Table

WIDTH = 140
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what a spreadsheet takes for a formula


def write_table(table: Table, format_: str, *, limit: int) -> str:
    """The first `limit` rows as "table", "md", "csv" or "json"; JSON gives the records behind each row."""
    rows = table.rows[:limit]
    more = len(table.rows) - len(rows)
    if format_ == "json":
        chosen = [entry for at in range(len(rows)) for entry in _entries(table, at)]
        return json.dumps(chosen, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if format_ == "csv":
        return _csv(table.columns, rows)
    tail = f"and {more} more: add --limit {len(table.rows)}\n" if more else ""
    below = "".join(f"{note}\n" for note in table.notes)
    return (_markdown if format_ == "md" else _terminal)(table.columns, rows) + tail + below


def _entries(table: Table, at: int) -> list[dict[str, Any]]:
    """The records of a row as JSON values, what is derived from them beside the first."""
    entries = [record.to_dict() for record in table.records[at]]
    if table.derived:
        entries[:1] = [entry | table.derived[at] for entry in entries[:1]] or [table.derived[at]]
    return entries


def _csv(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([disarmed(cell) for cell in row] for row in rows)
    return out.getvalue()


def disarmed(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet takes for a formula.

    >>> disarmed('=HYPERLINK("x")'), disarmed("trade")
    ('\'=HYPERLINK("x")', 'trade')
    """
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA) else cell


def _markdown(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |\n" for row in lines
    )


def _terminal(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    shown = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in columns:
        ratio, no_wrap = (6 if name == "what" else None), name in ("id", "place", "known on")
        shown.add_column(name.replace("_", " "), overflow="fold", ratio=ratio, no_wrap=no_wrap)
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None).print(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
