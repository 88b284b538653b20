"""Speed and memory of `add`: documents a second, what parsing and coding take of it, growth.

usage: bench.py [PATH]      texts of PATH (a file or folder that `add` reads); without it the bundled dispatches and the
                            real articles of the development data, where they lie beside the project

Prints one line a figure. CPU seconds of this process; the largest memory it held. Coding is all from the parse to the
records; the rest is cleaning and the ledger. The dispatches tell something of the pair in every sentence, about three
times as much as real articles: their coding is the worst case.
"""

import dataclasses
import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import detente.flow
from detente.adapters.readers import read_path
from detente.cleaning import Draft, clean_draft
from detente.codebook.files import data_file
from detente.parcel import Details
from detente.workspace import Workspace, init_workspace

SIZES = (100, 1_000)
APART = dt.timedelta(weeks=4)
ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "dev" / "news.jsonl"
PAIR = ("USA", "CHN")


class Clock:
    """CPU seconds spent in some functions."""

    def __init__(self) -> None:
        self.spent = 0.0

    def call(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        def timed(*args: Any, **options: Any) -> Any:
            at = time.process_time()
            try:
                return function(*args, **options)
            finally:
                self.spent += time.process_time() - at

        return timed

    def each(self, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The generator function, timed while it makes each item."""

        def timed(*args: Any) -> Iterator[Any]:
            made = function(*args)
            following = self.call(lambda: next(made, None))
            while (item := following()) is not None:
                yield item

        return timed


def drafts(path: Path, number: int) -> list[Draft]:
    """So many texts by their days, each another document by its address; told again they are some weeks younger."""
    found = [draft for draft in read_path(path) if isinstance(draft, Draft)]
    cleaned = [clean_draft(draft)[0] for draft in found]
    days = [document.published_on if document else None for document in cleaned]
    made = []
    for at in range(number):
        round_, which = divmod(at, len(found))
        draft, day = found[which], days[which]
        day = day and day + round_ * APART
        made.append(dataclasses.replace(draft, url=f"https://example.org/{at}", published_on=day, raw=None))
    return sorted(made, key=lambda draft: draft.published_on or dt.date.max)


def measure(workspace: Workspace, path: Path, number: int) -> float:
    """CPU seconds of adding so many documents; prints the figures."""
    parsing, coding, reading = Clock(), Clock(), Clock()
    words = sum(len(draft.text.split()) for draft in drafts(path, number))
    pipeline, code = workspace.kit.pipeline, detente.flow._code
    parse = parsing.each(pipeline.parse_many)
    pipeline.parse_many = lambda items: parse(reading.each(iter)(items))  # type: ignore[method-assign]
    detente.flow._code = coding.call(code)
    at = time.process_time()
    workspace.add(drafts(path, number), Details())
    spent = time.process_time() - at
    detente.flow._code = code
    print(
        f"add {number} documents: {spent:.1f} CPU s, {number / spent:.1f} documents and {words / spent:.0f} words/CPU s"
    )
    # The parser pulls the next text, so that reading and cleaning happen inside it.
    parsed = parsing.spent - reading.spent
    rest = spent - coding.spent - parsing.spent
    stages = {"reading": reading.spent, "parsing": parsed, "coding": coding.spent, "ledger": rest}
    print(
        "  " + ", ".join(f"{name} {taken:.1f}" for name, taken in stages.items()) + " CPU s (reading includes cleaning)"
    )
    return spent


def main() -> None:
    """Prints the figures."""
    given = [Path(argument) for argument in sys.argv[1:]]
    for path in given or [Path(str(data_file("examples/usa-chn"))), *([ARTICLES] if ARTICLES.exists() else [])]:
        print(path.name)
        show_growth(path)
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def show_growth(path: Path) -> None:
    """Prints what adding its texts takes, few and many."""
    seconds = {}
    for number in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            workspace = init_workspace(Path(folder) / "w", [PAIR])
            workspace.add(drafts(path, 1), Details(outlet="warm-up"))
            seconds[number] = measure(workspace, path, number)
            at = time.process_time()
            workspace.brief()
            print(f"  brief: {time.process_time() - at:.2f} CPU s")
            workspace.close()
    small, large = SIZES
    print(f"growth {small} to {large}: {seconds[large] / seconds[small]:.1f} times (linear is {large / small:.0f})")


if __name__ == "__main__":
    main()
