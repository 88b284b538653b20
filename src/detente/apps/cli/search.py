"""`detente search WORDS`: passages by their words."""

from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.apps.cli.options import AsOf, Folder, Limit, day
from detente.workspace import open_workspace

NAME = "search"


def command(
    words: Annotated[list[str], typer.Argument(help="Words that the passage must hold, in any form.")],
    as_of: AsOf = None,
    limit: Limit = 20,
    workspace: Folder = None,
) -> None:
    """Passages that hold all the words, best first."""
    opened = open_workspace(workspace)
    hits = opened.search(" ".join(words), as_of=day(as_of, "--as-of"), limit=limit)
    opened.close()
    for hit in hits:
        day_ = hit.document.published_on or "no date"
        outlet = hit.document.outlet or "outlet not given"
        answer(f"{hit.document.id[:8]}:{hit.start}-{hit.end}  {day_}  {outlet}\n    {' '.join(hit.quote.split())}\n")
    if not hits:
        answer("No passage holds all of these words.\n")
        raise typer.Exit(1)
