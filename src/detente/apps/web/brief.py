"""The front page, and what changed."""

import dataclasses
import datetime as dt
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from detente.apps.web.asked import Asked
from detente.apps.web.desk import Desk
from detente.apps.web.pages import AskedOf, DeskOf, render
from detente.telling.brief import tell_known_brief
from detente.telling.brief_page import Brief

LOOKED_BACK = dt.timedelta(days=30)  # for what changed, where no day is asked for

router = APIRouter(include_in_schema=False)


@router.get("/")
def front(request: Request, desk: DeskOf, asked: AskedOf) -> HTMLResponse:
    """Where the pair stands; in an empty workspace, what to do."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    return render(request, "brief", asked=asked, brief=brief_of(desk, asked))


@router.get("/changes")
def changes(request: Request, desk: DeskOf, asked: AskedOf) -> HTMLResponse:
    """What is otherwise than before."""
    if desk.is_empty:
        return render(request, "welcome", asked=asked)
    return render(request, "changes", asked=asked, brief=changes_of(desk, asked))


def brief_of(desk: Desk, asked: Asked) -> Brief:
    """The brief that is asked for."""

    def brief() -> Brief:
        known = desk.told(asked).known
        coverage = desk.workspace.coverage(known.material, with_undated=asked.as_of is None)
        return tell_known_brief(known, coverage, lines=desk.workspace.settings.brief_lines)

    return desk.of_pair("brief", asked, brief)


def changes_of(desk: Desk, asked: Asked) -> Brief:
    """What changed since the day asked for, else in the last month before."""
    day = desk.workspace.as_of(asked.pair, asked.as_of)
    since = asked.since or (day - LOOKED_BACK if day > dt.date.min + LOOKED_BACK else day)
    changes = partial(desk.workspace.changes, pair=asked.pair, as_of=asked.as_of, since=since)
    return desk.of_pair("changes", dataclasses.replace(asked, since=since), changes)
