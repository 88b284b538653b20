"""`detente export FORMAT`: what is known of a pair, in a format of others."""

import sys
from typing import Annotated

import typer

from detente.adapters.exporters.formats import FORMATS, format_named
from detente.apps.cli.console import answer_bytes
from detente.apps.cli.options import AsOf, Folder, Out, PairOption, Since, WithoutDecisions, day
from detente.errors import UsageError
from detente.workspace import open_workspace

NAME = "export"


def command(
    format: Annotated[  # noqa: A002 the argument's name
        str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}.")
    ],
    pair: PairOption = None,
    as_of: AsOf = None,
    since: Since = None,
    issue: Annotated[str | None, typer.Option(help="Only what bears on this issue, by its label or theme.")] = None,
    without_decisions: WithoutDecisions = False,
    out: Out = None,
    workspace: Folder = None,
) -> None:
    """Take the records along: calendar, feed, spreadsheet, data frame, event data, citations, network."""
    if not format_named(format).is_text and out is None and sys.stdout.isatty():
        raise UsageError(f"{format} is no text to print.", hint=f"Add: --out records{format_named(format).suffix}")
    opened = open_workspace(workspace)
    written = opened.export(
        format,
        pair=pair,
        as_of=day(as_of, "--as-of"),
        since=day(since, "--since"),
        issue=issue,
        without_decisions=without_decisions,
    )
    opened.close()
    answer_bytes(written, out)
