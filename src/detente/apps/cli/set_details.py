"""`detente set DOC --published D`: mend what is known of a document."""

from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder, day
from detente.errors import UsageError
from detente.workspace import open_workspace

NAME = "set"


def command(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The id of a document, or how it begins.")],
    published: Annotated[str | None, typer.Option(help="The day it was published (YYYY-MM-DD).")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    workspace: Folder = None,
) -> None:
    """Mend a document's date or outlet; it is coded anew, and its id stays."""
    if not published and not outlet:
        raise UsageError("Nothing to set.", hint="Add: --published 2019-11-02, or --outlet NAME")
    opened = open_workspace(workspace)
    mended, count = opened.set_details(document, published_on=day(published, "--published"), outlet=outlet)
    opened.close()
    answer(
        f"{mended.id[:8]}: {mended.outlet or 'outlet not given'}, {mended.published_on or 'no date'}, {count} records\n"
    )
