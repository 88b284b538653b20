"""Wording that shows the writer's own voice."""

import functools
import re
from dataclasses import dataclass

from detente.codebook.files import read_toml
from detente.codebook.scan import Scanner

FILE = "lang/en/loaded.toml"
FIRST_PERSON = "i-me"  # "I" is told from "i" by its case alone


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedTerm:
    """A row of the file; `kind` is loaded, evaluation, prediction or second-person, `weight` 1 or 2."""

    id: str
    kind: str
    weight: int
    pattern: re.Pattern[str]
    example: str
    near_miss: str


@functools.cache
def loaded_terms() -> tuple[LoadedTerm, ...]:
    """The rows in the order of the file. Raises CodebookError where it is missing or broken."""
    return tuple(
        LoadedTerm(
            id=row["id"],
            kind=row["kind"],
            weight=row["weight"],
            pattern=re.compile(
                rf"(?<!\w)(?:{row['words']})(?!\w)", re.NOFLAG if row["id"] == FIRST_PERSON else re.IGNORECASE
            ),
            example=row["example"],
            near_miss=row["near_miss"],
        )
        for row in read_toml(FILE)["terms"]
    )


@functools.cache
def loaded_scanner() -> Scanner:
    """Finds all terms in one pass, by their numbers in `loaded_terms`."""
    words = [row["words"].lower() for row in read_toml(FILE)["terms"]]
    return Scanner([term.pattern for term in loaded_terms()], words)
