"""What pages share: the templates, what each of them is given, and how trouble is told."""

import dataclasses
import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import Depends, Form, Header, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from detente.apps.web import wording
from detente.apps.web.access import CLIENT_HEADER, Access
from detente.apps.web.asked import Asked, read_asked
from detente.apps.web.desk import Desk
from detente.errors import DetenteError

STATIC = ("desk.css", "desk.js", "htmx.min.js")
FRAGMENT = "HX-Request"  # the header by which a script asks for what changes alone


class ForeignFormError(DetenteError):
    """A form without the mark of a page of ours."""


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


def access_of(request: Request) -> Access:
    """The guard of the application."""
    access: Access = request.app.state.access
    return access


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who is at the keyboard. `is_certain`: a proxy has seen to it; else it is only a name to begin with."""

    name: str
    is_certain: bool


def user_of(request: Request) -> User:
    """Who is at the keyboard, as far as is known."""
    return User(name=str(request.scope.get("detente_user", "")), is_certain=access_of(request).behind_proxy)


def asked_of(
    request: Request,
    pair: Annotated[str | None, Query(max_length=40, description="Two states, such as USA-CHN.")] = None,
    as_of: Annotated[str | None, Query(max_length=20, description="What was known on this day: 2019-11-02.")] = None,
    since: Annotated[str | None, Query(max_length=20, description="What became known on this day or later.")] = None,
) -> Asked:
    """The pair and the days that the address asks for."""
    asked = read_asked(desk_of(request).workspace, pair, as_of, since)
    user = user_of(request)
    return dataclasses.replace(asked, may_lag=user.is_certain and not desk_of(request).has_written(user.name))


def check_form(request: Request, csrf: Annotated[str | None, Form(max_length=200)] = None) -> None:
    """Notes who writes. Raises ForeignFormError for a form that no page of ours gave out."""
    if not access_of(request).is_form_mark(csrf, user_of(request).name):
        raise ForeignFormError("This form is out of date.", hint="Load the page again and send it once more.")
    desk_of(request).wrote(user_of(request).name)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form that hold text."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


def check_client(request: Request, client: Annotated[str | None, Header(alias=CLIENT_HEADER)] = None) -> None:
    """Notes who writes. Raises ForeignFormError for a call without the header that no foreign page can send."""
    if not client:
        raise ForeignFormError("The call says no client.", hint=f"Send a header: {CLIENT_HEADER}: your program")
    desk_of(request).wrote(user_of(request).name)


DeskOf = Annotated[Desk, Depends(desk_of)]
AskedOf = Annotated[Asked, Depends(asked_of)]
UserOf = Annotated[User, Depends(user_of)]
FormOf = Annotated[dict[str, str], Depends(form_of)]


def render(request: Request, template: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page that a template makes of these values, beside what every page is given."""
    desk = desk_of(request)
    values = {"asked": None, "told_since": None} | values
    given = {
        "path": request.url.path,
        "query": dict(request.query_params),
        "pairs": [(f"{a}-{b}", desk.workspace.words.state(a), desk.workspace.words.state(b)) for a, b in _pairs(desk)],
        "csrf": access_of(request).form_mark(user_of(request).name),
        "user": user_of(request).name or desk.workspace.settings.decided_by,
        "folder": desk.workspace.folder.resolve().name,
        "words": desk.workspace.words,
        "is_fragment": FRAGMENT in request.headers,
    }
    return HTMLResponse(environment().get_template(f"{template}.html.j2").render(given | values), status_code=status)


@cache
def environment() -> Environment:
    """The templates; whatever they are given is escaped, and what is missing is an error."""
    made = Environment(
        loader=PackageLoader("detente.apps.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"static": static_address, "NO_DAY": dt.date.min}
    made.globals |= {name: getattr(wording, name) for name in wording.FUNCTIONS}
    return made


@cache
def static_address(name: str) -> str:
    """Where a file of ours stands; another address when it changes, so that browsers may keep it."""
    data = files("detente.apps.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(data).hexdigest()[:10]}"


def _pairs(desk: Desk) -> tuple[tuple[str, str], ...]:
    return desk.workspace.settings.pairs
