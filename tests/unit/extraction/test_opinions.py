"""extract_opinions on sentences of our own, and every row of its data."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from readings_for_tests import read

from detente.codebook.opinions import OpinionRow, opinion_rows
from detente.extraction.opinions import extract_opinions
from detente.parsing import Pipeline
from detente.records import Genre, Voice

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "opinions.toml").read_text(encoding="utf-8"))[
    "case"
]
PAIR = ("SRB", "HUN")


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, marks=marks, id=case["text"][:60])


@pytest.mark.model
@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    reading = read(case["text"], pipeline, genre=Genre(case.get("genre", "report")), pair=PAIR)
    found = extract_opinions(reading)
    told = [(one.content[0].quote, one.cue.quote if one.cue else "") for one in found]
    if case.get("none"):
        assert told == []
    else:
        assert (case["content"], case["cue"]) in told
    for one in found:
        assert one.voice is Voice.AUTHOR
        assert one.speaker is None
        assert one.on_pair
        assert case["text"][one.content[0].start : one.content[0].end] == one.content[0].quote


@pytest.mark.model
def test_without_a_pair_there_is_no_relation_to_judge(pipeline: Pipeline) -> None:
    assert extract_opinions(read("A clash could sour relations between Serbia and Hungary.", pipeline)) == []


@pytest.mark.parametrize("row", list(opinion_rows()), ids=lambda row: row.id)
def test_every_row_matches_its_example_and_not_its_near_miss(row: OpinionRow) -> None:
    assert row.pattern.search(row.example)
    assert not row.pattern.search(row.near_miss)


def test_ids_are_unique_and_kinds_known() -> None:
    rows = opinion_rows()
    assert len({row.id for row in rows}) == len(rows)
    assert {row.kind for row in rows} <= {"verdict", "forecast", "trend", "frame"}
