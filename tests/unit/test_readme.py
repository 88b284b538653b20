"""The README shows a brief that is really printed, and code that really runs."""

import re
from pathlib import Path

import pytest

from detente.adapters.exporters.brief_text import write_text
from detente.adapters.readers import read_path
from detente.codebook.files import data_file
from detente.parcel import Details
from detente.workspace import init_workspace

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CUT = "[…]"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    workspace = init_workspace(tmp_path_factory.mktemp("readme") / "w", [("USA", "CHN")])
    workspace.add(read_path(Path(str(data_file("examples/usa-chn")))), Details())
    text = write_text(workspace.brief())
    workspace.close()
    return text


def test_each_line_of_the_brief_is_printed_in_that_order(printed):
    (shown,) = blocks("text")
    at = 0
    for line in shown.splitlines():
        if line.strip() and line.strip() != CUT:
            found = printed.find(line + "\n", at)
            assert found >= 0, line
            at = found


def test_the_python_example_runs(capsys):
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    assert "agenda_item planned The two sides will meet in Washington next month." in capsys.readouterr().out


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_make_targets_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE)) <= targets
