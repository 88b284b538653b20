"""`detente demo [DIR]`: a cited brief from the bundled example dispatches."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from detente.adapters.exporters.brief_text import write_text
from detente.apps.cli.console import answer, tell_problems
from detente.codebook.files import data_file
from detente.parcel import Details
from detente.workspace import init_workspace

NAME = "demo"
CORPUS = "examples/usa-chn"  # a corpus is named by the pair that it is about


def command(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Keep the workspace in this folder.")] = None,
) -> None:
    """Print the brief of forty example dispatches; with DIR, keep the workspace to try the other commands in."""
    if folder is not None:
        _tell(folder)
        return
    with tempfile.TemporaryDirectory() as made:
        _tell(Path(made) / "demo")


def _tell(folder: Path) -> None:
    from detente.adapters.readers import read_path

    first, second = CORPUS.rpartition("/")[2].split("-")
    workspace = init_workspace(folder, [(first, second)])
    added = workspace.add(read_path(Path(str(data_file(CORPUS)))), Details())
    brief = workspace.brief()
    workspace.close()
    tell_problems(added.problems)
    answer(write_text(brief))
