"""Writes the pictures of the page "Use the desk" from the bundled dispatches, with Chromium."""

import base64
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from detente.adapters.readers import read_path
from detente.apps.web.access import Access
from detente.apps.web.app import create_app
from detente.codebook.files import data_file
from detente.parcel import Details
from detente.workspace import Workspace, init_workspace

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
TOKEN = "a-token-of-pictures"  # noqa: S105 it opens nothing but what is made up here
QUALITY = 72
WIDE, NARROW = {"width": 1200, "height": 760}, {"width": 390, "height": 760}
PICTURES = (  # name, address, viewport, colours, what is clicked first
    ("brief", "/", WIDE, "light", ""),
    ("evidence", "/", WIDE, "light", "a.cite"),
    ("brief-phone", "/", NARROW, "light", ""),
    ("issue", "/issues/tariffs", WIDE, "light", ""),
    ("month", "/agenda?month=2019-12", WIDE, "light", ""),
    ("timeline", "/timeline?kind=agenda_item", WIDE, "light", ""),
    ("index", "/index", WIDE, "dark", ""),
    ("sources", "/sources", WIDE, "light", ""),
    ("document", "{document}", WIDE, "light", ""),
    ("review", "/review?skip=30", WIDE, "dark", ""),
    ("add", "/add", WIDE, "light", ""),
)


def serve(workspace: Workspace) -> tuple[uvicorn.Server, str]:
    """A desk that listens, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    access = Access(port=port, token=TOKEN, user="ann")
    server = uvicorn.Server(uvicorn.Config(create_app(workspace, access), port=port, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{port}"


def draw(browser: Browser, address: str, document: str) -> None:
    """All pictures, each in a profile of its own."""
    for name, path, viewport, scheme, clicked in PICTURES:
        context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB")
        page = context.new_page()
        page.goto(f"{address}/?token={TOKEN}")
        page.goto(address + path.format(document=document))
        if clicked:
            page.locator(clicked).first.click()
            page.locator("dialog[open]").wait_for()
        asked = {"format": "webp", "quality": QUALITY}
        drawn = context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]
        (IMAGES / f"desk-{name}.webp").write_bytes(base64.b64decode(drawn))
        context.close()


def main() -> None:
    """Reads the dispatches, serves them, draws."""
    chromium = os.environ.get("DETENTE_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium here. Type: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = init_workspace(Path(folder) / "us-china", [("USA", "CHN")])
        workspace.add(read_path(Path(str(data_file("examples/usa-chn")))), Details())
        place = workspace.records("position")[4].evidence[0]
        server, address = serve(workspace)
        with sync_playwright() as started:
            browser = started.chromium.launch(
                executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
            )
            draw(browser, address, f"/documents/{place.document}?at={place.start}-{place.end}#at")
            browser.close()
        server.should_exit = True


if __name__ == "__main__":
    main()
