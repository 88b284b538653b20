"""`detente index`: cooperation and conflict, period by period, in both directions."""

from typing import Annotated

import typer

from detente.adapters.exporters.table import write_table
from detente.apps.cli.console import answer
from detente.apps.cli.options import AsOf, Folder, Frequency, Out, PairOption, Since, TableFormat, TableLimit, day
from detente.apps.cli.tables import SCREENFUL
from detente.workspace import open_workspace

NAME = "index"


def command(  # noqa: PLR0913, PLR0917 an argument for each option
    pair: PairOption = None,
    as_of: AsOf = None,
    since: Since = None,
    frequency: Annotated[Frequency, typer.Option(help="The length of a period.")] = Frequency.MONTH,
    issue: Annotated[str | None, typer.Option(help="Only deeds under this issue, such as Tariffs.")] = None,
    by_issue: Annotated[bool, typer.Option("--by-issue", help="A series for each issue.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Print the formula below the table.")] = False,
    limit: TableLimit = None,
    format: TableFormat = TableFormat.TABLE,  # noqa: A002 the option's name
    out: Out = None,
    workspace: Folder = None,
) -> None:
    """How cooperative or hostile each side's deeds were; with interval, coverage, and the deeds behind each figure."""
    from detente.ledger.index import Frequency as Length
    from detente.telling.index import tell_index  # brings numpy in
    from detente.telling.known import Known

    opened = open_workspace(workspace)
    known = Known(opened.material(opened.pair(pair), as_of=day(as_of, "--as-of")), opened.words)
    table = tell_index(
        known,
        Length(frequency.value),
        since=day(since, "--since"),
        issue=issue,
        by_issue=by_issue,
        explained=explain,
    )
    opened.close()
    whole = format in (TableFormat.CSV, TableFormat.JSON)
    answer(write_table(table, format.value, limit=limit or (len(table.rows) if whole else SCREENFUL)), out)
