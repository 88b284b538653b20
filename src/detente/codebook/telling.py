"""The words in which records are told."""

import functools
from dataclasses import dataclass

from detente.codebook.files import read_toml
from detente.records import EventType, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """How an event type is told with both sides known, and with one."""

    both: str
    alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingWords:
    """Templates by event type and verbs by stance."""

    events: dict[EventType, Phrase]
    stances: dict[Stance, str]


@functools.cache
def load_telling(language: str = "en") -> TellingWords:
    """The templates of a language; raises CodebookError or KeyError where a type or stance has none."""
    table = read_toml(f"lang/{language}/telling.toml")
    return TellingWords(
        events={type_: Phrase(**table["event"][type_.value]) for type_ in EventType},
        stances={stance: table["stance"][stance.value] for stance in Stance},
    )
