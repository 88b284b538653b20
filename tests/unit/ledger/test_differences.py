"""Accounts that cannot both hold: rows of tests/cases/en/differences.toml."""

import datetime as dt
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from records_for_tests import document

from detente.codebook.differences import load_difference_words
from detente.codebook.registry import load_registry
from detente.flow import code_document
from detente.kit import Kit
from detente.ledger.differences import find_differences
from detente.ledger.differences_denied import denied_words
from detente.ledger.happenings import group_happenings
from detente.ledger.tellings import stems
from detente.records import Provenance
from detente.settings import Watch

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "differences.toml").read_text("utf-8"))["case"]
CUES = [(table, cue) for table, cues in load_difference_words().cues.items() for cue in cues]
FOUND = [case for case in CASES if case["expect"] and "xfail" not in case]


def coded(case, pipeline):
    """The records of the accounts of a case, and the outlet of each document."""
    provenance = Provenance(coder="c", model="m", data="d")
    kit = Kit(pipeline=pipeline, registry=load_registry(), provenance=provenance)
    records, outlets = [], {}
    for account in case["accounts"]:
        source = document(account["text"], published=account["on"], outlet=account["outlet"])
        records += code_document(source, kit, Watch()).records
        outlets[source.id] = account["outlet"]
    return records, outlets


def differences(records, outlets):
    return find_differences(group_happenings(records), outlets)


def fires_without_needs(cue, text):
    return (cue.unless is None or not cue.unless.search(text)) and cue.pattern.search(text) is not None


@pytest.mark.parametrize(("table", "cue"), CUES, ids=lambda x: getattr(x, "id", x))
def test_no_sentence_is_lost_by_the_pieces_that_a_cue_needs(table, cue):
    sentences = [text for _, other in CUES for text in (other.example, other.near_miss)]
    sentences += [account["text"] for case in CASES for account in case["accounts"]]
    for text in sentences:
        assert (cue.find(text) is not None) == fires_without_needs(cue, text), text


@pytest.mark.parametrize(("table", "cue"), CUES, ids=lambda x: getattr(x, "id", x))
def test_each_cue_fires_on_its_example_alone(table, cue):
    assert cue.find(cue.example)
    assert not cue.find(cue.near_miss)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_differs(case, pipeline, request):
    if "xfail" in case:
        request.applymarker(pytest.mark.xfail(reason=case["xfail"], strict=True))
    found = [{"kind": d.kind.value, "says": [d.one.value, d.other.value]} for d in differences(*coded(case, pipeline))]
    assert found == case["expect"]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["name"])
def test_each_side_rests_on_a_passage_of_its_record(case, pipeline):
    records, outlets = coded(case, pipeline)
    by_id = {record.id: record for record in records}
    for difference in differences(records, outlets):
        for side in (difference.one, difference.other):
            assert all(by_id[id_].evidence[0] == e for id_, e in zip(side.records, side.evidence, strict=True))
            assert set(side.records) <= set(difference.basis)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["name"])
def test_its_basis_is_enough_to_find_it_again(case, pipeline):
    records, outlets = coded(case, pipeline)
    for difference in differences(records, outlets):
        kept = [record for record in records if record.id in difference.basis]
        assert difference in differences(kept, outlets)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["name"])
def test_what_becomes_known_later_shows_only_then(case, pipeline):
    """What differs by a day is what differs by a later day and was known by then, under the same id."""
    records, outlets = coded(case, pipeline)
    days = sorted({dt.date.min, *(record.known_on for record in records)})
    known = [{d.id for d in differences([r for r in records if r.known_on <= day], outlets)} for day in days]
    for day, now in zip(days, known, strict=True):
        assert now == {d.id for d in differences(records, outlets) if d.known_on <= day}
    assert all(before <= after for before, after in pairwise(known))


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["name"])
def test_the_order_of_the_records_does_not_matter(case, pipeline):
    records, outlets = coded(case, pipeline)
    assert differences(records[::-1], outlets) == differences(records, outlets)


def test_words_that_stand_for_each_other_are_one():
    assert stems("They bought wheat") == stems("wheat was purchased")
    assert stems("They bought wheat") != stems("They grew wheat")


def test_a_sentence_that_denies_nothing_has_no_denied_words():
    assert denied_words("Serbia opened the bridge.") is None
    assert denied_words("Serbia did not open the bridge.") == "open the bridge"
