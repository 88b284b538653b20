"""`detente doctor`: checks the whole set-up."""

import sqlite3

import typer

from detente import __version__
from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import DetenteError, LedgerError, WorkspaceError
from detente.workspace import open_workspace

NAME = "doctor"
OLDEST_SQLITE = (3, 35)


def command(workspace: Folder = None) -> None:
    """Check the data files, the language pipeline, SQLite and the workspace; say what to type where one is ill."""
    checks = (_version, _data, _pipeline, _sqlite, lambda: _workspace(workspace), lambda: _versions(workspace))
    faults: list[str] = []
    for check in checks:
        try:
            answer(f"ok    {check()}\n")
        except DetenteError as error:
            faults.append(f"ILL   {error.message} {error.hint}\n")
    for fault in dict.fromkeys(faults):  # two checks may find the same
        answer(fault)
    if faults:
        raise typer.Exit(1)


def _version() -> str:
    return f"detente {__version__}"


def _data() -> str:
    from detente.codebook.files import data_names, data_version, read_csv, read_toml

    names = list(data_names())
    for name in names:
        _ = read_toml(name) if name.endswith(".toml") else read_csv(name)
    return f"data {data_version()}, {len(names)} files"


def _pipeline() -> str:
    from detente.parsing import load_pipeline

    return f"language pipeline {load_pipeline().version}"


def _sqlite() -> str:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise WorkspaceError(
            f"SQLite {sqlite3.sqlite_version} is too old.", hint="Use a Python with SQLite 3.35 or newer."
        )
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        raise WorkspaceError(
            "This Python's SQLite has no full-text search.", hint="Use a Python from python.org or uv."
        )
    return f"SQLite {sqlite3.sqlite_version} with FTS5"


def _workspace(folder: Folder) -> str:
    try:
        opened = open_workspace(folder)
    except WorkspaceError:
        if folder:
            raise
        return "no workspace here (none is needed to extract)"
    count, problems = len(opened.store.known_ids()), len(opened.store.problems())
    faults = opened.store.check()
    halves = [path.name for path in opened.folder.glob("raw/*.part")]
    opened.close()
    if faults:
        raise LedgerError(
            f"The ledger of {opened.folder.name}: {'; '.join(faults)}.",
            hint="Type detente recode --all; where that does not help, restore ledger.db from a copy.",
        )
    left = f", {len(halves)} half-written files in raw/ that a stopped run left" if halves else ""
    return (
        f"workspace {opened.folder.name}: {count} documents, {problems} problems kept{left}; evidence agrees with texts"
    )


def _versions(folder: Folder) -> str:
    """Whether the texts were coded by what is installed."""
    try:
        opened = open_workspace(folder)
    except WorkspaceError:
        return "nothing to code anew"
    stale = len(opened.store.codings(other_than=opened.kit.provenance)) if opened.store.known_ids() else 0
    opened.close()
    if stale:
        return f"{stale} documents were coded by other versions than these; to code them anew: detente recode"
    return "every document is coded by these versions"
