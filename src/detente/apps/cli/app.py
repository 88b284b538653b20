"""Gathers the commands and turns errors into one clear line and an exit code."""

import os
import sys

import typer

from detente.apps.cli import (
    add,
    brief,
    changes,
    decide,
    demo,
    doctor,
    explain,
    export,
    extract,
    forget,
    import_,
    index,
    init,
    mcp,
    recode,
    search,
    serve,
    set_details,
    show,
    tables,
    verify,
    watch,
)
from detente.apps.cli.console import complain
from detente.errors import DetenteError
from detente.refuse import look_for_refuse_rarely

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Give détente the news and it tells you where two states stand. Every line opens down to its passage.",
)
for module in (init, demo, add, watch, brief, changes):
    app.command(name=module.NAME)(module.command)
for name, table in tables.COMMANDS.items():
    app.command(name=name, help=table.__doc__)(table)
for module in (
    index,
    serve,
    show,
    search,
    explain,
    extract,
    export,
    verify,
    decide,
    set_details,
    forget,
    import_,
    recode,
    mcp,
    doctor,
):
    app.command(name=module.NAME)(module.command)


def join_pairs(words: list[str]) -> list[str]:
    """The call with the two values of each `--pair` of `init` as one: Typer has no option that repeats and takes two.

    >>> join_pairs(["init", "w", "--pair", "USA", "CHN", "--pair", "PRK", "KOR"])
    ['init', 'w', '--pair', 'USA:CHN', '--pair', 'PRK:KOR']
    """
    if init.NAME not in words[:1]:
        return words
    out, rest = [], list(words)
    while rest:
        word = rest.pop(0)
        out.append(word)
        if word == "--pair":
            out.append(init.SEPARATOR.join(rest[:2]))
            rest = rest[2:]
    return out


def main() -> None:
    """Runs the command line; exit code 1 where something in the set-up is wrong, 2 where the call is."""
    look_for_refuse_rarely()
    try:
        app(join_pairs(sys.argv[1:]))
    except DetenteError as error:
        complain(f"{error.message} {error.hint}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output ("| head") left: nothing is wrong, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
