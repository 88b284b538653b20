"""Dates in news: own cases, the words of the data file, and laws that hold for any text."""

import datetime as dt
import importlib.util
import itertools
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook.dates import date_lexicon, words_of
from detente.mentions import DateMention, find_dates, find_dates_in
from detente.records import Passage, Trouble

TESTS = Path(__file__).parents[2]
DEV = TESTS.parents[1] / "shared" / "dev"
CASES = tomllib.loads((TESTS / "cases" / "en" / "dates.toml").read_text(encoding="utf-8"))["case"]
WEDNESDAY = dt.date(2019, 11, 6)


def as_param(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


def told(mentions: tuple[DateMention, ...]) -> list[tuple[str, str, str]]:
    return [(m.when.words, str(m.when.earliest), str(m.when.latest)) for m in mentions]


@pytest.mark.parametrize("case", [as_param(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = told(find_dates(case["text"], published_on=case.get("published_on")))
    expected = [tuple(row) for row in case["expect"]]
    assert [row[1:] for row in found] == [row[1:] for row in expected]
    assert all(a[0] in b[0] or b[0] in a[0] for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize("family", date_lexicon().families, ids=lambda family: family.id)
def test_family_fires_on_its_example_alone(family: Any) -> None:
    assert find_dates(family.example, published_on=WEDNESDAY)
    assert not find_dates(family.near_miss, published_on=WEDNESDAY)


def test_every_holiday_is_found_by_each_name() -> None:
    for name in date_lexicon().holidays:
        words = " ".join(name).title().replace(" ' ", "'").replace("'S", "'s").replace(" . ", ". ")
        assert find_dates(f"They met on {words} 2018.", published_on=WEDNESDAY), words


def test_words_of_splits_as_the_grammar_does() -> None:
    assert words_of("St. Patrick’s Day") == ("st", ".", "patrick", "'", "s", "day")


def test_an_undated_text_leaves_the_end_of_since_open() -> None:
    (mention,) = find_dates("Nothing has moved since 2015.", published_on=None)
    assert (mention.when.earliest, mention.when.latest) == (dt.date(2015, 1, 1), None)


# laws

PIECES = st.sampled_from(
    [
        *date_lexicon().months,
        *date_lexicon().weekdays,
        *date_lexicon().units,
        *date_lexicon().parts,
        *date_lexicon().directions,
        *(
            "ago",
            "since",
            "by",
            "from",
            "to",
            "between",
            "and",
            "the",
            "of",
            "in",
            "until",
            "-",
            "–",
            ",",
            ".",
            "'",
            "s",
        ),
        *(
            "2019",
            "31",
            "30",
            "1",
            "0",
            "9999",
            "th",
            "2019-02-30",
            "2/30/2019",
            "q",
            "3",
            "half",
            "first",
            "last",
            "\n\n",
        ),
        *("ended", "will", "century", "1990", "week", "end", "easter", "christmas", "two", "100000", "within"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=10).map("".join)
)
DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=400, deadline=None)
@given(TEXTS, DAYS)
def test_mentions_lie_in_the_text_in_order_and_apart(text: str, day: dt.date | None) -> None:
    found = find_dates(text, published_on=day)
    assert all(text[m.start : m.end] == m.when.words for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert found == find_dates(text, published_on=day)


REPEATED = ("the week of ", "two days after ", "from ", "early ", "since ", "Monday ", "next week between ", "1 ")


@pytest.mark.parametrize("words", REPEATED)
def test_endless_repetition_comes_to_an_end(words: str) -> None:
    assert find_dates(words * 3000, published_on=WEDNESDAY) is not None


# inside coding


def passages_of(text: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(start=text.index(line), end=text.index(line) + len(line), paragraph=at)
        for at, line in enumerate(text.split("\n\n"))
    )


LEAST_WITH_PARSE = 0.97  # of the cases; the weights may change under them


@pytest.mark.model
def test_cases_hold_with_the_parse(pipeline: Any) -> None:
    cases = [case for case in CASES if "published_on" in case and "xfail" not in case]
    right = 0
    for case in cases:
        text = case["text"]
        passages = passages_of(text)
        found, problems = find_dates_in(
            pipeline.parse(text, passages), text, passages, published_on=case["published_on"]
        )
        assert not problems
        right += [row[1:] for row in told(found)] == [tuple(row[1:]) for row in case["expect"]]
    assert right >= LEAST_WITH_PARSE * len(cases)


@pytest.mark.model
def test_the_governing_verb_tells_where_no_word_stands_before(pipeline: Any) -> None:
    text = "On Friday the envoys will report."
    found, _ = find_dates_in(pipeline.parse(text, passages_of(text)), text, passages_of(text), published_on=WEDNESDAY)
    assert told(found) == [("Friday", "2019-11-08", "2019-11-08")]


@pytest.mark.model
def test_without_a_publication_day_relative_dates_are_problems(pipeline: Any) -> None:
    text = "They met last Friday and signed on 3 May 2019.\n\nTalks go on next month."
    passages = passages_of(text)
    found, problems = find_dates_in(pipeline.parse(text, passages), text, passages, published_on=None)
    assert told(found) == [("3 May 2019", "2019-05-03", "2019-05-03")]
    assert [problem.span.quote for problem in problems if problem.span] == ["last Friday", "next month"]
    assert all(problem.trouble is Trouble.UNRESOLVED_DATE and "--published" in problem.message for problem in problems)


@pytest.mark.model
def test_only_passages_are_read(pipeline: Any) -> None:
    text = "Updated 3 May 2019\n\nThey met on 4 May 2019."
    passages = passages_of(text)[1:]
    found, _ = find_dates_in(pipeline.parse(text, passages), text, passages, published_on=None)
    assert told(found) == [("4 May 2019", "2019-05-04", "2019-05-04")]


# measured


@pytest.mark.shared
def test_score_on_development_data() -> None:
    if not DEV.is_dir():
        pytest.skip(f"{DEV.name} data lies beside the project only where quality is measured")
    spec = importlib.util.spec_from_file_location("score_dates", DEV / "score_dates.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tally, items = scorer.Tally(), scorer.load()
    for item in items:
        published = dt.date.fromisoformat(item["published"])
        found = [
            {"start": m.start, "end": m.end, "begin": m.when.earliest, "until": m.when.latest}
            for m in find_dates(item["text"], published_on=published)
        ]
        scorer.score(item, found, tally, {})
    right = 2 * tally["val"] / (tally["sys"] + tally["gold"])
    assert right >= 0.85


@pytest.mark.shared
def test_real_articles_raise_nothing() -> None:
    if not DEV.is_dir():
        pytest.skip(f"{DEV.name} data lies beside the project only where quality is measured")
    for line in (DEV / "news.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        published = dt.date.fromisoformat(article["published"][:10])
        assert find_dates(article["text"], published_on=published) is not None
