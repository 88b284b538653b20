"""Classes of words that rules ask for by their ids."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.codebook.constructions import FILE, words_for
from detente.codebook.files import read_toml
from detente.errors import CodebookError

ROWS = read_toml(FILE.format(language="en"))["words"]
BRACKETED = re.compile(r"\[(.+?)\]")
ASKED = re.compile(r'words_for\("([^"]+)"\)')


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_example_has_a_word_of_the_class_and_the_near_miss_none(row: dict[str, Any]) -> None:
    assert _bracketed(row["example"]) in words_for(row["id"])
    assert _bracketed(row["near_miss"]) not in words_for(row["id"])


def test_ids_are_unique_and_words_small() -> None:
    assert [id_ for id_, count in Counter(row["id"] for row in ROWS).items() if count > 1] == []
    assert [word for row in ROWS for word in row["words"] if word != word.lower()] == []


def test_every_class_is_asked_for_and_every_asked_one_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(detente.__file__).parent.rglob("*.py"))
    assert set(ASKED.findall(code)) == {row["id"] for row in ROWS}


def test_an_unknown_class_is_told() -> None:
    with pytest.raises(CodebookError, match=r"constructions\.toml has no words of the id villages"):
        words_for("villages")


def _bracketed(sentence: str) -> str:
    (word,) = BRACKETED.findall(sentence)
    return str(word).lower()
