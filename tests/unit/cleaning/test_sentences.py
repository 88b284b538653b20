"""Where sentences end: the rows of tests/cases/en/sentences.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.cleaning.sentences import split_sentences

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/en/sentences.toml").read_text(encoding="utf-8"))["case"]


def _marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_sentences(case: dict[str, Any]) -> None:
    text = case.get("text") or " ".join(case["sentences"])
    assert [text[start:end] for start, end in split_sentences(text)] == case["sentences"]


def test_a_stretch_of_a_text_is_split_with_offsets_in_the_whole() -> None:
    text = "Headline. They met. They left. Footer."
    assert [text[a:b] for a, b in split_sentences(text, 10, 30)] == ["They met.", "They left."]


def test_nothing_in_nothing() -> None:
    assert split_sentences("") == []
    assert split_sentences("  \n ") == []


@pytest.mark.parametrize("sign", '?.…!"”')
def test_a_run_of_marks_is_looked_at_once(sign):
    """Each of so many marks looked at from its own place would take minutes."""
    run = f"Why{sign * 200_000}not"
    text = f"{run} now. He left."
    assert [text[begin:end] for begin, end in split_sentences(text)] == [f"{run} now.", "He left."]
