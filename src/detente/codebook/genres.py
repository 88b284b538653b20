"""Cues of a document's genre."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.errors import CodebookError
from detente.records import Genre

FILE = "lang/{language}/genres.toml"
FIELDS = frozenset({"title", "url", "byline", "top", "body", "outside"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreCue:
    """One row of `genres.toml`; `field` says in which part of a document it is sought."""

    id: str
    genre: Genre
    weight: int
    field: str
    pattern: re.Pattern[str]
    example: str
    near_miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Monologue:
    """How a text that only its writer speaks in is known; words in lower case."""

    least_sentences: int
    most_attributed: float
    attributing: frozenset[str]
    least_own: int
    own: frozenset[str]
    most_weekdays: int
    weekdays: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenreCues:
    """All rows; a genre whose weights add up to `enough` is taken, the first in `order`."""

    enough: int
    order: tuple[Genre, ...]
    cues: tuple[GenreCue, ...]
    monologue: Monologue


@functools.cache
def load_genres(language: str = "en") -> GenreCues:
    """The cues of one language; raises CodebookError that names the row that is broken."""
    name = FILE.format(language=language)
    table = read_toml(name)
    cues = []
    for row in table["cue"]:
        try:
            if row["field"] not in FIELDS:
                raise ValueError(f"no field {row['field']!r}")
            cue = {**row, "genre": Genre(row["genre"]), "pattern": re.compile(row["pattern"], re.MULTILINE)}
            cues.append(GenreCue(**cue))
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise CodebookError(
                f"Row {row.get('id', '?')} of {name} is broken: {error}.", hint="Mend the row."
            ) from error
    order = tuple(Genre(genre) for genre in table["order"])
    return GenreCues(enough=table["enough"], order=order, cues=tuple(cues), monologue=_monologue(table["monologue"]))


def _monologue(table: dict[str, Any]) -> Monologue:
    return Monologue(
        least_sentences=table["least_sentences"],
        most_attributed=table["most_attributed"],
        attributing=frozenset(table["attributing"]),
        least_own=table["least_own"],
        own=frozenset(table["own"]),
        most_weekdays=table["most_weekdays"],
        weekdays=frozenset(table["weekdays"]),
    )
