"""Done: who did what to whom."""

from dataclasses import dataclass
from typing import ClassVar

from detente.records.actor import Actor
from detente.records.record import Record
from detente.records.span import Span
from detente.records.terms import EventType, Quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Something done, planned, threatened or denied between actors; `factuality` says which.

    `intensity` is -10 (assault) to +10; `cameo` is text with its leading zero; `where` is the code of a state.
    """

    record: ClassVar[str] = "event"

    event_type: EventType
    mode: str | None = None
    quad: Quad
    intensity: float
    cameo: str | None = None
    initiators: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    where: str | None = None
    condition: Span | None = None  # "if talks fail", where the factuality is conditional
