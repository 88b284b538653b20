"""The ledger at the size of a newspaper's archive: made-up documents posted through the store, with the growth curve.

usage: bench_full.py [NUMBER]      documents to post; 100,000 without it

Prints CPU seconds and memory for every tenth of the archive, then the wall seconds that the pages take of the largest
pair, and how much longer the last document took to add than the first.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synthetic import Archive

from detente.workspace import Workspace, init_workspace

NUMBER = 100_000
STEPS = 10
PAIR = ("CHN", "USA")


def post(workspace: Workspace, number: int) -> None:
    """Posts so many documents; prints a line for every tenth."""
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
            print(f"{at} texts, {records} records: {each:.1f} ms CPU each ({growth:.2f} of the first), {memory:.0f}M")
            spent = 0.0


def timed(name: str, ask: Callable[[], Any]) -> None:
    """Prints how long an answer takes."""
    begun = time.perf_counter()
    ask()
    print(f"{name}: {time.perf_counter() - begun:.2f} s")


def main() -> None:
    """Prints the figures."""
    number = int(sys.argv[1]) if sys.argv[1:] else NUMBER
    with tempfile.TemporaryDirectory() as folder:
        workspace = init_workspace(Path(folder) / "w", [PAIR])
        post(workspace, number)
        timed("search", lambda: workspace.search("steel Geneva"))
        timed("brief", lambda: workspace.brief(pair=PAIR))
        workspace.close()


if __name__ == "__main__":
    main()
