"""`detente init DIR --pair USA CHN`: a new workspace."""

from pathlib import Path
from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.workspace import init_workspace

NAME = "init"


def command(
    folder: Annotated[Path, typer.Argument(help="The folder to make.", metavar="DIR")],
    pair: Annotated[
        list[tuple[str, str]], typer.Option("--pair", help="Two states to watch, such as USA CHN; may repeat.")
    ],
) -> None:
    """Make a workspace: settings, an empty ledger, a place for raw texts."""
    workspace = init_workspace(folder, pair)
    watched = ", ".join(" – ".join(map(workspace.words.state, pair)) for pair in workspace.settings.pairs)
    workspace.close()
    answer(f"Made {folder}, watching {watched}. Next: cd {folder}, then detente add PATH\n")
