"""The words of dates: months, units, relative words, holidays, and what only looks like a date."""

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml

LANGUAGE = "en"
DATED = ("months", "weekdays", "seasons", "units", "decades", "deictic_days")
OPENING = ("numbers", "ordinals", "directions", "parts")
TABLES = (*DATED, *OPENING)
OPENING_GROUPS = ("anchored", "since", "until", "range_openers", "fiscal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day with a rule: fixed, the nth weekday of a month (-1: the last), or so many days from Easter Sunday.

    `owners` say whose day it is where other states have another one of that name; empty where all share it.
    """

    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    shift: int = 0
    easter: int | None = None
    owners: frozenset[str] = frozenset()


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
    named_days: frozenset[str]  # the first words of those names of days
    names: frozenset[tuple[str, ...]]
    families: tuple[Family, ...]
    telling: frozenset[str]  # words that can make a date of their surroundings
    openers: frozenset[str]  # words that an expression or a name can begin with


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
    dated_names = {words_of(name): row["on"] for row in table["dated_name"] for name in row["words"]}
    holidays = {words_of(name): _holiday(row) for row in table["holiday"] for name in row["words"]}
    names = frozenset(words_of(name) for name in table["names"]["phrases"])
    fields: dict[str, Any] = {name: table[name] for name in TABLES}
    fields |= {name: _sets(table[name]) for name in ("words", "tense", "not_month", "not_year", "windows")}
    named_days = frozenset(name[0] for name in (*holidays, *dated_names))
    telling = named_days.union(table["words"]["telling"], *(table[name] for name in DATED))
    openers = {name[0] for name in names}.union(table["words"]["openers"], *(table[name] for name in OPENING))
    openers |= {word for group in OPENING_GROUPS for word in table["words"][group]}
    return DateLexicon(
        **fields,
        fiscal={word: FiscalYear(**row) for word, row in table["fiscal"].items()},
        dated_names=dated_names,
        holidays=holidays,
        named_days=named_days,
        names=names,
        families=tuple(Family(**row) for row in table["family"]),
        telling=telling,
        openers=telling | openers,
    )


def _holiday(row: dict[str, Any]) -> Holiday:
    fields = {key: value for key, value in row.items() if key != "words"}
    return Holiday(**fields | {"owners": frozenset(row.get("owners", ()))})


def _sets(table: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}
