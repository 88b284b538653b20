"""Workspaces that pages are asked of: an empty one, one of few records made by hand, and one of coded dispatches."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import records_for_tests as made
from fastapi.testclient import TestClient

from detente.adapters.readers import read_path
from detente.apps.web.access import Access
from detente.apps.web.app import create_app
from detente.codebook.files import data_file
from detente.ledger.port import Posting
from detente.parcel import Details
from detente.passages import split_passages
from detente.records import Document, Event, EventType, Problem, Quad, Record, Stance, Trouble
from detente.workspace import Workspace, init_workspace

TOKEN = "a-token-of-tests"
BASE = "http://127.0.0.1:8765"
POSTED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
TEXT = (
    "China demanded on Friday that the tariffs be lifted. The United States met China in Geneva. "
    "They plan to meet again in December. The United States rejects the demand."
)


def post(workspace: Workspace, document: Document, records: tuple[Record, ...], *problems: Problem) -> None:
    """Posts records that nobody coded."""
    posting = Posting(
        document=document,
        passages=split_passages(document),
        records=records,
        problems=problems,
        pair=("CHN", "USA"),
        provenance=made.MADE,
        posted_at=POSTED,
    )
    workspace.store.post(posting)


def records_of(document: Document) -> tuple[Record, ...]:
    """One record of each of several kinds."""
    hostile: Event = made.event(
        document,
        "The United States rejects the demand.",
        EventType.REJECT,
        quad=Quad.VERBAL_CONFLICT,
        intensity=-4.0,
        confidence=0.4,
        issues=(made.Issue(theme="trade", label="Trade"),),
    )
    return (
        made.position(document, "that the tariffs be lifted", Stance.DEMANDS),
        made.event(document, "The United States met China in Geneva.", when=made.day("2019-11-01")),
        made.agenda(document, "They plan to meet again in December.", when=made.month(2019, 12)),
        hostile,
    )


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which nothing has been read."""
    workspace = init_workspace(tmp_path / "desk", [("USA", "CHN")])
    yield workspace
    workspace.close()


@pytest.fixture
def small(empty: Workspace) -> Workspace:
    """A workspace of two documents and few records."""
    for outlet in ("Harbour Wire", "The Meridian"):
        document = made.document(TEXT, outlet=outlet)
        post(empty, document, records_of(document))
    undated = made.document("The United States met China in Geneva once more.", published=None, outlet=None)
    met = made.event(undated, "The United States met China in Geneva once more.")
    post(empty, undated, (met,), Problem(trouble=Trouble.UNDATED, message="no date", document=undated.id))
    return empty


@pytest.fixture(scope="session")
def dispatches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The bundled dispatches of one pair, coded; nobody may change them."""
    workspace = init_workspace(tmp_path_factory.mktemp("dispatches") / "desk", [("JPN", "KOR")])
    workspace.add(read_path(Path(str(data_file("examples/jpn-kor")))), Details())
    yield workspace
    workspace.close()


Ask = Callable[[Workspace], TestClient]


@pytest.fixture
def ask() -> Ask:
    """A browser that has opened the address with the token."""

    def opened(workspace: Workspace, **more: object) -> TestClient:
        access = Access(token=TOKEN, user="ann", **more)
        client = TestClient(create_app(workspace, access), base_url=BASE)
        assert client.get(f"/?token={TOKEN}").status_code == 200
        return client

    return opened


def mark_of(page: str) -> str:
    """The mark that the forms of a page carry."""
    return page.partition('name="csrf" value="')[2].partition('"')[0]
