"""A real browser in front of a desk that really listens; skipped where there is no Chromium."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages_for_tests import TOKEN

from detente.adapters.readers import read_path
from detente.apps.web.access import Access
from detente.apps.web.app import create_app
from detente.codebook.files import data_file
from detente.parcel import Details
from detente.workspace import Workspace, init_workspace

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("DETENTE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = (
    "--headless",
    "--no-sandbox",  # there is none for root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000  # milliseconds that a page may take


@pytest.fixture(scope="session")
def chromium() -> Iterator["playwright.Browser"]:
    """The browser."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium here: apt-get install chromium, or name one in DETENTE_CHROMIUM")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


class Served:
    """A desk that listens, on a port of its own."""

    def __init__(self, workspace: Workspace) -> None:
        import uvicorn  # noqa: PLC0415 slow to import

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.workspace = workspace
        access = Access(port=self.port, token=TOKEN, user="ann")
        self.server = uvicorn.Server(
            uvicorn.Config(create_app(workspace, access), port=self.port, log_level="warning", lifespan="off")
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Listens no more."""
        self.server.should_exit = True
        self.thread.join(timeout=10)


@pytest.fixture(scope="session")
def dispatches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The bundled dispatches; nobody may change them."""
    workspace = init_workspace(tmp_path_factory.mktemp("dispatches") / "desk", [("JPN", "KOR")])
    workspace.add(read_path(Path(str(data_file("examples/jpn-kor")))), Details())
    served = Served(workspace)
    yield served
    served.stop()
    workspace.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """An empty workspace."""
    workspace = init_workspace(tmp_path / "desk", [("JPN", "KOR")])
    served = Served(workspace)
    yield served
    served.stop()
    workspace.close()


@pytest.fixture
def visit(chromium: "playwright.Browser", request: pytest.FixtureRequest) -> Iterator[object]:
    """Opens the address with the token in a fresh profile; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(served: Served, **options: object) -> "playwright.Page":
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(f"{served.address}/?token={TOKEN}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
