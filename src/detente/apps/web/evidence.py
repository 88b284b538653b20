"""What every line opens into: a passage, a record with all that tells the same, a document."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from detente.apps.web.asked import Asked
from detente.apps.web.desk import Desk
from detente.apps.web.lit import paragraphs, surroundings
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.codebook.rule_texts import rule_lines
from detente.errors import UnknownIdError, UsageError
from detente.ledger.decision import Decision
from detente.ledger.happenings import Happening, why_one
from detente.ledger.recoding import Change
from detente.ledger.witnesses import Source, independent_outlets
from detente.records import Actor, Amount, Document, Issue, Quad, Record, Span, Step, Teller, When
from detente.telling.lines import Narrator
from detente.telling.words import Words, when_words

OTHERS = 30  # records shown that tell the same
SKIPPED = frozenset({"id", "evidence", "provenance", "known_on"})  # told elsewhere on the page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A record of a happening with its passage, where its text comes from, and why it tells of the same."""

    record: Record
    document: Document
    source: Source
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record and all that is known of it."""

    record: Record
    document: Document
    coded: Record
    counts: bool
    decisions: tuple[Decision, ...]
    happening: Happening | None
    outlets: tuple[str, ...]  # independent ones that tell it
    others: tuple[Telling, ...]  # the first of those that tell it too

    @property
    def more(self) -> int:
        """How many tell it besides."""
        return len(self.happening.records) - 1 - len(self.others) if self.happening else 0

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """The fields that were coded otherwise: name, as coded, as it is."""
        return tuple(Change(before=self.coded, after=self.record).fields) if self.coded != self.record else ()

    @property
    def rules(self) -> list[str]:
        """The rows of the data that decided."""
        return [line for line in rule_lines(self.record) if line.strip()]


@router.get("/passages/{place}")
def passage(request: Request, desk: DeskOf, asked: AskedOf, place: str) -> HTMLResponse:
    """The words of a citation in their surroundings, and the records that rest on them."""
    id_, _, words = place.partition(":")
    document = desk.workspace.store.document(_some(id_))
    start, end = read_place(words, document)
    resting = [r for r in resting_on(desk, document) if any(e.start < end and start < e.end for e in r.evidence)]
    return render(
        request,
        "passage",
        asked=asked,
        document=document,
        start=start,
        end=end,
        around=surroundings(document, start, end),
        records=resting,
        narrator=narrator_of(desk, document.published_on),
    )


@router.get("/records/{id_}")
def record(request: Request, desk: DeskOf, asked: AskedOf, id_: str) -> HTMLResponse:
    """A record, its passage, all that tells the same, and what was decided."""
    opened = open_record(desk, id_, asked)
    narrator = narrator_of(desk, asked.as_of or opened.record.known_on)
    return render(
        request,
        "record",
        asked=asked,
        opened=opened,
        line=narrator.record(opened.record),
        fields=plain_fields(opened.record, desk.workspace.words),
        surroundings=surroundings,
    )


@router.get("/documents/{id_}")
def document(
    request: Request, desk: DeskOf, asked: AskedOf, id_: str, at: Annotated[str | None, Query(max_length=40)] = None
) -> HTMLResponse:
    """The text with its records lit up in place, and beside it what they say."""
    found = desk.workspace.store.document(_some(id_))
    records = resting_on(desk, found)
    place = read_place(at, found) if at else None
    return render(
        request,
        "document",
        asked=asked,
        document=found,
        newer=desk.workspace.store.newer_version(found.id),
        records=records,
        paragraphs=list(paragraphs(found, records, place)),
        asked_start=place[0] if place else None,
        problems=desk.workspace.store.problems([found.id]),
        narrator=narrator_of(desk, found.published_on),
    )


def open_record(desk: Desk, id_: str, asked: Asked) -> Opened:
    """The record with that id, or with an id that begins so; raises UnknownIdError."""
    with desk.workspace.store.snapshot():
        return _open(desk, id_, asked)


def _open(desk: Desk, id_: str, asked: Asked) -> Opened:
    workspace = desk.workspace
    found = workspace.record(_some(id_))
    document = workspace.store.document(found.evidence[0].document)
    coded = next((item for item in workspace.coded_records(document) if item.id == found.id), found)
    counts = any(item.id == found.id for item in workspace.records_of(document))
    known = asked.as_of is None or (found.known_on is not None and found.known_on <= asked.as_of)
    happening = workspace.store.happening(found.id, asked.as_of) if counts and known else None
    sources = workspace.store.sources(happening.documents, asked.as_of) if happening else {}
    records = happening.records if happening else ()
    return Opened(
        record=found,
        document=document,
        coded=coded,
        counts=counts,
        decisions=tuple(workspace.store.decisions_on(found.id)),
        happening=happening,
        outlets=tuple(independent_outlets(records, sources)),
        others=tuple(_tellings(desk, [item for item in records if item.id != found.id][:OTHERS], found, sources)),
    )


def _tellings(desk: Desk, others: list[Record], shown: Record, sources: dict[str, Source]) -> Iterator[Telling]:
    there = {one.id: one for one in desk.workspace.store.documents_named({r.evidence[0].document for r in others})}
    for item in others:
        id_ = item.evidence[0].document
        told, reasons = desk.workspace.issue_names.told(item), why_one(shown, item).reasons
        yield Telling(record=told, document=there[id_], source=sources[id_], reasons=reasons)


def read_place(words: str, document: Document) -> tuple[int, int]:
    """The characters that an address names: "1530-1705"; raises UsageError where the document has none such."""
    first, _, last = words.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(first) + len(last) < 2 * len(str(len(document.text))) + 1):
        raise UsageError(f"{words!r} is no place in a document.", hint="Write it as 3f9a12c4:1530-1705")
    start, end = int(first), int(last)
    if not start < end <= len(document.text):
        raise UsageError(f"The document has no characters {words}.", hint="Write it as 3f9a12c4:1530-1705")
    return start, end


def narrator_of(desk: Desk, day: dt.date | None) -> Narrator:
    """What tells records of that day."""
    return Narrator(words=desk.workspace.words, as_of=day or dt.date.max)


def plain_fields(record: Record, words: Words) -> list[tuple[str, str]]:
    """The fields of a record that say something, as name and words, but for those that the page tells elsewhere."""
    told = [(item.name, getattr(record, item.name)) for item in dataclasses.fields(record) if item.name not in SKIPPED]
    return [(name.replace("_", " "), _plain(value, words)) for name, value in told if value not in (None, (), False)]


def _plain(value: object, words: Words) -> str:
    """A value in words; of a date the days that it means and the words it came from."""
    if isinstance(value, tuple):
        return "; ".join(_plain(item, words) for item in value)
    if isinstance(value, When):
        return f"{when_words(value)} (“{value.words}”)"
    if isinstance(value, Step):
        return f"{value.step} {when_words(value.when)}" if value.when else value.step
    return _named(value, words)


def _named(value: object, words: Words) -> str:
    """Who or what a value names."""
    match value:
        case Actor():
            return words.actor(value)
        case Issue():
            return value.label
        case Span():
            return f"“{value.quote}”"
        case Teller():
            speaker = words.actor(value.speaker) if value.speaker else None
            return " in ".join(filter(None, (speaker, value.outlet)))
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, Amount):
        return value.words
    if isinstance(value, bool):
        return "yes"
    return f"{value.value} ({value.name.lower().replace('_', ' ')})" if isinstance(value, Quad) else str(value)


def resting_on(desk: Desk, found: Document) -> list[Record]:
    """The records of a document; of an older version, which does not count, those that were coded."""
    older = desk.workspace.store.newer_version(found.id) is not None
    return desk.workspace.coded_records(found) if older else desk.workspace.records_of(found)


def _some(id_: str) -> str:
    if not id_.strip():
        raise UnknownIdError("There is no id.", hint="Ids stand beside the records.")
    return id_
