"""Writes docs/explanation/a-terabyte-of-news.md from the figures in evals/costs.toml.

Run it after a figure has changed: `python tools/build_costs.py`. A test compares.
"""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "evals" / "costs.toml"
PAGE = ROOT / "docs" / "explanation" / "a-terabyte-of-news.md"

TERABYTE = 1e12  # bytes
MACHINES = {"a laptop of 4 cores": 4, "40 cores": 40}
HOUR, DAY = 3600.0, 86_400.0


def page() -> str:
    """The page."""
    figures = tomllib.loads(FIGURES.read_text(encoding="utf-8"))
    return TEXT.format(**_told(figures))


def cpu_seconds(figures: dict[str, Any]) -> dict[str, float]:
    """What each job takes of one core over a terabyte of unpacked text."""
    texts, cpu = figures["texts"], figures["cpu"]
    words = TERABYTE / texts["bytes_a_word"]
    unpacking = TERABYTE / 1e6 / cpu["unpacked_megabytes"]
    return {
        "scan": unpacking + TERABYTE / 1e6 / cpu["scanned_megabytes"],
        "watch": unpacking + words / cpu["watched_words"],
        "code": unpacking + words / cpu["coded_words"],
    }


def elapsed(seconds: float, cores: int, share_of_ideal: float) -> float:
    """The seconds that so many workers take."""
    return seconds / (1 + (cores - 1) * share_of_ideal)


def duration(seconds: float) -> str:
    """For people, with two digits that mean something.

    >>> duration(266.0), duration(9_000.0), duration(20e6)
    ('4.4 minutes', '2.5 hours', '230 days')
    """
    for size, name in ((DAY * 2, "days"), (HOUR, "hours"), (60.0, "minutes")):
        if seconds >= size:
            unit = {"days": DAY, "hours": HOUR, "minutes": 60.0}[name]
            return f"{_two_digits(seconds / unit)} {name}"
    return f"{_two_digits(seconds)} seconds"


def size(number: float) -> str:
    """Bytes for people."""
    for unit, name in ((1e12, "TB"), (1e9, "GB")):
        if number >= unit:
            return f"{_two_digits(number / unit)} {name}"
    return f"{_two_digits(number / 1e6)} MB"


def _two_digits(number: float) -> str:
    return f"{float(f'{number:.2g}'):,.10g}"


def _told(figures: dict[str, Any]) -> dict[str, str]:
    texts, cpu, kept, share = (figures[name] for name in ("texts", "cpu", "kept", "workers"))
    number = TERABYTE / texts["bytes_a_text"]
    on_pair = number * texts["share_on_the_pair"]
    seconds = cpu_seconds(figures)
    told = {
        f"{job}_{at}": duration(elapsed(spent, cores, share["share_of_ideal"]))
        for job, spent in seconds.items()
        for at, cores in enumerate(MACHINES.values())
    }
    told |= {f"{job}_cpu": duration(spent).replace(" days", " core days") for job, spent in seconds.items()}
    posting = {job: texts_ * cpu["posted_milliseconds"] / 1e3 for job, texts_ in (("watch", on_pair), ("code", number))}
    told |= {f"{job}_posting": duration(spent) for job, spent in posting.items()}
    for job, texts_ in (("watch", on_pair), ("code", number)):
        told[f"{job}_texts"] = f"{_two_digits(texts_ / 1e6)} million"
        told[f"{job}_ledger"] = size(texts_ * kept["ledger_a_text"])
        told[f"{job}_raw"] = size(texts_ * kept["raw_a_text"])
        told[f"{job}_json"] = size(texts_ * kept["records_a_text"] * kept["record_as_json"])
        told[f"{job}_parquet"] = size(texts_ * kept["records_a_text"] * kept["record_as_parquet"])
    return {
        **told,
        "words": f"{_two_digits(TERABYTE / texts['bytes_a_word'] / 1e9)} billion",
        "share": f"{100 * texts['share_on_the_pair']:.1f} %",
        "machine": figures["machine"],
        "day": f"{figures['measured_on']:%d %B %Y}".lstrip("0"),
        "ideal": f"{share['share_of_ideal']:.2f}".lstrip("0"),
        **{name: f"{value:,}" for name, value in (cpu | texts).items()},
    }


TEXT = """\
<!-- written by tools/build_costs.py from evals/costs.toml -->
# A terabyte of news

A terabyte of plain text is {words} words, or {code_texts} articles of {bytes_a_text} bytes. What becomes of it, from
figures measured on {machine}, on {day}:

| | CPU of one core | a laptop of 4 cores | 40 cores |
|---|---|---|---|
| look through all of it for one pair | {scan_cpu} | {scan_0} | {scan_1} |
| watch one pair: code the texts that name both sides | {watch_cpu} | {watch_0} | {watch_1} |
| code everything | {code_cpu} | {code_0} | {code_1} |

Each contains unpacking. The first is what `coding.scope = "watched"` takes where hardly anything names the pair; the
second holds for an archive in which {share} of the words stand in texts that name both sides, and grows with it.
How the figures came about: [the speed of an archive](speed.md).

The arithmetic: gunzip gives {unpacked_megabytes} MB a second and core, the search for names goes through
{scanned_megabytes} MB, coding through {coded_words} words, and watching, over everything that it passes over,
through {watched_words} words. A second worker adds {ideal} of what the first does; the same is taken for every
further one. Nothing else is shared: the workers write files, and wait for no one.

## What is kept

| | watching one pair | coding everything |
|---|---|---|
| texts | {watch_texts} | {code_texts} |
| one ledger | {watch_ledger} | {code_ledger} |
| the bytes of the texts, in `raw/` | {watch_raw} | {code_raw} |
| the records as JSON Lines | {watch_json} | {code_json} |
| the records as Parquet | {watch_parquet} | {code_parquet} |
| posting, one process | {watch_posting} | {code_posting} |

A ledger holds the texts, their records, what follows from them and an index of the words, and it is written by one
process at {posted_milliseconds} milliseconds a document. So the ledger, not the coding, is what a terabyte strains:
with many cores the posting takes longer than everything before it, and nobody has tried a ledger of that size: the
largest so far has [100,000 documents](scale.md). For an archive watch few pairs, or give each pair a workspace of
its own, each with its own poster; leave the bytes where they lie with [`store.raw =
false`](../reference/settings.md).

## With your own figures
Measure on your machine and your texts with `make bench-archive`, write what comes out into `evals/costs.toml`, and
`make generate` works this page out anew. What a core hour or a terabyte of disk costs you, multiply yourself.
"""


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
