"""What the six kinds of record share."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import msgspec

from detente.records.actor import Issue, Teller
from detente.records.document import ID_LENGTH
from detente.records.span import Evidence, Span
from detente.records.terms import Factuality, Voice
from detente.records.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """By what a record was made: the versions, and the ids of the data rows that decided."""

    coder: str
    model: str
    data: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that a document tells; the six kinds add their own fields.

    `when` is the date that the evidence gives for it, None where it gives none. `known_on` is the publication date of
    the evidence. `attribution` is the chain it came through, nearest first.
    """

    record: ClassVar[str]

    id: str
    when: When | None = None
    issues: tuple[Issue, ...] = ()
    factuality: Factuality
    voice: Voice
    attribution: tuple[Teller, ...] = ()
    cue: Span | None = None  # what decided the factuality
    evidence: tuple[Evidence, ...] = field(compare=False)
    known_on: dt.date | None = None
    confidence: float = 1.0
    on_pair: bool = False
    hedges: tuple[Span, ...] = ()  # "reportedly"
    from_title: bool = False
    decided: tuple[str, ...] = ()  # names of the fields that the user's decisions set, in that order
    provenance: Provenance = field(compare=False)

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.record} without evidence")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is outside 0..1")
        if self.voice is Voice.ATTRIBUTED and not self.attribution:
            raise ValueError(f"attributed {self.record} without a teller")

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values; absent fields are left out."""
        fields: dict[str, Any] = without_none(msgspec.to_builtins(self))
        return {"record": self.record} | fields


def without_none(value: Any) -> Any:
    """The same tree of dicts and lists, keys with None dropped."""
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [without_none(item) for item in value]
    return value


def record_id(*, document: str, kind: str, start: int, end: int, type_: str, parties: Iterable[str]) -> str:
    """32 hexadecimal characters from the document, the kind, the span, the type and the parties.

    >>> record_id(document="d", kind="event", start=0, end=3, type_="CONSULT", parties=["USA", "CHN"])[:8]
    'a64b2f62'
    """
    key = "\x1f".join((document, kind, str(start), str(end), type_, *sorted(parties)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
