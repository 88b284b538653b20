"""`detente verify FILE`: checks every citation and line of a brief."""

from pathlib import Path
from typing import Annotated

import typer

from detente.apps.cli.console import answer, errors
from detente.apps.cli.options import Folder
from detente.errors import UsageError, WorkspaceError
from detente.workspace import open_workspace

NAME = "verify"


def command(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A brief, as text, Markdown, HTML or JSON.")],
    workspace: Folder = None,
) -> None:
    """Check a brief: each quote against the stored text (or the evidence in the file), each line told again.

    It proves that the page agrees with the stored texts, not where those came from.
    """
    from detente.apps.cli.verification import verify_text  # brings templates in

    text = _read(path)
    try:
        opened = open_workspace(workspace)
    except WorkspaceError:
        if workspace:
            raise
        opened = None
    faults, checked = verify_text(text, opened)
    for fault in faults:
        errors().print(fault, markup=False)
    if faults:
        raise typer.Exit(1)
    answer(checked + "\n")


def _read(path: Path) -> str:
    hint = "Name a file that detente brief --out wrote."
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", hint=hint) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} holds no text, so it is no brief.", hint=hint) from error
