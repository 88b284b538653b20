"""Words for the standing channels between states."""

import functools
from dataclasses import dataclass
from enum import StrEnum

from detente.codebook.files import read_toml

FILE = "lang/{language}/mechanisms.toml"


class Needs(StrEnum):
    """What makes a noun a channel between states; `mechanisms.toml` explains each."""

    NOTHING = "nothing"
    AREA = "area"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismNoun:
    """A head noun of names of channels; `noun` is one word or two."""

    id: str
    noun: str
    needs: Needs
    example: str
    near_miss: str

    @property
    def head(self) -> str:
        """The last word, which carries the number."""
        return self.noun.split()[-1]

    @property
    def first(self) -> str | None:
        """The word that must stand before the head, if the noun has two."""
        words = self.noun.split()
        return words[0] if len(words) > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMechanism:
    """A channel known by a name of its own."""

    id: str
    words: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismWords:
    """What `mechanisms.toml` lists."""

    nouns: tuple[MechanismNoun, ...]  # those of two words first
    names: tuple[NamedMechanism, ...]
    standing: frozenset[str]
    empty: frozenset[str]
    foreign: frozenset[str]
    founding: frozenset[str]
    ending: frozenset[str]
    others: frozenset[str]
    dealing: frozenset[str]
    dealing_with: frozenset[str]
    field_prepositions: frozenset[str]
    numbers: dict[str, int]


@functools.cache
def load_mechanism_words(language: str = "en") -> MechanismWords:
    """The words of one language; raises CodebookError where its file is missing or broken."""
    table = read_toml(FILE.format(language=language))
    nouns = [MechanismNoun(**{**row, "needs": Needs(row["needs"])}) for row in table["noun"]]
    return MechanismWords(
        nouns=tuple(sorted(nouns, key=lambda noun: -len(noun.noun.split()))),
        names=tuple(
            NamedMechanism(id=row["id"], words=tuple(row["words"]), areas=tuple(row["areas"])) for row in table["name"]
        ),
        standing=frozenset(table["standing"]),
        empty=frozenset(table["empty"]),
        foreign=frozenset(table["foreign"]),
        founding=frozenset(table["founding"]),
        ending=frozenset(table["ending"]),
        others=frozenset(table["others"]),
        dealing=frozenset(table["dealing"]),
        dealing_with=frozenset(table["dealing_with"]),
        field_prepositions=frozenset(table["field_prepositions"]),
        numbers=dict(table["numbers"]),
    )
