"""`detente watch`: keeps the workspace current with its feeds, sitemaps, pages and folders."""

import datetime as dt
import time
from typing import TYPE_CHECKING, Annotated

import typer

from detente.apps.cli.console import answer, problems_counted, tell_problems
from detente.apps.cli.options import Folder
from detente.errors import UsageError
from detente.workspace import open_workspace

if TYPE_CHECKING:
    from detente.watching import Looked, Watcher

NAME = "watch"
HINT = 'Add to detente.toml: [[watch]] and below it feed = "https://…" (or sitemap, page, folder).'
MINUTE = 60.0  # seconds
LONGEST = 24 * 60 * MINUTE  # that a failing place is left alone


def command(
    once: Annotated[bool, typer.Option("--once", help="Look at each place once, then stop.")] = False,
    every: Annotated[int, typer.Option(min=1, help="Minutes from one look at a place to the next.")] = 30,
    workspace: Folder = None,
) -> None:
    """Keep current: take in what is new at the feeds, sitemaps, pages and folders that detente.toml names."""
    from detente.adapters.readers.polite import Guest
    from detente.watching import Watcher

    opened = open_workspace(workspace)
    if not opened.settings.places:
        raise UsageError("There is nothing to watch.", hint=HINT)
    watcher = Watcher(opened, Guest(), lambda: dt.datetime.now(dt.UTC))
    try:
        if once:
            _look_once(watcher)
        else:
            _keep_looking(watcher, every * MINUTE)
    except KeyboardInterrupt:
        answer("Stopped. What was taken in is kept.\n")
    finally:
        watcher.close()
        opened.close()


def _look_once(watcher: "Watcher") -> None:
    """Exit code 1 where no place could be read."""
    looks = []
    for looked in watcher.look(watcher.workspace.settings.places):
        _tell(looked)
        looks.append(looked)
    if all(looked.failed for looked in looks):
        raise typer.Exit(1)


def _keep_looking(watcher: "Watcher", pause: float) -> None:
    """Looks at each place when it is due; at one that failed, ever later."""
    places = watcher.workspace.settings.places
    due, failures = dict.fromkeys(places, 0.0), dict.fromkeys(places, 0)
    while True:
        for looked in watcher.look([place for place in places if due[place] <= time.monotonic()]):
            _tell(looked)
            failures[looked.place] = failures[looked.place] + 1 if looked.failed else 0
            due[looked.place] = time.monotonic() + min(pause * 2 ** failures[looked.place], max(LONGEST, pause))
        time.sleep(max(0.0, min(due.values()) - time.monotonic()))


def _tell(looked: "Looked") -> None:
    told = f"{looked.new} new" if not looked.failed else "not read"
    answer(f"{looked.place.kind} {looked.place.where}: {told}, {problems_counted(looked.problems)}\n")
    tell_problems(looked.problems)
