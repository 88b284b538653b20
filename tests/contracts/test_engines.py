"""What every engine does: the same ledger as without one, whatever dies on the way."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.adapters.engines.dask import DaskEngine
from detente.adapters.engines.local import LocalEngine
from detente.adapters.readers import read_path
from detente.chunks import Chunk, Engine, begin_run, code_chunk, read_parcel, read_parcels, write_parcel
from detente.codebook.files import data_file
from detente.errors import EngineError
from detente.parcel import Details, Fate
from detente.settings import Settings
from detente.workspace import Workspace, init_workspace

pytestmark = pytest.mark.model

DISPATCHES = Path(str(data_file("examples/jpn-kor")))
PAIR = ("JPN", "KOR")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = init_workspace(tmp_path / "w", [PAIR])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    opened = init_workspace(tmp_path_factory.mktemp("plain") / "w", [PAIR])
    opened.add(read_path(DISPATCHES), Details())
    return exported(opened)


def exported(workspace: Workspace) -> bytes:
    """The records of every document, and those of the pair as they are exported, sorted by id: bytes to compare."""
    documents = [workspace.store.document(id_) for id_ in sorted(workspace.store.known_ids())]
    every = [record.to_dict() for document in documents for record in workspace.records_of(document)]
    lines = workspace.export("jsonl", pair=PAIR).splitlines(keepends=True)
    assert lines
    return b"".join(sorted(lines, key=lambda line: str(json.loads(line)["id"]))) + json.dumps(every).encode()


def die(chunk: Chunk) -> None:
    """Codes, but the first worker that meets the first chunk dies of it; the file says that it did."""
    sign = Path(chunk.order.folder).parents[1] / "died"
    if chunk.number == 1 and not sign.exists():
        sign.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    code_chunk(chunk)


def always_die(chunk: Chunk) -> None:
    if chunk.number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    code_chunk(chunk)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.chunks.CHUNK_FILES", 5)


@pytest.mark.parametrize("engine", [LocalEngine(2), DaskEngine(workers=2)], ids=["local", "dask"])
@pytest.mark.usefixtures("small_chunks")
def test_a_run_gives_what_adding_gives_though_a_worker_dies(
    engine: Engine, workspace: Workspace, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.chunks.code_chunk", die)
    added = workspace.add_chunks([DISPATCHES], Details(), engine)
    assert (workspace.folder / "died").exists()
    assert len(added.new) == len(workspace.store.known_ids())
    assert exported(workspace) == expected
    again = workspace.add_chunks([DISPATCHES], Details(), LocalEngine(1))
    assert (again.new, len(again.known)) == ([], len(added.new))
    assert not list((workspace.folder / "chunks").iterdir())


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler with a worker, each a process of its own: the address, and the scheduler."""
    command = [sys.executable, "-m", "distributed.cli"]
    file = tmp_path / "scheduler.json"
    with contextlib.ExitStack() as stack:
        processes = []
        for name, more in (("dask_scheduler", ["--no-dashboard", "--port", "0"]), ("dask_worker", ["--nthreads", "1"])):
            call = [*command[:2], f"distributed.cli.{name}", "--scheduler-file", str(file), *more]
            process = stack.enter_context(
                subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
            )
            stack.callback(process.kill)
            processes.append(process)
        while not file.exists() or not file.read_text(encoding="utf-8").strip():
            assert processes[0].poll() is None
            time.sleep(0.1)
        yield json.loads(file.read_text(encoding="utf-8"))["address"], processes[0]


@pytest.mark.usefixtures("small_chunks")
def test_a_scheduler_that_dies_changes_nothing_after_a_rerun(
    cluster: tuple[str, subprocess.Popen[bytes]], workspace: Workspace, expected: bytes
) -> None:
    address, scheduler = cluster

    def kill(name: str, fate: str) -> None:
        scheduler.kill()

    with pytest.raises(EngineError, match="type the same command again"):
        workspace.add_chunks([DISPATCHES], Details(), DaskEngine(address), kill)
    assert 0 < len(workspace.store.known_ids()) < 15
    workspace.add_chunks([DISPATCHES], Details(), LocalEngine(2))
    assert exported(workspace) == expected


@pytest.mark.usefixtures("small_chunks")
def test_what_kills_every_worker_is_given_up_and_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.chunks.code_chunk", always_die)
    added = workspace.add_chunks([DISPATCHES], Details(), LocalEngine(2))
    assert added.refused == 5
    assert len(added.new) > 5
    assert all("died" in problem.message for problem in added.problems if problem.document is None)


@pytest.mark.usefixtures("small_chunks")
def test_a_stopped_run_goes_on_with_what_is_missing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = begin_run([DISPATCHES], Details(), workspace.settings, workspace.folder / "chunks", [])
    code_chunk(chunks[0])
    coded = []
    monkeypatch.setattr("detente.chunks.code_chunk", lambda chunk: (coded.append(chunk.number), code_chunk(chunk)))
    added = workspace.add_chunks([DISPATCHES], Details(), InTurn())
    assert sorted(coded) == [chunk.number for chunk in chunks]
    assert len(added.new) == len(workspace.store.known_ids()) > 5


class InTurn:
    """An engine without workers."""

    def run(self, work, jobs):  # type: ignore[no-untyped-def]
        for job in jobs:
            work(job)
            yield job, True


def test_without_a_scheduler_there_is_a_hint() -> None:
    with pytest.raises(EngineError, match="type the same command again"):
        list(DaskEngine("tcp://127.0.0.1:9").run(code_chunk, []))


def test_long_files_are_cut_at_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.chunks.CHUNK_BYTES", 300)
    news = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"text": f"Japan and South Korea met in round {i}.", "published": "2019-07-01"}) for i in range(9)
    ]
    news.write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(pairs=(PAIR,))
    chunks = begin_run([news], Details(outlet="The Example"), settings, tmp_path / "chunks", [])
    assert len(chunks) > 2
    found = []
    for chunk in chunks:
        code_chunk(chunk)
        found += list(read_parcels(chunk, is_done=True))
    assert [parcel.path for parcel in found] == [f"{news}:{line}" for line in range(1, 10)]
    assert {parcel.fate for parcel in found} == {Fate.NEW}
    assert [read_parcel(write_parcel(parcel)) for parcel in found] == found
