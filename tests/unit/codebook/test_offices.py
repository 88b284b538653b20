"""Offices, collectives and office-holders: the data hold together."""

import datetime as dt
import itertools
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.codebook.offices import (
    Collective,
    Office,
    load_actor_words,
    load_office_holders,
    office_words,
    offices_of,
    offices_table,
)
from detente.codebook.registry import load_registry
from detente.errors import CodebookError
from detente.mentions.actors import find_actors
from detente.parsing import Pipeline
from detente.records import Document, Passage

WORDS = load_actor_words()
ROLES = offices_table()["role"]
ASKED_ROLE = re.compile(r'offices_of\("([^"]+)"\)')
ONE_HOLDER = {"president", "prime minister", "supreme leader", "chancellor"}


@pytest.mark.parametrize("office", WORDS.offices, ids=lambda office: office.id)
def test_every_office_is_in_its_example(office: Office) -> None:
    said = office.example.lower()
    assert any(word in said for word in (*office.words, *office.plurals))


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role["id"])
def test_an_office_of_the_role_is_in_the_example_and_none_in_the_near_miss(role: dict[str, Any]) -> None:
    offices = [office for office in WORDS.offices if office.id in role["offices"]]
    assert {office.id for office in offices} == set(role["offices"])
    words = [word for office in offices for word in office.words]
    assert any(re.search(rf"\b{word}\b", role["example"].lower()) for word in words)
    assert not any(re.search(rf"\b{word}\b", role["near_miss"].lower()) for word in words)


def test_every_role_is_asked_for_and_every_asked_one_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(detente.__file__).parent.rglob("*.py"))
    assert set(ASKED_ROLE.findall(code)) == {role["id"] for role in ROLES}
    with pytest.raises(CodebookError, match="no role of the id crowned"):
        offices_of("crowned")


def test_office_ids_and_words_are_unique_and_small() -> None:
    assert [id_ for id_, count in Counter(office.id for office in WORDS.offices).items() if count > 1] == []
    assert [word for word in office_words() if word != word.lower()] == []


def test_offices_of_the_table_exist() -> None:
    known = {office.id for office in WORDS.offices}
    assert {holder.office for holder in load_office_holders()} <= known
    assert {office for row in WORDS.collectives for office in row.offices} <= known


def test_office_holders_belong_to_states_and_have_terms() -> None:
    codes = set(load_registry().names)
    for holder in load_office_holders():
        assert holder.state in codes, holder
        assert holder.to is None or holder.from_ < holder.to, holder
        assert holder.surname is None or holder.surname.split()[-1] in holder.person, holder


def test_no_two_hold_one_office_at_once() -> None:
    terms = defaultdict(list)
    for holder in load_office_holders():
        if holder.office in ONE_HOLDER and holder.state not in ("EUU", "CHN"):
            terms[holder.state, holder.office].append((holder.from_, holder.to or dt.date.max, holder.person))
    for key, rows in terms.items():
        rows.sort()
        for before, after in itertools.pairwise(rows):
            same = before[:2] == after[:2]  # two spellings of one name
            assert same or before[1] <= after[0], (key, before, after)


@pytest.mark.model
@pytest.mark.parametrize("row", WORDS.collectives, ids=lambda row: row.id)
def test_collectives_fire_on_their_example_alone(row: Collective, pipeline: Pipeline) -> None:
    def several(text: str) -> bool:
        passages = [Passage(start=0, end=len(text), paragraph=0)]
        parse, document = pipeline.parse(text, passages), Document(id="d", text=text)
        mentions, problems = find_actors(parse, document, passages, pair=("USA", "CHN"), registry=load_registry())
        return any(len(mention.actors) > 1 for mention in mentions) or bool(problems)

    if row.number == 2:
        assert several(row.example)
    assert not several(row.near_miss)


def test_markers_are_small_words() -> None:
    for words in (WORDS.former, WORDS.fillers, WORDS.kin, WORDS.links, WORDS.courtesy, WORDS.place_cues):
        assert all(word == word.lower() for word in words)
