"""The tutorial "Your own articles in the browser", followed as it is written: its commands typed, its steps clicked."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.model]

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorials" / "your-own-articles.md").read_text(encoding="utf-8")
PART = re.compile(r"^```sh\n(?P<typed>.*?)^```$|^\d+\. (?P<step>[^\n]+)$", re.MULTILINE | re.DOTALL)
PATIENCE = 30  # seconds until the desk listens
SERVE = "detente serve\n"
TOLD = "Open "  # before the address that it prints
PLACE = r"(?: beside “(?P<beside>[^”]+)”)?\."
STEPS = {  # how the page words a step
    "see": re.compile(r"You see “(?P<what>[^”]+)”\."),
    "cite": re.compile(r"Click the number behind “(?P<what>[^”]+)”\."),
    "click": re.compile(r"Click \*\*(?P<what>[^*]+)\*\*" + PLACE),
    "write": re.compile(r"Write `(?P<text>[^`]+)` in \*\*(?P<what>[^*]+)\*\*" + PLACE),
    "choose": re.compile(r"Choose (?P<text>`.+`) under \*\*(?P<what>[^*]+)\*\*\."),
    "press": re.compile(r"Press `(?P<what>\w)`\."),
}


def parts() -> Iterator[tuple[str, str]]:
    """What is typed and what is done in the browser, in the order of the page; steps that are not understood fail."""
    for found in PART.finditer(PAGE):
        yield ("typed", found["typed"]) if found["typed"] else ("step", found["step"])


class Walk:
    """Somebody at a terminal and a browser, in an empty folder with the project beside it."""

    def __init__(self, folder: Path, visit: object) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        (self.folder / "src").symlink_to(ROOT / "src")
        self.visit = visit
        self.desk: subprocess.Popen[str] | None = None
        self.page = None
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.surroundings = {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1"}

    def type(self, script: str) -> str:
        """What a shell answers; what it ends in is where the next commands are typed."""
        if "make demo" in script:
            return ""  # what runs this is installed
        commands, serve, _ = script.partition(SERVE)
        done = subprocess.run(
            ["bash", "-euc", f"{commands}\npwd > {self.folder.parent}/pwd"],
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.folder = Path((self.folder.parent / "pwd").read_text().strip())
        if serve:
            self.open()
        return done.stdout

    def open(self) -> None:
        """Opens the desk and the address that it prints."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "detente", "serve", "--no-open", "--port", str(port)]
        self.desk = subprocess.Popen(command, cwd=self.folder, env=self.surroundings, stdout=subprocess.PIPE, text=True)
        address = self.desk.stdout.readline().removeprefix(TOLD).strip()
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        self.page = self.visit(address)

    def step(self, words: str) -> None:
        """Does one step of the page."""
        name, found = next(((n, m) for n, row in STEPS.items() if (m := row.fullmatch(words))), ("", None))
        assert found, f"nobody knows how to do this: {words}"
        getattr(self, name)(**found.groupdict())

    def see(self, what: str) -> None:
        """Waits for the words."""
        self.page.get_by_text(re.compile(re.escape(what))).filter(visible=True).first.wait_for()

    def cite(self, what: str) -> None:
        """Opens the first citation of the line."""
        self.page.locator("li.line", has_text=what).locator("a.cite").first.click()

    def near(self, beside: str | None) -> object:
        """The whole page, or the entry of a list that holds the words."""
        return self.page.locator(".mending li", has_text=beside) if beside else self.page

    def click(self, what: str, beside: str | None) -> None:
        """A link or a button of that name; a file that it gives is kept in the folder."""
        there = self.near(beside)
        named = there.get_by_role("link", name=what, exact=True).or_(there.get_by_role("button", name=what, exact=True))
        if named.first.get_attribute("download") is None:
            named.first.click()
            self.page.wait_for_load_state()
            return
        with self.page.expect_download() as waited:
            named.first.click()
        waited.value.save_as(self.folder / waited.value.suggested_filename)

    def write(self, text: str, what: str, beside: str | None) -> None:
        """Fills the field of that label."""
        self.near(beside).get_by_label(what, exact=True).first.fill(text)

    def choose(self, text: str, what: str) -> None:
        """Chooses files by their paths."""
        names = re.findall(r"`([^`]+)`", text)
        self.page.get_by_label(re.compile(what)).first.set_input_files([self.folder / name for name in names])

    def press(self, what: str) -> None:
        """One key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(what)

    def end(self) -> None:
        """Ctrl+C."""
        if self.desk is not None:
            self.desk.terminate()
            self.desk.wait(timeout=20)


@pytest.fixture
def walk(tmp_path: Path, chromium: object) -> Iterator[Walk]:
    """An empty folder, and a browser that keeps what it is given."""
    complaints: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)

    def visit(address: str) -> object:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    walked = Walk(tmp_path, visit)
    yield walked
    walked.end()
    context.close()
    assert complaints == []


def test_a_newcomer_gets_to_a_brief_of_articles_of_their_own(walk):
    answers = []
    for kind, words in parts():
        if kind == "typed":
            answers.append(walk.type(words))
        else:
            walk.step(words)
    assert "every line says what its records say" in answers[-1]
    assert len(answers) == PAGE.count("```sh")
