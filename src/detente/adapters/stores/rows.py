"""Between records and the rows of the ledger's tables."""

import datetime as dt
from dataclasses import fields
from typing import Any

import msgspec

from detente.ledger.port import Posting
from detente.parcel import Capture
from detente.records import Actor, Block, Document, Genre, Problem, Record, Span, Trouble

ROLES = ("initiators", "targets", "speaker", "addressee", "holder", "imposers", "participants")
Row = dict[str, Any]


def document_row(posting: Posting) -> Row:
    """The row of a document."""
    item = posting.document
    return {
        "id": item.id,
        "text": item.text,
        "outlet": item.outlet,
        "title": item.title,
        "byline": item.byline,
        "published_on": _iso(item.published_on),
        "updated_on": _iso(item.updated_on),
        "url": item.url,
        "language": item.language,
        "genre": item.genre.value,
        "blocks": msgspec.json.encode(item.blocks).decode(),
        "pair": "-".join(posting.pair) if posting.pair else None,
        "path": posting.path,
        "coder": posting.provenance.coder,
        "model": posting.provenance.model,
        "data": posting.provenance.data,
        "posted_at": posting.posted_at.isoformat(),
    }


def capture_rows(posting: Posting) -> list[Row]:
    """The row of how the document's bytes were taken down; none where nobody told."""
    told = posting.capture
    if told is None:
        return []
    at = told.at.isoformat() if told.at else None
    return [{"document": posting.document.id, "at": at, "place": told.place, "digest": told.digest}]


def row_to_capture(row: Any) -> Capture:
    """The capture of a row."""
    at = dt.datetime.fromisoformat(row.at) if row.at else None
    return Capture(at=at, place=row.place, digest=row.digest)


def row_to_document(row: Any) -> Document:
    """The document of a row."""
    return Document(
        id=row.id,
        text=row.text,
        outlet=row.outlet,
        title=row.title,
        byline=row.byline,
        published_on=_day(row.published_on),
        updated_on=_day(row.updated_on),
        url=row.url,
        language=row.language,
        genre=Genre(row.genre),
        blocks=msgspec.json.decode(row.blocks, type=tuple[Block, ...]),
    )


def passage_rows(posting: Posting) -> list[Row]:
    """A row per passage, for search."""
    item = posting.document
    return [
        {"document": item.id, "start": p.start, "end": p.end, "text": item.text[p.start : p.end]}
        for p in posting.passages
    ]


def record_row(item: Record, posting: Posting) -> Row:
    """The row of a record: what is asked by, and the whole as JSON."""
    return {
        "id": item.id,
        "document": posting.document.id,
        "kind": item.record,
        "start": item.evidence[0].start,
        "factuality": item.factuality.value,
        "voice": item.voice.value,
        "earliest": _iso(item.when.earliest) if item.when else None,
        "latest": _iso(item.when.latest) if item.when else None,
        "known_on": _iso(item.known_on),
        "on_pair": item.on_pair,
        "pair": "-".join(posting.pair) if posting.pair else None,
        "posted_at": posting.posted_at.isoformat(),
        "body": msgspec.json.encode(item.to_dict()).decode(),
    }


def party_rows(item: Record, number: int) -> list[Row]:
    """A row per actor of a record, with the role it plays; `number` is that of the record."""
    names = {field.name for field in fields(item)}
    rows = []
    for role in ROLES:
        found = getattr(item, role) if role in names else None
        actors = (found,) if isinstance(found, Actor) else found or ()
        rows += [_party(number, role, actor) for actor in actors]
    return rows


def issue_rows(item: Record, number: int) -> list[Row]:
    """A row per issue of a record."""
    return [{"record": number, "theme": x.theme, "subject": x.subject, "label": x.label} for x in item.issues]


def problem_row(item: Problem, document: str | None, posted_at: dt.datetime) -> Row:
    """The row of a problem."""
    return {
        "document": document,
        "path": item.path,
        "trouble": item.trouble.value,
        "message": item.message,
        "start": item.span.start if item.span else None,
        "end": item.span.end if item.span else None,
        "quote": item.span.quote if item.span else None,
        "posted_at": posted_at.isoformat(),
    }


def problem_from_row(row: Any) -> Problem:
    """The problem of a row."""
    span = None if row.start is None else Span(start=row.start, end=row.end, quote=row.quote)
    return Problem(trouble=Trouble(row.trouble), message=row.message, document=row.document, path=row.path, span=span)


def _party(record: int, role: str, actor: Actor) -> Row:
    return {
        "record": record,
        "role": role,
        "state": actor.state,
        "sector": actor.sector,
        "office": actor.office,
        "organisation": actor.organisation,
        "person": actor.person,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
