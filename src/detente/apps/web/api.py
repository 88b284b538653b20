"""The HTTP API: what the pages show, as JSON; records as `record.to_dict()` gives them."""

import dataclasses
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, File, Form, Path, Query, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from detente.apps.web.add import begin, fetches, pasted, uploads
from detente.apps.web.asked import read_day
from detente.apps.web.brief import brief_of, changes_of
from detente.apps.web.evidence import open_record, resting_on
from detente.apps.web.index import FrequencyOf, IssueOf, UntilOf, stretch_of
from detente.apps.web.issues import issue_of, ranked_issues
from detente.apps.web.jobs import Job
from detente.apps.web.listing import hits_of, table_of
from detente.apps.web.pages import AskedOf, DeskOf, UserOf, check_client
from detente.apps.web.review import make
from detente.apps.web.timeline import NarrowingOf, kept_of
from detente.apps.web.wording import slug
from detente.errors import UnknownIdError
from detente.ledger.decision import Decision, Verb, in_force
from detente.ledger.index import Frequency
from detente.parcel import Details
from detente.records import Document, without_none
from detente.telling.table import Table
from detente.telling.tables import TABLES

Json = dict[str, Any]
Id = Annotated[str, Path(min_length=4, max_length=64, pattern=r"^[^/]+$", description="An id, or how it begins.")]
Limit = Annotated[int, Query(ge=1, le=1_000, description="The most entries to give.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many entries to pass over.")]
Writes = Depends(check_client)
TableName = Annotated[str, Path(max_length=40, json_schema_extra={"enum": list(TABLES)})]


class Refusal(BaseModel):
    """Why nothing was done, and what to do."""

    error: str
    hint: str


REFUSALS = {
    400: "It cannot be done as it was asked.",
    401: "The token is missing.",
    403: "The client's name, or the user's, is missing.",
    404: "There is no such thing.",
    413: "That is too much at once.",
    422: "A part of what was sent cannot be read.",
    503: "The ledger is busy or cannot be written.",
}
router = APIRouter(
    prefix="/api",
    tags=["api"],
    responses={status: {"description": meaning, "model": Refusal} for status, meaning in REFUSALS.items()},
)


class Made(BaseModel):
    """What is decided: a verb, ids and values as `detente decide` takes them, why, and by whom."""

    model_config = ConfigDict(extra="forbid")
    verb: Verb
    words: Annotated[list[Annotated[str, Field(max_length=400)]], Field(min_length=1, max_length=20)]
    why: Annotated[str, Field(max_length=400)] = ""
    by: Annotated[str, Field(max_length=100)] = ""


class Mending(BaseModel):
    """What is known better of a document."""

    model_config = ConfigDict(extra="forbid")
    outlet: Annotated[str, Field(max_length=300)] | None = None
    published: Annotated[str, Field(max_length=20)] | None = None


@router.get("/brief")
def brief(desk: DeskOf, asked: AskedOf) -> Json:
    """Where a pair stands: sections, lines, citations and the records that they rest on."""
    told = brief_of(desk, asked)
    return told.to_dict() | {"checksum": told.checksum}


@router.get("/changes")
def changes(desk: DeskOf, asked: AskedOf) -> Json:
    """What is otherwise than before `since`."""
    told = changes_of(desk, asked)
    return told.to_dict() | {"checksum": told.checksum}


@router.get("/tables/{name}")
def table(desk: DeskOf, asked: AskedOf, name: TableName, limit: Limit = 100, offset: Offset = 0) -> Json:
    """A table as the command line prints it, with the records behind each row."""
    return _table(table_of(desk, asked, name), limit, offset)


@router.get("/issues")
def issues(desk: DeskOf, asked: AskedOf) -> Json:
    """The issues that divide the pair, worst first, with the parts of their weight."""
    found = ranked_issues(desk.told(asked))
    return {
        "issues": [
            {
                "name": slug(item.label),
                "label": item.label,
                "distance": item.distance.words,
                "note": item.line.note,
                "weight": round(item.total, 4),
                "parts": dict(item.parts),
                "records": list(item.line.basis),
            }
            for item in found
        ]
    }


@router.get("/issues/{name}")
def issue(desk: DeskOf, asked: AskedOf, name: Annotated[str, Path(max_length=300)]) -> Json:
    """One issue: both sides over time, distance and its movement."""
    found = issue_of(desk.told(asked), name)
    return {
        "label": found.label,
        "note": found.heading.note if found.heading else None,
        "distances": [
            {"since": rung.since, "distance": rung.distance.words, "records": [r.to_dict() for r in rung.records]}
            for rung in found.rungs
        ],
        "sides": [
            {"state": side.state, "positions": [p.to_dict() | {"line": line.text} for p, line in side.positions]}
            for side in found.sides
        ],
    }


@router.get("/timeline")
def timeline(desk: DeskOf, asked: AskedOf, narrowing: NarrowingOf, limit: Limit = 100, offset: Offset = 0) -> Json:
    """Everything told with its days, the earliest first, narrowed as asked."""
    kept = kept_of(desk.told(asked), narrowing)
    return {
        "total": len(kept),
        "lines": [
            without_none(
                {
                    "text": item.line.text,
                    "date": item.line.date,
                    "note": item.line.note,
                    "first": item.first.isoformat() if item.first else None,
                    "last": item.last.isoformat() if item.last else None,
                    "told_day": item.is_told_day,
                    "records": [record.to_dict() for record in item.records],
                }
            )
            for item in kept[offset : offset + limit]
        ],
    }


@router.get("/index")
def index(
    desk: DeskOf, asked: AskedOf, frequency: FrequencyOf = Frequency.MONTH, issue: IssueOf = "", until: UntilOf = ""
) -> Json:
    """The index of the relation, period by period and in both directions, with interval and coverage.

    Only so many periods are given at a time: `earlier` is the `until` that asks for those before them.
    """
    stretch = stretch_of(desk, asked, frequency, issue, until)
    earlier = {"earlier": stretch.earlier.isoformat()} if stretch.earlier else {}
    return {"points": stretch.points} | earlier


@router.get("/search")
def search(desk: DeskOf, asked: AskedOf, q: Annotated[str, Query(max_length=400)], limit: Limit = 20) -> Json:
    """The passages that hold all the words, best first."""
    hits = hits_of(desk, q, asked.as_of, limit)
    return {
        "hits": [
            {"document": hit.document.id, "start": hit.start, "end": hit.end, "quote": hit.quote} | _facts(hit.document)
            for hit in hits
        ]
    }


@router.get("/records/{id_}")
def record(desk: DeskOf, asked: AskedOf, id_: Id) -> Json:
    """A record, the other records that tell the same, and what was decided about it."""
    opened = open_record(desk, id_, asked)
    return opened.record.to_dict() | {
        "counts": opened.counts,
        "independent_outlets": list(opened.outlets),
        "also_told": [
            desk.workspace.issue_names.told(other).to_dict()
            for other in (opened.happening.records if opened.happening else ())
            if other.id != opened.record.id
        ],
        "decisions": [_decision(made) for made in opened.decisions],
    }


@router.get("/documents")
def documents(desk: DeskOf, limit: Limit = 100, offset: Offset = 0) -> Json:
    """What was read, the newest first, the undated before them."""
    found, total = desk.workspace.store.newest_documents(None, limit, offset)
    return {"total": total, "documents": [{"id": item.id} | _facts(item) for item in found]}


@router.get("/documents/{id_}")
def document(desk: DeskOf, id_: Id) -> Json:
    """A document: its text, what was set aside and why, its records and problems."""
    found = desk.workspace.store.document(id_)
    told: Json = without_none(msgspec.to_builtins(found))
    return told | {
        "records": [item.to_dict() for item in resting_on(desk, found)],
        "problems": msgspec.to_builtins(desk.workspace.store.problems([found.id])),
    }


@router.post("/documents", status_code=202, dependencies=[Writes])
def add(
    desk: DeskOf,
    files: Annotated[list[UploadFile] | None, File()] = None,
    address: Annotated[list[Annotated[str, Form(max_length=2_000)]] | None, Form()] = None,
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    outlet: Annotated[str, Form(max_length=300)] = "",
    published: Annotated[str, Form(max_length=20)] = "",
) -> Json:
    """Begins to read files, web addresses or a text; the job tells how far it has come."""
    given = [*uploads(files or []), *fetches(address or []), *pasted(text)]
    details = Details(published_on=read_day(published), outlet=outlet.strip() or None)
    return _job(begin(desk, given, details))


@router.get("/jobs/{id_}")
def job(desk: DeskOf, id_: Annotated[str, Path(max_length=20)]) -> Json:
    """How far the reading of what was given has come."""
    found = desk.jobs.job(id_)
    if found is None:
        raise UnknownIdError(f"There is no job {id_!r}.", hint="Jobs that are long done are forgotten.")
    return _job(found)


@router.patch("/documents/{id_}", dependencies=[Writes])
def mend(desk: DeskOf, id_: Id, mending: Mending) -> Json:
    """The document with outlet and day as given, coded anew."""
    mended = desk.mend(id_, outlet=mending.outlet or None, published_on=read_day(mending.published))
    return {"id": mended.id} | _facts(mended)


@router.delete("/documents/{id_}", dependencies=[Writes])
def forget(desk: DeskOf, id_: Annotated[str, Path(min_length=32, max_length=32)]) -> Json:
    """Takes a document out, by its whole id, with its records and its bytes."""
    return {"forgotten": desk.workspace.forget(id_).id}


@router.get("/review")
def review(desk: DeskOf, asked: AskedOf, limit: Limit = 20, offset: Offset = 0) -> Json:
    """What is left to decide: open questions, then records by their worth."""
    tasks = desk.told(asked).queue.tasks
    return {
        "left": len(tasks),
        "tasks": [
            {"question": t.question, "why": list(t.why), "line": t.line.text, "record": t.record.to_dict()}
            for t in tasks[offset : offset + limit]
        ],
    }


@router.get("/decisions")
def decisions(desk: DeskOf, limit: Limit = 100, offset: Offset = 0) -> Json:
    """What was decided, the newest first, and whether it is in force."""
    made = desk.decisions()[::-1]
    standing = {decision.number for decision in in_force(made)}
    shown = made[offset : offset + limit]
    return {
        "total": len(made),
        "decisions": [_decision(item) | {"in_force": item.number in standing} for item in shown],
    }


@router.post("/decisions", status_code=201, dependencies=[Writes])
def decide(desk: DeskOf, user: UserOf, made: Made) -> Json:
    """Keeps a decision; behind a proxy it is that of the user who is logged in."""
    by = user.name if user.is_certain else made.by or user.name
    return _decision(make(desk, made.verb, made.words, why=made.why, by=by))


@router.get("/problems")
def problems(desk: DeskOf, limit: Limit = 100, offset: Offset = 0) -> Json:
    """What could not be read, dated or resolved, the newest first."""
    found, total = desk.workspace.store.newest_problems(limit, offset)
    return {"total": total, "problems": msgspec.to_builtins(found)}


def _table(found: Table, limit: int, offset: int) -> Json:
    here = slice(offset, offset + limit)
    entries: Json = {
        "columns": found.columns,
        "total": len(found.rows),
        "rows": found.rows[here],
        "records": [[record.to_dict() for record in records] for records in found.records[here]],
        "notes": found.notes,
    }
    return entries | ({"derived": msgspec.to_builtins(found.derived[here])} if found.derived else {})


def _facts(found: Document) -> Json:
    names = ("outlet", "title", "byline", "published_on", "updated_on", "url", "language", "genre")
    told: Json = without_none(msgspec.to_builtins({name: getattr(found, name) for name in names}))
    return told


def _decision(made: Decision) -> Json:
    told: Json = without_none(msgspec.to_builtins(made))
    return told | {"words": made.words}


def _job(found: Job) -> Json:
    items = [msgspec.to_builtins(dataclasses.asdict(item)) for item in found.items]
    return {"id": found.id, "done": found.is_done, "items": items}
