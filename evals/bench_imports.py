"""The index of imported events at the size of GDELT: made-up events as Parquet, against a plain scan and pandas.

usage: bench_imports.py [MILLIONS [RUNS]]      events to make up, 50 million without it; alternated runs, 7 without it

Prints the median of CPU seconds and the highest memory of each question, asked in a process of its own. pandas, where
it is installed (dependency group `peers`), holds everything in memory: it is asked on as much as half of that can hold.
"""

import datetime as dt
import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from detente.adapters.imports.counting import count_all_pairs, count_days, write_all_pairs
from detente.adapters.imports.layout import EVENTS, connect, write_table
from detente.adapters.imports.months import renew
from detente.codebook.event_types import load_event_types
from detente.ledger.index import Frequency
from detente.ledger.index_counted import counted_series

MILLIONS, RUNS, MILLION = 50, 7, 1_000_000
PANDAS_BYTES = 150 * MILLION  # that pandas takes for a million events
DATASET, PAIR = "synthetic", ("AAX", "ADX")
STATES, DAYS, FIRST = 200, 7300, "2004-01-01"  # twenty years
COLUMNS = {
    "one": ("day", "known_on", "initiator", "target", "event_type", "mode", "intensity", "both_ways", "reports"),
    "all": ("day", "known_on", "initiator", "target", "intensity", "both_ways"),
}
MAKE = """
SELECT '{dataset}' AS dataset, (drawn.id + {before})::VARCHAR AS event_id, 0::SMALLINT AS part, day, 'day' AS grain,
       day + 1 AS known_on, one.name AS initiator, 'GOV' AS initiator_sector, other.name AS target,
       'GOV' AS target_sector, kind.event_type, kind.mode, kind.cameo, kind.quad::TINYINT AS quad, kind.intensity,
       kind.intensity AS intensity_given, kind.event_type = 'CONSULT' AS both_ways, other.name AS place, reports,
       'https://news.example/' || drawn.id AS url
FROM (SELECT range AS id, floor({states} * random() ** 4)::INTEGER AS a,
             floor({states} * random() ** 4)::INTEGER AS b, floor({kinds} * random())::INTEGER AS k,
             DATE '{first}' + ({begin} + {length} * random())::INTEGER AS day,
             (1 + 9 * random())::INTEGER AS reports FROM range({rows})) AS drawn
JOIN state AS one ON one.id = a JOIN state AS other ON other.id = b JOIN kind ON kind.id = k
"""


def make_events(folder: Path, millions: int) -> None:
    """So many files of a million events, each of a stretch of time, as the store writes them."""
    kinds = [
        (at, entry.event_type.value, mode.id, mode.cameo, int(entry.quad), mode.intensity)
        for at, (entry, mode) in enumerate((e, m) for e in load_event_types().values() for m in e.modes.values())
    ]
    with connect(folder) as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute("SELECT setseed(0.5)")
        connection.execute(
            f"CREATE TABLE state AS SELECT range AS id, chr(65 + range::INTEGER // 26) || chr(65 + range::INTEGER % 26)"  # noqa: S608
            f" || 'X' AS name FROM range({STATES})"
        )
        connection.execute(
            "CREATE TABLE kind (id INT, event_type TEXT, mode TEXT, cameo TEXT, quad INT, intensity FLOAT)"
        )
        connection.executemany("INSERT INTO kind VALUES (?, ?, ?, ?, ?, ?)", kinds)
        length = DAYS // millions
        for at in range(millions):
            source = MAKE.format(
                dataset=DATASET,
                before=at * MILLION,
                first=FIRST,
                begin=at * length,
                length=length,
                states=STATES,
                kinds=len(kinds),
                rows=MILLION,
            )
            write_table(connection, EVENTS, source, folder / f"{DATASET}-{at:012}.parquet")
    renew(folder, DATASET)  # counts the months, as an import does


# What is asked, each in a process of its own


def scan(folder: Path, columns: tuple[str, ...]) -> None:
    """DuckDB's plain scan of the columns, on the same terms."""
    told = ", ".join(f"max({column})" for column in columns)
    with tempfile.TemporaryDirectory() as scratch, connect(Path(scratch)) as connection:
        connection.execute(f"SELECT {told} FROM read_parquet('{folder}/*.parquet')").fetchall()  # noqa: S608


def ask_one(folder: Path) -> None:
    """The index of one pair, month by month, from the files to the points."""
    counts = count_days(folder, DATASET, PAIR, None)
    points = counted_series(DATASET, counts, [], PAIR, Frequency.MONTH, last=dt.date(2023, 12, 31))
    assert len(points) > 1  # noqa: S101


def ask_all(folder: Path) -> None:
    """Deeds and mean intensity of every pair and month, and of them the fifty that a screen shows."""
    count_all_pairs(folder, DATASET, Frequency.MONTH, None, 50)


def ask_written(folder: Path) -> None:
    """The same, all of it in a Parquet file."""
    with tempfile.TemporaryDirectory() as out:
        write_all_pairs(folder, DATASET, Frequency.MONTH, None, Path(out) / "pairs.parquet")


def ask_pandas(folder: Path) -> None:
    """The same with pandas."""
    import pandas as pd  # noqa: PLC0415 a peer

    files = [str(path) for path in sorted(folder.glob("*.parquet"))]
    frame = pd.read_parquet(files, columns=list(COLUMNS["all"]))
    frame = frame[frame["intensity"].notna() & (frame["initiator"] != frame["target"])]
    days = frame[["day", "known_on"]].apply(pd.to_datetime).min(axis=1)
    frame = frame.assign(month=days.dt.to_period("M"))
    turned = frame[frame["both_ways"]].rename(columns={"initiator": "target", "target": "initiator"})
    frame = pd.concat([frame, turned])
    frame.groupby(["month", "initiator", "target"])["intensity"].agg(["count", "mean"])


ASK: dict[str, Callable[[Path], None]] = {
    "make": lambda folder: make_events(folder, int(sys.argv[3])),
    "scan-one": lambda folder: scan(folder, COLUMNS["one"]),
    "one": ask_one,
    "scan-all": lambda folder: scan(folder, COLUMNS["all"]),
    "all": ask_all,
    "written": ask_written,
    "pandas": ask_pandas,
}


def asked(question: str, folder: Path, millions: int = 0) -> tuple[float, float]:
    """CPU seconds and megabytes of a question in a process of its own."""
    call = [sys.executable, __file__, question, str(folder), str(millions)]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 this very script
    spent, memory = done.stdout.split()
    return float(spent), float(memory)


def alternate(folder: Path, questions: tuple[str, ...], runs: int) -> dict[str, float]:
    """The median CPU seconds of each question; prints them with the highest memory."""
    told: dict[str, list[tuple[float, float]]] = {question: [] for question in questions}
    for _ in range(runs):
        for question in questions:
            told[question].append(asked(question, folder))
    for question, figures in told.items():
        memory = max(memory for _, memory in figures)
        print(f"{question}: {statistics.median(s for s, _ in figures):.2f} s CPU, {memory:.0f} MB", flush=True)
    return {question: statistics.median(s for s, _ in figures) for question, figures in told.items()}


def main(millions: int, runs: int) -> None:
    """Makes the events, asks, and removes them."""
    with tempfile.TemporaryDirectory(prefix="detente-bench-") as made:
        folder = Path(made)
        asked("make", folder, millions)
        size = sum(path.stat().st_size for path in folder.glob("*.parquet")) / 1e9
        print(f"{millions} million events, {size:.1f} GB", flush=True)
        spent = alternate(folder, ("scan-one", "one", "scan-all", "all", "written"), runs)
        print(f"one pair: {spent['one'] / spent['scan-one']:.2f} of the scan")
        told = [spent[name] / spent["scan-all"] for name in ("all", "written")]
        print(f"all pairs: {told[0]:.2f} of the scan; written to a file: {told[1]:.2f}", flush=True)
        if importlib.util.find_spec("pandas") is None:
            print("pandas is not installed, so it was not measured. Type: make peers")
            return
        against_pandas(folder, millions, runs)


def against_pandas(folder: Path, millions: int, runs: int) -> None:
    """Prints what the questions take of what pandas takes for all pairs, on as many of the events as it can hold."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    held = max(1, min(millions, memory // 2 // PANDAS_BYTES))
    part = folder / "part"
    part.mkdir()
    for path in sorted(folder.glob("*.parquet"))[:held]:
        path.rename(part / path.name)
    renew(part, DATASET)
    spent = alternate(part, ("one", "all", "written", "pandas"), runs)
    one, all_, written = (spent[name] / spent["pandas"] for name in ("one", "all", "written"))
    print(f"of pandas on {held} million: one pair {one:.2f}, all pairs {all_:.2f}; written to a file {written:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ASK:
        begun = time.process_time()
        ASK[sys.argv[1]](Path(sys.argv[2]))
        print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        given = [int(word) for word in sys.argv[1:]]
        main(*(given + [MILLIONS, RUNS][len(given) :]))
