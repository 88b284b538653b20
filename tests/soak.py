"""Kills détente at random moments while it adds, decides and codes anew, and looks whether anything is lost or doubled.

`make soak` runs it with 200 kills; `make test` with ten.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from detente.adapters.readers import read_path
from detente.adapters.stores.sqlite import SqliteStore
from detente.codebook.files import data_file
from detente.ledger.decision import Verb
from detente.ledger.port import Query
from detente.parcel import Details
from detente.workspace import Workspace, init_workspace, open_workspace

CORPUS = Path(str(data_file("examples/usa-chn")))
TEXTS = 8  # of the corpus: enough to be killed between two of them
PAIR = ("USA", "CHN")
OLDER = "UPDATE document SET data = 'older'"  # as if these data files were newer than what coded the texts


@dataclass(slots=True)
class Soak:
    """A workspace that is being killed. `done` are the decisions that were confirmed, in order."""

    folder: Path
    chance: random.Random
    kills: int = 0
    hits: int = 0  # kills that met a process at work
    done: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, *words: str) -> str:
        """What a command that is let alone answers."""
        done = subprocess.run(self._command(words), check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill(self, longest: float, *words: str) -> bool:
        """Whether the command was done before it was killed, at some moment in so many seconds."""
        process = subprocess.Popen(self._command(words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            status = process.wait(self.chance.uniform(0.1 * longest, 0.9 * longest))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            status = None
            self.hits += 1
        self.kills += 1
        self.check()
        return status == 0

    def check(self) -> None:
        """The ledger opens and is in order."""
        if (self.folder / "ledger.db").exists():
            store = SqliteStore(self.folder / "ledger.db")
            faults = store.check()
            store.close()
            assert faults == [], faults

    def ask(self, question: Callable[[Workspace], object]) -> object:
        """What the workspace answers; it is closed again."""
        opened = open_workspace(self.folder)
        try:
            return question(opened)
        finally:
            opened.close()

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "detente", *words, "--workspace", str(self.folder)]


def soak(folder: Path, kills: int, seed: int = 11) -> Soak:
    """Nothing is lost and nothing doubled by so many kills; raises AssertionError where something is."""
    news = folder / "news"
    news.mkdir()
    for path in sorted(CORPUS.iterdir())[:TEXTS]:
        shutil.copy(path, news)
    init_workspace(folder / "killed", [PAIR]).close()
    soaked = Soak(folder / "killed", random.Random(seed))
    third = kills // 3
    _add(soaked, news, kills - 2 * third)
    _decide(soaked, third)
    _recode(soaked, third)
    whole = init_workspace(folder / "whole", [PAIR])
    whole.add(read_path(news), Details())
    for verb, *words in soaked.done:
        whole.decide(Verb(verb), *words, by="soak")
    assert soaked.ask(snapshot) == snapshot(whole)
    whole.close()
    assert "ILL" not in soaked.run("doctor")
    assert not list((soaked.folder / "raw").glob("*.part")) or soaked.hits
    return soaked


def snapshot(workspace: Workspace) -> dict[str, object]:
    """Everything in a workspace but the times of entry."""
    store = workspace.store
    documents = {id_: store.document(id_) for id_ in store.known_ids()}
    return {
        "documents": documents,
        "records": store.records(Query()),
        "coded": store.records(Query(without_decisions=True)),
        "happenings": [tuple(record.id for record in h.records) for h in store.happenings(Query())],
        "problems": sorted(map(repr, store.problems())),
        "decisions": [(made.number, made.words, made.anchors) for made in store.decisions()],
        "raw": {path.name.partition(".")[0] for path in (workspace.folder / "raw").glob("*") if path.suffix != ".part"},
    }


def _add(soaked: Soak, news: Path, kills: int) -> None:
    """Documents that were there after a kill are there after the next; what is missing comes with the last run."""
    began = time.monotonic()
    soaked.run("add", str(news))
    longest = time.monotonic() - began
    for _ in range(kills):
        _forget_some(soaked)
        there = soaked.ask(lambda w: w.store.known_ids())
        soaked.kill(longest, "add", str(news))
        assert there <= soaked.ask(lambda w: w.store.known_ids())
    soaked.run("add", str(news))


def _forget_some(soaked: Soak) -> None:
    opened = open_workspace(soaked.folder)
    for id_ in sorted(opened.store.known_ids()):
        if soaked.chance.random() < 0.5:
            opened.forget(id_)
    opened.close()


def _decide(soaked: Soak, kills: int) -> None:
    """A decision that was confirmed is there; one that was not can be made again, and is then there once."""
    began = time.monotonic()
    soaked.run("decide", "list")
    longest = time.monotonic() - began
    kinds = {record.id: record.record for record in soaked.ask(lambda w: w.store.records(Query()))}
    for number in range(kills):
        words = _choose(soaked, kinds, number)
        before = soaked.ask(lambda w: w.store.decisions())
        confirmed = soaked.kill(longest, "decide", *words, "--by", "soak")
        after = soaked.ask(lambda w: w.store.decisions())
        assert after[: len(before)] == before
        assert len(before) + confirmed <= len(after) <= len(before) + 1
        soaked.ask(lambda w, words=words: w.decide(Verb(words[0]), *words[1:], by="soak"))
        assert len(soaked.ask(lambda w: w.store.decisions())) == len(before) + 1
        soaked.done.append(words)


def _choose(soaked: Soak, kinds: dict[str, str], number: int) -> tuple[str, ...]:
    """A decision that is not in force yet: each record is decided about once, each decision undone once at most."""
    undone = {words[1] for words in soaked.done if words[0] == "undo"}
    can = [str(at) for at, words in enumerate(soaked.done, 1) if words[0] != "undo" and str(at) not in undone]
    if can and soaked.chance.random() < 0.25:
        return "undo", soaked.chance.choice(can)
    id_ = soaked.chance.choice(sorted(set(kinds) - {words[1] for words in soaked.done}))
    verb = soaked.chance.choice(("accept", "reject", "redate", *(("relabel",) if kinds[id_] == "event" else ())))
    value = {"relabel": ("factuality=planned",), "redate": (f"20{10 + number % 80}-01",)}.get(verb, ())
    return verb, id_, *value


def _recode(soaked: Soak, kills: int) -> None:
    """What was coded anew stays so; decisions and documents stay as they were."""
    whole = soaked.ask(snapshot)
    began = time.monotonic()
    soaked.run("recode", "--all")
    longest = time.monotonic() - began
    for number in range(kills):
        if number % 3 == 0:
            _make_stale(soaked)
        stale = len(soaked.ask(_stale))
        soaked.kill(longest, "recode")
        assert len(soaked.ask(_stale)) <= stale
        assert soaked.ask(snapshot) == whole
    soaked.run("recode")
    assert soaked.ask(_stale) == []


def _stale(workspace: Workspace) -> list[str]:
    return [id_ for id_, made in workspace.store.codings() if made.data == "older"]


def _make_stale(soaked: Soak) -> None:
    store = SqliteStore(soaked.folder / "ledger.db")
    with store.engine.connect() as connection:
        connection.exec_driver_sql(OLDER)
        connection.commit()
    store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        told = soak(Path(made), int(sys.argv[1]), *map(int, sys.argv[2:]))
    figures = f"{told.kills} kills, {told.hits} of a process at work, {len(told.done)} decisions"
    print(f"{figures}: nothing lost, nothing doubled")  # noqa: T201 a script that prints its figures
