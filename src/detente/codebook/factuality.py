"""The cues of factuality of one language: what tells a happening from a plan, a demand, a denial."""

import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from detente.codebook.files import read_toml
from detente.errors import CodebookError
from detente.records.terms import Factuality

FILE = "lang/{language}/factuality.toml"
SETS = ("over", "nouns", "nouns_not", "governors", "governors_not", "topic", "unless_next")
LEVELS = ("gives", "negated", "future", "moved", "bare")


class CueKind(StrEnum):
    """Where a cue stands, as seen from the predicate."""

    AUXILIARY = "auxiliary"
    NEGATION = "negation"
    ADVERB = "adverb"
    MODIFIER = "modifier"
    GOVERNOR = "governor"
    MARK = "mark"
    PREPOSITION = "preposition"
    PRESENT = "present"
    OCCURRENCE = "occurrence"
    INVARIABLE = "invariable"
    ERA = "era"


class Effect(StrEnum):
    """What a cue gives where it gives no factuality of its own."""

    INHERIT = "inherit"  # as the governor
    OWN = "own"  # as the predicate's own clause says
    FACT = "fact"  # taken for granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One row: words, where they stand and what they make of the predicate.

    `over` are the roles of a predicate below a governor; `gives` holds where the cue itself is a fact, `negated` where
    it is denied, `future` for a planned clause, `bare` for a present behind a past, `moved` where a new date stands.
    `nouns`, `nouns_not` and `definite` restrict the predicate; `governors`, `governors_not`, `topic`, `tense`, `pos`,
    `adjacent` and `unless_next` the construction.
    """

    id: str
    kind: CueKind
    words: tuple[str, ...]
    gives: Factuality | Effect
    example: str
    near_miss: str
    over: frozenset[str] = frozenset()
    negated: Factuality | Effect = Factuality.HYPOTHETICAL
    future: Factuality | Effect | None = None
    bare: Factuality | Effect | None = None
    moved: Factuality | Effect | None = None
    matrix: str | None = None  # "conditional" or "until": what the clause is to its main clause
    nouns: frozenset[str] = frozenset()
    nouns_not: frozenset[str] = frozenset()
    governors: frozenset[str] = frozenset()
    governors_not: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    unless_next: frozenset[str] = frozenset()
    definite: bool | None = None
    tense: str | None = None
    pos: str | None = None
    adjacent: bool = False


@dataclass(frozen=True, slots=True)
class FactualityLexicon:
    """All cues of a language, by kind and word; `eras` are patterns with their cue."""

    cues: tuple[Cue, ...]
    by_word: dict[CueKind, dict[str, tuple[Cue, ...]]]
    eras: tuple[tuple[re.Pattern[str], Cue], ...]
    any_era: re.Pattern[str]  # finds something wherever one of them does

    def find(self, kind: CueKind, word: str) -> tuple[Cue, ...]:
        """The cues of this kind that the word (a lemma in lower case, or "rule out") may be, in the file's order."""
        return self.by_word[kind].get(word, ())


@functools.cache
def load_factuality(language: str = "en") -> FactualityLexicon:
    """The cues of a language; raises CodebookError where a row is broken."""
    name = FILE.format(language=language)
    cues = tuple(_cue(row, name) for row in read_toml(name)["cue"])
    tables: dict[CueKind, dict[str, list[Cue]]] = {kind: defaultdict(list) for kind in CueKind}
    for cue in cues:
        for word in dict.fromkeys(cue.words):
            tables[cue.kind][word].append(cue)
    by_word = {kind: {word: tuple(found) for word, found in table.items()} for kind, table in tables.items()}
    eras = tuple(
        (re.compile(rf"\b(?:{word})\b", re.IGNORECASE), cue)
        for cue in cues
        if cue.kind is CueKind.ERA
        for word in cue.words
    )
    any_era = re.compile(rf"\b(?:{'|'.join(f'(?:{word})' for word in by_word[CueKind.ERA])})\b", re.IGNORECASE)
    return FactualityLexicon(cues, by_word, eras, any_era)


def _cue(row: dict[str, Any], name: str) -> Cue:
    try:
        fields: dict[str, Any] = {"kind": CueKind(row["kind"]), "words": tuple(row["words"])}
        fields |= {key: frozenset(row[key]) for key in SETS if key in row}
        fields |= {key: _effect(row[key]) for key in LEVELS if key in row}
        fields |= {key: row[key] for key in row if key not in fields}
        return Cue(**fields)
    except (KeyError, ValueError, TypeError) as error:
        raise CodebookError(
            f"{name}: the row {row.get('id', '?')} is broken: {error}.", hint="Compare it with the row above it."
        ) from error


def _effect(word: str) -> Factuality | Effect:
    return Effect(word) if word in set(Effect) else Factuality(word)
