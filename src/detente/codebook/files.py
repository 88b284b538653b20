"""Opens the data files; every other module of the codebook goes through here."""

import csv
import functools
import hashlib
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from detente.errors import CodebookError

HEADER = ("title", "source", "licence", "reviewed_on")  # what each data file says of itself
COMMENT = "#"


def data_file(name: str) -> Traversable:
    """The file `name` ("lang/en/dates.toml") of detente/data."""
    return files("detente").joinpath("data", *name.split("/"))


def read_toml(name: str) -> dict[str, Any]:
    """The tables of a TOML data file; raises CodebookError where it is missing, broken or says not where it is from."""
    try:
        table = tomllib.loads(data_file(name).read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"The data file {name} cannot be read: {error}.", hint="Type: detente doctor") from error
    missing = [key for key in HEADER if key not in table]
    if missing:
        raise CodebookError(f"The data file {name} lacks {', '.join(missing)}.", hint="Add it at the top of the file.")
    return table


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of a CSV data file by column name. Lines that start with # carry the header ("# title: ...")."""
    try:
        lines = data_file(name).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise CodebookError(f"The data file {name} is missing.", hint="Type: detente doctor") from error
    said = {line[1:].split(":", 1)[0].strip() for line in lines if line.startswith(COMMENT)}
    missing = [key for key in HEADER if key not in said]
    if missing:
        raise CodebookError(f"The data file {name} lacks {', '.join(missing)}.", hint="Add it at the top of the file.")
    rows = list(csv.DictReader(line for line in lines if not line.startswith(COMMENT)))
    if any(None in row or None in row.values() for row in rows):
        raise CodebookError(f"A row of {name} has too many or too few columns.", hint="Compare it with the first line.")
    return rows


def data_names(folder: str = "") -> Iterator[str]:
    """The names of all TOML and CSV files, in order."""
    for item in sorted(data_file(folder).iterdir() if folder else data_file("").iterdir(), key=lambda x: x.name):
        name = f"{folder}/{item.name}" if folder else item.name
        if item.is_dir() and not name.startswith("pipelines"):
            yield from data_names(name)
        elif item.name.endswith((".toml", ".csv")):
            yield name


@functools.cache
def data_version() -> str:
    """Twelve hexadecimal characters that change whenever a data file does; every record carries it."""
    digest = hashlib.sha256()
    for name in data_names():
        digest.update(name.encode() + b"\0" + data_file(name).read_bytes())
    return digest.hexdigest()[:12]
