"""The words of dates: months, units, relative words, holidays, and what only looks like a date."""

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml

LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day with a rule: fixed, the nth weekday of a month (-1: the last), or so many days from Easter Sunday."""

    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    shift: int = 0
    easter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalYear:
    """`month` it begins with, `shift` of its first calendar year against the year it is called by."""

    month: int
    shift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of expressions or of traps, with a sentence that fires and one that must not."""

    id: str
    example: str
    near_miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLexicon:
    """All of data/lang/en/dates.toml. Words are lower case; weekdays count from Monday, 0."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    deictic_days: dict[str, int]
    directions: dict[str, int]
    words: dict[str, frozenset[str]]
    parts: dict[str, str]
    tense: dict[str, frozenset[str]]
    not_month: dict[str, frozenset[str]]
    not_year: dict[str, frozenset[str]]
    windows: dict[str, frozenset[str]]
    fiscal: dict[str, FiscalYear]
    dated_names: dict[tuple[str, ...], dt.date]
    holidays: dict[tuple[str, ...], Holiday]
    names: frozenset[tuple[str, ...]]
    families: tuple[Family, ...]


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase as the tokens that the grammar sees.

    >>> words_of("new year's eve")
    ('new', 'year', "'", 's', 'eve')
    """
    pieces = "".join(char if char.isalnum() or char.isspace() else f" {char} " for char in phrase.lower())
    return tuple(pieces.replace("’", "'").split())


@functools.cache
def date_lexicon() -> DateLexicon:
    """The words of dates; raises CodebookError where the file is missing or broken."""
    table = read_toml(f"lang/{LANGUAGE}/dates.toml")
    return DateLexicon(
        **{name: table[name] for name in ("months", "weekdays", "seasons", "units", "numbers", "ordinals", "decades")},
        **{name: table[name] for name in ("deictic_days", "directions", "parts")},
        **{name: _sets(table[name]) for name in ("words", "tense", "not_month", "not_year", "windows")},
        fiscal={word: FiscalYear(**row) for word, row in table["fiscal"].items()},
        dated_names={words_of(name): row["on"] for row in table["dated_name"] for name in row["words"]},
        holidays={words_of(name): _holiday(row) for row in table["holiday"] for name in row["words"]},
        names=frozenset(words_of(name) for name in table["names"]["phrases"]),
        families=tuple(Family(**row) for row in table.get("family", [])),
    )


def _holiday(row: dict[str, Any]) -> Holiday:
    return Holiday(**{key: value for key, value in row.items() if key != "words"})


def _sets(table: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}
