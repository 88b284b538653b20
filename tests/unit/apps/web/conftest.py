"""Workspaces that pages are asked of: an empty one, one of few records made by hand, and one of coded dispatches."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pages_for_tests import BASE, TOKEN, fill

from detente.adapters.readers import read_path
from detente.apps.web.access import Access
from detente.apps.web.app import create_app
from detente.codebook.files import data_file
from detente.parcel import Details
from detente.workspace import Workspace, init_workspace


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which nothing has been read."""
    workspace = init_workspace(tmp_path / "desk", [("USA", "CHN")])
    yield workspace
    workspace.close()


@pytest.fixture
def small(empty: Workspace) -> Workspace:
    """A workspace of two documents and few records."""
    return fill(empty)


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
