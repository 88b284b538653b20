"""What we can know: frozen types of documents, evidence, actors and the six kinds of record."""

from typing import Any

import msgspec

from detente.records.actor import Actor, Issue, Teller
from detente.records.agenda import AgendaItem
from detente.records.difference import Account, Difference, DifferenceKind, difference_id
from detente.records.document import Block, Document, Passage, document_id
from detente.records.event import Event
from detente.records.measure import Amount, Measure, Step
from detente.records.mechanism import Mechanism
from detente.records.position import Position
from detente.records.problem import Problem
from detente.records.record import Provenance, Record, record_id, without_none
from detente.records.span import Evidence, Span
from detente.records.statement import Statement
from detente.records.terms import (
    Basis,
    BlockKind,
    EventType,
    Factuality,
    Genre,
    Manner,
    Outcome,
    Quad,
    Stance,
    Trouble,
    Voice,
)
from detente.records.when import Grain, When

RECORD_TYPES: dict[str, type[Record]] = {
    cls.record: cls for cls in (Event, Statement, Position, Measure, AgendaItem, Mechanism)
}


DECODERS = {kind: msgspec.json.Decoder(cls) for kind, cls in RECORD_TYPES.items()}
KIND_FIRST = '{"record":"'


def record_from_dict(fields: dict[str, Any]) -> Record:
    """The record that `Record.to_dict` wrote; raises msgspec.ValidationError or KeyError where it is none."""
    rest = dict(fields)
    return msgspec.convert(rest, RECORD_TYPES[rest.pop("record")])


def record_from_json(text: str) -> Record:
    """The record that `Record.to_dict` gave, written as JSON; several times as fast as by way of a dict."""
    if not text.startswith(KIND_FIRST):
        return record_from_dict(msgspec.json.decode(text))
    kind = text[len(KIND_FIRST) : text.index('"', len(KIND_FIRST))]
    return DECODERS[kind].decode(text)


__all__ = [
    "RECORD_TYPES",
    "Account",
    "Actor",
    "AgendaItem",
    "Amount",
    "Basis",
    "Block",
    "BlockKind",
    "Difference",
    "DifferenceKind",
    "Document",
    "Event",
    "EventType",
    "Evidence",
    "Factuality",
    "Genre",
    "Grain",
    "Issue",
    "Manner",
    "Measure",
    "Mechanism",
    "Outcome",
    "Passage",
    "Position",
    "Problem",
    "Provenance",
    "Quad",
    "Record",
    "Span",
    "Stance",
    "Statement",
    "Step",
    "Teller",
    "Trouble",
    "Voice",
    "When",
    "difference_id",
    "document_id",
    "record_from_dict",
    "record_from_json",
    "record_id",
    "without_none",
]
