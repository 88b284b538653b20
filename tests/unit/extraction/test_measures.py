"""extract_measures on sentences of our own, and every row of its lexicon."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.codebook.measures import MeasureRow, load_measures
from detente.codebook.registry import load_registry
from detente.extraction.measure_taking import step_told
from detente.extraction.measure_threads import name_keys
from detente.extraction.measures import extract_measures
from detente.flow import read_document
from detente.kit import Kit
from detente.passages.split import split_text
from detente.records import Document, Factuality, Measure, Provenance

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "measures.toml").read_text(encoding="utf-8"))
PUBLISHED_ON = dt.date(2026, 11, 20)
# Sections that help others to fire and leave no trace of their own.
SILENT = frozenset({"container", "body", "anaphor", "unreal", "contest", "decision", "intention", "wish", "voting"})
ROWS = [row for row in load_measures().rows if row.section not in SILENT]
STEPS = load_measures().steps


@pytest.fixture(scope="module")
def measures_in(pipeline):
    """measures_in(text): the measures of a short text."""
    kit = Kit(pipeline=pipeline, registry=load_registry(), provenance=Provenance(coder="c", model="m", data="d"))

    def extract(text: str) -> list[Measure]:
        document = Document(id="d" * 32, text=text, published_on=PUBLISHED_ON)
        passages = split_text(text)
        parse = pipeline.parse(text, passages)
        return extract_measures(read_document(document, passages, parse, kit, ("USA", "CHN"))[0])

    return extract


def as_dict(measure: Measure) -> dict[str, Any]:
    """The fields that cases name."""
    when = measure.when
    return {
        "kind": measure.kind,
        "standing": measure.standing,
        "name": measure.name,
        "imposers": {
            actor.state or actor.organisation for actor in measure.imposers if actor.state or actor.organisation
        },
        "targets": {actor.state for actor in measure.targets if actor.state},
        "amounts": [[amount.value, amount.unit] for amount in measure.amount],
        "steps": [step.step for step in measure.steps],
        "when": [str(when.earliest), str(when.latest)] if when else None,
    }


def has_all(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found[k] == (set(v) if k in ("imposers", "targets") else v) for k, v in wanted.items())


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.model
@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES["case"]])
def test_case(case, measures_in):
    found = [as_dict(measure) for measure in measures_in(case["text"])]
    for wanted in case["expect"]:
        assert any(has_all(measure, wanted) for measure in found), found
    for unwanted in case.get("never", ()):
        assert not any(has_all(measure, unwanted) for measure in found), found
    if not case["expect"] and "never" not in case:
        assert found == []


@pytest.mark.model
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_fires_on_its_example_and_not_on_its_near_miss(row: MeasureRow, measures_in):
    assert any(row.id in measure.provenance.rules for measure in measures_in(row.example))
    assert not any(row.id in measure.provenance.rules for measure in measures_in(row.near_miss))


@pytest.mark.model
@pytest.mark.parametrize("row", [row for row in load_measures().rows if row.section == "unreal"], ids=lambda r: r.id)
def test_what_is_only_feared_is_not_taken_for_granted(row: MeasureRow, measures_in):
    assert measures_in(row.example) == []
    assert len(measures_in(row.near_miss)) == 1


@pytest.mark.model
@pytest.mark.parametrize("row", [row for row in load_measures().rows if row.section == "contest"], ids=lambda r: r.id)
def test_what_someone_sues_over_is_taken_for_granted(row: MeasureRow, measures_in):
    assert [measure.standing for measure in measures_in(row.example)] == ["in force"]
    assert measures_in(row.near_miss) == []


@pytest.mark.model
@pytest.mark.parametrize("row", [row for row in load_measures().rows if row.section == "decision"], ids=lambda r: r.id)
def test_what_someone_decided_is_announced(row: MeasureRow, measures_in):
    assert [measure.standing for measure in measures_in(row.example)] == ["announced"]
    assert [measure.standing for measure in measures_in(row.near_miss)] == ["due"]


@pytest.mark.model
@pytest.mark.parametrize("row", [row for row in load_measures().rows if row.section == "wish"], ids=lambda r: r.id)
def test_what_someone_would_like_to_see_done_is_not_done(row: MeasureRow, measures_in):
    assert [measure.standing for measure in measures_in(row.example)] == ["lifting proposed"]
    assert [measure.standing for measure in measures_in(row.near_miss)] == ["in force"]


@pytest.mark.model
def test_evidence_is_the_text(measures_in):
    text = "Japan imposed sanctions on Mali on Monday. It rained. The sanctions were lifted on Thursday."
    (measure,) = measures_in(text)
    assert [text[e.start : e.end] for e in measure.evidence] == [e.quote for e in measure.evidence]
    assert [e.quote for e in measure.evidence] == [*text.split(" It rained. ")[0:1], text.rsplit(". ", 1)[1]]


@pytest.mark.model
def test_the_same_text_gives_the_same_records(measures_in):
    text = "The Senate passed the Caspian Fisheries Act. The president will sign the bill next week."
    assert measures_in(text) == measures_in(text)


@pytest.mark.parametrize(
    ("step", "factuality", "told"),
    [
        ("in force", Factuality.HAPPENED, "in force"),
        ("in force", Factuality.PLANNED, "due"),
        ("in force", Factuality.THREATENED, "threatened"),
        ("in force", Factuality.DENIED, None),
        ("lifted", Factuality.DEMANDED, "lifting proposed"),
        ("lifted", Factuality.EXPECTED, "lifting due"),
        ("signed", Factuality.EXPECTED, "signature due"),
        ("rejected", Factuality.PLANNED, None),
    ],
)
def test_what_is_planned_is_not_in_force(step, factuality, told):
    assert step_told(STEPS[step], factuality) == told


def test_steps_name_steps_that_exist():
    for step in STEPS.values():
        assert {step.ahead, step.wished, step.threatened, step.presumes, *step.implies} - {None} <= STEPS.keys()


def test_what_is_implied_comes_before():
    for step in STEPS.values():
        assert all(STEPS[earlier].order < step.order for earlier in step.implies)


def test_row_ids_are_unique():
    ids = [row.id for row in load_measures().rows]
    assert len(ids) == len(set(ids))


def test_a_name_is_known_by_its_acronym():
    assert name_keys("Clean Rivers Initiative (CRI) Act") & name_keys("CRI Act")
    assert not name_keys("Clean Rivers Act") & name_keys("Clean Lakes Act")
    assert name_keys(None) == frozenset()
