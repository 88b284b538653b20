"""find_voice on the word in brackets, and every row of the loaded terms."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from readings_for_tests import read

from detente.codebook.loaded import LoadedTerm, loaded_terms
from detente.extraction.voice import VoiceFinding, find_voice
from detente.parsing import Pipeline
from detente.records import Genre

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "voice.toml").read_text(encoding="utf-8"))["case"]
ANY = "*"


def find_marked(case: dict[str, Any], pipeline: Pipeline) -> VoiceFinding:
    """The voice of the words in brackets."""
    start, end = case["text"].index("["), case["text"].index("]") - 1
    text = case["text"].replace("[", "").replace("]", "")
    genre = Genre(case.get("genre", "report"))
    return find_voice(read(text, pipeline, genre=genre, outlet=case.get("outlet")), start, end)


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, marks=marks, id=f"{case['group']}: {case['text'][:60]}")


@pytest.mark.model
@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    found = find_marked(case, pipeline)
    assert found.voice.value == case["voice"], found
    tellers = [teller.outlet or (teller.speaker.words if teller.speaker else "") for teller in found.attribution]
    if "chain" in case:
        assert [name.lower() for name in tellers] == [name.lower() for name in case["chain"]]
    assert [hedge.quote for hedge in found.hedges] == case.get("hedges", [])


@pytest.mark.parametrize("term", list(loaded_terms()), ids=lambda term: term.id)
def test_every_term_matches_its_example_and_not_its_near_miss(term: LoadedTerm) -> None:
    assert term.pattern.search(term.example)
    assert not term.pattern.search(term.near_miss)


def test_ids_are_unique_and_weights_known() -> None:
    terms = loaded_terms()
    assert len({term.id for term in terms}) == len(terms)
    assert {term.weight for term in terms} == {1, 2}


@pytest.mark.model
def test_a_place_outside_all_passages_is_reported(pipeline: Pipeline) -> None:
    reading = read("The army left.\n\nIt rained.", pipeline)
    assert find_voice(reading, 14, 15).voice.value == "reported"
