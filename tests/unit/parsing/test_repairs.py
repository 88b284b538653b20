"""Mended parses of sentences of our own, read with the bundled pipeline."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.codebook.repairs import load_repairs, third_person
from detente.parsing import Pipeline
from detente.parsing.doc import Doc
from detente.parsing.repairs import mend
from detente.passages import split_text

pytestmark = pytest.mark.model
FILE = Path(__file__).parents[2] / "cases" / "en" / "parsing.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
STORY = (
    "Rossi, Weber agree on gas truce. India backs sanctions on Iran. The envoy left on Monday after talks with "
    "Foreign Minister Wang Yi, who had come from Moscow. None of the delegations signed the declaration. "
)


def parse(text: str, pipeline: Pipeline) -> Doc:
    return pipeline.parse(text, split_text(text))


def relations(doc: Doc) -> set[str]:
    """All relations of a parse as "word relation head"."""
    rows = {f"{token.text} {token.dep_} {token.head.text}" for token in doc}
    return rows | {f"{token.text} ROOT" for token in doc if token.dep_ == "ROOT"}


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    found = relations(parse(case["text"], pipeline))
    assert [row for row in case["expect"] if row not in found] == [], sorted(found)


def test_sentences_stay_as_the_passages_cut_them(pipeline: Pipeline) -> None:
    doc = parse(STORY, pipeline)
    assert [sentence.text.strip() for sentence in doc.sents] == [
        STORY[passage.start : passage.end] for passage in split_text(STORY)
    ]
    assert all(sum(token.head == token for token in sentence) == 1 for sentence in doc.sents)


def test_mending_again_changes_nothing(pipeline: Pipeline) -> None:
    doc = parse(STORY, pipeline)
    before = [(token.head.i, token.dep_, token.pos_, token.lemma_) for token in doc]
    mend(doc)
    assert [(token.head.i, token.dep_, token.pos_, token.lemma_) for token in doc] == before


def test_forms_of_the_listed_verbs() -> None:
    words = load_repairs()
    assert words.verbs["denies"] == "deny"
    assert words.only_verbs <= set(words.verbs)
    assert third_person("push") == "pushes"


@pytest.mark.model
def test_a_repair_never_hangs_a_word_below_itself(pipeline):
    text = (
        'Winning Broker! \n\nThe only 9.0 "Top Score" ABCD Rated Broker I Have Ever Met. '
        "I Highly Recommend, The Houses Of Ann Lee!!"
    )
    doc = pipeline.parse(text, split_text(text))
    for token in doc:
        assert sum(1 for _ in token.ancestors) < len(doc)
