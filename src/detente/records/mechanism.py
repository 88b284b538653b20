"""The standing channels between states: dialogues, commissions, hotlines."""

from dataclasses import dataclass
from typing import ClassVar

from detente.records.actor import Actor
from detente.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Record):
    """A standing channel between states and what it deals with."""

    record: ClassVar[str] = "mechanism"

    name: str
    participants: tuple[Actor, ...] = ()
    areas: tuple[str, ...] = ()  # as written
