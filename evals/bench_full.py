"""The ledger at the size of a newspaper's archive: made-up documents posted through the store, with the growth curve.

usage: bench_full.py [NUMBER [FOLDER]]      documents to post, 100,000 without it; a new workspace to keep them in
       bench_full.py answers FOLDER         what the answers of such a workspace take

Prints CPU milliseconds and memory for every tenth of the archive and what answers take of the largest pair, at the end
and on the way: CPU and wall seconds of the second answer in one process, and the wall seconds of the whole command.
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


def timed(name: str, ask: Callable[[], Any]) -> None:
    """Prints how long an answer takes that has been given once before."""
    ask()
    begun, spent = time.perf_counter(), time.process_time()
    ask()
    print(f"{name}: {time.process_time() - spent:.2f} s CPU, {time.perf_counter() - begun:.2f} s", flush=True)


def command(folder: Path, *words: str) -> None:
    """Prints how long a command takes from its start to its end."""
    begun = time.perf_counter()
    call = [sys.executable, "-m", "detente", *words, "--workspace", str(folder)]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own
    print(f"detente {' '.join(words)}: {time.perf_counter() - begun:.2f} s", flush=True)


def ask_all(folder: Path) -> None:
    """Prints what the answers take."""
    workspace = Workspace(folder)
    day = workspace.as_of(PAIR, None)
    week = day - dt.timedelta(days=7)
    noun = (next(Archive(1).postings()).document.title or "").split()[0]
    timed("brief", lambda: workspace.brief(pair=PAIR))
    timed("changes of a week", lambda: workspace.changes(pair=PAIR, since=week))
    for table in ("agenda", "obstacles"):
        timed(table, lambda name=table: tell_table(name, workspace.material(PAIR, whole=False), workspace.words))
    timed("search", lambda: workspace.search(noun))
    workspace.close()
    pair = ("--pair", *PAIR)
    command(folder, "brief", *pair)
    command(folder, "changes", "--since", week.isoformat(), *pair)
    command(folder, "agenda", *pair)
    command(folder, "search", noun)


def ask_apart(folder: Path) -> None:
    """The same in a process of its own, so that the memory of the answers is not taken for that of posting."""
    subprocess.run([sys.executable, __file__, ANSWERS, str(folder)], check=True)  # noqa: S603 our own


def main() -> None:
    """Prints the figures."""
    if sys.argv[1:2] == [ANSWERS]:
        ask_all(Path(sys.argv[2]))
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
