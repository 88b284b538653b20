"""Entities of FollowTheMoney: only schemata and properties that it has, and what they point at is there."""

import json
import re

import pytest
from accounts_for_tests import BAN, DEMAND, EARLY, HOSTILE, OPINION, TALKS, THREAT, account

from detente.adapters.exporters.follow_the_money import write

# Of the model of FollowTheMoney 4: the properties of each schema, and which of them name another entity.
SCHEMATA = {
    "Article": {"title", "author", "publisher", "publishedAt", "modifiedAt", "sourceUrl", "language"},
    "Event": {
        *("name", "startDate", "endDate", "country", "involved", "summary", "keywords", "publisher", "sourceUrl"),
        "proof",
    },
    "Sanction": {"entity", "authority", "country", "program", "status", "startDate", "summary", "proof"},
    "Note": {"entity", "name", "description", "createdAt", "publisher", "proof"},
    "Person": {"name", "country", "position"},
    "PublicBody": {"name", "country"},
    "Organization": {"name"},
    "LegalEntity": {"name"},
}
ENTITIES = {"entity", "involved", "proof"}
REQUIRED = {"Event": "name", "Sanction": "entity", "Person": "name", "PublicBody": "name", "Article": "title"}


@pytest.fixture
def entities() -> dict[str, dict]:
    return {(one := json.loads(line))["id"]: one for line in write(account()).decode().split("\n")[:-1]}


def test_schemata_and_properties_are_known(entities):
    for one in entities.values():
        assert set(one["properties"]) <= SCHEMATA[one["schema"]], one
        assert REQUIRED.get(one["schema"], "name") in one["properties"]


def test_values_are_lists_of_filled_texts(entities):
    for one in entities.values():
        for values in one["properties"].values():
            assert values
            assert all(isinstance(value, str) and value for value in values)


def test_what_is_pointed_at_is_there(entities):
    for one in entities.values():
        for name in ENTITIES & set(one["properties"]):
            assert set(one["properties"][name]) <= set(entities)


def test_an_event_took_place_and_names_who_took_part(entities):
    one = entities[f"event-{TALKS.id}"]["properties"]
    assert one["involved"] == ["state-USA", "state-CHN"]
    assert one["proof"] == [f"document-{EARLY.id}"]
    assert entities["state-USA"]["properties"] == {"name": ["United States"], "country": ["us"]}
    assert f"event-{THREAT.id}" not in entities


def test_a_person_without_an_office_has_no_position(entities):
    (person,) = (one for one in entities.values() if one["schema"] == "Person")
    assert person["properties"] == {"name": ["Ann Lee"], "country": ["us"]}


def test_a_ban_is_a_sanction_on_its_target(entities):
    one = entities[f"sanction-{BAN.id}"]["properties"]
    assert (one["entity"], one["authority"], one["status"]) == (["state-CHN"], ["United States"], ["in force"])
    assert one["startDate"] == ["2019-11-08"]


def test_a_position_is_a_note_on_its_holder_and_an_authors_view_is_none(entities):
    assert entities[f"note-{DEMAND.id}"]["properties"]["entity"] == ["state-CHN"]
    assert f"note-{OPINION.id}" not in entities


def test_countries_and_days_are_written_as_asked(entities):
    for one in entities.values():
        assert all(re.fullmatch("[a-z]{2}", code) for code in one["properties"].get("country", []))
    assert "sourceUrl" not in entities[f"document-{HOSTILE.id}"]["properties"]
