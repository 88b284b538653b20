"""`detente index`: cooperation and conflict, period by period, in both directions."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.adapters.exporters.table import write_table
from detente.adapters.objects import named
from detente.apps.cli.console import answer, errors
from detente.apps.cli.options import AsOf, Folder, Frequency, Out, PairOption, Since, TableFormat, TableLimit, day
from detente.apps.cli.tables import SCREENFUL
from detente.errors import UsageError
from detente.workspace import IMPORTED_FOLDER, Workspace, open_workspace

if TYPE_CHECKING:
    from detente.telling.table import Table

NAME = "index"
CODED, ALL = "coded", "all"  # the events coded from the workspace's texts; these and every data set imported


def command(  # noqa: PLR0913, PLR0917 an argument for each option
    pair: PairOption = None,
    as_of: AsOf = None,
    since: Since = None,
    frequency: Annotated[Frequency, typer.Option(help="The length of a period.")] = Frequency.MONTH,
    issue: Annotated[str | None, typer.Option(help="Only deeds under this issue, such as Tariffs.")] = None,
    by_issue: Annotated[bool, typer.Option("--by-issue", help="A series for each issue.")] = False,
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help=f"An imported data set, '{CODED}' (your texts) or '{ALL}'; may repeat. Default: {CODED}.",
        ),
    ] = None,
    all_pairs: Annotated[
        bool, typer.Option("--all-pairs", help="Every dyad of one imported --dataset: deeds and their mean intensity.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Print the formula below the table.")] = False,
    limit: TableLimit = None,
    format: TableFormat = TableFormat.TABLE,  # noqa: A002 the option's name
    out: Out = None,
    workspace: Folder = None,
) -> None:
    """How cooperative or hostile each side's deeds were; with interval, coverage, and the deeds behind each figure.

    Imported event data have series of their own beside it; with --out FILE.parquet, --all-pairs writes Parquet.
    """
    if dataset and (issue or by_issue):
        raise UsageError("Imported event data name no issues.", hint="Leave out --issue and --by-issue, or --dataset.")
    opened = open_workspace(workspace)
    known_by, begin = day(as_of, "--as-of"), day(since, "--since")
    whole = format in (TableFormat.CSV, TableFormat.JSON)
    if all_pairs:
        table = _all_pairs(opened, dataset or [], frequency, known_by, out, None if whole else limit or SCREENFUL)
    elif dataset:
        from detente.telling.index_imported import side_by_side

        table = side_by_side(dict(_series(opened, dataset, pair, frequency, (known_by, begin), explain)))
    else:
        table = _coded(opened, pair, frequency, (known_by, begin), issue, by_issue=by_issue, explained=explain)
    opened.close()
    if table is not None:
        answer(write_table(table, format.value, limit=limit or (len(table.rows) if whole else SCREENFUL)), out)


def _coded(
    opened: Workspace,
    pair: tuple[str, str] | None,
    frequency: Frequency,
    days: tuple[dt.date | None, dt.date | None],
    issue: str | None = None,
    *,
    by_issue: bool = False,
    explained: bool = False,
) -> "Table":
    """The series of the events coded from texts; `days` are --as-of and --since."""
    from detente.ledger.index import Frequency as Length
    from detente.telling.index import tell_index  # brings numpy in
    from detente.telling.known import Known

    known = Known(opened.material(opened.pair(pair), as_of=days[0]), opened.words)
    if issue and not any(
        label.label.casefold() == issue.casefold() for r in known.material.records for label in r.issues
    ):
        raise UsageError(f"No record names the issue {issue!r}.", hint="Those there are: detente issues")
    return tell_index(
        known, Length(frequency.value), since=days[1], issue=issue, by_issue=by_issue, explained=explained
    )


def _series(
    opened: Workspace,
    names: list[str],
    pair: tuple[str, str] | None,
    frequency: Frequency,
    days: tuple[dt.date | None, dt.date | None],
    explained: bool,
) -> "Iterator[tuple[str, Table]]":
    """The name and the table of each data set asked for, the coded events first."""
    from detente.adapters.imports.counting import count_days, reporting
    from detente.ledger.index import Frequency as Length
    from detente.ledger.index_counted import counted_series
    from detente.telling.index_imported import tell_counted

    folder, two = opened.folder / IMPORTED_FOLDER, opened.pair(pair)
    if CODED in names or (ALL in names and opened.store.known_ids()):
        yield CODED, _coded(opened, pair, frequency, days, explained=explained)
    for name in _chosen(folder, [name for name in names if name != CODED]):
        counts = count_days(folder, name, two, days[0])
        last = days[0] or (dt.date.fromordinal(int(counts.days.max())) if len(counts.days) else dt.date.min)
        outlets = reporting(folder, name, two, days[0])
        points = counted_series(name, counts, outlets, two, Length(frequency.value), first=days[1], last=last)
        yield name, tell_counted(points, opened.words, explained=explained)


def _chosen(folder: Path, names: list[str]) -> list[str]:
    """The data sets asked for, ready to be counted; says so where their files had to be written anew for that."""
    from detente.adapters.imports.counting import chosen_datasets
    from detente.adapters.imports.months import renew

    chosen = chosen_datasets(folder, names)
    for name in chosen:
        if renewed := renew(folder, name):
            errors().print(
                f"{name}: {renewed} files were imported by an earlier version; they have been written anew for the "
                "index, with the same rows."
            )
    return chosen


def _all_pairs(
    opened: Workspace,
    names: list[str],
    frequency: Frequency,
    as_of: dt.date | None,
    out: str | None,
    limit: int | None,
) -> "Table | None":
    """The table of every dyad; None where it went into a Parquet file."""
    from detente.adapters.imports.counting import count_all_pairs, write_all_pairs
    from detente.ledger.index import Frequency as Length
    from detente.telling.index_imported import tell_pairs

    folder = opened.folder / IMPORTED_FOLDER
    chosen = _chosen(folder, names)
    if len(chosen) != 1:
        raise UsageError("--all-pairs needs one imported data set.", hint="Add: --dataset gdelt")
    if out is not None and out.endswith(".parquet"):
        write_all_pairs(folder, chosen[0], Length(frequency.value), as_of, named(out))
        return None
    return tell_pairs(
        chosen[0], count_all_pairs(folder, chosen[0], Length(frequency.value), as_of, limit), opened.words
    )
