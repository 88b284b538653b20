"""Records as CSV, safe to open in a spreadsheet."""

import csv
import datetime as dt
import io

from detente.adapters.exporters.account import Account, encoded
from detente.adapters.exporters.flat import COLUMNS, Cell, rows
from detente.adapters.exporters.table import disarmed

BETWEEN = "; "  # several names in one cell


def write(account: Account) -> bytes:
    """UTF-8, a row a record; lists with "; " between, days as ISO 8601."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([_text(cell) for cell in row] for row in rows(account))
    return encoded(out.getvalue())


def _text(cell: Cell) -> str:
    """A cell as text. Numbers stay as they are: -5 is no formula; words that begin like one are disarmed."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case dt.date():
            return cell.isoformat()
        case tuple():
            return disarmed(BETWEEN.join(cell))
        case str():
            return disarmed(cell)
    return f"{cell:g}" if isinstance(cell, float) else str(cell)
