"""What workers bring: `detente add` by itself, which codes and posts in one process, and with `--workers 2`.

usage: bench_workers.py [TEXTS [RUNS]]      1,500 texts without it, of the general archive, told again where it has
                                            fewer; 7 runs of each in alternation, of which the medians are printed

Prints seconds by the clock and CPU seconds of the command and of its workers. On a machine that does other work the
clock tells of that work. So the CPU seconds tell what the clock of two idle cores would: the command posts what its
workers have coded, and whichever takes longest, the command, a worker or half of all work, decides.
"""

import datetime as dt
import itertools
import json
import operator
import os
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench_archive import PAIRS, archive

from detente import chunks
from detente.adapters.engines.local import LocalEngine
from detente.adapters.readers import read_path
from detente.parcel import Details
from detente.workspace import init_workspace

TEXTS, RUNS = 1_500, 7
FEW = 5  # texts to warm up with
CORES = 2
CHUNK = 60_000  # bytes: the texts are as many chunks as a whole archive's would be for so many workers
FIRST = dt.date(2015, 1, 1)  # a text a day: what is undated is compared with all else
SPREAD = 3  # every third text, so that long and short ones are mixed


@dataclass(frozen=True)
class Spent:
    """Seconds."""

    clock: float
    command: float
    workers: float

    @property
    def idle(self) -> float:
        """By the clock, on so many cores that do nothing else."""
        return max(self.command, self.workers / CORES, (self.command + self.workers) / (CORES if self.workers else 1))


def add(folder: Path, texts: Path, number: int) -> Spent:
    """Codes and posts the texts with so many workers."""
    workspace = init_workspace(folder, list(PAIRS))
    clock, command, workers = time.perf_counter(), _cpu(resource.RUSAGE_SELF), _cpu(resource.RUSAGE_CHILDREN)
    if number == 1:
        workspace.add(read_path(texts), Details())
    else:
        workspace.add_chunks([texts], Details(), LocalEngine(number))
    spent = Spent(
        time.perf_counter() - clock,
        _cpu(resource.RUSAGE_SELF) - command,
        _cpu(resource.RUSAGE_CHILDREN) - workers,
    )
    workspace.close()
    return spent


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def write_texts(folder: Path, number: int) -> Path:
    """So many texts in a file, and beside it a few to warm up with."""
    texts = folder / "texts.jsonl"
    rows = [
        {"text": text, "url": f"https://news.example/{at}", "published": str(FIRST + dt.timedelta(days=at))}
        for at, text in enumerate(itertools.islice(itertools.cycle(archive()[::SPREAD]), number))
    ]
    texts.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    texts.with_name("few.jsonl").write_text("\n".join(texts.read_text("utf-8").split("\n")[:FEW]), "utf-8")
    return texts


def main(number: int, runs: int) -> None:
    """Prints the figures."""
    chunks.CHUNK_BYTES = CHUNK
    found: dict[int, list[Spent]] = {1: [], CORES: []}
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent)
        texts = write_texts(folder, number)
        add(folder / "w0", texts.with_name("few.jsonl"), 1)  # what the command loads but once is no matter of workers
        for run in range(runs):
            for workers, told in found.items():
                load = os.getloadavg()[0]
                spent = add(folder / f"w{run}-{workers}", texts, workers)
                told.append(spent)
                print(
                    f"{workers} workers: {spent.clock:.1f} s by the clock (load {load:.1f} before), CPU: command "
                    f"{spent.command:.1f} s, workers {spent.workers:.1f} s",
                    flush=True,
                )
    clock, idle = (
        statistics.median(one / two for one, two in zip(map(told, found[1]), map(told, found[CORES]), strict=True))
        for told in (operator.attrgetter("clock"), operator.attrgetter("idle"))
    )
    print(f"1 to {CORES} workers: {clock:.2f} by the clock, {idle:.2f} by CPU seconds")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [TEXTS, RUNS][len(given) :]))
