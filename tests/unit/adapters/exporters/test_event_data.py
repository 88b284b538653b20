"""PLOVER and POLECAT: what did not take place is not passed off as an event."""

import csv
import io
import json

import pytest
from accounts_for_tests import HOSTILE_TALKS, PLAN, TALKS, THREAT, account
from records_for_tests import CHN, USA, document, event

from detente.adapters.exporters.plover import write as write_plover
from detente.adapters.exporters.polecat import COLUMNS
from detente.adapters.exporters.polecat import write as write_polecat
from detente.codebook.event_types import load_event_types
from detente.codebook.exchange import alpha2_codes, load_exchange
from detente.codebook.files import read_toml
from detente.codebook.measures import load_measures
from detente.records import Actor, EventType, Factuality


def plover() -> dict[str, dict]:
    return {(told := json.loads(line))["id"]: told for line in write_plover(account()).decode().split("\n")[:-1]}


def polecat(**more) -> dict[str, dict[str, str]]:
    read = csv.DictReader(io.StringIO(write_polecat(account(**more)).decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["Event ID"]: row for row in read}


def test_plover_holds_the_events_with_their_modality():
    told = plover()
    assert set(told) == {TALKS.id, THREAT.id, HOSTILE_TALKS.id}
    assert told[TALKS.id]["modality"] == "actual"
    assert told[THREAT.id]["modality"] == "hypothetical"
    assert PLAN.id not in told


def test_plover_has_lists_of_actors_the_interval_and_the_passage():
    told = plover()[TALKS.id]
    assert [actor["code"] for actor in (*told["actor"], *told["recipient"])] == ["USA", "CHN"]
    assert (told["date"], told["enddate"]) == ("2019-11-01", "2019-11-01")
    assert (told["event"], told["mode"], told["context"], told["quad_code"]) == (
        ["CONSULT"],
        ["visit"],
        ["economic"],
        1,
    )
    assert told["text"] == TALKS.evidence[0].quote
    assert told["event_loc"] == {"country": "USA"}


def test_what_the_text_does_not_date_has_no_date():
    assert "date" not in plover()[HOSTILE_TALKS.id]
    assert polecat()[HOSTILE_TALKS.id]["Event Date"] == ""


def test_polecat_has_its_forty_columns_in_order():
    header = write_polecat(account(())).decode().rstrip("\n").split("\t")
    assert tuple(header) == COLUMNS
    assert len(header) == 40
    assert header[7:15] == [
        "Actor Name",
        "Actor Country",
        "Actor COW",
        "Primary Actor Sector",
        "Actor Sectors",
        "Actor Title",
        "Actor Name Raw",
        "Wikipedia Actor ID",
    ]


def test_polecat_leaves_out_what_did_not_take_place():
    assert set(polecat()) == {TALKS.id, HOSTILE_TALKS.id}


def test_polecat_rows_stay_whole_whatever_the_words():
    rows = write_polecat(account()).decode().rstrip("\n").split("\n")
    assert {row.count("\t") for row in rows} == {39}


def test_several_actors_are_one_event():
    source = document("The three met.")
    three = event(
        source, "The three met.", initiators=(USA, CHN, Actor(words="Japan; too", state="JPN", office="minister"))
    )
    (row,) = polecat(records=(three,), documents=(source,)).values()
    assert row["Actor Country"] == "USA;CHN;JPN"
    assert row["Actor COW"] == "2;710;740"
    assert row["Actor Title"] == ";;minister"
    assert row["Actor Name Raw"] == "the United States;China;Japan, too"


# The tables they are translated by


@pytest.mark.parametrize("factuality", Factuality)
def test_every_factuality_has_a_modality(factuality):
    assert load_exchange().modality[factuality] in {"actual", "planned", "hypothetical", "negated", "historical"}


def test_every_theme_stands_in_one_row_of_contexts():
    listed = [theme for themes in read_toml("codebook/exchange.toml")["contexts"].values() for theme in themes]
    assert sorted(listed) == sorted(row["id"] for row in read_toml("codebook/themes.toml")["theme"])


def test_modes_and_sanctions_are_those_of_the_codebook():
    entries = load_event_types()
    for name in load_exchange().modes:
        type_, _, mode = name.partition("/")
        assert mode in entries[EventType(type_)].modes
    assert load_exchange().sanctions <= set(load_measures().kinds)
    assert alpha2_codes()["USA"] == "US"
