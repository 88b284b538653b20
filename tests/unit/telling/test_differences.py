"""Accounts that differ in the brief, in what changed, in the table, and checked."""

import dataclasses
import datetime as dt
import json

import jsonschema
import pytest
from records_for_tests import day, document, event

from detente.adapters.exporters.brief_json import write_json
from detente.adapters.exporters.difference_text import write_difference
from detente.adapters.exporters.table import write_table
from detente.apps.cli.verification import verify_text
from detente.codebook.files import data_file
from detente.codebook.registry import load_registry
from detente.ledger.coverage import cover
from detente.records import Actor, Factuality
from detente.telling.brief import tell_brief
from detente.telling.brief_page import brief_from_dict
from detente.telling.changes import tell_changes
from detente.telling.known import Known
from detente.telling.material import Material
from detente.telling.tables import tell_table
from detente.telling.words import Words

WORDS = Words(load_registry())
FIRST, NEXT = dt.date(2019, 10, 2), dt.date(2019, 10, 4)
ONE = document("The two presidents spoke by telephone on October 1.", published=FIRST, outlet="Wire")
OTHER = document("A call of the presidents took place on September 30.", published=NEXT, outlet="Post")
SIDES = {
    "initiators": (Actor(words="the presidents", state="USA", office="president"),),
    "targets": (Actor(words="the presidents", state="CHN", office="president"),),
    "mode": "phone",
}
CALLS = tuple(
    event(source, source.text, when=day(on), **SIDES) for source, on in ((ONE, "2019-10-01"), (OTHER, "2019-09-30"))
)
DENIAL = event(OTHER, OTHER.text, when=day("2019-10-01"), factuality=Factuality.DENIED, **SIDES)


def material(records, as_of=NEXT):
    return Material(
        pair=("USA", "CHN"),
        as_of=as_of,
        since=None,
        records=tuple(records),
        undated=(),
        documents=(ONE, OTHER),
    )


def brief(records=CALLS):
    coverage = cover((ONE, OTHER), tuple(records), ("USA", "CHN"))
    return tell_brief(material(records), coverage, WORDS, lines=8)


def section(page, name):
    return next((s for s in page.sections if s.name == name), None)


def test_the_brief_puts_both_passages_side_by_side():
    page = brief()
    (line,) = section(page, "Accounts differ").lines
    assert line.text == f"Date: “{ONE.text}” – “{OTHER.text}”"
    assert line.note == "1 Oct 2019 – 30 Sep 2019"
    assert [page.citations[n - 1].outlet for n in line.citations] == ["Wire", "Post"]


def test_a_brief_of_accounts_that_agree_has_no_such_section():
    assert section(brief(CALLS[:1]), "Accounts differ") is None


def test_a_line_of_a_difference_is_told_again():
    faults, _ = verify_text(write_json(brief()), None)
    assert faults == []


@pytest.mark.parametrize(("old", "new"), [("30 Sep", "29 Sep"), ("Date:", "Place:")])
def test_an_edited_difference_is_found(old, new):
    table = brief().to_dict()
    (line,) = next(s for s in table["sections"] if s["name"] == "Accounts differ")["lines"]
    line |= {key: value.replace(old, new) for key, value in line.items() if key in ("text", "note")}
    faults, _ = verify_text(write_json(brief_from_dict(table)), None)
    assert any("is not what its records say" in fault for fault in faults)


def test_what_changed_lists_it_once_as_contradicted():
    before = material(CALLS[:1], FIRST)
    page = tell_changes(before, material(CALLS), WORDS, lines=8)
    assert [line.kind for line in section(page, "Contradicted").lines] == ["difference"]
    same = tell_changes(material(CALLS), material(CALLS), WORDS, lines=8)
    assert same.sections == ()


def test_a_denial_beside_what_it_denies_is_one_change():
    page = tell_changes(material(CALLS[:1], FIRST), material([CALLS[0], DENIAL]), WORDS, lines=8)
    assert [line.kind for line in section(page, "Contradicted").lines] == ["difference"]


def test_what_an_article_told_that_was_withdrawn_is_listed_as_withdrawn():
    after = dataclasses.replace(material(()), lapsed=CALLS[:1])
    page = tell_changes(material(()), after, WORDS, lines=8)
    (line,) = section(page, "Withdrawn").lines
    assert line.records == (CALLS[0].id,)
    assert verify_text(write_json(page), None)[0] == []


def test_the_table_gives_differences_as_records():
    table = tell_table("differences", material(CALLS), WORDS)
    (row,) = table.rows
    assert row[:3] == ("date", f"1 Oct 2019: “{ONE.text}”", "Wire")
    (entry,) = json.loads(write_table(table, "json", limit=5))
    jsonschema.validate(entry, json.loads(data_file("schema/record.json").read_text(encoding="utf-8")))
    assert entry["one"]["evidence"][0]["quote"] == ONE.text


def test_what_is_contested_is_a_blind_spot_and_waits_for_review():
    asked = tell_table("review", material(CALLS), WORDS)
    assert [row[0] for row in asked.rows] == ["Which account holds?"]
    blind = tell_table("blindspots", material(CALLS), WORDS)
    assert "accounts differ" in [row[0] for row in blind.rows]


def test_it_opens_down_to_the_passages():
    (difference,) = Known(material(CALLS), WORDS).differences
    text = write_difference(difference, WORDS)
    assert "1 Oct 2019, told by Wire" in text
    assert f"“{OTHER.text}”" in text
