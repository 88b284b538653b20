"""Which types of record can tell of one thing, and the words by which two reports are held side by side."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.codebook.files import read_toml
from detente.errors import CodebookError

MEANINGS = "codebook/happenings.toml"
WORDS = "lang/en/happenings.toml"
WORD_SETS = (
    "common",
    "generic",
    "pointing",
    "leading",
    "joining",
    "telling",
    "containers",
    "breaking",
    "wares",
    "things",
    "pairing",
    "articles",
    "relative",
    "auxiliary",
    "passive",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Types that outlets give to one and the same thing.

    `symmetric`: either order of the parties is the same thing. `content`: the words decide.
    """

    id: str
    record: str
    types: tuple[str, ...] = ()
    symmetric: bool = False
    content: bool = False


@dataclass(frozen=True, slots=True)
class Meanings:
    """The families by kind of record and type, the modes that exclude each other, the days between two reports."""

    families: Mapping[tuple[str, str], Family]
    apart: frozenset[tuple[str, str, str]]  # kind of record, mode, mode; both orders
    reach: Mapping[str, int]
    forms: frozenset[str]  # themes that say how two meet, not on what
    once: frozenset[str]  # modes of what the same two people rarely do on two days in a row
    talkers: frozenset[str]  # offices of those who talk for a state, which outlets name now one way, now another

    def family(self, record: str, type_: str, mode: str | None) -> Family:
        """That of the mode, else of the type; a type without a row is a family of its own."""
        by_mode = self.families.get((record, f"{type_}/{mode}"))
        return by_mode or self.families.get((record, type_)) or Family(id=type_, record=record)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """Words that say nothing about which thing is told, endings that are cut, and words that number a round.

    Those from `pointing` to `passive` stand around the noun of a measure; the file tells how.
    """

    common: frozenset[str]
    generic: frozenset[str]
    pointing: frozenset[str]
    leading: frozenset[str]
    joining: frozenset[str]
    telling: frozenset[str]
    containers: frozenset[str]
    breaking: frozenset[str]
    wares: frozenset[str]
    things: frozenset[str]
    pairing: frozenset[str]
    articles: frozenset[str]
    relative: frozenset[str]
    auxiliary: frozenset[str]
    passive: frozenset[str]
    endings: tuple[str, ...]
    dated_accords: tuple[re.Pattern[str], ...]
    ordinals: Mapping[str, int]


@functools.cache
def load_meanings() -> Meanings:
    """The rows of codebook/happenings.toml; raises CodebookError where a type stands in two families."""
    table = read_toml(MEANINGS)
    families: dict[tuple[str, str], Family] = {}
    for row in table["family"]:
        family = Family(**row | {"types": tuple(row["types"])})
        for type_ in family.types:
            if (family.record, type_) in families:
                raise CodebookError(f"{MEANINGS}: {type_} stands in two families.", hint="Take it out of one.")
            families[family.record, type_] = family
    apart = {(row["record"], one, other) for row in table["apart"] for one in row["types"] for other in row["types"]}
    different = frozenset(key for key in apart if key[1] != key[2])
    sets = (frozenset(table[name]) for name in ("forms", "once", "talkers"))
    return Meanings(families, different, table["reach"], *sets)


@functools.cache
def load_report_words() -> ReportWords:
    """The rows of lang/en/happenings.toml."""
    table = read_toml(WORDS)
    words = {name: frozenset(table[name]) for name in WORD_SETS}
    accords = tuple(re.compile(pattern, re.IGNORECASE) for pattern in table["dated_accords"])
    return ReportWords(endings=tuple(table["endings"]), ordinals=table["ordinals"], dated_accords=accords, **words)
