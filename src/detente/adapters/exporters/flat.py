"""Records as rows of plain columns, for spreadsheets and data frames."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from detente.adapters.exporters.account import Account, web_address
from detente.ledger.happenings import Happening
from detente.ledger.witnesses import independent_outlets
from detente.records import Actor, AgendaItem, Event, Measure, Mechanism, Position, Record, Statement

Cell = str | float | bool | dt.date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, DuckDB's type, and what stands in it."""

    name: str
    type: str
    meaning: str


COLUMNS: tuple[Column, ...] = tuple(
    Column(name=name, type=type_, meaning=meaning)
    for name, type_, meaning in (
        ("id", "VARCHAR", "of the record"),
        ("happening", "VARCHAR", "of the thing that this and other records tell"),
        ("record", "VARCHAR", "event, statement, position, measure, agenda_item or mechanism"),
        ("type", "VARCHAR", "event type, manner, stance, kind of measure or of agenda item"),
        ("mode", "VARCHAR", "of an event"),
        ("quad", "INTEGER", "of an event: 1 to 4"),
        ("intensity", "DOUBLE", "of an event: -10 to +10"),
        ("cameo", "VARCHAR", "of an event: text, the leading zero counts"),
        ("who", "VARCHAR[]", "initiators, speaker, holder, imposers or participants, by name"),
        ("who_states", "VARCHAR[]", "their states, ISO 3166 alpha-3"),
        ("whom", "VARCHAR[]", "targets or addressee, by name"),
        ("whom_states", "VARCHAR[]", "their states"),
        ("what", "VARCHAR", "the line that tells the happening"),
        ("note", "VARCHAR", "what became of it, on whose word, hedges"),
        ("factuality", "VARCHAR", "whether it took place: count happened and ongoing alone"),
        ("voice", "VARCHAR", "who answers for it: reported, attributed or author"),
        ("on_word_of", "VARCHAR", "the nearest teller, where it is attributed"),
        ("earliest", "DATE", "of when it takes place; empty where the text gives no day"),
        ("latest", "DATE", "the last day, inclusive"),
        ("grain", "VARCHAR", "how exact that is"),
        ("known_on", "DATE", "publication of the evidence"),
        ("issues", "VARCHAR[]", "labels"),
        ("confidence", "DOUBLE", "0 to 1"),
        ("on_pair", "BOOLEAN", "whether it bears on the pair"),
        ("independent_outlets", "INTEGER", "that tell the happening"),
        ("outlet", "VARCHAR", "of the document"),
        ("title", "VARCHAR", "of the document"),
        ("url", "VARCHAR", "of the document, where it is on the web"),
        ("document", "VARCHAR", "its id"),
        ("start", "INTEGER", "first character of the evidence in the document's text"),
        ("end", "INTEGER", "the character behind it"),
        ("quote", "VARCHAR", "the evidence, character for character"),
    )
)


def rows(account: Account) -> Iterator[tuple[Cell, ...]]:
    """One row a record, with a cell for each of `COLUMNS`."""
    for happening in account.happenings:
        line = account.line(happening)
        told = {"happening": happening.id, "what": line.text, "note": line.note} | _outlets(happening, account)
        for record in happening.records:
            cells = told | _record_cells(record) | _kind_cells(record, account) | _document_cells(record, account)
            yield tuple(cells.get(column.name) for column in COLUMNS)


def _outlets(happening: Happening, account: Account) -> dict[str, Cell]:
    sources = account.known.material.sources
    if not all(id_ in sources for id_ in happening.documents):
        return {}
    return {"independent_outlets": len(independent_outlets(happening.records, sources))}


def _record_cells(record: Record) -> dict[str, Cell]:
    when, evidence = record.when, record.evidence[0]
    return {
        "id": record.id,
        "record": record.record,
        "factuality": record.factuality.value,
        "voice": record.voice.value,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "grain": when.grain.value if when else None,
        "known_on": record.known_on,
        "issues": tuple(issue.label for issue in record.issues),
        "confidence": record.confidence,
        "on_pair": record.on_pair,
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }


def _kind_cells(record: Record, account: Account) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"type": type_of(record)}
    who, whom = parties(record)
    cells |= {"who": _names(who, account), "who_states": _states(who)}
    cells |= {"whom": _names(whom, account), "whom_states": _states(whom)}
    if isinstance(record, Event):
        cells |= {"mode": record.mode, "quad": int(record.quad), "intensity": record.intensity, "cameo": record.cameo}
    return cells


def _document_cells(record: Record, account: Account) -> dict[str, Cell]:
    document = account.document(record)
    teller = record.attribution[0] if record.attribution else None
    speaker = teller.speaker if teller else None
    word = account.known.words.actor(speaker) if speaker else teller.outlet if teller else None
    return {"on_word_of": word, "outlet": document.outlet, "title": document.title, "url": web_address(document)}


def type_of(record: Record) -> str | None:
    """What narrows the kind of record."""
    match record:
        case Event():
            return record.event_type.value
        case Statement():
            return record.manner.value
        case Position():
            return record.stance.value
        case Measure() | AgendaItem():
            return record.kind
    return None


def parties(record: Record) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who acts, says, holds, imposes or takes part; and towards whom."""
    match record:
        case Event():
            return record.initiators, record.targets
        case Statement():
            return _one(record.speaker), _one(record.addressee)
        case Position():
            return (record.holder,), _one(record.addressee)
        case Measure():
            return record.imposers, record.targets
        case AgendaItem() | Mechanism():
            return record.participants, ()
    return (), ()


def _one(actor: Actor | None) -> tuple[Actor, ...]:
    return (actor,) if actor else ()


def _names(actors: tuple[Actor, ...], account: Account) -> tuple[str, ...]:
    return tuple(dict.fromkeys(account.known.words.actor(actor) for actor in actors))


def _states(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.state for actor in actors if actor.state))
