"""`detente agenda | obstacles | positions | …`: the records, and what follows from them, as tables."""

from collections.abc import Callable

from detente.adapters.exporters.table import write_table
from detente.apps.cli.console import answer
from detente.apps.cli.options import (
    AsOf,
    Folder,
    Out,
    PairOption,
    Since,
    TableFormat,
    TableLimit,
    WithoutDecisions,
    day,
)
from detente.telling.tables import tell_table
from detente.workspace import open_workspace

COUNTED = ("sources",)  # of which a part says nothing
SCREENFUL = 50  # rows; CSV and JSON, which programs read, are whole unless a limit is given


def _command(name: str, title: str) -> Callable[..., None]:
    def table(
        pair: PairOption = None,
        as_of: AsOf = None,
        since: Since = None,
        without_decisions: WithoutDecisions = False,
        limit: TableLimit = None,
        format: TableFormat = TableFormat.TABLE,  # noqa: A002 the option's name
        out: Out = None,
        workspace: Folder = None,
    ) -> None:
        opened = open_workspace(workspace)
        chosen = opened.pair(pair)
        whole = format in (TableFormat.CSV, TableFormat.JSON)
        material = opened.material(
            chosen,
            as_of=day(as_of, "--as-of"),
            since=day(since, "--since"),
            without_decisions=without_decisions,
            whole=whole or name in COUNTED,
        )
        told = tell_table(name, material, opened.words)
        opened.close()
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
        ("promises", "What was promised, and whether it was kept."),
        ("differences", "Accounts that cannot both hold, side by side: dates, outcomes, sums, who asked."),
        ("review", "What the machine cannot decide: promises in doubt, plans without word, differing accounts."),
        ("timeline", "What happened and which steps measures took, day by day."),
        ("sources", "The outlets: how much each gave, on whose word, and what it alone reports."),
        (
            "blindspots",
            "What is known from one side's press alone, from nobody by name, long ago, no more or in two ways.",
        ),
    )
}
