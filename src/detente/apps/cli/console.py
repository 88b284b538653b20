"""Output to people: answers on standard output, progress and problems on the error stream."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.adapters.objects import named, write_file
from detente.errors import UsageError
from detente.records import Problem

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 20  # problems printed before they are only counted


def answer(text: str, out: str | None = None) -> None:
    """Prints the text as it is, or writes it to a file."""
    if out is None:
        sys.stdout.write(text)
        return
    answer_bytes(text.encode("utf-8"), out)


def answer_bytes(written: bytes, out: str | None = None) -> None:
    """Prints the bytes as they are, or writes them to a file."""
    if out is None:
        sys.stdout.buffer.write(written)
        return
    try:
        write_file(named(out), written)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.", hint="Name another file: --out FILE") from error


def errors() -> "Console":
    """The error stream; colour only on a terminal."""
    from rich.console import Console  # slow to import, and most answers need no colour

    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """One line on the error stream, marked as an error."""
    from rich.text import Text

    errors().print(Text("error: ", style="bold red").append(Text(message, style="default")))


def problems_counted(problems: Sequence[Problem]) -> str:
    """How many there are, in words.

    >>> problems_counted([])
    '0 problems'
    """
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


def tell_problems(problems: list[Problem]) -> None:
    """Each problem a line on the error stream, the first twenty, then how many more."""
    if not problems:
        return
    from rich.text import Text

    console = errors()
    for problem in problems[:SHOWN]:
        where = problem.path or (problem.document or "")[:8]
        console.print(Text(f"{problem.trouble.value}: ", style="yellow").append(Text(f"{where}: {problem.message}")))
    if len(problems) > SHOWN:
        console.print(f"and {len(problems) - SHOWN} more problems: they are kept in the ledger")
