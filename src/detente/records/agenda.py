"""To come: meetings, deadlines, measures due."""

from dataclasses import dataclass
from typing import ClassVar

from detente.records.actor import Actor
from detente.records.record import Record
from detente.records.terms import Basis, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem(Record):
    """Something due: `when` is when. `outcome` is what this document says became of it."""

    record: ClassVar[str] = "agenda_item"

    kind: str  # meeting, visit, call, dialogue, exercise, deadline, vote, measure due, promise due ...
    summary: str  # a noun phrase of the text or built from the record's own fields
    participants: tuple[Actor, ...] = ()
    basis: Basis
    outcome: Outcome = Outcome.PENDING
    mechanism: str | None = None  # name of the dialogue it belongs to
