"""Constructions in which a writer judges or foresees."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.codebook.scan import Scanner

FILE = "lang/en/opinions.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRow:
    """A row of the file: `kind` is verdict, forecast, trend or frame; `genre` the only one it fires in, or None."""

    id: str
    kind: str
    genre: str | None
    pattern: re.Pattern[str]
    example: str
    near_miss: str


@functools.cache
def opinion_rows() -> tuple[OpinionRow, ...]:
    """The rows in the order of the file. Raises CodebookError where it is missing or broken."""
    table = read_toml(FILE)
    sets = _sets(table)
    return tuple(
        OpinionRow(
            id=row["id"],
            kind=row["kind"],
            genre=row.get("genre"),
            pattern=_compiled(row["words"], sets),
            example=row["example"],
            near_miss=row["near_miss"],
        )
        for row in table["row"]
    )


@functools.cache
def opinion_scanner() -> Scanner:
    """Finds all rows in one pass, by their numbers in `opinion_rows`."""
    table = read_toml(FILE)
    words = [_filled(row["words"], _sets(table)).lower() for row in table["row"]]
    return Scanner([row.pattern for row in opinion_rows()], words)


@functools.cache
def opinion_matters() -> frozenset[str]:
    """Subjects about which a columnist's plain claim counts, though it names neither side: "relations", "the bill"."""
    return frozenset(read_toml(FILE)["matters"])


def _sets(table: dict[str, Any]) -> dict[str, str]:
    return {name: f"(?:{'|'.join(words)})" for name, words in table["sets"].items()}


def _filled(words: str, sets: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda match: sets[match.group(1)], words)


def _compiled(words: str, sets: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_filled(words, sets)})(?!\w)", re.IGNORECASE)
