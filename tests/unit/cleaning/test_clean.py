"""What is set aside, kept and found out: the rows of tests/cases/en/cleaning.toml."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.cleaning import Draft, clean_draft
from detente.passages import split_passages
from detente.records import Document, Trouble

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/en/cleaning.toml").read_text(encoding="utf-8"))["case"]


def _marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


def _starts(document: Document, words: str) -> str | None:
    """The heading of the passage that begins with the words; fails where there is none."""
    for passage in split_passages(document):
        if document.text[passage.start : passage.end].startswith(words):
            return passage.heading
    pytest.fail(f"no passage begins with {words!r}")


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_cleaning(case: dict[str, Any]) -> None:
    draft = Draft(text=case["text"], title=case.get("title"), url=case.get("url"))
    document, problems = clean_draft(draft)
    assert document.text == case["text"]
    found = [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]
    for kind, words in case.get("aside", []):
        assert (kind, words) in found
    for words in case.get("keep", []):
        _starts(document, words)
    told = [document.text[passage.start : passage.end] for passage in split_passages(document)]
    for words in case.get("never", []):
        assert not any(sentence.startswith(words) for sentence in told)
    for words, heading in case.get("headings", []):
        assert _starts(document, words) == heading
    for name in ("published_on", "updated_on", "byline", "outlet", "genre"):
        if name in case:
            assert getattr(document, name) == case[name]
    if case.get("undated"):
        assert document.published_on is None
        assert [problem.trouble for problem in problems] == [Trouble.UNDATED]


def test_each_block_says_why() -> None:
    for case in CASES:
        document, _ = clean_draft(Draft(text=case["text"], title=case.get("title")))
        assert all(block.reason for block in document.blocks)


def test_what_the_container_says_wins_over_the_page() -> None:
    text = "Bridge reopens\n\nPublished: 4 May 2018\n\nThe two states reopened the bridge on Friday."
    document, problems = clean_draft(Draft(text=text, published_on=dt.date(2018, 5, 5)))
    assert document.published_on == dt.date(2018, 5, 5)
    assert problems == ()


def test_dates_that_differ_widely_are_shown() -> None:
    text = "Bridge reopens\n\nPublished: 4 May 2018\n\nThe two states reopened the bridge on Friday."
    document, problems = clean_draft(Draft(text=text, published_on=dt.date(2019, 5, 5)))
    assert document.published_on == dt.date(2019, 5, 5)
    assert [problem.trouble for problem in problems] == [Trouble.CONFLICT]


def test_given_words_fill_what_the_text_lacks_and_no_more() -> None:
    text = "VIENNA (Reuters) - The two states met on Friday."
    told = clean_draft(Draft(text=text), published_on=dt.date(2018, 5, 4), outlet="The Daily Post")[0]
    assert (told.published_on, told.outlet) == (dt.date(2018, 5, 4), "The Daily Post")
    stamped = clean_draft(Draft(text=f"May 3, 2018\n\n{text}"), published_on=dt.date(2018, 5, 4))[0]
    assert stamped.published_on == dt.date(2018, 5, 3)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Die Gespräche zwischen den beiden Staaten sind am Freitag in Wien ohne ein Ergebnis zu Ende gegangen.",
            "German",
        ),
        ("Les pourparlers entre les deux pays ont été rompus vendredi à Vienne, selon le ministère.", "French"),
        ("Las conversaciones entre los dos países se han roto el viernes en Viena, según el ministerio.", "Spanish"),
        ("Переговоры двух стран прошли в пятницу в Вене.", "Russian"),
        ("两国代表星期五在维也纳举行会谈。", "Chinese"),
    ],
)
def test_other_languages_are_refused(text: str, language: str) -> None:
    document, problems = clean_draft(Draft(text=text))
    assert document.blocks == ()
    assert [problem.trouble for problem in problems] == [Trouble.LANGUAGE]
    assert language in problems[0].message


def test_english_full_of_names_is_english() -> None:
    text = "President Xi Jinping met Prime Minister Shinzo Abe in Beijing on Friday. 习近平 did not speak to reporters."
    assert clean_draft(Draft(text=text))[0].language == "en"


def test_a_page_without_a_sentence_is_a_problem() -> None:
    _, problems = clean_draft(Draft(text="Home\n\nNews\n\nSport\n\nContact", published_on=dt.date(2018, 5, 4)))
    assert [problem.trouble for problem in problems] == [Trouble.NO_PASSAGE]


def test_a_single_line_without_a_full_stop_is_read() -> None:
    document, problems = clean_draft(
        Draft(text="Ruritania condemned Sylvania on Friday", published_on=dt.date(2018, 5, 4))
    )
    assert problems == ()
    assert len(split_passages(document)) == 1


@pytest.mark.parametrize("text", ["", " \n", "12 34", "?!", "\x00", "Bridge"])
def test_nothing_raises_on_next_to_nothing(text: str) -> None:
    document, problems = clean_draft(Draft(text=text))
    assert document.text == text
    assert all("\n" not in problem.message for problem in problems)
