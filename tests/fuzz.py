"""Damages valid files and has each reader read them: no crash, no hang, and whatever is refused is said.

`make fuzz` gives each reader 10,000 damaged files, `make test` 200. Case 4,711 of a reader is the same file always:
`python tests/fuzz.py 1 html 4711` reads it again.

usage: fuzz.py [CASES [READER [FIRST]]]
"""

import csv
import faulthandler
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from damage_for_tests import damaged
from seeds_for_tests import EVENT_SEEDS, SITEMAP, EventSeed, Seed, text_seeds

from detente.adapters.imports.formats import reader_of
from detente.adapters.imports.lines import members
from detente.adapters.imports.parquet import import_file
from detente.adapters.imports.rows import Refused, Translation
from detente.adapters.readers import read_stream
from detente.adapters.readers.limits import DOCUMENT_CHARACTERS
from detente.adapters.readers.sitemaps import find_locations
from detente.cleaning import Draft
from detente.cleaning.draft import Passed, Read
from detente.codebook.crosswalk import load_crosswalk
from detente.errors import UsageError
from detente.intake import clean
from detente.parcel import Details
from detente.records import Problem

CASES = 10_000
HANGS = 60.0  # seconds of one file, on a machine that does other things too
MEMORY = 1_500  # megabytes that a reader never takes, libraries included
TWICE = 10  # each so many-th file is read a second time
CLEANED = 4  # texts of a file that go on to cleaning
IMPORTED = 50  # each so many-th file of event data goes the whole way to Parquet


@dataclass(slots=True)
class Tally:
    """What came of the damaged files."""

    files: int = 0
    read: int = 0  # texts, or rows of event data
    refused: int = 0

    def told(self) -> str:
        """For people."""
        return f"{self.files:,} files: {self.read:,} read, {self.refused:,} refused"


def readers() -> dict[str, Callable[[int, Tally], None]]:
    """What reads one case, by reader; raises AssertionError where a law is broken."""
    found = {name: _text_case(name, seeds) for name, seeds in text_seeds().items()}
    return {**found, "sitemap": _sitemap_case, **{name: _event_case(name, s) for name, s in EVENT_SEEDS.items()}}


def _text_case(reader: str, seeds: tuple[Seed, ...]) -> Callable[[int, Tally], None]:
    others = tuple(seed.data for every in text_seeds().values() for seed in every)

    def read(number: int, tally: Tally) -> None:
        chance = random.Random(f"{reader} {number}")
        seed = chance.choice(seeds)
        inside = damaged(seed.inside, chance, others) if chance.random() < 0.5 else seed.inside
        data = seed.wrap(inside)
        if inside is seed.inside or chance.random() < 0.2:
            data = damaged(data, chance, others)
        found = list(read_stream(data, seed.name))
        check_texts(found, seed.name)
        if number % TWICE == 0:
            assert found == list(read_stream(data, seed.name)), "another answer for the same bytes"
        tally.read += sum(isinstance(item, Draft) for item in found)
        tally.refused += sum(isinstance(item, Problem) for item in found)

    return read


def check_texts(found: list[Read], name: str) -> None:
    """Something is said of every file, and what is said can be kept."""
    assert found, "nothing is said of the file"
    for at, item in enumerate(found):
        assert isinstance(item, Draft | Problem | Passed), item
        assert (item.path or "").startswith(name), item.path
        if isinstance(item, Draft):
            item.text.encode()
            assert len(item.text) <= DOCUMENT_CHARACTERS
            msgspec.json.encode((item.title, item.byline, item.outlet, item.url))
            if at < CLEANED:
                document, problems = clean(item, Details())
                assert document or problems, "a text is gone without a word"
                msgspec.json.encode((document, problems))
        elif isinstance(item, Problem):
            msgspec.json.encode(item)
            assert item.message


def _sitemap_case(number: int, tally: Tally) -> None:
    found = find_locations(damaged(SITEMAP, random.Random(f"sitemap {number}")))
    if found is None:
        tally.refused += 1
        return
    tally.read += len(found)
    assert all(item.url.startswith("http") for item in found)


def _event_case(reader: str, seeds: tuple[EventSeed, ...]) -> Callable[[int, Tally], None]:
    walk, others = load_crosswalk(), tuple(seed.data for every in EVENT_SEEDS.values() for seed in every)

    def read(number: int, tally: Tally) -> None:
        chance = random.Random(f"{reader} {number}")
        seed = chance.choice(seeds)
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            path = Path(folder, seed.file + chance.choice(("", "", ".gz") if not seed.file.endswith(".zip") else ("",)))
            path.write_bytes(damaged(seed.data, chance, others))
            try:
                if number % IMPORTED == 0:
                    check_import(path, seed, Path(folder, "imported"), tally)
                else:
                    rows = reader_of(seed.format, seed.mapping)
                    told = [row for name, text in members(path) for row in rows(text, name, Translation(walk))]
                    tally.refused += sum(isinstance(row.found, Refused) for row in told)
                    tally.read += sum(not isinstance(row.found, Refused) for row in told)
            except UsageError:
                tally.refused += 1  # the header lacks a column of the mapping: said at once

    return read


def check_import(path: Path, seed: EventSeed, folder: Path, tally: Tally) -> None:
    """Every row is accounted for, and every refused one stands in the quarantine with its reason."""
    done = import_file(path, seed.format, folder, dataset="fuzz", mapping=seed.mapping)
    assert done.rows == done.imported + done.duplicates + done.quarantined
    kept = [row for file in folder.rglob("*.quarantine.csv") for row in csv.DictReader(file.open(newline=""))]
    assert len(kept) == done.quarantined
    assert all(row["reason"] and row["line"] for row in kept)
    assert not import_file(path, seed.format, folder, dataset="fuzz", mapping=seed.mapping).is_new
    tally.read, tally.refused = tally.read + done.imported, tally.refused + done.quarantined


def fuzz(reader: str, cases: int, first: int = 0, progress: Path | None = None) -> Tally:
    """So many damaged files for a reader; notes in `progress` which one is being read."""
    read, tally = readers()[reader], Tally()
    for number in range(first, first + cases):
        if progress is not None:
            progress.write_text(str(number), encoding="ascii")
            faulthandler.dump_traceback_later(HANGS, exit=True)
        try:
            read(number, tally)
        except Exception as error:
            error.add_note(f"case {number}: python tests/fuzz.py 1 {reader} {number}")
            raise
        tally.files += 1
    faulthandler.cancel_dump_traceback_later()
    return tally


def fuzz_apart(reader: str, cases: int) -> bool:
    """Whether all went well, in a process of its own: one that dies or hangs says which file it was."""
    with tempfile.NamedTemporaryFile() as progress:
        begun = time.monotonic()
        call = [sys.executable, __file__, str(cases), reader, "0", progress.name]
        done = subprocess.run(call, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            say(f"{reader}: {done.stdout.strip()}, {time.monotonic() - begun:.0f} s")
            return True
        number = Path(progress.name).read_text(encoding="ascii")
        say(f"{reader}: case {number} fails\n{done.stderr[-3_000:]}")
        return False


def say(words: str) -> None:
    """A line on the standard output, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Prints a line for each reader; exits with 1 where one failed."""
    cases = int(sys.argv[1]) if sys.argv[1:] else CASES
    if sys.argv[2:]:
        progress = Path(sys.argv[4]) if sys.argv[4:] else None
        told = fuzz(sys.argv[2], cases, int(sys.argv[3]) if sys.argv[3:] else 0, progress)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        assert memory < MEMORY, f"{memory} MB of memory"
        say(f"{told.told()}, at most {memory} MB")
        return
    failed = [reader for reader in readers() if not fuzz_apart(reader, cases)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
