"""A brief in one file: whatever character of it is changed, left out or doubled, verifying without a ledger tells."""

import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.adapters.exporters.brief_html import DATA_CLOSES, DATA_OPENS, write_html
from detente.adapters.exporters.brief_json import write_json
from detente.adapters.readers import read_path
from detente.apps.cli.verification import verify_text
from detente.codebook.files import data_file
from detente.errors import UsageError
from detente.parcel import Details
from detente.telling.verify import check_brief
from detente.workspace import init_workspace, open_workspace

pytestmark = pytest.mark.model

LIKE = {"L": "aZé", "N": "07", "P": ".,“”’–", "S": "$+", "Z": " \u00a0\u2009", "C": "\n\t\x0b"}  # others of the class
ELSE = "x0. "  # of another class


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    """The brief of bundled dispatches in the two shapes that carry their evidence."""
    workspace = init_workspace(tmp_path_factory.mktemp("tampering") / "desk", [("JPN", "KOR")])
    workspace.add(read_path(Path(str(data_file("examples/jpn-kor")))), Details())
    brief = workspace.brief()
    workspace.close()
    return {"html": write_html(brief), "json": write_json(brief)}


@pytest.mark.parametrize("corpus", ["jpn-kor", "usa-chn"])
def test_every_line_of_a_brief_is_what_its_records_say(corpus, tmp_path):
    workspace = init_workspace(tmp_path / "desk", [tuple(corpus.upper().split("-"))])
    settings_file = workspace.folder / "detente.toml"
    settings_file.write_text(f"brief.lines = 1000\n{settings_file.read_text('utf-8')}", encoding="utf-8")
    workspace = open_workspace(workspace.folder)
    workspace.add(read_path(Path(str(data_file(f"examples/{corpus}")))), Details())
    days = sorted({document.published_on for document in workspace.material(workspace.pair()).documents})
    for day in days[:: len(days) // 5]:
        assert check_brief(workspace.brief(as_of=day), workspace.words, workspace.text_of) == []
    workspace.close()


def classes(page: str) -> dict[str, list[int]]:
    """The places of each class of characters: apart what is shown, what is markup, and what is carried as data."""
    begins = page.find(DATA_OPENS)
    ends = page.find(DATA_CLOSES, begins)
    found, in_tag = defaultdict(list), False
    for at, char in enumerate(page):
        in_tag = in_tag or char == "<"
        part = "data" if begins <= at < ends or begins < 0 else "markup" if in_tag else "shown"
        found[f"{part} {unicodedata.category(char)}"].append(at)
        in_tag = in_tag and char != ">"
    return found


def is_found(page: str) -> bool:
    """Whether verifying tells that something is wrong; that the file is no brief any more is telling, too."""
    try:
        faults, _ = verify_text(page, None)
    except UsageError:
        return True
    return bool(faults)


def test_the_pages_agree_as_they_are(pages):
    assert [shape for shape, page in pages.items() if is_found(page)] == []


@pytest.mark.parametrize("shape", ["html", "json"])
@settings(max_examples=50, deadline=None, derandomize=True)
@given(data=st.data())
def test_one_changed_character_is_found(shape, pages, data):
    page = pages[shape]
    places = classes(page)
    at = data.draw(st.sampled_from(places[data.draw(st.sampled_from(sorted(places)))]))
    old = page[at]
    new = data.draw(st.sampled_from([*LIKE[unicodedata.category(old)[0]], *ELSE, "", old + old, old.swapcase()]))
    if new != old:
        assert is_found(page[:at] + new + page[at + 1 :])
