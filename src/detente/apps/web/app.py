"""The application: the pages, the HTTP API, what guards them, and how trouble is told."""

import contextlib
import gc
import sys
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from detente.apps.web import (
    add,
    agenda,
    api,
    brief,
    documents,
    evidence,
    exports,
    index,
    issues,
    listing,
    review,
    timeline,
)
from detente.apps.web.access import API, HEADERS, Access, Gate, plain_answer
from detente.apps.web.desk import Desk
from detente.apps.web.first_pages import tell_first_pages
from detente.apps.web.pages import ForeignFormError, render
from detente.errors import DetenteError, LedgerError, UnknownIdError, UsageError
from detente.version import VERSION
from detente.workspace import Workspace

TURN = 0.0005  # seconds until a page may go on beside one that is being told anew: a page asks the ledger often
PASSES = (50_000, 20, 100)  # of Python's garbage collector: what was read stays, and going through it again costs
SMALL = 1_000  # bytes that are not worth packing
STATUS: tuple[tuple[type[DetenteError], int], ...] = (
    (ForeignFormError, 403),
    (UnknownIdError, 404),
    (UsageError, 400),
    (LedgerError, 503),
    (DetenteError, 500),
)
PAGES = (brief, issues, agenda, timeline, index, listing, documents, evidence, review, add)


def create_app(workspace: Workspace, access: Access) -> FastAPI:
    """The application over a workspace; when it ends it lets go of the ledger."""
    desk = Desk(workspace)

    @contextlib.asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        turn, passes = sys.getswitchinterval(), gc.get_threshold()
        sys.setswitchinterval(TURN)
        gc.set_threshold(*PASSES)
        desk.soon(tell_first_pages)
        yield
        sys.setswitchinterval(turn)
        gc.set_threshold(*passes)
        desk.close()

    app = FastAPI(
        title="détente",
        version=VERSION,
        summary="Where two states stand, every line with its evidence.",
        docs_url=None,  # such pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=living,
    )
    app.state.desk, app.state.access = desk, access
    for module in PAGES:
        app.include_router(module.router)
    app.include_router(api.router)
    app.include_router(exports.router)
    app.mount("/static", StaticFiles(directory=str(files("detente.apps.web").joinpath("static"))), name="static")
    app.add_exception_handler(DetenteError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_unreadable)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_fault)
    app.add_middleware(GZipMiddleware, minimum_size=SMALL)
    app.add_middleware(Gate, access=access)
    return app


def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DetenteError)  # noqa: S101 narrows the type
    status = next(status for kind, status in STATUS if isinstance(error, kind))
    return _told(request, status, error.message, error.hint)


def _on_unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 as above
    first: dict[str, Any] = next(iter(error.errors()), {})
    where = " ".join(str(part) for part in first.get("loc", ())[1:])
    return _told(request, 422, f"{where or 'The request'}: {first.get('msg', 'it cannot be read')}.", "Mend it.")


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 as above
    what = {404: "There is no such page.", 405: "This address takes no such request."}
    return _told(request, error.status_code, what.get(error.status_code, str(error.detail)), "See the front page: /")


def _on_fault(request: Request, error: Exception) -> Response:
    """A fault of the program: said here, and in full where the server runs."""
    what = f"This cannot be shown: the program has failed ({type(error).__name__})."
    answer = plain_answer(
        request.url.path, 500, what, "The other pages work on. The terminal of detente serve says more."
    )
    answer.headers.update(HEADERS)  # the gate lies within
    return answer


def _told(request: Request, status: int, message: str, hint: str) -> Response:
    if request.url.path.startswith(API):
        return JSONResponse({"error": message, "hint": hint}, status_code=status)
    return render(request, "trouble", status=status, message=message, hint=hint)
