"""Tests who is "we" in a text that an organ of a state publishes itself."""

import pytest

from detente.codebook.registry import load_registry
from detente.mentions.actors import find_actors
from detente.mentions.outlet_voice import publishing_organ
from detente.parsing.pipeline import Pipeline
from detente.passages import split_text
from detente.records import Document


def organ_of(outlet: str | None) -> str | None:
    organ = publishing_organ(Document(id="d", text="", outlet=outlet), load_registry())
    return organ.state if organ is not None else None


@pytest.mark.parametrize(
    ("outlet", "state"),
    [
        ("Ministry of Foreign Affairs of Peru", "PER"),
        ("Kenyan Foreign Ministry", "KEN"),
        ("Government of Georgia", "GEO"),
        ("Embassy of Japan in Kenya", "JPN"),
        ("The Kremlin", "RUS"),
        ("The China Daily", None),
        ("Reuters", None),
        ("Daily Nation", None),
        (None, None),
    ],
)
def test_the_organ_is_read_off_the_outlet(outlet: str | None, state: str | None) -> None:
    assert organ_of(outlet) == state


def states_of_we(pipeline: Pipeline, text: str, outlet: str) -> list[str | None]:
    passages = split_text(text)
    document = Document(id="d", text=text, outlet=outlet)
    found, _ = find_actors(pipeline.parse(text, passages), document, passages, pair=None, registry=load_registry())
    return [one.actors[0].state for one in found if text[one.start : one.end].lower() == "we"]


@pytest.mark.model
def test_we_is_the_ministry_in_its_own_text_and_nobody_in_a_paper(pipeline: Pipeline) -> None:
    text = "We urge Chile to lift the ban. The talks went well, and we thank our hosts."
    assert states_of_we(pipeline, text, "Ministry of Trade of Peru") == ["PER", "PER"]
    assert states_of_we(pipeline, text, "Reuters") == []


@pytest.mark.model
def test_we_inside_a_quotation_is_whoever_is_quoted(pipeline: Pipeline) -> None:
    text = "“The gate is shut. We will not open it,” the Chilean minister said."
    assert states_of_we(pipeline, text, "Ministry of Trade of Peru") == []
