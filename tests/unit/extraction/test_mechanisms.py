"""extract_mechanisms on sentences of our own, and every row of its words."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.codebook.mechanisms import load_mechanism_words
from detente.extraction.mechanisms import extract_mechanisms
from detente.records import Mechanism

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "mechanisms.toml").read_text(encoding="utf-8"))
NOUNS = load_mechanism_words().nouns


def as_dict(mechanism: Mechanism) -> dict[str, Any]:
    """The fields that cases name."""
    return {
        "name": mechanism.name,
        "areas": list(mechanism.areas),
        "participants": sorted(actor.state or "" for actor in mechanism.participants),
        "factuality": mechanism.factuality.value,
        "voice": mechanism.voice.value,
    }


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_case(case, read):
    pair = tuple(case["pair"]) if "pair" in case else None
    found = [as_dict(mechanism) for mechanism in extract_mechanisms(read(case["text"], pair=pair))]
    for wanted in case.get("expect", ()):
        assert any(all(one[key] == value for key, value in wanted.items()) for one in found), found
    if "expect" not in case:
        assert found == []
    assert len(found) == case.get("count", len(found)), found


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.id)
def test_every_noun_fires_on_its_example_and_not_on_its_near_miss(noun, read):
    def rules(text: str) -> set[str]:
        return {rule for mechanism in extract_mechanisms(read(text)) for rule in mechanism.provenance.rules}

    assert noun.id in rules(noun.example)
    assert noun.id not in rules(noun.near_miss)


def test_evidence_is_the_passage(read):
    text = "It rained. Norway and Russia resumed their security dialogue."
    (mechanism,) = extract_mechanisms(read(text))
    assert mechanism.evidence[0].quote == "Norway and Russia resumed their security dialogue."
