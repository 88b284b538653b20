"""Runs the code blocks of a page of the documentation: Python, and what is typed into a shell, in a workspace."""

import contextlib
import itertools
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from typer.testing import CliRunner

from detente.adapters.readers import read_path
from detente.apps.cli.app import app, join_pairs
from detente.codebook.files import data_file
from detente.ledger.port import Query
from detente.workspace import Details, Workspace, init_workspace, open_workspace

CORPUS = Path(str(data_file("examples/usa-chn")))
EVENT_DATA = {"20170620.export.CSV": "gdelt2.export.CSV", "own.csv": "own.csv"}  # what pages call them
WORKSPACE = "us-china"  # the folder that pages open
LASTING = ("serve", "mcp", "watch")  # they go on until they are stopped: only their options are looked at
REDIRECTIONS = {">": "stdout", "2>": "stderr"}
PROMPT = "$ "
LEFT_OUT = "[…]"  # a line of a shown output that stands for any lines
ANYTHING = "…"  # in a line of a shown output, stands for what differs from time to time


def make_workspace(folder: Path) -> Path:
    """A workspace with the bundled dispatches, and what pages call FILE and FOLDER beside its settings."""
    workspace = init_workspace(folder / WORKSPACE, [("USA", "CHN")])
    workspace.add(read_path(CORPUS), Details())
    workspace.close()
    texts = sorted(CORPUS.glob("*.txt"))
    shutil.copy(texts[0], folder / WORKSPACE / "FILE")
    for shown, name in EVENT_DATA.items():
        shutil.copy(Path(__file__).parent / "event_data" / name, folder / WORKSPACE / shown)
    (folder / WORKSPACE / "FOLDER").mkdir()
    shutil.copy(texts[1], folder / WORKSPACE / "FOLDER")
    return folder / WORKSPACE


def stand_ins(workspace: Workspace) -> dict[str, str]:
    """Ids that pages show and the ids of this workspace that they stand for: those change with what is coded."""
    events = sorted(record.id for record in workspace.store.records(Query(kinds=("event",))))
    promise = min(record.id for record in workspace.store.records(Query(kinds=("agenda_item",))))
    document = min(workspace.store.known_ids())
    return {"7e852d6d": events[0], "d170ae84": events[1], "1ffc6b24": promise, "3f9a12c4": document}


@dataclass
class Page:
    """A page whose blocks are run in their order, in folders of its own."""

    folder: Path
    filled: Path  # a workspace to copy
    here: Path = field(init=False)  # where the shell stands
    ids: dict[str, str] = field(init=False)

    def run(self, path: Path) -> int:
        """How many blocks there were; raises AssertionError, or what Python raises, at the first that fails."""
        self.here = self.folder / WORKSPACE
        shutil.copytree(self.filled, self.here)
        opened = open_workspace(self.here)
        self.ids = stand_ins(opened)
        opened.close()
        parsers = [
            PythonCodeBlockParser(),
            CodeBlockParser("sh", self._shell),
            CodeBlockParser("console", self._console),
            SkipParser(),
        ]
        document = Sybil(parsers).parse(path)
        count = 0
        for count, example in enumerate(document.examples(), 1):  # noqa: B007 counted
            with contextlib.chdir(self.folder):
                example.evaluate()
        document.namespace.clear()  # what a page opened is let go before the next
        return count

    def _shell(self, example: Example) -> None:
        """Each line is typed; none may fail."""
        for line in lines(example.parsed):
            self.type(line)

    def _console(self, example: Example) -> None:
        """Lines behind a prompt are typed, and print what stands below them."""
        shown: list[str] | None = None
        printed = ""
        for line in [*example.parsed.rstrip("\n").split("\n"), PROMPT]:
            if not line.startswith(PROMPT):
                assert shown is not None, f"{line!r} stands before any prompt"
                shown.append(line.rstrip())
                continue
            if shown is not None:
                assert agrees(shown, [told.rstrip() for told in printed.rstrip("\n").split("\n")]), printed
            if line != PROMPT:
                printed, shown = self.type(line.removeprefix(PROMPT)), []

    def type(self, line: str) -> str:
        """What the line prints."""
        return "".join(self._command(words) for words in commands(line))

    def _command(self, words: list[str]) -> str:
        words = [self._meant(word) for word in words]
        if words[0] == "cd":
            self.here = self.here / words[1]
            return ""
        files = {REDIRECTIONS[sign]: name for sign, name in itertools.pairwise(words) if sign in REDIRECTIONS}
        words = words[: next((at for at, word in enumerate(words) if word in REDIRECTIONS), len(words))]
        with contextlib.chdir(self.here):
            printed = detente(words[1:]) if words[0] == "detente" else program(words)
            for stream, name in files.items():
                Path(name).write_bytes(printed[stream])
        return "" if "stdout" in files else printed["stdout"].decode()

    def _meant(self, word: str) -> str:
        for shown, id_ in self.ids.items():
            word = word.replace(shown, id_[:12])
        return word


def detente(words: list[str]) -> dict[str, bytes]:
    """What the command line answers in this process, which has the language pipeline loaded."""
    call = [words[0], "--help"] if words[0] in LASTING else join_pairs(words)
    done = CliRunner().invoke(app, call, input=b"One line of news about China and the United States.\n")
    assert done.exit_code == 0, f"detente {shlex.join(words)}: {done.output}{done.exception!r}"
    return {"stdout": done.stdout_bytes, "stderr": done.stderr_bytes}


def program(words: list[str]) -> dict[str, bytes]:
    """What any other program answers."""
    done = subprocess.run(words, check=True, capture_output=True, env=os.environ)
    return {"stdout": done.stdout, "stderr": done.stderr}


def lines(block: str) -> Iterator[str]:
    """The lines of a shell block; one that ends in a backslash goes on in the next."""
    return iter(block.replace("\\\n", " ").strip().split("\n"))


def commands(line: str) -> Iterator[list[str]]:
    """The commands of a line, in words; nothing for a comment."""
    for part in line.split(" && "):
        words = shlex.split(part, comments=True)
        if words:
            yield words


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether the output is the one shown; `[…]` in it stands for any lines, `…` for any words.

    >>> agrees(["a", "[…]", "… d"], ["a", "b", "c", "2 d"]), agrees(["a"], ["a", "b"])
    (True, False)
    """
    if not shown:
        return not "".join(printed)
    if shown[0].strip() == LEFT_OUT:
        return len(shown) == 1 or any(agrees(shown[1:], printed[at:]) for at in range(len(printed) + 1))
    pattern = ".*".join(map(re.escape, shown[0].split(ANYTHING)))
    return bool(printed and re.fullmatch(pattern, printed[0])) and agrees(shown[1:], printed[1:])
