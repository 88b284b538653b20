"""The index of the relation as a chart; a point opens into the deeds behind it."""

import dataclasses
import itertools
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from detente.apps.web import charts
from detente.apps.web.asked import Asked
from detente.apps.web.desk import Desk, Told
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.ledger.index import Frequency
from detente.telling.index import FORMULA, tell_index
from detente.telling.lines import Line
from detente.telling.table import Table

FrequencyOf = Annotated[Frequency, Query(description="The length of a period.")]
IssueOf = Annotated[str, Query(max_length=200, description="Deeds under this issue alone.")]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point that was clicked: its row of the table and the deeds of its period."""

    row: tuple[str, ...]
    deeds: tuple[Line, ...]


@router.get("/index")
def index(
    request: Request,
    desk: DeskOf,
    asked: AskedOf,
    frequency: FrequencyOf = Frequency.MONTH,
    issue: IssueOf = "",
    period: Annotated[str, Query(max_length=10)] = "",
    who: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Two charts, one a direction; with a period, the deeds of it."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    told = desk.told(dataclasses.replace(asked, since=None))
    table = index_table(desk, asked, frequency, issue)
    return render(
        request,
        "index",
        asked=asked,
        frequency=frequency,
        frequencies=list(Frequency),
        issue=issue,
        issues=told.labels,
        series=list(_series(told, table)),
        sizes=charts,
        rows=table.rows,
        columns=table.columns,
        points=[more["point"] for more in table.derived],
        opened=_opened(told, table, period, who),
        formula=FORMULA,
    )


def index_table(desk: Desk, asked: Asked, frequency: Frequency, issue: str) -> Table:
    """The index from `since` on, or from its beginning: deeds before then still count into it."""
    known = desk.told(dataclasses.replace(asked, since=None)).known
    table = partial(tell_index, known, frequency, since=asked.since, issue=issue or None)
    return desk.kept(("index", asked.pair, asked.as_of, asked.since, frequency, issue), table)


def _series(told: Told, table: Table) -> Any:
    """The charts, with the codes of who does something to whom."""
    points = [more["point"] for more in table.derived]
    by_side = sorted(points, key=lambda p: (told.known.material.pair.index(p["initiator"]), str(p["first"])))
    for (initiator, target), run in itertools.groupby(by_side, key=lambda p: (p["initiator"], p["target"])):
        names = told.known.words.state(initiator), told.known.words.state(target)
        yield initiator, charts.chart_of(list(run), names)


def _opened(told: Told, table: Table, period: str, who: str) -> Point | None:
    for row, more, records in zip(table.rows, table.derived, table.records, strict=True):
        point = more["point"]
        if period and str(point["first"]) == period and point["initiator"] == (who or point["initiator"]):
            by_id = {h.head.id: h for h in told.known.happenings}
            deeds = tuple(told.known.narrator.happening(by_id[r.id]) for r in records if r.id in by_id)
            return Point(row=row, deeds=tuple(sorted(deeds, key=lambda line: (line.sort, line.text))))
    return None
