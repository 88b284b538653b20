"""`detente init DIR --pair USA CHN`: a new workspace."""

from pathlib import Path
from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.errors import UsageError
from detente.workspace import init_workspace

NAME = "init"
SEPARATOR = ":"


def command(
    folder: Annotated[Path, typer.Argument(help="The folder to make.", metavar="DIR")],
    pair: Annotated[
        list[str],
        typer.Option("--pair", metavar="STATE STATE", help="Two states to watch, such as USA CHN; may repeat."),
    ],
) -> None:
    """Make a workspace: settings, an empty ledger, a place for raw texts."""
    workspace = init_workspace(folder, [_two(words) for words in pair])
    watched = ", ".join(" – ".join(map(workspace.words.state, states)) for states in workspace.settings.pairs)
    workspace.close()
    answer(f"Made {folder}, watching {watched}. Next: cd {folder}, then detente add PATH\n")


def _two(words: str) -> tuple[str, str]:
    first, found, second = words.partition(SEPARATOR)
    if not found or not second or second.startswith("--"):
        raise UsageError("--pair takes two states.", hint="Type: detente init DIR --pair USA CHN")
    return first, second
