"""Object stores, on one in memory: what is found, read and written, and what is said when it cannot be."""

import gzip
import json
import sys

import duckdb
import pytest
from seeds_for_tests import packed, web_archive

from detente.adapters.engines.local import LocalEngine
from detente.adapters.objects import find_objects, mark_of, move_file, write_file
from detente.adapters.readers import read_path
from detente.adapters.readers.files import find_starts, read_lines
from detente.apps.cli import main
from detente.apps.cli.console import answer
from detente.chunks import begin_run
from detente.cleaning import Draft
from detente.errors import StoreError
from detente.parcel import Details
from detente.records import Problem
from detente.settings import Settings
from detente.workspace import init_workspace

fsspec = pytest.importorskip("fsspec")
STORY = "The ferry between the two islands sailed again on Friday. The harbour master was glad of it."


@pytest.fixture
def store():
    made = fsspec.filesystem("memory")
    yield made
    made.rm("/", recursive=True)


def fill(store, **more):
    files = {
        "/news/a/one.txt": STORY.encode(),
        "/news/a/.hidden.txt": b"not to be read",
        "/news/b/two.jsonl.gz": gzip.compress(json.dumps({"text": STORY, "published": "2019-11-02"}).encode()),
        "/news/b/three.warc.gz": packed(web_archive()),
        **more,
    }
    for name, data in files.items():
        store.pipe(name, data)


def test_a_folder_of_a_store_is_read_like_any(store):
    fill(store)
    found = list(read_path("memory://news"))
    assert [type(item) for item in found] == [Draft] * 5
    assert found[0].path == "memory://news/a/one.txt"
    assert found[-1].path == "memory://news/b/two.jsonl.gz:1"
    assert found[1].capture.digest


def test_patterns_and_single_objects(store):
    fill(store)
    assert list(find_objects("memory://news/**/*.gz")) == [
        "memory://news/b/three.warc.gz",
        "memory://news/b/two.jsonl.gz",
    ]
    (draft,) = read_path("memory://news/a/one.txt")
    assert draft.text == STORY
    (problem,) = read_path("memory://news/a/none.txt")
    assert "no such object" in problem.message


def test_a_long_object_is_shared_out_and_changes_are_seen(store, tmp_path, monkeypatch):
    monkeypatch.setattr("detente.chunks.CHUNK_BYTES", 300)
    lines = [json.dumps({"text": f"{STORY} Round {i}.", "published": "2019-07-01"}) for i in range(12)]
    store.pipe("/news/long.jsonl", "\n".join(lines).encode())
    name = "memory://news/long.jsonl"
    places = list(find_starts(name, 300))
    assert len(places) > 2
    start, before = places[0]
    first = next(read_lines(name, start=start, until=10_000, before=before))
    assert first.path == f"{name}:{before + 1}"
    settings = Settings(pairs=(("JPN", "KOR"),))
    runs = [begin_run([name], Details(), settings, tmp_path, []) for _ in range(2)]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 2
    size, mark = mark_of(name)
    store.pipe("/news/long.jsonl", b"{}")
    assert (size, mark) != mark_of(name)


@pytest.mark.model
def test_what_workers_read_from_a_store_is_posted(store, tmp_path):
    fill(store)
    workspace = init_workspace(tmp_path / "w", [("JPN", "KOR")])

    class Here(LocalEngine):
        """The store lies in the memory of this process: another would not see it."""

        def run(self, work, jobs):
            for job in jobs:
                work(job)
                yield job, True

    added = workspace.add_chunks(["memory://news"], Details(), Here(1))
    assert len(added.new) == 5
    again = workspace.add_chunks(["memory://news"], Details(), Here(1))
    assert (len(again.new), len(again.known)) == (0, 5)
    workspace.close()


def test_what_is_written_is_there(store, tmp_path):
    write_file("memory://out/brief.md", b"words")
    assert store.cat("/out/brief.md") == b"words"
    made = tmp_path / "a.parquet"
    duckdb.execute(f"COPY (SELECT 1 AS one) TO '{made}' (FORMAT parquet)")
    data = made.read_bytes()
    move_file(made, "memory://out/pairs.parquet")
    assert store.cat("/out/pairs.parquet") == data
    assert not made.exists()


def test_an_unknown_store_and_one_that_is_not_installed_say_what_to_type(monkeypatch):
    with pytest.raises(StoreError, match="No store is called nix://"):
        list(find_objects("nix://news"))
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(StoreError, match=r'pip install "detente\[s3\]"'):
        list(find_objects("s3://news"))


class Locked(fsspec.AbstractFileSystem):
    """A store that nobody may look into."""

    protocol = "locked"

    def isdir(self, path):
        raise RuntimeError("Unable to locate credentials")

    def _open(self, path, mode="rb", **_):
        raise TimeoutError("the store is asleep")


def test_missing_credentials_are_asked_for_and_trouble_with_one_object_is_a_problem(monkeypatch):
    fsspec.register_implementation("locked", Locked, clobber=True)
    with pytest.raises(StoreError, match="AWS_ACCESS_KEY_ID"):
        list(find_objects("locked://news"))
    monkeypatch.setattr(Locked, "isdir", lambda self, path: False)
    (problem,) = read_path("locked://news/a.txt")
    assert isinstance(problem, Problem)
    assert "asleep" in problem.message


def test_the_command_line_takes_addresses(store, tmp_path, monkeypatch, capsys):
    fill(store)
    for words, status in (
        (["extract", "memory://news/a/one.txt", "--published", "2019-11-02"], 0),
        (["extract", "nix://news"], 1),
    ):
        monkeypatch.setattr(sys, "argv", ["detente", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == status
    assert "No store is called" in capsys.readouterr().err


def test_an_answer_goes_to_an_address(store):
    answer("words\n", "memory://out/brief.md")
    assert store.cat("/out/brief.md") == b"words\n"
