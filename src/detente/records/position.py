"""Held: where a side stands on a matter."""

from dataclasses import dataclass
from typing import ClassVar

from detente.records.actor import Actor
from detente.records.record import Record
from detente.records.span import Span
from detente.records.terms import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """A holder's stance to a proposition. `firmness` is 0 (mentions it) to 1 (will not move)."""

    record: ClassVar[str] = "position"

    holder: Actor
    stance: Stance
    proposition: Span
    firmness: float
    condition: Span | None = None
    addressee: Actor | None = None
