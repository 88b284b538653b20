"""Loads what can lie ahead between states, and the words that tell of it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.codebook.phrases import PhraseIndex, words_of
from detente.errors import CodebookError
from detente.records import Basis, Outcome

MEANINGS = "codebook/agenda.toml"
WORDS = "lang/en/agenda.toml"
SECTIONS = (
    "noun",
    "verb",
    "support",
    "basis",
    "modifier",
    "outcome",
    "halted",
    "promise",
    "time",
    "window",
    "invitation",
    "declined",
    "beside",
    "vague",
    "lapsed",
    "goods",
    "hostile",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaKind:
    """A sort of agenda item. Kinds of one `family` may be the same item; `parties`: how many make it plain."""

    id: str
    label: str
    family: str
    parties: int
    home: bool = False  # what a state holds for itself: an election


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """A row of words; which fields are filled depends on the `section`."""

    id: str
    section: str
    words: tuple[str, ...]
    kind: str | None = None
    basis: Basis | None = None
    outcome: Outcome | None = None
    only: frozenset[str] = frozenset()  # the bases that the row may rest on
    kinds: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()  # what the verb must be done to
    plural: bool = False  # only the plural means it
    dated: bool = False  # counts only where a date is given
    definite: bool = False  # counts only as something named before: "that round", of which nothing more is said
    subject: bool = False  # the item is the verb's subject
    needs_place: bool = False  # counts only with a name as its goal
    needs_noun: bool = False  # counts only with a noun of the lexicon as its object
    acts: bool = False  # the noun may also be who does what a verb tells
    guests: bool = False  # counts only where its object is someone
    about: bool = False  # its object is what is talked of, not who takes part: "discuss Yemen"
    stay: bool = False  # counts only of someone who is to be at a place: "will be in Lima"
    example: str
    near_miss: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLexicon:
    """All rows, and by section an index of their phrases."""

    kinds: Mapping[str, AgendaKind]
    rows: tuple[AgendaRow, ...]
    index: Mapping[str, PhraseIndex[AgendaRow]]

    def of(self, section: str) -> PhraseIndex[AgendaRow]:
        """The phrases of a section."""
        return self.index[section]


@functools.cache
def load_agenda() -> AgendaLexicon:
    """The meanings and words of agenda items; raises CodebookError where a row names a kind that does not exist."""
    kinds = {row["id"]: AgendaKind(**row) for row in read_toml(MEANINGS)["kind"]}
    words = read_toml(WORDS)
    rows = tuple(_row(section, raw) for section in SECTIONS for raw in words[section])
    for row in rows:
        unknown = ({row.kind} | row.kinds) - kinds.keys() - {None}
        if unknown:
            raise CodebookError(
                f"The row {row.id} of {WORDS} names a kind that {MEANINGS} lacks: {unknown}.",
                hint="Add it there, or mend the row.",
            )
    index = {name: PhraseIndex((row.words, row) for row in rows if row.section == name) for name in SECTIONS}
    return AgendaLexicon(kinds=kinds, rows=rows, index=index)


def _row(section: str, raw: Mapping[str, Any]) -> AgendaRow:
    return AgendaRow(
        id=raw["id"],
        section=section,
        words=words_of(raw),
        kind=raw.get("kind"),
        basis=Basis(raw["basis"]) if "basis" in raw else None,
        outcome=Outcome(raw["outcome"]) if "outcome" in raw else None,
        only=frozenset(words_of(raw, "only")),
        kinds=frozenset(words_of(raw, "kinds")),
        objects=frozenset(words_of(raw, "objects")),
        plural=raw.get("number") == "plural",
        dated=raw.get("dated", False),
        definite=raw.get("definite", False),
        subject=raw.get("subject", False),
        needs_place=raw.get("needs_place", False),
        needs_noun=raw.get("needs_noun", False),
        acts=raw.get("acts", False),
        guests=raw.get("guests", False),
        about=raw.get("about", False),
        stay=raw.get("stay", False),
        example=raw["example"],
        near_miss=raw["near_miss"],
    )
