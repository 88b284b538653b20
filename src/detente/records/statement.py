"""Said: who said what to whom."""

from dataclasses import dataclass
from typing import ClassVar

from detente.records.actor import Actor
from detente.records.record import Record
from detente.records.span import Span
from detente.records.terms import Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Someone's words or their paraphrase; the content may be in pieces around the cue."""

    record: ClassVar[str] = "statement"

    speaker: Actor | None = None  # None: a quotation whose speaker the text does not name
    content: tuple[Span, ...]
    manner: Manner
    addressee: Actor | None = None
