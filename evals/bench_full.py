"""The ledger at the size of a newspaper's archive: made-up documents posted through the store, with the growth curve.

usage: bench_full.py [NUMBER [FOLDER]]      documents to post, 100,000 without it; a new workspace to keep them in
       bench_full.py answers FOLDER [NAME]  what the answers of such a workspace take, or one of them

Prints CPU milliseconds and memory for every tenth of the archive and what answers take of the largest pair, at the end
and on the way: CPU and wall seconds of the first and the second answer of a process, and the wall seconds of the
whole command.
At the end the desk over it, as bench_desk.py measures it.
"""

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synthetic import Archive

from detente.refuse import look_for_refuse_rarely
from detente.telling.tables import tell_table
from detente.workspace import Workspace, init_workspace

NUMBER = 100_000
STEPS = 10
ON_THE_WAY = (10_000, 30_000)  # documents at which the answers are measured too
PAIR = ("CHN", "USA")
ANSWERS = "answers"


def post(workspace: Workspace, number: int, folder: Path) -> None:
    """Posts so many documents; prints a line for every tenth, and what the answers take on the way."""
    step = max(1, number // STEPS)
    spent, records, first = 0.0, 0, 0.0
    for at, posting in enumerate(Archive(number).postings(), 1):
        begun = time.process_time()
        workspace.store.post(posting)
        spent += time.process_time() - begun
        records += len(posting.records)
        if at % step == 0:
            first = first or spent
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            each, growth = 1_000 * spent / step, spent / first
            print(
                f"{at} texts, {records} records: {each:.1f} ms CPU each ({growth:.2f} of the first), {memory:.0f}M",
                flush=True,
            )
            spent = 0.0
        if at in ON_THE_WAY and at < number:
            ask_apart(folder)


def questions(workspace: Workspace) -> dict[str, tuple[Callable[[], Any], tuple[str, ...]]]:
    """What is asked, by name: in Python, and as words of the command line."""
    week = workspace.as_of(PAIR, None) - dt.timedelta(days=7)
    noun = (next(Archive(1).postings()).document.title or "").split()[0]
    pair = ("--pair", *PAIR)

    def table(name: str) -> Any:
        return tell_table(name, workspace.material(PAIR, whole=False), workspace.words)

    return {
        "brief": (lambda: workspace.brief(pair=PAIR), ("brief", *pair)),
        "changes": (
            lambda: workspace.changes(pair=PAIR, since=week),
            ("changes", "--since", week.isoformat(), *pair),
        ),
        "agenda": (lambda: table("agenda"), ("agenda", *pair)),
        "obstacles": (lambda: table("obstacles"), ("obstacles", *pair)),
        "search": (lambda: workspace.search(noun), ("search", noun)),
    }


def ask(folder: Path, name: str) -> None:
    """Prints how long the first and the second answer of this process take, and the whole command."""
    look_for_refuse_rarely()  # as the command does
    workspace = Workspace(folder)
    question, words = questions(workspace)[name]
    for turn in ("first", "again"):
        begun, spent = time.perf_counter(), time.process_time()
        question()
        spent, passed = time.process_time() - spent, time.perf_counter() - begun
        print(f"{name}, {turn}: {spent:.2f} s CPU, {passed:.2f} s", flush=True)
    workspace.close()
    begun = time.perf_counter()
    call = [sys.executable, "-m", "detente", *words, "--workspace", str(folder)]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own
    print(f"detente {' '.join(words)}: {time.perf_counter() - begun:.2f} s", flush=True)


def ask_apart(folder: Path) -> None:
    """Asks each question in a process of its own: nothing is at hand there, and posting keeps its memory."""
    workspace = Workspace(folder)
    names = list(questions(workspace))
    workspace.close()
    for name in names:
        subprocess.run([sys.executable, __file__, ANSWERS, str(folder), name], check=True)  # noqa: S603 our own


def main() -> None:
    """Prints the figures."""
    if sys.argv[1:2] == [ANSWERS]:
        folder = Path(sys.argv[2])
        ask(folder, sys.argv[3]) if sys.argv[3:] else ask_apart(folder)
        return
    number = int(sys.argv[1]) if sys.argv[1:] else NUMBER
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(sys.argv[2]) if sys.argv[2:] else Path(parent) / "w"
        workspace = init_workspace(folder, [PAIR])
        post(workspace, number, folder)
        workspace.close()
        ask_apart(folder)
        desk = Path(__file__).with_name("bench_desk.py")
        subprocess.run([sys.executable, str(desk), str(folder)], check=True)  # noqa: S603 our own


if __name__ == "__main__":
    main()
