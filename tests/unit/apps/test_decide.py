"""Correcting on the command line: a real process, real files."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from detente.settings import read_settings

pytestmark = pytest.mark.model

TEXT = (
    "Talks in Geneva on tariffs\n\n"
    "Envoys of the United States and China met in Geneva on Friday.\n\n"
    "The two sides will meet in Washington next month. Beijing wants all punitive tariffs removed.\n"
)


def run(*words, folder, status=0, user="ann"):
    done = subprocess.run(
        [sys.executable, "-m", "detente", *words],
        cwd=folder,
        env={**os.environ, "USER": user},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A workspace with one document, which each test copies."""
    place = tmp_path_factory.mktemp("filled")
    run("init", "w", "--pair", "US", "China", folder=place)
    (place / "note.txt").write_text(TEXT, encoding="utf-8")
    run("add", "../note.txt", "--published", "2019-11-02", "--outlet", "The Note", folder=place / "w")
    return place


@pytest.fixture
def folder(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "copy") / "w"


def rows(name, folder, *words):
    return json.loads(run(name, "--format", "json", *words, folder=folder).stdout)


def test_a_decision_shows_on_every_page_and_can_be_taken_back(folder):
    (met,) = [row for row in rows("events", folder) if "Geneva" in row["evidence"][0]["quote"]]
    id_ = met["id"][:12]
    said = run("decide", "redate", id_, "2019-10-30", "--why", "the embassy says so", folder=folder).stdout
    assert "1  redate when=2019-10-30" in said
    assert "ann" in said
    assert "decide undo 1" in said
    brief = run("brief", "--out", "brief.txt", folder=folder) and (folder / "brief.txt").read_text("utf-8")
    assert "30 Oct 2019" in brief
    assert "as decided: date" in brief
    run("verify", "brief.txt", folder=folder)
    shown = run("show", id_, folder=folder).stdout
    assert "the embassy says so" in shown
    assert "As it was coded" in shown
    run("brief", "--without-decisions", "--format", "html", "--out", "coded.html", folder=folder)
    assert "as decided" not in (folder / "coded.html").read_text("utf-8")
    run("verify", "coded.html", folder=folder)
    run("decide", "undo", "1", "--by", "bob", folder=folder)
    listed = run("decide", "list", folder=folder).stdout
    assert "undone" in listed.splitlines()[0]
    assert "bob" in listed.splitlines()[1]
    assert [row for row in rows("events", folder) if row["id"] == met["id"]] == [met]


def test_what_is_rejected_is_gone_from_tables_and_shown_as_such(folder):
    before = rows("positions", folder)
    run("decide", "reject", before[0]["id"], folder=folder)
    assert before[0] not in rows("positions", folder)
    assert rows("positions", folder, "--without-decisions") == before
    assert "does not count" in run("show", before[0]["id"], folder=folder).stdout
    assert "ok    every document" in run("doctor", folder=folder).stdout


def test_a_rule_is_shown_before_it_is_saved(folder):
    there = rows("positions", folder)
    shown = run("decide", "rule", "kind=position", "words=Tariffs", folder=folder).stdout
    assert f"{len(there)} position would go" in shown
    assert rows("positions", folder) == there
    run("decide", "rule", "kind=position", "words=Tariffs", "--save", folder=folder)
    assert rows("positions", folder) == []
    (rule,) = read_settings((folder / "detente.toml").read_text("utf-8")).rejects
    assert rule.parts == {"kind": "position", "words": "Tariffs"}
    text = (folder / "detente.toml").read_text("utf-8").partition("[[reject]]")[0]
    (folder / "detente.toml").write_text(text, encoding="utf-8")
    assert rows("positions", folder) == there


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reject", "zzzz"), "No record"),
        (("reject",), "needs an id"),
        (("undo", "9"), "detente decide list"),
        (("undo", "x"), "no number"),
        (("rule", "colour=red"), "no rule"),
        (("rule",), "no rule"),
    ],
)
def test_what_cannot_be_decided_says_what_to_type(folder, words, said):
    done = run("decide", *words, folder=folder, status=1 if words[0] == "rule" else 2)
    assert said in done.stderr


def test_coding_anew_says_what_it_did(folder):
    out = run("recode", folder=folder).stdout
    assert out.startswith("0 documents coded anew")
    out = run("recode", "--all", folder=folder).stdout
    assert out.startswith("1 documents coded anew")
    assert "by the same versions" in out
