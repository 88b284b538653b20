"""The index of the relation as a chart; a point opens into the deeds behind it."""

import dataclasses
import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from detente.apps.web import charts
from detente.apps.web.asked import Asked, read_day
from detente.apps.web.desk import Desk
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.ledger.index import HALF_LIFE, REACH, Frequency
from detente.telling.index import FORMULA, tell_index
from detente.telling.known import Known
from detente.telling.lines import Line
from detente.telling.table import Table

FrequencyOf = Annotated[Frequency, Query(description="The length of a period.")]
UntilOf = Annotated[str, Query(max_length=20, description="The last day that is shown; what is known stays the same.")]
IssueOf = Annotated[str, Query(max_length=200, description="Deeds under this issue alone.")]

MOST = 240  # periods shown at a time

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point that was clicked: its row of the table and the deeds of its period."""

    row: tuple[str, ...]
    deeds: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The periods shown at a time. `earlier` is the last day before them, None where nothing was known before."""

    table: Table
    earlier: dt.date | None

    @property
    def points(self) -> list[Any]:
        """The points, period by period and in both directions."""
        return [more["point"] for more in self.table.derived]


@router.get("/index")
def index(
    request: Request,
    desk: DeskOf,
    asked: AskedOf,
    frequency: FrequencyOf = Frequency.MONTH,
    issue: IssueOf = "",
    until: UntilOf = "",
    period: Annotated[str, Query(max_length=10)] = "",
    who: Annotated[str, Query(max_length=10)] = "",
) -> HTMLResponse:
    """Two charts, one a direction; with a period, the deeds of it."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    known = deeds_of(desk, asked)
    stretch = stretch_of(desk, asked, frequency, issue, until)
    return render(
        request,
        "index",
        asked=asked,
        frequency=frequency,
        frequencies=list(Frequency),
        issue=issue,
        issues=desk.told(dataclasses.replace(asked, since=None)).labels,
        until=until,
        earlier=stretch.earlier,
        series=list(_series(known, stretch.points)),
        sizes=charts,
        rows=stretch.table.rows,
        columns=stretch.table.columns,
        points=stretch.points,
        opened=_opened(known, stretch.table, period, who),
        formula=FORMULA,
        told_since=_whole_from(known),
    )


def deeds_of(desk: Desk, asked: Asked) -> Known:
    """The deeds that an index is told from, whatever `since`: those before then still count into it."""

    def deeds() -> Known:
        return Known(desk.workspace.deeds(asked.pair, as_of=asked.as_of), desk.workspace.words)

    return desk.of_pair("deeds", dataclasses.replace(asked, since=None), deeds)


def _whole_from(known: Known) -> dt.date | None:
    """The day from which on no deed is missing that is still remembered; None where all are there."""
    first = known.material.told_since
    return first + dt.timedelta(days=int(REACH * HALF_LIFE)) if first else None


def stretch_of(desk: Desk, asked: Asked, frequency: Frequency, issue: str, until: str) -> Stretch:
    """The index from `since` on, or from its beginning: deeds before then still count into it."""
    last = read_day(until)

    def table() -> Table:
        known = deeds_of(desk, asked)
        first = max(filter(None, (asked.since, _whole_from(known))), default=None)
        one_more = MOST + 1  # which tells that there are more
        return tell_index(known, frequency, since=first, until=last, most=one_more, issue=issue or None)

    found = desk.of_pair(("index", last, frequency, issue), asked, table)
    periods = sorted({more["point"]["first"] for more in found.derived})
    if len(periods) <= MOST:
        return Stretch(table=found, earlier=None)
    shown = [at for at, more in enumerate(found.derived) if more["point"]["first"] != periods[0]]
    rest = {name: tuple(getattr(found, name)[at] for at in shown) for name in ("rows", "records", "derived")}
    before = dt.date.fromisoformat(str(periods[1])) - dt.timedelta(days=1)
    return Stretch(table=dataclasses.replace(found, **rest), earlier=before)


def _series(known: Known, points: list[Any]) -> Any:
    """The charts, with the codes of who does something to whom."""
    by_side = sorted(points, key=lambda p: (known.material.pair.index(p["initiator"]), str(p["first"])))
    for (initiator, target), run in itertools.groupby(by_side, key=lambda p: (p["initiator"], p["target"])):
        names = known.words.state(initiator), known.words.state(target)
        yield initiator, charts.chart_of(list(run), names)


def _opened(known: Known, table: Table, period: str, who: str) -> Point | None:
    for row, more, records in zip(table.rows, table.derived, table.records, strict=True):
        point = more["point"]
        if period and str(point["first"]) == period and point["initiator"] == (who or point["initiator"]):
            by_id = {h.head.id: h for h in known.happenings}
            deeds = tuple(known.narrator.happening(by_id[r.id]) for r in records if r.id in by_id)
            return Point(row=row, deeds=tuple(sorted(deeds, key=lambda line: (line.sort, line.text))))
    return None
