"""`detente recode`: code the stored texts anew, and say what changed and why."""

from collections.abc import Iterator
from typing import Annotated

import typer

from detente.apps.cli.console import answer, errors, tell_problems
from detente.apps.cli.options import Folder
from detente.ledger.recoding import Change, Recoding
from detente.records import RECORD_TYPES
from detente.workspace import open_workspace

NAME = "recode"
SORTS = ("gone", "new", "changed")


def command(
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="[DOC]…", help="Ids of documents, or how they begin.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Those too that these versions of coder, model and data have coded.")
    ] = False,
    show: Annotated[int, typer.Option(min=0, help="The most changes to print one by one.")] = 20,
    workspace: Folder = None,
) -> None:
    """Read and code anew what other versions of coder, model or data coded; say what changed. A stopped run goes on."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn  # slow to import

    opened = open_workspace(workspace)
    console = errors()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} texts"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("coding anew", total=None)
        recoding = opened.recode(documents or (), every=every, progress=lambda *_: progress.update(task, advance=1))
    opened.close()
    tell_problems(recoding.lost)
    answer("\n".join(_tell(recoding, show)) + "\n")


def _tell(recoding: Recoding, show: int) -> Iterator[str]:
    yield f"{recoding.documents} documents coded anew; {recoding.unchanged} records say the same"
    for versions, count in sorted(recoding.versions.items()):
        yield f"  {count} by {versions or 'the same versions'}"
    for kind in RECORD_TYPES:
        counts = [f"{count} {sort}" for sort in SORTS if (count := recoding.count(kind, sort))]
        if counts:
            yield f"  {kind.replace('_', ' ')}: {', '.join(counts)}"
    for change in recoding.changes[:show]:
        yield from _change(change)
    if len(recoding.changes) > show:
        yield f"and {len(recoding.changes) - show} more changes: add --show {len(recoding.changes)}"
    if recoding.lost:
        yield f"{len(recoding.lost)} decisions lost what they rest on: detente decide list"


def _change(change: Change) -> Iterator[str]:
    record = change.record
    place = record.evidence[0]
    quote = " ".join(place.quote.split())[:100]
    yield f"{change.sort} {record.record} {record.id[:8]}  {place.document[:8]}:{place.start}-{place.end}  “{quote}”"
    for name, old, new in change.fields:
        yield f"    {name}: {old} → {new}"
    if change.rules:
        yield f"    rules: {' '.join(change.rules)}"
