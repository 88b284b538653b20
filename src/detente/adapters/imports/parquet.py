"""Imported event data as Parquet: one file for each imported one, named by what was in it.

Rows go through a plain file and DuckDB, which sorts and compares out of memory: a file may be larger than it.
"""

import csv
import hashlib
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from detente.adapters.imports.formats import FORMATS, reader_of
from detente.adapters.imports.layout import (
    EVENTS,
    MENTIONS,
    REPORTS,
    Table,
    connect,
    files_of,
    listed,
    quoted,
    write_table,
)
from detente.adapters.imports.lines import members
from detente.adapters.imports.months import count_months
from detente.adapters.imports.rows import Deed, Mention, Party, Read, Refused, Translation
from detente.codebook.crosswalk import load_crosswalk
from detente.errors import UsageError

NAME = re.compile(r"[a-z][a-z0-9_]*")
DIGEST_SHOWN = 12
PIECE = 1 << 20  # bytes read at a time for the digest
UNKNOWN_SHOWN = 20  # codes that the summary lists
REASONS_SHOWN = 5  # why rows were refused, as the summary lists it
REFUSED_SHOWN = 2_000  # characters of a refused row that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file; `rows` is the sum of `imported`, `duplicates` and `quarantined`."""

    file: str
    dataset: str
    rows: int
    imported: int
    duplicates: int  # the same id and day again, in this file or in one imported before
    quarantined: int
    unknown: tuple[tuple[str, int], ...]  # codes of states that are not known, and how often; the most frequent
    why: tuple[tuple[str, int], ...] = ()  # what kept rows from being read, and how often; the most frequent
    quarantine: str = ""  # the file of the rows that could not be read, beginning with the folder
    is_new: bool = True

    def told(self) -> str:
        """For people: a line, and one more where rows could not be read."""
        how = "" if self.is_new else " (already there)"
        twice = "duplicate" if self.duplicates == 1 else "duplicates"
        parts = f"{self.imported:,} imported, {self.duplicates:,} {twice}, {self.quarantined:,} quarantined"
        line = f"{self.file}{how}: {self.rows:,} rows read = {parts}"
        if not self.quarantine:
            return line
        reasons = ", ".join(f"{reason} ({count:,})" for reason, count in self.why)
        other = "" if self.imported or self.duplicates else " Is it of another format?"
        return f"{line}\n  quarantined in {self.quarantine}: {reasons}.{other}"


def import_file(
    path: Path, format_: str, folder: Path, *, dataset: str | None = None, mapping: Mapping[str, str] | None = None
) -> Imported:
    """What became of the rows of the file, which stand in `folder` now; the same file again changes nothing.

    Raises UsageError where the file is not there, or the format, the data set's name or the mapping is wrong.
    """
    reader = reader_of(format_, mapping or {})
    name = dataset or (format_.partition("-")[0] if format_ != "csv" else "")
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a data set.", hint="Add: --dataset NAME, in small letters.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", hint=f"Name the files in it: {path / '*'}")
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", hint="Name files that are there.")
    stem = f"{name}-{digest_of(path, mapping or {})}"
    table = REPORTS if FORMATS[format_].are_mentions else EVENTS
    kept = folder / MENTIONS if table is REPORTS else folder
    done = kept / f"{stem}.json"
    if done.is_file():
        return _read_summary(done)
    kept.mkdir(parents=True, exist_ok=True)
    translation = Translation(load_crosswalk())
    with tempfile.TemporaryDirectory(dir=kept, prefix=".part-") as scratch:
        staging = Path(scratch)
        rows = (row for member, lines in members(path) for row in reader(lines, member, translation))
        read, reasons = _stage(rows, name, staging)
        refused, quarantine = reasons.total(), kept / f"{stem}.quarantine.csv"
        imported = _write(staging, kept, stem, name, table)
        if refused:
            (staging / "refused.csv").replace(quarantine)
        summary = Imported(
            file=path.name,
            dataset=name,
            rows=read,
            imported=imported,
            duplicates=read - refused - imported,
            quarantined=refused,
            unknown=tuple(translation.unknown.most_common(UNKNOWN_SHOWN)),
            why=tuple(reasons.most_common(REASONS_SHOWN)),
            quarantine=quarantine.relative_to(folder.parent).as_posix() if refused else "",
        )
        (staging / "summary.json").write_text(json.dumps(asdict(summary), indent=1) + "\n", encoding="utf-8")
        (staging / "summary.json").replace(done)  # last: it says that the others are whole
    return summary


def digest_of(path: Path, mapping: Mapping[str, str]) -> str:
    """Twelve hexadecimal characters of what is in the file, and how it is mapped."""
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    if mapping:
        digest.update(json.dumps(dict(mapping), sort_keys=True).encode())
    return digest.hexdigest()[:DIGEST_SHOWN]


def _read_summary(path: Path) -> Imported:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    counted = {
        name: tuple((str(what), int(count)) for what, count in kept.get(name, ())) for name in ("unknown", "why")
    }
    return Imported(**{**kept, **counted, "is_new": False})


# From rows to a plain file


def _stage(rows: Iterator[Read], dataset: str, folder: Path) -> tuple[int, Counter[str]]:
    """How many rows were read, and why how many were refused; the others stand in rows.csv, these in refused.csv."""
    read, reasons = 0, Counter[str]()
    with (
        (folder / "rows.csv").open("w", encoding="utf-8", newline="") as good,
        (folder / "refused.csv").open("w", encoding="utf-8", newline="") as bad,
    ):
        write_good, write_bad = csv.writer(good).writerow, csv.writer(bad).writerow
        write_bad(("file", "line", "reason", "row"))
        for read, row in enumerate(rows, 1):
            if isinstance(row.found, Refused):
                reasons[row.found.reason.partition(": '")[0]] += 1  # without the cell that is wrong
                write_bad((row.member, row.line, row.found.reason, row.found.text[:REFUSED_SHOWN]))
                continue
            for cells in _cells(row.found, dataset):
                write_good((read, *cells))
    return read, reasons


def _cells(found: Deed | Mention, dataset: str) -> Iterator[tuple[object, ...]]:
    """The rows of a deed, one for each initiator and target; the one of a mention."""
    if isinstance(found, Mention):
        yield (dataset, *(_clean(value) for value in found))
        return
    for part, (one, other) in enumerate(_dyads(found)):
        yield (
            *(dataset, _clean(found.event_id), part, found.day, found.grain, found.known_on or found.day),
            *(one.state, one.sector, other.state, other.sector),
            *(found.kind.event_type, found.kind.mode, found.cameo, found.kind.quad, found.kind.intensity),
            *(found.intensity_given, found.both_ways, found.place, found.reports, _clean(found.url)),
        )


def _dyads(found: Deed) -> list[tuple[Party, Party]]:
    """Each initiator with each target; of what each does to the other also any two of one side."""
    sides = list(product(found.initiators, found.targets))
    if found.both_ways:
        among = [two for side in (found.initiators, found.targets) for two in combinations(side, 2)]
        sides = [*(two for two in sides if two[1].state or not among), *among]
    return sides


def _clean(value: object) -> object:
    """A text without control characters, which a plain file cannot carry."""
    return "".join(sign if sign.isprintable() else " " for sign in value) if isinstance(value, str) else value


# From the plain file to Parquet


def _write(staging: Path, kept: Path, stem: str, dataset: str, table: Table) -> int:
    """How many of the staged events are new; they are in the folder then."""
    types = ", ".join(f"'{name}': '{type_}'" for name, type_ in {"row": "BIGINT", **table.columns}.items())
    key, made = ", ".join(table.key), staging / "events.parquet"
    with connect(staging) as connection:
        connection.execute(
            f"CREATE VIEW staged AS FROM read_csv($rows, header = false, quote = '\"', escape = '\"', nullstr = '',"
            f" delim = ',', parallel = false, auto_detect = false, columns = {{{types}}})".replace(
                "$rows", quoted(staging / "rows.csv")
            )
        )
        known = _known(kept, stem, dataset, key)
        connection.execute(
            f"CREATE TABLE first_rows AS SELECT min(row) AS row FROM staged ANTI JOIN ({known}) AS known"  # noqa: S608 own names
            f" USING ({key}) GROUP BY {key}"
        )
        count = connection.execute("SELECT count(*) FROM first_rows").fetchone()
        write_table(connection, table, "FROM staged SEMI JOIN first_rows USING (row)", made)
        if table is EVENTS and count and count[0]:
            count_months(connection, made, f"{stem}.parquet", kept)
    if not count or not count[0]:
        return 0
    made.replace(kept / f"{stem}.parquet")
    return int(count[0])


def _known(kept: Path, stem: str, dataset: str, key: str) -> str:
    """The keys of what is already there from other files of the data set, as a query."""
    others = [path for path in files_of(kept, dataset) if path.stem != stem]
    if not others:
        return f"SELECT {key} FROM staged WHERE false"  # noqa: S608 own names
    return f"SELECT DISTINCT {key} FROM read_parquet({listed(others)})"  # noqa: S608 own names
