"""Web annotations: the words stand where the selectors say."""

import json

import pytest
from accounts_for_tests import DOCUMENTS, EARLY, RECORDS, account

from detente.adapters.exporters.annotations import write


@pytest.fixture
def page() -> dict:
    return json.loads(write(account()))


def targets(page):
    return [(item, target) for item in page["items"] for target in item["target"]]


def test_it_is_a_page_of_annotations_one_a_record(page):
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert {item["id"] for item in page["items"]} == {f"urn:detente:record:{record.id}" for record in RECORDS}
    assert {item["type"] for item in page["items"]} == {"Annotation"}


def test_both_selectors_find_the_words_in_the_stored_text(page):
    texts = {one.id: one.text for one in DOCUMENTS}
    for _, target in targets(page):
        text = texts[target["state"]["cached"].rpartition(":")[2]]
        quote, position = target["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert text.startswith(quote["prefix"], position["start"] - len(quote["prefix"]))


def test_the_target_is_the_page_on_the_web_where_there_is_one(page):
    found = {target["state"]["cached"]: target["source"] for _, target in targets(page)}
    assert found[f"urn:detente:document:{EARLY.id}"] == EARLY.url
    assert all(address.startswith(("https://", "urn:detente:document:")) for address in found.values())


def test_kind_factuality_and_voice_are_tags(page):
    for item in page["items"]:
        tags = [body["value"] for body in item["body"] if body["purpose"] == "tagging"]
        assert len(tags) >= 3
