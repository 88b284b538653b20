"""Whether memory stays flat: what `detente add` holds at every tenth of many texts.

usage: bench_memory.py [WATCHED [CODED]]      20,000 texts of the general archive, of which those on one pair are coded;
                                              then, in another process, 2,000 short texts that are all coded

The archive is that of `bench_archive.py`, told again and again under other addresses and later days. Prints megabytes
of this process (the resident set as Linux counts it), with the CPU seconds so far.
"""

import datetime as dt
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench_archive import PAIRS, archive

from detente.cleaning import Draft
from detente.parcel import Details
from detente.settings import Scope, Settings, write_settings
from detente.workspace import SETTINGS_FILE, Workspace, init_workspace

NUMBERS = {Scope.WATCHED: 20_000, Scope.ALL: 2_000}
TENTHS = 10
FEWEST, MOST = 60, 160  # words of a short text
FIRST, A_DAY = dt.date(1990, 1, 1), 12  # texts
PAGE = os.sysconf("SC_PAGE_SIZE")


def held() -> float:
    """Megabytes that this process holds now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE / 1e6


def short_texts(texts: list[str]) -> list[str]:
    """Paragraphs of the texts, cut where they are long."""
    parts = [" ".join(part.split()[:MOST]) for text in texts for part in text.split("\n\n")]
    return [part for part in parts if len(part.split()) >= FEWEST]


def drafts(texts: list[str], number: int) -> Iterator[Draft]:
    """So many texts, each at an address of its own, a dozen a day."""
    for place, text in enumerate(itertools.islice(itertools.cycle(texts), number)):
        day = FIRST + dt.timedelta(days=place // A_DAY)
        yield Draft(text=text, url=f"https://news.example/{place}", published_on=day)


def watched(read: Iterator[Draft], number: int) -> Iterator[Draft]:
    """The drafts; prints what is held at every tenth of them."""
    first = 0.0
    for place, draft in enumerate(read, 1):
        yield draft
        if place % (number // TENTHS) == 0:
            now = held()
            first = first or now
            print(
                f"  {place} texts: {now:.0f} MB ({now / first:.2f} of the first), {time.process_time():.0f} s",
                flush=True,
            )


def measure(scope: Scope, number: int) -> None:
    """Adds so many texts to a new workspace."""
    texts = archive() if scope is Scope.WATCHED else short_texts(archive())
    with tempfile.TemporaryDirectory() as folder:
        init_workspace(Path(folder), list(PAIRS)).close()
        (Path(folder) / SETTINGS_FILE).write_text(
            write_settings(Settings(pairs=PAIRS, values=(("coding.scope", scope.value),))), "utf-8"
        )
        workspace = Workspace(Path(folder))
        added = workspace.add(watched(drafts(texts, number), number), Details())
        print(f"  {len(added.new)} coded, {added.passed_over} passed over", flush=True)
        workspace.close()


def main(words: list[str]) -> None:
    """Measures each scope in a process of its own."""
    if words[:1] and words[0] in set(Scope):
        measure(Scope(words[0]), int(words[1]))
        return
    numbers = [int(word) for word in words] + list(NUMBERS.values())[len(words) :]
    for scope, number in zip(NUMBERS, numbers, strict=True):
        print(f'memory over {number} texts, scope "{scope}"', flush=True)
        subprocess.run([sys.executable, __file__, scope, str(number)], check=True)  # noqa: S603 this very script


if __name__ == "__main__":
    main(sys.argv[1:])
