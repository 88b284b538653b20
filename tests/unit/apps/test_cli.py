"""The command line as a user meets it: a real process, real files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente.apps.cli import tables
from detente.apps.cli.app import app
from detente.codebook.files import data_file

pytestmark = pytest.mark.model

CORPUS = Path(str(data_file("examples/usa-chn")))
TEXT = (
    "China said on Friday that it would lift tariffs on U.S. soybeans.\n\n"
    "The two sides will meet in Washington next month. Beijing wants all punitive tariffs removed.\n"
)


def run(*words, folder, status=0, text=None):
    done = subprocess.run(
        [sys.executable, "-m", "detente", *words], cwd=folder, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    run("init", "w", "--pair", "US", "China", folder=folder)
    (folder / "note.txt").write_text(TEXT, encoding="utf-8")
    done = run("add", "../note.txt", "--published", "2019-11-02", "--outlet", "The Note", folder=folder / "w")
    assert done.stdout.startswith("1 new, 0 already there, 0 refused")
    return folder / "w"


def test_a_brief_says_whose_and_when(filled):
    out = run("brief", folder=filled).stdout
    assert out.startswith("United States – China")
    assert "as of 2019-11-02" in out
    assert "The Note" in out


@pytest.mark.parametrize("name", tables.COMMANDS)
@pytest.mark.parametrize("shape", ["table", "md", "csv", "json"])
def test_every_table_prints_in_every_format(filled, name, shape):
    out = run(name, "--format", shape, folder=filled).stdout
    if shape == "json":
        assert isinstance(json.loads(out), list)
    assert out


def test_show_opens_a_record_down_to_its_passage(filled):
    record = json.loads(run("positions", "--format", "json", folder=filled).stdout)[0]
    out = run("show", record["id"][:12], folder=filled).stdout
    assert record["evidence"][0]["quote"] in out
    assert "Rules: " in out
    evidence = record["evidence"][0]
    place = f"{evidence['document'][:8]}:{evidence['start']}-{evidence['end']}"
    assert record["id"][:8] in run("show", place, folder=filled).stdout
    assert record["id"][:8] in run("show", evidence["document"][:8], folder=filled).stdout
    assert "no place" in run("show", f"{evidence['document'][:8]}:here", folder=filled, status=2).stderr


def test_search_finds_and_says_when_it_does_not(filled):
    assert "soybeans" in run("search", "soybean", folder=filled).stdout
    run("search", "zebra", folder=filled, status=1)


@pytest.mark.parametrize("shape", ["text", "md", "html", "json"])
def test_verify_finds_an_edited_claim(filled, tmp_path, shape):
    page = tmp_path / f"brief.{shape}"
    run("brief", "--format", shape, "--out", str(page), folder=filled)
    assert "agree" in run("verify", str(page), folder=filled).stdout
    page.write_text(page.read_text("utf-8").replace("all punitive tariffs", "no punitive tariffs"), encoding="utf-8")
    run("verify", str(page), folder=filled, status=1)


def test_a_wrong_date_is_mended_and_the_document_keeps_its_id(filled, tmp_path):
    folder = tmp_path
    run("init", "w", "--pair", "USA", "CHN", folder=folder)
    done = run("add", "-", folder=folder / "w", text=TEXT)
    assert "undated" in done.stderr
    listed = run("doctor", folder=folder / "w").stdout
    assert "1 documents" in listed
    brief = run("brief", folder=folder / "w").stdout
    assert "no document is dated" in brief
    assert "From undated documents" in brief
    assert "--as-of" not in brief
    document = next((folder / "w" / "raw").iterdir()).name.partition(".")[0]
    out = run("set", document[:8], "--published", "2019-11-02", folder=folder / "w").stdout
    assert "2019-11-02" in out
    agenda = json.loads(run("agenda", "--format", "json", folder=folder / "w").stdout)
    assert [item["when"]["earliest"] for item in agenda if "when" in item] == ["2019-12-01"]
    assert {item["evidence"][0]["document"] for item in agenda} == {document}
    run("forget", document[:8], folder=folder / "w")
    assert list((folder / "w" / "raw").iterdir()) == []


def test_extract_needs_no_workspace(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("extract", "a.txt", "--published", "2019-11-02", "--pair", "USA", "CHN", folder=tmp_path)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {record["record"] for record in records} >= {"agenda_item", "position"}
    for record in records:
        for evidence in record["evidence"]:
            assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert "no such file" in run("extract", "b.txt", folder=tmp_path, status=1).stderr


def test_doctor_tells_what_is_ill_once(tmp_path):
    (tmp_path / "detente.toml").write_text("pairs = [[", encoding="utf-8")
    told = run("doctor", folder=tmp_path, status=1).stdout
    assert [line for line in told.splitlines() if line.startswith("ILL")] == [
        "ILL   detente.toml is not TOML: Invalid value (at end of document). Mend the line it names."
    ]


def test_bad_files_get_a_line_each_and_the_rest_goes_on(tmp_path):
    run("init", "w", "--pair", "USA", "CHN", folder=tmp_path)
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "empty.txt").write_bytes(b"")
    (pile / "binary.txt").write_bytes(bytes(range(256)) * 200)
    (pile / "line.txt").write_bytes(b"word " * 10_000_000)
    (pile / "german.txt").write_text("Die beiden Seiten haben sich am Freitag in Berlin getroffen. " * 5, "utf-8")
    (pile / "mixed.txt").write_bytes(
        "China’s minister met US officials. ".encode() + "“Good,” he said.".encode("cp1252")
    )
    (pile / "broken.jsonl").write_bytes(
        b'{"text": "half\n{"text": "China met US officials on Friday.", "published": "2019-11-02"}\n'
    )
    (pile / "good.txt").write_text(TEXT, "utf-8")
    (pile / "dangling.txt").symlink_to(pile / "nowhere.txt")
    done = run("add", str(pile), "--published", "2019-11-02", folder=tmp_path / "w")
    for name in ("empty.txt", "binary.txt", "line.txt", "german.txt", "broken.jsonl", "dangling.txt"):
        assert sum(name in line for line in done.stderr.splitlines()) == 1, (name, done.stderr)
    assert done.stdout.startswith("3 new")
    again = run("add", str(pile), "--published", "2019-11-02", folder=tmp_path / "w")
    assert again.stdout.startswith("0 new, 3 already there")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("brief",), "detente init"),
        (("init", "x", "--pair", "USA", "Atlantis"), "Atlantis"),
        (("init", "x", "--pair", "USA", "America"), "one state"),
        (("verify", "nothing.html"), "nothing.html cannot be read: No such file or directory. Name a file"),
        (("verify", "noise.html"), "noise.html holds no text, so it is no brief. Name a file"),
        (("export", "docx"), "Choose one of: ics, atom"),
    ],
)
def test_errors_say_what_to_type_next(tmp_path, words, said):
    (tmp_path / "noise.html").write_bytes(b"\x83\xff")
    status = 1 if words == ("brief",) else 2
    assert said in run(*words, folder=tmp_path, status=status).stderr


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ('[["USA", "Atlantis"]]', "detente.toml: No state is called 'Atlantis'."),
        ('[["USA", "America"]]', "detente.toml: USA and America are one state."),
        ('"USA CHN"', "detente.toml: 'USA CHN' is no pair. Write it as pairs"),
    ],
)
def test_a_pair_that_is_none_in_the_settings_is_told(tmp_path, pairs, said):
    (tmp_path / "detente.toml").write_text(f"pairs = {pairs}\n", encoding="utf-8")
    assert said in run("brief", folder=tmp_path, status=1).stderr


def test_states_in_the_settings_go_by_any_name(tmp_path):
    (tmp_path / "detente.toml").write_text('pairs = [["US", "China"]]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run("add", "a.txt", "--published", "2019-11-02", folder=tmp_path)
    assert run("brief", folder=tmp_path).stdout.startswith("United States – China")


def test_an_export_is_printed_or_written(filled, tmp_path):
    printed = run("export", "csv", folder=filled).stdout
    run("export", "csv", "--out", str(tmp_path / "records.csv"), folder=filled)
    assert (tmp_path / "records.csv").read_text("utf-8") == printed
    assert "soybeans" in printed
    for words in (("export", "csv"), ("index",)):
        assert "No record names the issue" in run(*words, "--issue", "Cheese", folder=filled, status=2).stderr


def test_asking_does_not_load_the_language_pipeline(filled):
    code = "import sys; from detente.apps.cli import main; main()"
    words = [sys.executable, "-X", "importtime", "-c", code, "brief"]
    done = subprocess.run(words, cwd=filled, capture_output=True, text=True, check=True)
    assert "spacy" not in done.stderr
    assert "trafilatura" not in done.stderr


def test_every_command_says_what_it_does():
    for command in app.registered_commands:
        said = (command.help or command.callback.__doc__ or "").strip()
        assert said, command.name
        assert "[" not in said, f"{command.name}: what stands in brackets is taken for markup"


def test_watching_takes_in_what_lies_in_a_folder(tmp_path):
    run("init", "w", "--pair", "SRB", "HUN", folder=tmp_path)
    assert "[[watch]]" in run("watch", "--once", folder=tmp_path / "w", status=2).stderr
    (tmp_path / "w" / "in").mkdir()
    (tmp_path / "w" / "in" / "a.txt").write_text("Serbia and Hungary met in Subotica on Friday.\n")
    with (tmp_path / "w" / "detente.toml").open("a") as settings:
        settings.write('\n[[watch]]\nfolder = "in"\n\n[[watch]]\nfolder = "none"\n')
    told = run("watch", "--once", folder=tmp_path / "w").stdout.splitlines()
    assert [line.partition(",")[0] for line in told] == ["folder in: 1 new", "folder none: not read"]
