"""`detente agenda | obstacles | issues | positions | events | statements | …`: the records as tables."""

from collections.abc import Callable

from detente.adapters.exporters.table import write_table
from detente.apps.cli.console import answer
from detente.apps.cli.options import AsOf, Folder, Out, PairOption, Since, TableFormat, TableLimit, day
from detente.telling.tables import TABLES
from detente.workspace import open_workspace

SCREENFUL = 50  # rows; CSV and JSON, which programs read, are whole unless a limit is given


def _command(name: str, title: str) -> Callable[..., None]:
    def table(
        pair: PairOption = None,
        as_of: AsOf = None,
        since: Since = None,
        limit: TableLimit = None,
        format: TableFormat = TableFormat.TABLE,  # noqa: A002 the option's name
        out: Out = None,
        workspace: Folder = None,
    ) -> None:
        opened = open_workspace(workspace)
        chosen = opened.pair(pair)
        material = opened.material(chosen, as_of=day(as_of, "--as-of"), since=day(since, "--since"))
        told = TABLES[name](material, opened.words)
        opened.close()
        whole = format in (TableFormat.CSV, TableFormat.JSON)
        answer(write_table(told, format.value, limit=limit or (len(told.rows) if whole else SCREENFUL)), out)

    table.__doc__ = title
    return table


COMMANDS: dict[str, Callable[..., None]] = {
    name: _command(name, title)
    for name, title in (
        ("agenda", "What is to come, and what became of what was planned."),
        ("obstacles", "The issues that stand in the way, ranked, with the parts of the score."),
        ("issues", "The issues that are talked of, with counts, and candidates for new ones."),
        ("positions", "Where each side stands, issue by issue."),
        ("events", "What was done, and what is only planned, threatened or denied."),
        ("statements", "Who said what."),
        ("measures", "Tariffs, sanctions, bills, sales, agreements, and how far each has come."),
        ("mechanisms", "The standing channels between the two."),
    )
}
