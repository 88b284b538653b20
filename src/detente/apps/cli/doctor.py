"""`detente doctor`: checks the whole set-up."""

import sqlite3

import typer

from detente import __version__
from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import DetenteError, WorkspaceError
from detente.workspace import open_workspace

NAME = "doctor"
OLDEST_SQLITE = (3, 35)


def command(workspace: Folder = None) -> None:
    """Check the data files, the language pipeline, SQLite and the workspace; say what to type where one is ill."""
    checks = (_version, _data, _pipeline, _sqlite, lambda: _workspace(workspace))
    ill = 0
    for check in checks:
        try:
            answer(f"ok    {check()}\n")
        except DetenteError as error:
            ill += 1
            answer(f"ILL   {error.message} {error.hint}\n")
    if ill:
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
    opened.close()
    return f"workspace {opened.folder.name}: {count} documents, {problems} problems kept"
