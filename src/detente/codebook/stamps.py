"""How pages print their dates, and how a dateline names its agency."""

import functools
from dataclasses import dataclass

from detente.codebook.files import read_toml

FILE = "lang/{language}/stamps.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class StampWords:
    """What `stamps.toml` lists; months, labels and what stands beside them in lower case."""

    months: dict[str, int]
    published: tuple[str, ...]  # labels, longest first
    updated: tuple[str, ...]
    beside: frozenset[str]
    agencies: dict[str, str]  # as in the dateline: outlet
    byline_openers: tuple[str, ...]
    byline_roles: tuple[str, ...]
    byline_houses: tuple[str, ...]
    byline_guests: tuple[str, ...]
    byline_places: tuple[str, ...]


@functools.cache
def load_stamp_words(language: str = "en") -> StampWords:
    """The words of one language; raises CodebookError where its file is missing or broken."""
    table = read_toml(FILE.format(language=language))

    def by_length(words: list[str]) -> tuple[str, ...]:
        return tuple(sorted(words, key=len, reverse=True))

    return StampWords(
        months=table["months"],
        published=by_length(table["labels"]["published"]),
        updated=by_length(table["labels"]["updated"]),
        beside=frozenset(table["beside"]["words"]),
        agencies=table["agencies"],
        byline_openers=tuple(table["byline"]["openers"]),
        byline_roles=tuple(table["byline"]["roles"]),
        byline_houses=tuple(table["byline"]["houses"]),
        byline_guests=tuple(table["byline"]["guests"]),
        byline_places=tuple(table["byline"]["places"]),
    )
