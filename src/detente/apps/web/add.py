"""Adding texts: files dropped or chosen, addresses, pasted words; and how far their reading has come."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.adapters.readers import read_address, read_stream
from detente.apps.web.asked import read_day
from detente.apps.web.jobs import Drafts
from detente.apps.web.pages import AskedOf, DeskOf, check_form, render
from detente.errors import UnknownIdError, UsageError
from detente.parcel import Details
from detente.records import Document

if TYPE_CHECKING:
    from detente.apps.web.desk import Desk
    from detente.apps.web.jobs import Job

FILES = 200  # of one upload
ADDRESSES = 20
NAME_SHOWN = 120  # characters
PASTED = "pasted text"
SHOWN = 200  # documents listed of one job
Words = Annotated[str, Form(max_length=300)]

router = APIRouter(include_in_schema=False)


@router.get("/add")
def adding(request: Request, desk: DeskOf, asked: AskedOf) -> HTMLResponse:
    """Where texts are dropped, and how many are there."""
    return render(request, "add", asked=asked, count=desk.workspace.store.newest_documents(None, 0)[1])


@router.post("/add", dependencies=[Depends(check_form)])
def add(
    desk: DeskOf,
    files: Annotated[list[UploadFile] | None, File()] = None,
    addresses: Annotated[str, Form(max_length=20_000)] = "",
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    outlet: Words = "",
    published: Words = "",
) -> Response:
    """Begins to read what was given, and leads to where one sees how far it has come."""
    job = begin(
        desk,
        [*uploads(files or []), *fetches(addresses.split()), *pasted(text)],
        Details(published_on=read_day(published), outlet=outlet.strip() or None),
    )
    return RedirectResponse(f"/add/jobs/{job.id}", status_code=303)


@router.get("/add/jobs/{id_}")
def job(request: Request, desk: DeskOf, asked: AskedOf, id_: str) -> HTMLResponse:
    """How far the reading has come, and what was read."""
    found = desk.jobs.job(id_)
    if found is None:
        raise UnknownIdError("This is long done, or was never begun.", hint="What was read stands under Documents.")
    return render(request, "job", asked=asked, job=found, documents=read_so_far(desk, found), shown=SHOWN)


def begin(desk: "Desk", given: list[tuple[str, Drafts]], details: Details) -> "Job":
    """A job for these. Raises UsageError where nothing was given, or too much at once."""
    if not given:
        raise UsageError("Nothing was given to read.", hint="Choose a file, or write an address.")
    if len(given) > FILES:
        raise UsageError(f"{len(given)} texts are too many at once.", hint=f"Give at most {FILES}.")
    return desk.jobs.add(given, details)


def uploads(files: Iterable[UploadFile]) -> Iterator[tuple[str, Drafts]]:
    """The name of each file, without its folders, and what reads it."""
    for file in files:
        data, name = file.file.read(), plain_name(file.filename or "")
        if name or data:
            yield name or "a file", partial(read_stream, data, name)


def fetches(addresses: list[str]) -> Iterator[tuple[str, Drafts]]:
    """Each address and what fetches it. Raises UsageError for too many."""
    if len(addresses) > ADDRESSES:
        raise UsageError(f"{len(addresses)} addresses are too many at once.", hint=f"Give at most {ADDRESSES}.")
    for address in addresses:
        yield address[:NAME_SHOWN], partial(read_address, address)


def pasted(text: str) -> Iterator[tuple[str, Drafts]]:
    """What was pasted, and what reads it."""
    if text.strip():
        yield PASTED, partial(read_stream, text.encode("utf-8", "replace"), "pasted.txt")


def plain_name(name: str) -> str:
    """A file's name without folders and signs that do not print.

    >>> plain_name("../../etc/passwd")
    'passwd'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable()).lstrip(".")[-NAME_SHOWN:]


def read_so_far(desk: "Desk", found: "Job") -> list[Document]:
    """The documents that a job has added, the first of them."""
    ids = [id_ for item in found.items for id_ in item.new][:SHOWN]
    there = {item.id: item for item in desk.workspace.store.documents_named(ids)}
    return [there[id_] for id_ in ids if id_ in there]  # some may be forgotten since
