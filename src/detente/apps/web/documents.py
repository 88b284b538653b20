"""The documents: what was read, mending what is known of one, and forgetting it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.apps.web.asked import read_day
from detente.apps.web.pages import AskedOf, DeskOf, check_form, render
from detente.errors import UsageError
from detente.telling.table import NO_OUTLET

ROWS = 200
Words = Annotated[str, Form(max_length=300)]
Guarded = Depends(check_form)

router = APIRouter(include_in_schema=False)


@router.get("/documents")
def documents(
    request: Request,
    desk: DeskOf,
    asked: AskedOf,
    outlet: Annotated[str, Query(max_length=300)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """What was read, the newest first, the undated before them."""
    given = "" if outlet == NO_OUTLET else outlet or None
    found, total = desk.workspace.store.newest_documents(given, ROWS, (page - 1) * ROWS)
    pages = max(1, -(-total // ROWS))
    if page > pages:
        page = pages
        found, total = desk.workspace.store.newest_documents(given, ROWS, (page - 1) * ROWS)
    return render(
        request,
        "documents",
        asked=asked,
        documents=found,
        total=total,
        outlet=outlet,
        page=page,
        pages=pages,
    )


@router.get("/documents/{id_}/mend")
def mending(request: Request, desk: DeskOf, asked: AskedOf, id_: str) -> HTMLResponse:
    """The form that mends a document, and the one that forgets it."""
    document = desk.workspace.store.document(id_)
    return render(request, "mend", asked=asked, document=document, count=len(desk.workspace.coded_records(document)))


@router.post("/documents/{id_}/mend", dependencies=[Guarded])
def mend(desk: DeskOf, id_: str, outlet: Words = "", published: Words = "", back: Words = "") -> Response:
    """Sets outlet and day, codes the text anew, and goes back."""
    mended = desk.mend(id_, outlet=outlet.strip() or None, published_on=read_day(published))
    return RedirectResponse(back if is_ours(back) else f"/documents/{mended.id[:12]}", status_code=303)


@router.post("/documents/{id_}/forget", dependencies=[Guarded])
def forget(desk: DeskOf, id_: str, sure: Words = "") -> Response:
    """Takes the document out, with its records and its bytes."""
    if not sure:
        raise UsageError("You have not said that you are sure.", hint="Tick the box and send it again.")
    desk.workspace.forget(id_)
    return RedirectResponse("/documents", status_code=303)


def is_ours(back: str) -> bool:
    """Whether an address leads to a page of these, and nowhere else."""
    return back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() and "\\" not in back
