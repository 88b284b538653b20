"""`detente add PATH|-…`: read, clean, code, post."""

import datetime as dt
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from detente.adapters.objects import FileName, named
from detente.apps.cli.console import answer, errors, problems_counted, tell_problems
from detente.apps.cli.options import FieldNames, Folder, day, fields_of
from detente.errors import UsageError
from detente.parcel import Details, Fields
from detente.workspace import Added, open_workspace

if TYPE_CHECKING:
    from detente.adapters.readers.polite import Guest
    from detente.chunks import Engine
    from detente.cleaning.draft import Read
    from detente.screening import Screen

NAME = "add"
LOCAL, DASK = "local", "dask"
WEB = ("https://", "http://")


def command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns such as 'x/*.warc.gz', s3://… and https://…; - is standard input.",
            metavar="PATH|-…",
        ),
    ],
    published: Annotated[
        str | None, typer.Option(help="The day the text was published, where it does not say.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it, where the text does not say.")] = None,
    force_published: Annotated[
        bool, typer.Option("--force-published", help="--published replaces what the text says.")
    ] = False,
    fields: FieldNames = None,
    workers: Annotated[int, typer.Option(min=1, help="Code with so many processes of this machine.")] = 1,
    engine: Annotated[
        str, typer.Option(help="'local', 'dask' (a cluster of --workers here) or the address of one: tcp://host:8786.")
    ] = LOCAL,
    workspace: Folder = None,
) -> None:
    """Read, clean, code and post texts. What is already there changes nothing; a stopped run goes on where it stood."""
    if force_published and not published:
        raise UsageError("--force-published needs a day.", hint="Add: --published 2019-11-02")
    details = Details(
        published_on=day(published, "--published"),
        outlet=outlet,
        force_published=force_published,
        fields=fields_of(fields),
    )
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn  # slow to import, as is the next

    from detente.screening import screen_for

    opened = open_workspace(workspace)
    screen = screen_for(opened.settings.watch)
    console = errors()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} texts"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("coding", total=None)

        def note(name: str, fate: str) -> None:
            progress.update(task, advance=1, description=f"{fate} {name[-40:]}")

        if engine == LOCAL and workers == 1:
            added = opened.add(_drafts(paths, screen, details.fields), details, note)
        else:
            added = opened.add_chunks(_files(paths), details, _engine(engine, workers), note)
    opened.close()
    tell_problems(added.problems)
    answer(_summary(added))
    if not (added.new or added.known or added.passed_over):
        raise typer.Exit(1)


def _is_of_web(path: str) -> bool:
    return path.lower().startswith(WEB)


def _files(paths: list[str]) -> list[FileName]:
    if "-" in paths or any(_is_of_web(path) for path in paths):
        raise UsageError(
            "Standard input and pages of the web cannot be shared out.", hint="Save them, or leave out --workers."
        )
    return [named(path) for path in paths]


def _engine(name: str, workers: int) -> "Engine":
    from detente.adapters.engines.dask import DaskEngine
    from detente.adapters.engines.local import LocalEngine

    if name == LOCAL:
        return LocalEngine(workers)
    if name != DASK and "://" not in name:
        raise UsageError(f"No engine is called {name!r}.", hint=f"Use {LOCAL}, {DASK} or tcp://host:8786")
    return DaskEngine(None if name == DASK else name, workers)


def _drafts(paths: list[str], screen: "Screen | None", fields: Fields) -> "Iterator[Read]":
    from detente.adapters.readers import read_path, read_stdin

    for path in paths:
        if _is_of_web(path):
            yield from _pages(path, screen)
        else:
            yield from read_stdin(screen, fields) if path == "-" else read_path(named(path), screen, fields)


@functools.cache
def _guest() -> "Guest":
    """Who asks servers: one for all addresses, so that there are pauses between two of one host."""
    from detente.adapters.readers.polite import Guest

    return Guest()


def _pages(address: str, screen: "Screen | None") -> "Iterator[Read]":
    """The drafts of what stands at an address of the web."""
    from detente.adapters.readers.limits import unreadable
    from detente.adapters.readers.web import RefusedError, read_answer

    try:
        answer = _guest().fetch(address)
    except RefusedError as error:
        yield unreadable(address, str(error), error.remedy)
        return
    yield from read_answer(answer, address, dt.datetime.now(dt.UTC), screen)


def _summary(added: Added) -> str:
    parts = [f"{len(added.new)} new", f"{len(added.known)} already there", f"{added.refused} refused"]
    if added.passed_over:
        parts.append(f"{added.passed_over} passed over, which name no watched pair")
    there = bool(added.new or added.known)
    return f"{', '.join(parts)}; {problems_counted(added.problems)}.{' Next: detente brief' if there else ''}\n"
