"""extract_positions on sentences of our own, and every row of its lexicon."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente.codebook.positions import PositionCue, load_positions
from detente.extraction.positions import extract_positions
from detente.records import Genre, Position, Voice

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "positions.toml").read_text(encoding="utf-8"))
CUES = load_positions().cues
# Rows whose short example the pipeline misparses, though the cue is found in longer sentences.
MISPARSED = frozenset(CASES.get("misparsed", ()))


def as_dict(position: Position) -> dict[str, Any]:
    """The fields that cases name."""
    return {
        "holder": position.holder.state,
        "former": position.holder.former,
        "stance": position.stance.value,
        "proposition": position.proposition.quote,
        "firmness": position.firmness,
        "addressee": position.addressee.state if position.addressee else None,
        "condition": position.condition.quote if position.condition else None,
        "voice": position.voice.value,
        "issue": position.issues[0].label if position.issues else None,
    }


def has_all(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found[key] == value for key, value in wanted.items())


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES["case"]])
def test_case(case, read):
    found = [as_dict(position) for position in extract_positions(read(case["text"]))]
    for wanted in case["expect"]:
        assert any(has_all(position, wanted) for position in found), found
    for unwanted in case.get("never", ()):
        assert not any(has_all(position, unwanted) for position in found), found
    if not case["expect"] and "never" not in case:
        assert found == []


def rules_of(text: str, read: Any) -> set[str]:
    """The rows that made the positions of a text."""
    return {rule for position in extract_positions(read(text)) for rule in position.provenance.rules[0].split("+")}


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_every_cue_fires_on_its_example_and_not_on_its_near_miss(cue: PositionCue, read, request):
    if cue.id in MISPARSED:
        request.applymarker(pytest.mark.xfail(reason="the pipeline misparses the example", strict=False))
    assert cue.id not in rules_of(cue.near_miss, read)
    assert cue.id in rules_of(cue.example, read)


def test_the_lexicon_is_broad():
    assert len(CUES) >= 250
    assert all(0.0 <= cue.firmness <= 1.0 for cue in CUES)


def test_evidence_and_proposition_are_exact(read):
    text = "Norway spoke. Norway wants Russia to lift its limits."
    (position,) = extract_positions(read(text))
    assert text[position.proposition.start : position.proposition.end] == position.proposition.quote
    assert position.evidence[0].quote == "Norway wants Russia to lift its limits."


def test_the_pair_and_its_issue(read):
    text = "China refused to cut the supply of oil. The United States had asked for it."
    (position, *_) = extract_positions(read(text, pair=("USA", "CHN"), heading="North Korea"))
    assert position.on_pair
    assert [issue.label for issue in position.issues] == ["North Korea"]


def test_the_same_text_gives_the_same_ids(read):
    text = "Norway wants Russia to lift its limits."
    assert [p.id for p in extract_positions(read(text))] == [p.id for p in extract_positions(read(text))]


def labels_of(text: str, holder: str, read: Any) -> list[str]:
    """The issues of the one position of a holder."""
    positions = [p for p in extract_positions(read(text)) if p.holder.state == holder]
    assert len(positions) == 1, positions
    return [issue.label for issue in positions[0].issues]


def test_a_position_without_a_matter_is_about_what_the_text_is_about(read):
    text = (
        "Manila and Beijing quarrel over the South China Sea. The Philippines says its boats were blocked near "
        "Scarborough Shoal. China urged the Philippines to stop its provocations."
    )
    assert labels_of(text, "CHN", read) == ["South China Sea"]


def test_talks_alone_come_after_what_the_text_is_about(read):
    text = "The dam troubles Egypt and Ethiopia. The dam is nearly full. Egypt refuses to hold talks with Ethiopia."
    assert labels_of(text, "EGY", read) == ["Rivers and dams", "Dialogue"]


def test_a_text_that_names_its_matter_once_lends_it_to_nobody(read):
    text = "Egypt and Ethiopia share a river basin. Egypt urged Ethiopia to keep its word."
    assert labels_of(text, "EGY", read) == []


def test_a_columnist_who_says_what_a_side_will_not_do_makes_a_forecast(read):
    reading = read("Spain will not sign the treaty with Italy.")
    column = replace(reading, document=replace(reading.document, genre=Genre.OPINION))
    assert [p.stance.value for p in extract_positions(reading)] == ["rejects"]
    assert all(p.voice is not Voice.AUTHOR for p in extract_positions(column))
