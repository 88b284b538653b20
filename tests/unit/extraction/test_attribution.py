"""find_attributions_in on sentences of our own, every row of its lexicon, and its laws on any text."""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.codebook.attribution import AttributionWords, Cue, Pattern, attribution_words, verb_forms
from detente.extraction.attribution import find_attributions_in
from detente.extraction.reading import Attribution
from detente.parsing import Pipeline
from detente.passages import split_text

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "attributions.toml").read_text(encoding="utf-8"))
WORDS = attribution_words()
ANY = "*"
SCRAPS = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    " ",
    ". ",
    ", ",
    "said ",
    "the minister ",
    "that ",
    "\n\n",
    ": ",
    "according to ",
    "I ",
]


def find(text: str, pipeline: Pipeline) -> tuple[Attribution, ...]:
    passages = split_text(text)
    return find_attributions_in(pipeline.parse(text, passages), text, passages) if passages else ()


def fits(found: Attribution, wanted: dict[str, Any]) -> bool:
    speaker = found.speaker.quote if found.speaker else None
    cue = found.cue.quote if found.cue else None
    content = [piece.quote for piece in found.content]
    return wanted["speaker"] in (ANY, speaker) and wanted["cue"] == cue and wanted["content"] in ([ANY], content)


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, marks=marks, id=f"{case['group']}: {case['text'][:60]}")


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES["case"]])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    found = find(case["text"], pipeline)
    for wanted in case.get("expect", []):
        assert any(fits(one, wanted) for one in found), found
    if case.get("only"):
        assert len(found) == len(case.get("expect", [])), found


@pytest.mark.parametrize("cue", list(WORDS.by_id.values()), ids=lambda cue: cue.id)
def test_every_word_fires_on_its_example_and_not_on_its_near_miss(cue: Cue, pipeline: Pipeline) -> None:
    assert cue.id in {found.rule for found in find(cue.example, pipeline)}
    if cue.near_miss:
        assert cue.id not in {found.rule for found in find(cue.near_miss, pipeline)}


@pytest.mark.parametrize("row", WORDS.phrases, ids=lambda row: row.id)
def test_every_phrase_fires_on_its_example_and_not_on_its_near_miss(row: Pattern, pipeline: Pipeline) -> None:
    assert row.id in {found.rule for found in find(row.example, pipeline)}
    assert row.id not in {found.rule for found in find(row.near_miss, pipeline)}


@pytest.mark.parametrize("row", WORDS.hedges, ids=lambda row: row.id)
def test_every_hedge_matches_its_example_and_not_its_near_miss(row: Pattern) -> None:
    assert row.pattern.search(row.example)
    assert not row.pattern.search(row.near_miss)


def test_ids_are_unique() -> None:
    words: AttributionWords = attribution_words()
    assert len(words.by_id) == len({*map(id, words.by_id.values())})


def test_verb_forms_double_where_the_past_does() -> None:
    assert verb_forms("plan", "planned") == {"plan", "plans", "planned", "planning"}
    assert verb_forms("write", "wrote written") == {"write", "writes", "wrote", "written", "writing"}


@pytest.mark.model
def test_a_headline_says_what_stands_behind_its_label_and_before_its_outlet(live: Pipeline) -> None:
    text = "Border talks live: Serbia says the gate is shut | Coast Post"
    title = [dataclasses.replace(passage, from_title=True) for passage in split_text(text)]
    found = find_attributions_in(live.parse(text, title), text, title)
    assert [piece.quote for one in found for piece in one.content if one.rule == "say"] == ["the gate is shut"]


def test_an_empty_text_says_nothing(pipeline: Pipeline) -> None:
    assert find("", pipeline) == ()
    assert find(" \n\n ", pipeline) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=120), st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join)))
def test_spans_are_slices_of_any_text(text: str, live: Pipeline) -> None:
    for found in find(text, live):
        assert found.content
        for span in (*found.content, *(s for s in (found.speaker, found.cue) if s)):
            assert span.quote
            assert text[span.start : span.end] == span.quote
        starts = [piece.start for piece in found.content]
        assert starts == sorted(starts)
