"""extract_events on sentences of our own: parties, type, factuality; and what an event carries besides."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.codebook.event_lexicon import load_event_lexicon
from detente.codebook.event_types import load_event_types
from detente.extraction.events import extract_events
from detente.extraction.explanation import explain_events
from detente.extraction.reading import Reading
from detente.records import Event, EventType, Factuality, Quad

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "events.toml").read_text(encoding="utf-8"))


def told(event: Event) -> str:
    sides = [",".join(actor.state or "?" for actor in side) for side in (event.initiators, event.targets)]
    return f"{event.event_type} {'>'.join(sides)} {event.factuality}"


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"])
def test_the_events_of_a_sentence(case: dict[str, Any], read: Callable[..., Reading]) -> None:
    assert [told(event) for event in extract_events(read(case["text"]))] == case["expect"]


@pytest.mark.parametrize("case", [c for c in CASES["case"] if "when" in c], ids=lambda case: case["text"])
def test_the_dates_of_the_events_of_a_sentence(case: dict[str, Any], read: Callable[..., Reading]) -> None:
    dates = [event.when.words if event.when else None for event in extract_events(read(case["text"]))]
    assert dates == case["when"]


def test_an_event_carries_its_evidence_rules_and_codes(read: Callable[..., Reading]) -> None:
    reading = read("It rained. On Monday France expelled two Iranian diplomats.")
    (event,) = extract_events(reading)
    assert event.evidence[0].quote == "On Monday France expelled two Iranian diplomats."
    assert event.when is not None
    assert event.when.words == "Monday"
    assert "sanction.expel" in event.provenance.rules
    assert (event.cameo, event.quad) == ("166", Quad.MATERIAL_CONFLICT)
    assert 0.5 < event.confidence <= 1.0


def test_the_same_text_gives_the_same_ids(read: Callable[..., Reading]) -> None:
    text = "Norway imposed sanctions on Belarus. Belarus rejected the sanctions of Norway."
    first, second = extract_events(read(text)), extract_events(read(text))
    assert [event.id for event in first] == [event.id for event in second]
    assert len({event.id for event in first}) == len(first) > 0


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"])
def test_what_happened_is_never_dated_after_publication(case: dict[str, Any], read: Callable[..., Reading]) -> None:
    for event in extract_events(read(case["text"])):
        late = event.when and event.when.earliest and event.known_on and event.when.earliest > event.known_on
        assert not (late and event.factuality is Factuality.HAPPENED), event.when


def test_every_event_type_is_explained() -> None:
    entries = load_event_types()
    assert set(entries) == set(EventType)
    assert entries[EventType.ACCUSE].intensity < 0  # printed positive in one of the published tables
    for entry in entries.values():
        assert (entry.intensity > 0) == (entry.quad in (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION))
        assert all(mode.cameo.isdigit() for mode in entry.modes.values())


def test_modes_of_the_lexicon_are_those_of_the_codebook() -> None:
    entries = load_event_types()
    for row in load_event_lexicon().rows:
        if row.event_type and row.mode:
            assert row.mode in entries[row.event_type].modes, row.id


def test_an_explanation_names_each_step(read: Callable[..., Reading]) -> None:
    (explanation,) = explain_events(read("Peru refused to lift the ban on Chilean fish.").parse, load_event_lexicon())
    assert [step.row for step in explanation.steps] == ["n.ban", "op.stop", "op.refuse"]
    assert explanation.event_type is EventType.REJECT
    assert explanation.subjects == ("Peru",)
