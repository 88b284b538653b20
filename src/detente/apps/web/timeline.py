"""The timeline: everything dated, with bars for intervals, narrowed by issue, actor, kind, voice and outlet."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from detente.apps.web.charts import Axis, axis_of
from detente.apps.web.desk import Told
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.telling.dated import TRAITS, Dated, Narrowing

ROWS = 80  # of one page
Page = Annotated[int, Query(ge=1, le=1_000_000)]

router = APIRouter(include_in_schema=False)


def _part(meaning: str) -> Any:
    return Query(max_length=200, description=meaning)


def narrowing_of(
    issue: Annotated[str, _part("Only what bears on this issue.")] = "",
    actor: Annotated[str, _part("Only what this state takes part in, by its code.")] = "",
    kind: Annotated[str, _part("Only records of this kind: event, statement, position …")] = "",
    voice: Annotated[str, _part("Only what is told in this voice: reported, attributed, author.")] = "",
    factuality: Annotated[str, _part("Only what is told as this: happened, planned, denied …")] = "",
    outlet: Annotated[str, _part("Only what this outlet tells.")] = "",
    trait: Annotated[str, Query(max_length=20, description=f"One of {', '.join(TRAITS)}.")] = "",
) -> Narrowing:
    """What the address narrows the lines to."""
    return Narrowing(
        issue=issue, actor=actor, kind=kind, voice=voice, factuality=factuality, outlet=outlet, trait=trait
    )


NarrowingOf = Annotated[Narrowing, Depends(narrowing_of)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the timeline with its bar: where it begins and how long it is, in hundredths of the axis."""

    item: Dated
    at: float
    width: float


@router.get("/timeline")
def timeline(request: Request, desk: DeskOf, asked: AskedOf, narrowing: NarrowingOf, page: Page = 1) -> HTMLResponse:
    """The newest first, a page at a time."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    told = desk.told(asked)
    kept = _newest_first(kept_of(told, narrowing))
    pages = max(1, -(-len(kept) // ROWS))
    page = min(page, pages)
    shown = kept[(page - 1) * ROWS : page * ROWS]
    axis = axis_of([day for item in shown for day in (item.first, item.last) if day])
    return render(
        request,
        "timeline",
        asked=asked,
        told=told.choices,
        traits=list(TRAITS),
        narrowing=narrowing,
        narrowing_fields=dataclasses.asdict(narrowing),
        rows=[_row(item, axis) for item in shown],
        axis=axis,
        total=len(kept),
        page=page,
        pages=pages,
        told_since=told.told_since,
    )


def kept_of(told: Told, narrowing: Narrowing) -> list[Dated]:
    """What is told and fits, by day."""
    return told.dated if narrowing.is_open else narrowing.keep(told.dated, told.known.outlets)


def _newest_first(kept: list[Dated]) -> list[Dated]:
    """What has no date at all stands last."""
    return [*(item for item in reversed(kept) if item.first), *(item for item in kept if not item.first)]


def _row(item: Dated, axis: Axis) -> Row:
    if item.first is None or item.last is None:
        return Row(item=item, at=0.0, width=0.0)
    at = axis.place(item.first)
    end = axis.place(item.last + dt.timedelta(days=1) if item.last < dt.date.max else item.last)
    return Row(item=item, at=round(at, 2), width=round(max(end - at, 0.6), 2))
