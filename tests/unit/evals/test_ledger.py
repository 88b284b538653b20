"""The gold of the example corpora is well formed: each passage stands once in its text, each name is known."""

import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from detente.adapters.readers import read_path
from detente.codebook.files import data_file
from detente.ledger.outcome_fate import Fate
from detente.ledger.verdicts import PromiseStanding
from detente.records import Problem, Stance

EVALS = Path(__file__).resolve().parents[3] / "evals"
LISTS = sorted((EVALS / "ledger").glob("*.toml"))
KINDS = {"agenda_item", "event", "measure", "position", "statement"}
STANDINGS = {standing.value for standing in PromiseStanding}
DIFFERENCES = {"date", "participants", "outcome", "amount", "direction", "who asked"}
RUNGS = {"same", "bridgeable", "conditional", "opposed", "not negotiable"}
PASSAGES = ("plan", "made", "text", "by", "one", "other")
ENOUGH = 150  # pairs that are or only look the same


def codebook(name: str, table: str) -> set[str]:
    rows = tomllib.loads(Path(str(data_file(f"codebook/{name}.toml"))).read_text("utf-8"))[table]
    return {row["id"] for row in rows}


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def texts_of(gold: dict[str, Any]) -> dict[str, str]:
    texts = {}
    for path in sorted(Path(str(data_file(gold["corpus"]))).iterdir()):
        for at, draft in enumerate(draft for draft in read_path(path) if not isinstance(draft, Problem)):
            texts[f"{path.name}#{at}" if path.suffix == ".jsonl" else path.name] = draft.text
    return texts


def passages_of(gold: dict[str, Any]) -> Iterator[str]:
    for row in gold["happening"]:
        yield from row["mentions"]
    for table in ("agenda", "promise", "difference", "article"):
        for row in gold.get(table, ()):
            yield from (row[name] for name in PASSAGES if name in row)


@pytest.fixture(params=LISTS, ids=lambda path: path.stem)
def gold(request: pytest.FixtureRequest) -> dict[str, Any]:
    return read(request.param)


def test_each_passage_stands_once_in_its_text(gold: dict[str, Any]) -> None:
    texts = texts_of(gold)
    counts = {}
    for passage in passages_of(gold):
        name, _, words = passage.partition(": ")
        counts[passage] = texts[name].count(words) if name in texts else None
    assert {passage: count for passage, count in counts.items() if count != 1} == {}


def test_each_happening_is_listed_once_and_each_reference_is_known(gold: dict[str, Any]) -> None:
    rows = {row["id"]: row for row in gold["happening"]}
    assert len(rows) == len(gold["happening"])
    for row in gold["happening"]:
        assert row["kind"] in KINDS
        assert len(set(row["mentions"])) == len(row["mentions"])
    for row in gold["different"]:
        assert row["reason"]
        assert row["one"] != row["other"]
        assert rows[row["one"]]["kind"] == rows[row["other"]]["kind"]
    for table in ("measure", "independent"):
        assert {row["of"] for row in gold[table]} <= set(rows)
    assert {rows[row["of"]]["kind"] for row in gold["measure"]} == {"measure"}


def test_a_passage_tells_one_thing_of_a_kind(gold: dict[str, Any]) -> None:
    for one, other in combinations(gold["happening"], 2):
        if one["kind"] == other["kind"]:
            assert not set(one["mentions"]) & set(other["mentions"]), (one["id"], other["id"])


def test_closed_words_are_known(gold: dict[str, Any]) -> None:
    steps = codebook("measures", "step")
    themes = {row["label"] for row in read_themes()} | {"Huawei"}
    days = [on for table in ("agenda", "promise", "measure", "distance") for row in gold[table] for on in row["on"]]
    assert {fate for on in days for fate in as_list(on.get("outcome", []))} <= set(Fate)
    kept = {word for row in gold["promise"] for on in row["on"] for word in as_list(on["standing"])}
    assert kept <= STANDINGS
    assert {step for row in gold["measure"] for on in row["on"] for step in on["standing"]} <= steps
    assert {on["next"]["step"] for on in days if "next" in on} <= steps
    assert {rung for on in days for rung in on.get("rungs", ())} <= RUNGS
    assert {row["what"] for row in gold["difference"]} <= DIFFERENCES
    assert {label.partition(" / ")[0] for row in gold["distance"] for label in row["issue"]} <= themes
    assert {t for row in gold["happening"] if row["kind"] == "position" for t in row.get("types", ())} <= set(Stance)


def read_themes() -> list[dict[str, Any]]:
    path = Path(str(data_file("codebook/themes.toml")))
    return list(tomllib.loads(path.read_text("utf-8"))["theme"])


def test_there_are_enough_pairs() -> None:
    same = different = 0
    for path in LISTS:
        gold = read(path)
        rows = {row["id"]: len(row["mentions"]) for row in gold["happening"]}
        same += sum(n * (n - 1) // 2 for n in rows.values())
        different += sum(rows[row["one"]] * rows[row["other"]] for row in gold["different"])
    assert same >= ENOUGH / 2
    assert different >= ENOUGH / 2
    assert same + different >= ENOUGH
