"""The lists of a careful reader are well formed, and the comparison with them tells right from wrong."""

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from records_for_tests import CHN, document, event

from detente.records import Actor, Basis, EventType, Factuality, Stance, Voice

EVALS = Path(__file__).resolve().parents[3] / "evals"
LISTS = sorted((EVALS / "readings").glob("*.toml"))
KINDS = {"agenda_item", "event", "measure", "mechanism", "opinion", "position", "statement"}
CLOSED = {"voice": Voice, "factuality": Factuality, "stance": Stance, "basis": Basis, "event_type": EventType}
HEADER = {"title", "source", "licence", "reviewed_on", "text", "sha256", "published_on", "pair", "item"}
TEXT = document("The talks with China were held in Vienna on Monday.")


@pytest.fixture(scope="module")
def readings() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("readings", EVALS / "readings.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_is_well_formed(path: Path) -> None:
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(listed) >= HEADER
    for item in listed["item"]:
        assert item["kind"] in KINDS
        assert 0 <= item["start"] < item["end"]
        assert isinstance(item["must"], bool)
        for name, closed in CLOSED.items():
            assert set(as_list(item.get(name, []))) <= set(closed)


@pytest.mark.shared
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_stays_inside_its_text_and_quotes_nothing(readings: ModuleType, shared: Path, path: Path) -> None:
    assert shared
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    text, reason = readings.read_text(listed)
    assert text, reason
    assert all(item["end"] <= len(text) for item in listed["item"])
    plain = " ".join(text.lower().split())
    for item in listed["item"]:
        words = item["says"].lower().split()
        assert not any(" ".join(words[at : at + 5]) in plain for at in range(len(words) - 4)), item["says"]


def item(kind: str = "event", words: str = "talks with China were held", **more: Any) -> dict[str, Any]:
    start = TEXT.text.index(words)
    return {"kind": kind, "start": start, "end": start + len(words), "must": True} | more


def test_an_item_is_found_by_a_record_of_its_kind_that_says_nothing_else(readings: ModuleType) -> None:
    held = event(TEXT, "talks with China were held")
    assert readings.find_items([item(event_type="CONSULT", initiators=["USA"])], [held]) == {0}
    assert not readings.find_items([item(event_type="ACCUSE")], [held])
    assert not readings.find_items([item(factuality="planned")], [held])
    assert not readings.find_items([item(words="in Vienna")], [held])


def test_a_record_finds_one_item_of_its_kind(readings: ModuleType) -> None:
    held = event(TEXT, "talks with China were held")
    assert len(readings.find_items([item(), item(words="held")], [held])) == 1


def test_an_opinion_is_found_by_any_record_in_the_author_s_voice(readings: ModuleType) -> None:
    opinion = item("opinion")
    assert readings.find_items([opinion], [event(TEXT, "talks with China", voice=Voice.AUTHOR)]) == {0}
    assert not readings.find_items([opinion], [event(TEXT, "talks with China")])


def test_a_claim_needs_an_item_that_bears_it_out(readings: ModuleType) -> None:
    held = event(TEXT, "talks with China were held")
    assert readings.is_borne_out(held, [item(voice=["reported", "attributed"])])
    assert not readings.is_borne_out(held, [item(voice="author")])
    assert not readings.is_borne_out(held, [])


def test_actors_are_compared_by_state_or_by_a_word_of_the_name(readings: ModuleType) -> None:
    assert readings.is_actor(CHN, ["CHN"])
    assert readings.is_actor(Actor(words="two officials", state="CHN"), ["unnamed officials"])
    assert not readings.is_actor(CHN, ["USA", "officials"])
