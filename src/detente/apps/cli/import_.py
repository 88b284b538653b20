"""`detente import FORMAT FILE…`: event data of others, kept beside the coded events."""

from pathlib import Path
from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import UsageError
from detente.workspace import IMPORTED_FOLDER, open_workspace

NAME = "import"


def command(
    format: Annotated[  # noqa: A002 the argument's name
        str, typer.Argument(metavar="FORMAT", help="gdelt, gdelt-mentions, icews, polecat, ucdp, acled or csv.")
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Plain, .gz or .zip.")],
    dataset: Annotated[
        str | None, typer.Option(help="What to call the data set. Default: the format's name; csv needs one.")
    ] = None,
    map: Annotated[  # noqa: A002 the option's name
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="For csv: a column by header name or by number from 1."),
    ] = None,
    workspace: Folder = None,
) -> None:
    """Keep event data of others as Parquet in imported/; the same file again changes nothing.

    Rows that cannot be read stand, with the reason, in a quarantine file beside it.
    """
    from detente.adapters.imports.parquet import import_file  # brings DuckDB in

    opened = open_workspace(workspace)
    folder = opened.folder / IMPORTED_FOLDER
    opened.close()
    mapping = dict(_pair(item) for item in map or [])
    total = 0
    for path in files:
        done = import_file(path, format, folder, dataset=dataset, mapping=mapping)
        total += done.rows - done.quarantined
        answer(f"{done.told()}\n")
        if done.unknown:
            answer(f"  no state known for: {', '.join(f'{code} ({count})' for code, count in done.unknown)}\n")
    if not total:
        raise typer.Exit(1)


def _pair(item: str) -> tuple[str, str]:
    field, sign, column = item.partition("=")
    if not sign or not field or not column:
        raise UsageError(f"--map {item} maps nothing.", hint="Write it as --map day=Date")
    return field.strip(), column.strip()
