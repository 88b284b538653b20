"""Lists: outlets, any table of the ledger, passages found by their words, problems, keys."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from detente.apps.web.asked import Asked
from detente.apps.web.desk import Desk
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.errors import UnknownIdError
from detente.ledger.port import Hit
from detente.ledger.witnesses import Source
from detente.telling.table import Table
from detente.telling.tables import TABLES

FOUND = 50  # passages shown of a search
ROWS = 200  # of a page of a table
SPOTS = 8  # blind spots shown of each kind
SHOWN_ELSEWHERE = ("id", "place")  # columns whose cell is a link of the row

router = APIRouter(include_in_schema=False)


@router.get("/sources")
def sources(request: Request, desk: DeskOf, asked: AskedOf) -> HTMLResponse:
    """The outlets, how far they are independent, and what is known from one side alone."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    told = desk.told(asked)
    table, blind = told.table("sources"), told.table("blindspots")
    spots = list(zip(blind.rows, blind.records, strict=True))
    return render(
        request,
        "sources",
        asked=asked,
        outlets=table.derived,
        dependent=_dependent(told.known.material.sources.values()),
        blind={
            why: [spot for spot in spots if spot[0][0] == why] for why in dict.fromkeys(row[0] for row in blind.rows)
        },
        shown=SPOTS,
        told_since=told.told_since,
    )


def _dependent(found: Iterable[Source]) -> list[Source]:
    """The texts that are no witnesses of their own: copies, and those that name another outlet as their source."""
    copies = [s for s in found if s.story != s.document or (s.credit and s.credit != s.outlet)]
    return sorted(copies, key=lambda s: (s.outlet or "", s.document))


@router.get("/tables/{name}")
def table(
    request: Request, desk: DeskOf, asked: AskedOf, name: str, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> HTMLResponse:
    """One of the tables that the command line prints, each row with its record."""
    if name in TABLES and desk.is_empty:
        return render(request, "welcome", asked=asked)
    found = table_of(desk, asked, name)
    pages = max(1, -(-len(found.rows) // ROWS))
    page = min(page, pages)
    here = slice((page - 1) * ROWS, page * ROWS)
    shown = [at for at, column in enumerate(found.columns) if column not in SHOWN_ELSEWHERE]
    return render(
        request,
        "table",
        asked=asked,
        name=name,
        names=list(TABLES),
        columns=[found.columns[at] for at in shown],
        rows=[
            ([row[at] for at in shown], records[0].id if records else None)
            for row, records in zip(found.rows[here], found.records[here], strict=True)
        ],
        notes=found.notes,
        total=len(found.rows),
        page=page,
        pages=pages,
    )


def table_of(desk: Desk, asked: Asked, name: str) -> Table:
    """The table of that name; raises UnknownIdError for another name."""
    if name not in TABLES:
        raise UnknownIdError(f"There is no table {name!r}.", hint=f"There are: {', '.join(TABLES)}.")
    return desk.told(asked).table(name)


@router.get("/search")
def search(
    request: Request, desk: DeskOf, asked: AskedOf, q: Annotated[str, Query(max_length=400)] = ""
) -> HTMLResponse:
    """The passages that hold all the words."""
    return render(request, "search", asked=asked, q=q.strip(), hits=hits_of(desk, q, asked.as_of), most=FOUND)


def hits_of(desk: Desk, words: str, as_of: dt.date | None, limit: int = FOUND) -> list[Hit]:
    """The passages that hold all the words, best first."""
    plain = words.replace("\0", " ")
    return desk.workspace.search(plain, as_of=as_of, limit=limit) if plain.strip() else []


@router.get("/problems")
def problems(request: Request, desk: DeskOf, asked: AskedOf) -> HTMLResponse:
    """What could not be read, dated or resolved."""
    found, total = desk.workspace.store.newest_problems(ROWS)
    return render(request, "problems", asked=asked, problems=found, total=total)


@router.get("/keys")
def keys(request: Request, asked: AskedOf) -> HTMLResponse:
    """The keys that do something."""
    return render(request, "keys", asked=asked)
