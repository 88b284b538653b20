"""The documentation is checked like code: nothing is missing, nothing is told that is not so, every example runs."""

import csv
import datetime as dt
import doctest
import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from docs_for_tests import Page, make_workspace

import detente
from detente.adapters.exporters.formats import FORMATS
from detente.adapters.readers.formats import PACKED, SUFFIXES
from detente.adapters.readers.limits import DOCUMENT_CHARACTERS
from detente.apps.cli import tables
from detente.ledger.distance import Distance
from detente.ledger.obstacles import WEIGHTS
from detente.records import RECORD_TYPES, EventType, Factuality, Trouble, Voice
from detente.settings import SETTINGS, PlaceKind, read_settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}
PAGES |= {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "ARCHITECTURE.md")}
RUNNING = ("python", "sh", "console")
TUTORIALS = [
    name for name, text in PAGES.items() if name.startswith("docs/tutorials/") and "\ndetente serve\n" not in text
]  # the others are followed in a browser: tests/browser/test_walk.py
REMEDY = "Type: python tools/build_reference.py"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
INLINE = re.compile(r"`(detente [a-z][^`\n]*)`")
DATA_ROWS = re.compile(
    r"`(src/detente/data/[^`\n]+)`(?:(?!\n\n|`src/).)*:\n\n```(toml|csv)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def load_tool(name="build_reference"):
    """A script of tools/ as a module."""
    sys.path.insert(0, str(ROOT / "tools"))  # as for a script that is started there
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TOOL = load_tool()
COMMANDS = TOOL.command_table()


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return [code for told, code in BLOCK.findall(PAGES[page]) if told == language]


RUN = [
    name
    for name in PAGES
    if name.startswith(("docs/how-to/", "docs/explanation/")) and any(blocks(name, language) for language in RUNNING)
]

# What is generated


def test_the_reference_is_what_the_code_says():
    for name, text in TOOL.pages().items():
        assert PAGES.get(f"docs/reference/{name}") == text, REMEDY


def test_what_a_terabyte_costs_follows_from_the_figures():
    costs = load_tool("build_costs")
    assert PAGES["docs/explanation/a-terabyte-of-news.md"] == costs.page(), "Type: python tools/build_costs.py"
    assert costs.elapsed(100.0, 1, 0.85) == 100.0
    assert costs.elapsed(100.0, 2, 1.0) == 50.0


def test_there_is_no_other_reference_page():
    assert {path.name for path in REFERENCE.glob("*.md")} == set(TOOL.pages())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_on_a_page(name):
    section = PAGES["docs/reference/commands.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert f"detente {name}" in section, REMEDY
    assert [option for option in TOOL.options_of(COMMANDS[name]) - {"--help"} if option not in section] == []


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("settings", [row.name for row in SETTINGS]),
        ("errors", [error.__name__ for error in TOOL.error_classes()]),
        ("problems", [kind.value for kind in Trouble]),
        ("event-types", list(EventType)),
        ("records", [*RECORD_TYPES, *(type_.__name__ for type_ in TOOL.record_classes())]),
    ],
)
def test_every_name_is_on_its_page(page, names):
    text = PAGES[f"docs/reference/{page}.md"]
    assert [name for name in names if not re.search(rf"(?:`|^#+ ){re.escape(name)}(?:`|$)", text, re.MULTILINE)] == []


# Links


def anchors(text: str) -> set[str]:
    """The anchors that a forge makes of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for link in LINK.findall(PAGES[page]):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_page_is_linked_from_the_index():
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(PAGES["docs/index.md"])}
    kinds = ("tutorials", "how-to", "reference", "explanation")
    assert [path for kind in kinds for path in (DOCS / kind).glob("*.md") if path.resolve() not in linked] == []


# Examples


def calls() -> list:
    """Every call of the command line in the docs, in blocks and in running text."""
    found = []
    for page in PAGES:
        lines = [line for code in blocks(page, "sh") for line in code.replace("\\\n", " ").splitlines()]
        told = [*lines, *INLINE.findall(BLOCK.sub("", PAGES[page]))]
        split = [part.strip() for line in told for part in re.split(r"&&|\||;", line.replace("`", ""))]
        found += [pytest.param(part, id=f"{page}: {part}") for part in split if part.startswith("detente ")]
    return found


@pytest.mark.parametrize("call", calls())
def test_commands_and_options_exist(call):
    words = shlex.split(call.replace("[", " ").replace("]", " ").replace("…", ""), comments=True)
    name, *rest = words[1:]
    if name.startswith("-") or name == "COMMAND":
        return
    assert name in COMMANDS, call
    assert {word for word in rest if word.startswith("--")} <= TOOL.options_of(COMMANDS[name]), call


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> Path:
    """A workspace with the bundled dispatches."""
    return make_workspace(tmp_path_factory.mktemp("docs"))


@pytest.mark.model
@pytest.mark.parametrize("page", RUN)
def test_code_blocks_run(page, tmp_path, filled, monkeypatch):
    """Python runs; what is typed into a shell does not fail, and prints what stands below it where something does."""
    monkeypatch.setenv("USER", "ann")  # who decides
    assert Page(tmp_path, filled).run(ROOT / page) == sum(len(blocks(page, language)) for language in RUNNING)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "pycon")])
def test_examples_in_docstrings_hold(page):
    known = {**vars(detente.errors), **vars(detente.records)}
    for code in blocks(page, "pycon"):
        example = doctest.DocTestParser().get_doctest(code, known, page, page, 0)
        assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.model
@pytest.mark.parametrize("page", TUTORIALS)
def test_a_tutorial_can_be_followed(page, tmp_path):
    """What it tells to type, but for the installing, is typed into a shell that stops at the first failure."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "src").symlink_to(ROOT / "src")
    script = "".join(code for code in blocks(page, "sh") if "make " not in code)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=project,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "every line says what its records say" in done.stdout


@pytest.mark.parametrize(("name", "kind", "code"), DATA_ROWS.findall(PAGES["docs/how-to/extend-the-data.md"]))
def test_rows_shown_have_the_columns_of_their_file(name, kind, code):
    text = (ROOT / name).read_text(encoding="utf-8")
    if kind == "csv":
        columns, *rows = csv.reader(code.splitlines())
        assert columns == next(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
        assert all(len(row) == len(columns) for row in rows)
        return
    real = tomllib.loads(text)
    for table, rows in tomllib.loads(code).items():
        known = set().union(*real[table])
        assert [key for row in rows for key in row if key not in known] == [], table


def test_every_row_shown_names_its_file():
    page = "docs/how-to/extend-the-data.md"
    assert len(DATA_ROWS.findall(PAGES[page])) == len(blocks(page, "toml")) + len(blocks(page, "csv"))


def test_files_named_exist():
    for page, text in PAGES.items():
        for name in re.findall(r"`((?:src|tests|tools|docs|training)/[\w./-]+)`", text):
            assert (ROOT / name).exists() or name == "tests/cases/CODE", (page, name)


# The site


def test_the_site_builds_without_a_warning(tmp_path):
    assert build(DOCS, tmp_path) == ""


def test_a_link_that_leads_nowhere_fails_the_site(tmp_path):
    (tmp_path / "conf.py").write_text((DOCS / "conf.py").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "index.md").write_text("# A page\n\n[there](elsewhere.md) and [here](#no-heading)\n", encoding="utf-8")
    said = build(tmp_path, tmp_path / "made")
    assert "elsewhere" in said
    assert "no-heading" in said


def build(docs: Path, out: Path) -> str:
    """What Sphinx has to say."""
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", str(docs), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert bool(done.returncode) == bool(done.stderr), done.stderr
    return done.stderr


# Figures and lists that pages repeat


def test_the_formula_of_obstacles_is_the_one_in_use():
    page = PAGES["docs/explanation/obstacles-and-distance.md"]
    assert f"sum = {' + '.join(f'{weight:.1f} × {name}' for name, weight in WEIGHTS)}\n" in page
    assert re.findall(r"^\| (\d) \| ([\w ]+) \|", page, re.MULTILINE) == [
        (str(int(step)), step.words) for step in sorted(Distance, reverse=True)
    ]


def test_the_formats_told_are_those_read():
    page = PAGES["docs/how-to/add-news.md"]
    assert set(re.findall(r"`(\.\w+)`", page)) == PACKED.union(*SUFFIXES.values())
    assert f"{DOCUMENT_CHARACTERS:,} characters" in page


def test_the_tools_told_are_those_of_the_server():
    page = PAGES["docs/how-to/let-an-assistant-ask.md"]
    (rows,) = re.findall(r"^\| tool \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    told = {name for row in rows.splitlines() for name in re.findall(r"`(\w+)`", row.split(" | ")[0])}
    assert told == {"brief", "changes", "search", "evidence", *tables.COMMANDS}


def test_every_format_has_a_line_that_runs():
    page = PAGES["docs/how-to/take-it-along.md"]
    assert set(re.findall(r"^detente export (\w+) ", page, re.MULTILINE)) == set(FORMATS)


def test_every_table_has_a_line_that_runs():
    lines = {line for code in blocks("docs/how-to/get-tables.md", "sh") for line in code.splitlines()}
    assert [name for name in tables.COMMANDS if f"detente {name}" not in lines] == []


def test_the_settings_shown_can_be_read():
    (shown,) = blocks("docs/reference/settings.md", "toml")
    assert read_settings(shown).brief_lines == 12


def test_the_places_shown_can_be_watched():
    (shown,) = blocks("docs/how-to/keep-current.md", "toml")
    assert {place.kind for place in read_settings(shown).places} == set(PlaceKind)


def coded(text):
    """The records of a sentence of the pages on factuality and voice."""
    return detente.extract(text, published_on=dt.date(2024, 3, 5), pair=("SRB", "HUN")).records


@pytest.mark.model
def test_the_examples_of_factuality_are_read_so():
    page = PAGES["docs/explanation/factuality.md"]
    rows = {
        Factuality(value): text for value, text in re.findall(r"^\| `(\w+)` \| ([A-Z].+\.) \|$", page, re.MULTILINE)
    }
    assert set(rows) == set(Factuality)
    shown = re.findall(r"^\| ([A-Z].+\.) \| `(\w+)` \| .+ \|$", page, re.MULTILINE)
    assert len(shown) > len(rows) / 3
    for text, factuality in (*shown, *((text, value) for value, text in rows.items())):
        assert factuality in {record.factuality for record in coded(text)}, text


@pytest.mark.model
def test_the_examples_of_voice_are_read_so():
    page = PAGES["docs/explanation/voice.md"]
    rows = re.findall(r"^\| `(\w+)` \| ([A-Z].+\.) \| .+ \|$", page, re.MULTILINE)
    assert [Voice(value) for value, _ in rows] == list(Voice)
    for voice, text in rows:
        assert {record.voice for record in coded(text) if record.record == "event"} == {voice}, text


@pytest.mark.model
def test_the_chain_shown_is_the_one_found():
    page = PAGES["docs/explanation/voice.md"]
    (quoted,) = re.findall(r"^> (.+)$", page, re.MULTILINE)
    (links,) = re.findall(r"stands on the word of \*(.+?)\*, through \*(.+?)\*", page)
    chains = [[link.outlet or link.speaker.words for link in record.attribution] for record in coded(quoted)]
    assert list(links) in chains
