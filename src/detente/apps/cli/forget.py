"""`detente forget DOC`: take a document out."""

from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.workspace import open_workspace

NAME = "forget"


def command(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The id of a document, or how it begins.")],
    workspace: Folder = None,
) -> None:
    """Take a document out of the ledger, with its records and its bytes."""
    opened = open_workspace(workspace)
    gone = opened.forget(document)
    opened.close()
    answer(f"Forgot {gone.id[:8]}: {gone.title or 'no title'}\n")
