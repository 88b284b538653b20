"""Loads what measures are, the steps of their lives, and the words that tell of them."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.codebook.phrases import PhraseIndex, words_of
from detente.errors import CodebookError
from detente.records import Factuality

MEANINGS = "codebook/measures.toml"
WORDS = "lang/en/measures.toml"
SECTIONS = (
    "noun",
    "container",
    "verb",
    "predicate",
    "deed",
    "step_noun",
    "sign",
    "body",
    "name",
    "anaphor",
    "chance",
    "order",
    "unreal",
    "contest",
    "decision",
    "intention",
    "reversal",
    "wish",
    "readiness",
    "voting",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureKind:
    """A sort of measure. `effect` says whether it works against, for or with its target; rows may name its `group`."""

    id: str
    label: str
    effect: str
    path: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMeaning:
    """A step and what it becomes where it has not been taken: planned (`ahead`), wished, threatened; None: nothing."""

    id: str
    label: str
    order: int
    binding: bool
    implies: tuple[str, ...] = ()
    ahead: str | None = None
    wished: str | None = None
    threatened: str | None = None
    then: str | None = None  # the step that a law must take next
    presumes: str | None = None  # the step that must hold before this one can be spoken of
    settles: tuple[str, ...] = ()  # the steps due that are off once this one is taken
    short_of: tuple[str, ...] = ()  # the steps due that this one is less than
    refused: str | None = None  # the step to come where someone says that they will not take this one
    agenda: str | None = None  # the kind of agenda item that the step is
    factuality: Factuality | None = None  # how real the measure is when the step is told as a fact; None: as told


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A row of words; which fields are filled depends on the `section`."""

    id: str
    section: str
    words: tuple[str, ...]
    kind: str | None = None
    step: str | None = None
    role: str = "object"  # of the measure to the verb: object, subject, or a preposition
    kinds: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    besides: frozenset[str] = frozenset()  # words before an object that make it another: "military flights"
    factuality: Factuality | None = None
    weak: bool = False
    plural: bool = False  # only the plural means the measure
    always: bool = False  # the step holds whatever the verb's factuality
    granted: bool = False  # the words say only that there is such a measure
    bare: bool = False  # the verb takes no object: "tariffs rose"
    counted: bool = False  # the singular needs an article: "a rule", not "military rule"
    chamber: str | None = None  # of a body: which of two chambers it is
    charged: bool = False  # the noun needs a rate or goods: "a duty of 20 percent", "a duty on steel"
    changing: bool = False  # points back only as what a measure that is there undergoes: "extended it"
    alone: bool = False  # the verb's subject may be what it is done to: "the border reopened"
    aims: frozenset[str] = frozenset()  # further prepositions of whom it strikes: "the expulsion of two Peruvians"
    example: str
    near_miss: str

    def fits(self, kind: str, *, weak: bool = False) -> bool:
        """Whether the row may be said of a measure of that kind; weak nouns need a row that names their kind."""
        if kind in self.unless:
            return False
        return kind in self.kinds or (not self.kinds and not weak)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLexicon:
    """All rows, and by section an index of their phrases."""

    kinds: Mapping[str, MeasureKind]
    steps: Mapping[str, StepMeaning]
    rows: tuple[MeasureRow, ...]
    index: Mapping[str, PhraseIndex[MeasureRow]]

    def of(self, section: str) -> PhraseIndex[MeasureRow]:
        """The phrases of a section."""
        return self.index[section]


@functools.cache
def load_measures() -> MeasureLexicon:
    """The meanings and words of measures; raises CodebookError where a row names a kind or step that does not exist."""
    meanings = read_toml(MEANINGS)
    kinds = {row["id"]: MeasureKind(**row) for row in meanings["kind"]}
    steps = {row["id"]: _step(row) for row in meanings["step"]}
    words = read_toml(WORDS)
    rows = tuple(_row(section, raw, kinds) for section in SECTIONS for raw in words[section])
    for row in rows:
        _check(row, kinds, steps)
    index = {name: PhraseIndex((row.words, row) for row in rows if row.section == name) for name in SECTIONS}
    return MeasureLexicon(kinds=kinds, steps=steps, rows=rows, index=index)


@functools.lru_cache(maxsize=1_000)
def chamber_named(text: str) -> str | None:
    """Which chamber of a parliament a sentence names, "upper" or "lower"; None where it names none, or both.

    >>> chamber_named("The Senate passed the bill."), chamber_named("The bill cleared the upper house.")
    ('upper', 'upper')
    """
    chambers = {word: row.chamber for row in load_measures().rows if row.chamber for word in row.words}
    found = {chambers[match[0].lower()] for match in _chambers(tuple(chambers)).finditer(text)}
    return next(iter(found)) if len(found) == 1 else None


@functools.cache
def _chambers(words: tuple[str, ...]) -> re.Pattern[str]:
    """The names of chambers, the longest first, so that "upper house" is no "house"."""
    return re.compile(rf"(?i)\b(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\b")


def _step(raw: Mapping[str, Any]) -> StepMeaning:
    real = Factuality(raw["factuality"]) if "factuality" in raw else None
    lists = {name: tuple(raw.get(name, ())) for name in ("implies", "settles", "short_of")}
    return StepMeaning(**{**raw, **lists, "factuality": real})


def _row(section: str, raw: Mapping[str, Any], kinds: Mapping[str, MeasureKind]) -> MeasureRow:
    return MeasureRow(
        id=raw["id"],
        section=section,
        words=words_of(raw),
        kind=raw.get("kind"),
        step=raw.get("step"),
        role=raw.get("role", "object"),
        kinds=_kinds_named(words_of(raw, "kinds"), kinds),
        unless=_kinds_named(words_of(raw, "unless"), kinds),
        objects=frozenset(words_of(raw, "objects")),
        besides=frozenset(words_of(raw, "besides")),
        factuality=Factuality(raw["factuality"]) if "factuality" in raw else None,
        weak=raw.get("weak", False),
        plural=raw.get("number") == "plural",
        always=raw.get("always", False),
        granted=raw.get("granted", False),
        bare=raw.get("bare", False),
        counted=raw.get("counted", False),
        chamber=raw.get("chamber"),
        charged=raw.get("charged", False),
        changing=raw.get("changing", False),
        alone=raw.get("alone", False),
        aims=frozenset(words_of(raw, "aims")),
        example=raw["example"],
        near_miss=raw["near_miss"],
    )


def _kinds_named(names: Iterable[str], kinds: Mapping[str, MeasureKind]) -> frozenset[str]:
    """The kinds of a row, with all kinds of a group where it names the group."""
    members = {name: [kind.id for kind in kinds.values() if kind.group == name] for name in names}
    return frozenset(kind for name in names for kind in members[name] or [name])


def _check(row: MeasureRow, kinds: Mapping[str, MeasureKind], steps: Mapping[str, StepMeaning]) -> None:
    unknown = ({row.kind} | row.kinds | row.unless) - kinds.keys() - {None}
    if unknown or (row.step is not None and row.step not in steps):
        raise CodebookError(
            f"The row {row.id} of {WORDS} names a kind or step that {MEANINGS} lacks: {unknown or row.step}.",
            hint="Add it there, or mend the row.",
        )
