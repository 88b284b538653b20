"""What is known of a pair as a file: the formats of others, tables, and a page that carries its evidence."""

import dataclasses
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from detente.adapters.exporters.brief_html import write_html
from detente.adapters.exporters.brief_json import write_json
from detente.adapters.exporters.brief_markdown import write_markdown
from detente.adapters.exporters.brief_text import write_text
from detente.adapters.exporters.formats import FORMATS, format_named
from detente.adapters.exporters.table import write_table
from detente.apps.web.api import REFUSALS, Refusal
from detente.apps.web.asked import Asked
from detente.apps.web.brief import brief_of, changes_of
from detente.apps.web.index import FrequencyOf, IssueOf, UntilOf, stretch_of
from detente.apps.web.listing import table_of
from detente.apps.web.pages import AskedOf, DeskOf
from detente.apps.web.timeline import NarrowingOf, kept_of
from detente.errors import UnknownIdError
from detente.ledger.index import Frequency
from detente.telling.brief_page import Brief
from detente.telling.table import Table
from detente.telling.tables import TABLES

SHAPES: dict[str, tuple[str, Callable[[Brief], str]]] = {
    "html": ("text/html", write_html),
    "md": ("text/markdown", write_markdown),
    "txt": ("text/plain", write_text),
    "json": ("application/json", write_json),
}
TABLE_SHAPES = {"csv": "text/csv", "json": "application/json", "md": "text/markdown"}
MEDIA = sorted(
    {kind for kind, _ in SHAPES.values()} | {*TABLE_SHAPES.values()} | {f.media_type for f in FORMATS.values()}
)
Shape = Annotated[str, Path(max_length=10, json_schema_extra={"enum": list(SHAPES)})]
TableShape = Annotated[str, Path(max_length=10, json_schema_extra={"enum": list(TABLE_SHAPES)})]

ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"description": meaning, "model": Refusal} for status, meaning in REFUSALS.items()
}
ANSWERS[200] = {"description": "The file.", "content": {kind: {} for kind in MEDIA}}

router = APIRouter(
    prefix="/api/export",
    tags=["export"],
    responses=ANSWERS,
    default_response_class=Response,
)


@router.get("/brief.{shape}")
def brief(desk: DeskOf, asked: AskedOf, shape: Shape) -> Response:
    """Where the pair stands, in one file; as HTML and JSON it carries its evidence for `detente verify`."""
    return _page(asked, "brief", shape, brief_of(desk, asked))


@router.get("/changes.{shape}")
def changes(desk: DeskOf, asked: AskedOf, shape: Shape) -> Response:
    """What is otherwise than before `since`, in one file as the brief."""
    return _page(asked, "changes", shape, changes_of(desk, asked))


@router.get("/tables/{name}.{shape}")
def table(
    desk: DeskOf,
    asked: AskedOf,
    name: Annotated[str, Path(max_length=40, json_schema_extra={"enum": list(TABLES)})],
    shape: TableShape,
    narrowing: NarrowingOf,
) -> Response:
    """A table as its page tells it; as JSON with the records behind each row. In CSV, formulas are disarmed.

    Narrowed, it has the rows that rest on a record of the timeline so narrowed. The name of the file has the day from
    which on it is told, where that is not all.
    """
    found, first = table_of(desk, asked, name), desk.told(asked).told_since
    if not narrowing.is_open:
        found = found.resting_on({r.id for item in kept_of(desk.told(asked), narrowing) for r in item.records})
    return _table(asked, f"{name}-from-{first}" if first else name, shape, found)


@router.get("/index.{shape}")
def index(
    desk: DeskOf,
    asked: AskedOf,
    shape: TableShape,
    frequency: FrequencyOf = Frequency.MONTH,
    issue: IssueOf = "",
    until: UntilOf = "",
) -> Response:
    """The figures of the index that the page shows."""
    return _table(asked, "index", shape, stretch_of(desk, asked, frequency, issue, until).table)


@router.get("/{format_}")
def export(
    desk: DeskOf,
    asked: AskedOf,
    format_: Annotated[str, Path(max_length=20, json_schema_extra={"enum": list(FORMATS)})],
    narrowing: NarrowingOf,
) -> Response:
    """What `detente export` writes of the pair, or of one issue between them; narrowed as the timeline is."""
    found = format_named(format_)
    beside = dataclasses.replace(narrowing, issue="")  # an issue can be named here by its theme too

    def written() -> bytes:
        return desk.workspace.export(
            format_,
            pair=asked.pair,
            as_of=asked.as_of,
            since=asked.since,
            issue=narrowing.issue or None,
            narrowing=None if beside.is_open else beside,
        )

    # What programs ask for again and again is kept; what is downloaded once may be large.
    told = desk.of_pair(("export", format_, narrowing), asked, written) if found.is_news else written()
    return _file(asked, format_, found.suffix, found.media_type, told)


def _page(asked: Asked, name: str, shape: str, told: Brief) -> Response:
    if shape not in SHAPES:
        raise UnknownIdError(f"There is no page as {shape}.", hint=f"There are: {', '.join(SHAPES)}.")
    media_type, write = SHAPES[shape]
    return _file(asked, name, f".{shape}", media_type, write(told).encode())


def _table(asked: Asked, name: str, shape: str, found: Table) -> Response:
    if shape not in TABLE_SHAPES:
        raise UnknownIdError(f"There is no table as {shape}.", hint=f"There are: {', '.join(TABLE_SHAPES)}.")
    written = write_table(found, shape, limit=len(found.rows))
    return _file(asked, name, f".{shape}", TABLE_SHAPES[shape], written.encode())


def _file(asked: Asked, what: str, suffix: str, media_type: str, written: bytes) -> Response:
    """A download whose name says the pair, what it is, and the day that was asked for."""
    day = f"-{asked.as_of}" if asked.as_of else ""
    name = f"{'-'.join(asked.pair).lower()}-{what}{day}{suffix}"
    return Response(written, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
