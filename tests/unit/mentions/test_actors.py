"""Actors in news: own cases, and laws that hold for any text."""

import datetime as dt
import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook.registry import load_registry
from detente.mentions.actors import actor_of, find_actors
from detente.mentions.mention import ActorMention
from detente.parsing import Pipeline
from detente.records import Block, BlockKind, Document, Passage, Problem, Trouble

CASES = Path(__file__).parents[2] / "cases" / "en" / "actors.toml"
PAIR = ("USA", "CHN")


def as_param(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


def sentences(text: str) -> list[Passage]:
    """A passage per sentence of a case."""
    passages, start = [], 0
    for piece in split(text):
        passages.append(Passage(start=start, end=start + len(piece.rstrip()), paragraph=0))
        start += len(piece)
    return passages


def split(text: str) -> list[str]:
    """Sentences of a case; cases abbreviate nothing but "Mr.", "U.S." before small letters."""
    pieces, start = [], 0
    for at in range(len(text) - 2):
        ends = text[at : at + 2] == ". " and text[at + 2].isupper() and not text[:at].endswith(("Mr", "U.S", "Gen"))
        if ends:
            pieces.append(text[start : at + 2])
            start = at + 2
    return [*pieces, text[start:]]


def found_in(
    pipeline: Pipeline, text: str, *, pair: tuple[str, str] | None = None, published_on: dt.date | None = None
) -> tuple[tuple[ActorMention, ...], tuple[Problem, ...]]:
    passages = sentences(text)
    document = Document(id="d", text=text, published_on=published_on)
    return find_actors(pipeline.parse(text, passages), document, passages, pair=pair, registry=load_registry())


def fits(mention: ActorMention, row: dict[str, Any], text: str) -> bool:
    """Whether a mention is all that a row of a case tells."""
    if text[mention.start : mention.end] != row["words"] or mention.is_place != row.get("is_place", False):
        return False
    states = {actor.state for actor in mention.actors}
    if states != (set(row["states"]) if "states" in row else {row.get("state")}):
        return False
    said = ("sector", "office", "organisation", "person", "former")
    return all(getattr(mention.actors[0], key) == row[key] for key in said if key in row)


@pytest.mark.model
@pytest.mark.parametrize("case", [as_param(case) for case in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    text, pair = case["text"], case.get("pair")
    mentions, _ = found_in(pipeline, text, pair=tuple(pair) if pair else None, published_on=case["published_on"])
    told = [(text[m.start : m.end], m.actors, m.is_place) for m in mentions]
    for row in case["expect"]:
        assert any(fits(mention, row, text) for mention in mentions), (row, told)
    assert not {words for words, _, _ in told} & set(case.get("never", ()))


@pytest.mark.model
def test_two_sides_of_nobody_are_a_problem(pipeline: Pipeline) -> None:
    mentions, problems = found_in(pipeline, "The two sides agreed.")
    assert not mentions
    assert [problem.trouble for problem in problems] == [Trouble.UNRESOLVED_ACTOR]


@pytest.mark.model
def test_words_are_those_of_the_document(pipeline: Pipeline) -> None:
    text = "They met North\nKorea's envoy."
    mentions, _ = found_in(pipeline, text)
    assert [actor.words for mention in mentions for actor in mention.actors if actor.state] == ["North\nKorea's envoy"]


@pytest.mark.model
def test_a_person_is_known_by_surname_before_the_introduction(pipeline: Pipeline) -> None:
    mentions, _ = found_in(pipeline, "Novak left early. Czech Foreign Minister Petra Novak had a cold.")
    assert mentions[0].actors[0].person == "Petra Novak"
    assert mentions[0].actors[0].state == "CZE"


@pytest.mark.model
@pytest.mark.parametrize(
    ("published_on", "former"),
    [(dt.date(2016, 12, 1), False), (dt.date(2017, 6, 1), True), (None, False)],
)
def test_office_holders_are_those_of_the_day(pipeline: Pipeline, published_on: dt.date | None, former: bool) -> None:
    mentions, _ = found_in(pipeline, "Obama signed the order.", published_on=published_on)
    assert mentions[0].actors[0].former is former


@pytest.mark.model
def test_actor_of_prefers_who_acts_to_where(pipeline: Pipeline) -> None:
    text = "In Geneva, Russian diplomats walked out."
    mentions, _ = found_in(pipeline, text)
    assert [actor.state for actor in actor_of(mentions, 0, len(text))] == ["RUS"]
    assert actor_of(mentions, 0, 2) == ()


NOUNS = [
    "President",
    "officials",
    "ministry",
    "sides",
    "state",
    "media",
    "Treasury",
    "Secretary",
    "Kim",
    "Jong-un",
    "Liu",
    "He",
]
OTHERS = [
    "The",
    "US",
    "Chinese",
    "Xi",
    "Trump",
    "Beijing",
    "May",
    "'s",
    ",",
    "of",
    "and",
    "in",
    "former",
    "Mr.",
    "two",
    "it",
    "he",
]
WORDS = st.sampled_from([*NOUNS, *OTHERS, "-", "(", ")", "visited", "said"])


@pytest.mark.model
def test_of_two_states_in_one_breath_a_minister_is_of_the_one_of_the_dateline(pipeline: Pipeline) -> None:
    text = "Mali and Chad agreed on a plan, Vice Finance Minister Awa Keita said on Thursday."
    line = f"BAMAKO - {text}"
    dateline = Block(kind=BlockKind.DATELINE, start=0, end=len("BAMAKO - "), reason="dateline")
    document = Document(id="d", text=line, published_on=dt.date(2017, 6, 23), blocks=(dateline,))
    passages = [Passage(start=dateline.end, end=len(line), paragraph=0)]
    parse = pipeline.parse(line, passages)
    mentions, _ = find_actors(parse, document, passages, pair=None, registry=load_registry())
    (keita,) = (actor for mention in mentions for actor in mention.actors if actor.person)
    assert keita.state == "MLI"


@pytest.mark.model
@given(words=st.lists(WORDS, min_size=1, max_size=14))
@settings(max_examples=60, deadline=None)
def test_laws(live: Pipeline, words: list[str]) -> None:
    text = " ".join(words)
    mentions, _ = found_in(live, text, pair=PAIR, published_on=dt.date(2018, 1, 1))
    assert mentions == found_in(live, text, pair=PAIR, published_on=dt.date(2018, 1, 1))[0]
    assert all(a.last < b.first for a, b in itertools.pairwise(mentions))
    for mention in mentions:
        assert mention.first <= mention.head <= mention.last
        assert mention.actors
        assert all(actor.words == text[mention.start : mention.end] for actor in mention.actors)
