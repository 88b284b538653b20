"""The issues, worst first, and a page for each: both sides over time, distance and movement."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from detente.apps.web.desk import Told
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.apps.web.wording import slug
from detente.errors import UnknownIdError
from detente.ledger.distance import Distance
from detente.telling.issue import IssuePage, tell_issue
from detente.telling.issues import CANDIDATE_NOTE
from detente.telling.known import Known
from detente.telling.lines import Line
from detente.telling.table import Table

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An issue that divides the pair, as the list shows it."""

    label: str
    line: Line
    distance: Distance
    parts: tuple[tuple[str, float], ...]
    total: float
    records: int
    positions: int


@router.get("/issues")
def issues(request: Request, desk: DeskOf, asked: AskedOf) -> HTMLResponse:
    """What divides the pair, ranked; below, what else is talked of."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    told = desk.told(asked)
    ranked = ranked_issues(told)
    table = told.table("issues")
    return render(
        request,
        "issues",
        asked=asked,
        ranked=ranked,
        others=_others(table, ranked),
        candidates=_candidates(table),
        notes=[note for note in table.notes if note == CANDIDATE_NOTE],
        told_since=told.told_since,
    )


@router.get("/issues/{name}")
def issue(request: Request, desk: DeskOf, asked: AskedOf, name: str) -> HTMLResponse:
    """One issue."""
    told = desk.told(asked)
    page = issue_of(told, name)
    return render(request, "issue", asked=asked, issue=page, as_of=told.known.as_of, told_since=told.told_since)


def ranked_issues(told: Told) -> list[Ranked]:
    """The obstacles with their lines."""
    return told.once("ranked", lambda now: _ranked(now.known))


def _ranked(known: Known) -> list[Ranked]:
    return [
        Ranked(
            label=o.label,
            line=known.narrator.obstacle(number, o, known.material.pair),
            distance=o.distance,
            parts=o.parts,
            total=o.rank_weight,
            records=len(o.records),
            positions=len(o.positions),
        )
        for number, o in enumerate(known.obstacles, 1)
    ]


def issue_of(told: Told, name: str) -> IssuePage:
    """The page of the issue that an address names; raises UnknownIdError."""
    label = next((label for label in told.labels if slug(label) == name), None)
    found = told.once(("issue", label), lambda now: tell_issue(now.known, label)) if label else None
    if found is None:
        raise UnknownIdError(f"No issue is called {name!r} here.", hint="All issues stand under Issues.")
    return found


def _others(table: Table, ranked: list[Ranked]) -> list[tuple[str, ...]]:
    """The rows of issues that divide nobody."""
    shown = {item.label for item in ranked}
    told = zip(table.rows, table.derived, strict=True)
    return [row for row, more in told if not more["is_candidate"] and row[0] not in shown]


def _candidates(table: Table) -> list[tuple[str, ...]]:
    """The rows of names that could become issues."""
    return [row for row, more in zip(table.rows, table.derived, strict=True) if more["is_candidate"]]
