"""find_factuality on sentences of our own, read with the bundled pipeline; and every row of its lexicon."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.codebook.factuality import Cue, Effect, load_factuality
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.reading import Reading
from detente.mentions.dates import find_dates
from detente.parsing import Pipeline
from detente.records import Document, Factuality, Passage, Provenance

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "factuality.toml").read_text(encoding="utf-8"))
PUBLISHED_ON = dt.date(2024, 3, 5)


def read(text: str, pipeline: Pipeline, *, known_on: dt.date = PUBLISHED_ON, title: bool = False) -> Reading:
    passages = (Passage(start=0, end=len(text), paragraph=0, from_title=title),)
    return Reading(
        document=Document(id="d" * 32, text=text, published_on=known_on),
        passages=passages,
        parse=pipeline.parse(text, passages),
        actors=(),
        dates=tuple(find_dates(text, published_on=known_on)),
        attributions=(),
        pair=None,
        provenance=Provenance(coder="c", model="m", data="d"),
        known_on=known_on,
    )


def find_marked(marked: str, pipeline: Pipeline) -> FactualityFinding:
    """The factuality of the word in brackets."""
    at = marked.index("[")
    reading = read(marked.replace("[", "").replace("]", ""), pipeline)
    return find_factuality(next(token for token in reading.parse if token.idx == at), reading)


def find_case(case: dict[str, Any], pipeline: Pipeline) -> FactualityFinding:
    """The factuality of the case's predicate: the nth place where the word stands."""
    at = -1
    for _ in range(case.get("nth", 1)):
        at = case["text"].index(case["predicate"], at + 1)
    reading = read(
        case["text"], pipeline, known_on=case.get("published_on", PUBLISHED_ON), title=case.get("title", False)
    )
    return find_factuality(next(token for token in reading.parse if token.idx == at), reading)


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=f"{case['group']}: {case['predicate']} in {case['text']}", marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES["case"]])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    found = find_case(case, pipeline)
    assert found.factuality == case["factuality"], found
    if "cue" in case:
        assert found.cue is not None
        assert found.cue.quote == case["cue"]
    assert (found.condition.quote if found.condition else None) == case.get("condition")


def test_the_cases_are_many_and_few_of_them_fail() -> None:
    assert len(CASES["case"]) >= 400
    assert sum("xfail" in case for case in CASES["case"]) < 0.03 * len(CASES["case"])
    assert {case["factuality"] for case in CASES["case"]} == set(Factuality)


@pytest.mark.parametrize("cue", load_factuality().cues, ids=lambda cue: cue.id)
def test_each_cue_fires_on_its_example_and_not_on_its_near_miss(cue: Cue, pipeline: Pipeline) -> None:
    fired, missed = find_marked(cue.example, pipeline), find_marked(cue.near_miss, pipeline)
    if isinstance(cue.gives, Effect):
        assert fired.factuality.is_actual, fired
    else:
        assert fired.factuality == cue.gives, fired
        assert cue.id in fired.rules or cue.gives is Factuality.HAPPENED
    assert cue.id not in missed.rules or missed.factuality != fired.factuality, missed


def test_the_cue_is_what_stands_in_the_text(pipeline: Pipeline) -> None:
    reading = read("The envoy said Kenya will not sign the treaty unless Mali pays.", pipeline)
    found = find_factuality(next(token for token in reading.parse if token.text == "sign"), reading)
    for span in (found.cue, found.condition):
        assert span is not None
        assert reading.document.text[span.start : span.end] == span.quote
