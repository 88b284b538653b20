"""`detente explain "SENTENCE"`: how a sentence is read, step by step."""

from typing import Annotated

import typer

from detente.apps.cli.console import answer

NAME = "explain"


def command(sentence: Annotated[str, typer.Argument(help="A sentence, in quotation marks.")]) -> None:
    """The parse, the cues, the frames and the data rows that decided."""
    from detente.api import explain

    answer(explain(sentence))
