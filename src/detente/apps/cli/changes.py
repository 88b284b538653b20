"""`detente changes --since D | --posted-since T`: what is otherwise than before."""

import datetime as dt
from typing import Annotated

import typer

from detente.apps.cli.brief import writer
from detente.apps.cli.console import answer
from detente.apps.cli.options import AsOf, Folder, Out, PageFormat, PairOption, Since, WithoutDecisions, day
from detente.errors import UsageError
from detente.workspace import open_workspace

NAME = "changes"


def command(
    since: Since = None,
    posted_since: Annotated[
        str | None, typer.Option(help="Only what was added since this moment (2019-11-02 or 2019-11-02T08:30, UTC).")
    ] = None,
    pair: PairOption = None,
    as_of: AsOf = None,
    without_decisions: WithoutDecisions = False,
    format: PageFormat = PageFormat.TEXT,  # noqa: A002 the option's name
    out: Out = None,
    workspace: Folder = None,
) -> None:
    """What changed: new, moved, confirmed, contradicted, overdue, withdrawn; nothing where nothing changed."""
    if bool(since) == bool(posted_since):
        raise UsageError(
            "Since when?", hint="Add --since 2019-11-02 (published), or --posted-since 2019-11-02T08:30 (added)."
        )
    opened = open_workspace(workspace)
    told = opened.changes(
        pair=pair,
        as_of=day(as_of, "--as-of"),
        since=day(since, "--since"),
        posted_since=moment(posted_since, "--posted-since"),
        without_decisions=without_decisions,
    )
    opened.close()
    answer(writer(format)(told), out)


def moment(text: str | None, option: str) -> dt.datetime | None:
    """The moment that an option names, in UTC where it says no zone; raises UsageError with how to write it."""
    if text is None:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text} is no moment.", hint=f"Write it as {option} 2019-11-02T08:30") from error
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
