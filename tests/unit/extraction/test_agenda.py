"""extract_agenda on sentences of our own, and every row of its lexicon."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from detente.cleaning.clean import clean_draft
from detente.cleaning.draft import Draft
from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.registry import load_registry
from detente.extraction.agenda import extract_agenda
from detente.flow import read_document
from detente.kit import Kit
from detente.passages import split_passages
from detente.passages.split import split_text
from detente.records import AgendaItem, Document, Provenance

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "agenda.toml").read_text(encoding="utf-8"))
PUBLISHED_ON = dt.date(2026, 11, 20)
SILENT = frozenset({"vague", "beside", "declined", "lapsed", "goods", "hostile"})  # rows that keep others from firing
ROWS = [row for row in load_agenda().rows if row.section not in SILENT]


@pytest.fixture(scope="module")
def agenda_in(pipeline):
    """agenda_in(text, published_on=...): the agenda items of a short text."""
    kit = Kit(pipeline=pipeline, registry=load_registry(), provenance=Provenance(coder="c", model="m", data="d"))

    def extract(text: str, published_on: dt.date | None = PUBLISHED_ON) -> list[AgendaItem]:
        document = Document(id="d" * 32, text=text, published_on=published_on)
        passages = split_text(text)
        parse = pipeline.parse(text, passages)
        return extract_agenda(read_document(document, passages, parse, kit, ("USA", "CHN"))[0])

    return extract


def as_dict(item: AgendaItem) -> dict[str, Any]:
    """The fields that cases name."""
    return {
        "kind": item.kind,
        "summary": item.summary,
        "participants": {actor.state for actor in item.participants if actor.state},
        "basis": item.basis.value,
        "outcome": item.outcome.value,
        "mechanism": item.mechanism,
        "when": [str(item.when.earliest), str(item.when.latest)] if item.when else None,
        "undated": item.when is None,
    }


def has_all(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found[k] == (set(v) if k == "participants" else v) for k, v in wanted.items())


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "on_pair"),
    [
        (
            "China and the United States quarrel. The American president will meet China's on Friday.",
            True,
        ),
        ("China and the United States quarrel. The American president will visit Peru on Friday.", False),
        ("China and the United States quarrel. The American president will visit NATO on Friday.", True),
        ("China and the United States quarrel. The American election in November 2028 draws near.", False),
        ("China and the United States quarrel. The American election in November 2028 worries Beijing.", True),
        ("China and the United States quarrel. The session of the American Congress opens on 3 December.", False),
    ],
)
def test_a_meeting_without_the_other_side_is_not_on_the_pair(text, on_pair, agenda_in):
    assert [item.on_pair for item in agenda_in(text)] == [on_pair]


@pytest.mark.model
@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES["case"]])
def test_case(case, agenda_in):
    found = [as_dict(item) for item in agenda_in(case["text"])]
    for wanted in case["expect"]:
        assert any(has_all(item, wanted) for item in found), found
    for unwanted in case.get("never", ()):
        assert not any(has_all(item, unwanted) for item in found), found
    if not case["expect"] and "never" not in case:
        assert found == []


@pytest.mark.model
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_fires_on_its_example_and_not_on_its_near_miss(row: AgendaRow, agenda_in):
    assert any(row.id in item.provenance.rules for item in agenda_in(row.example))
    assert not any(row.id in item.provenance.rules for item in agenda_in(row.near_miss))


@pytest.mark.model
def test_vague_words_keep_items_out(agenda_in):
    for row in load_agenda().rows:
        if row.section in ("vague", "goods", "hostile"):
            assert agenda_in(row.example) == []
            assert agenda_in(row.near_miss) != []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("The king of Jordan will visit Turkey in December.", "The king of Jordan to visit Turkey"),
        ("Oslo plans talks between Peru and Chile next month.", "Talks between Peru and Chile"),
        ("The truce between Chad and Sudan expires on 5 December.", "The truce between Chad and Sudan to expire"),
        ("India will impose tariffs on apples on 1 December.", "India to impose tariffs on apples"),
    ],
)
def test_the_summary_leaves_the_date_to_when(text, summary, agenda_in):
    assert summary in [item.summary for item in agenda_in(text)]


@pytest.mark.model
def test_without_a_publication_day_a_plan_stays(agenda_in):
    (item,) = agenda_in("The king of Jordan plans to visit Turkey.", published_on=None)
    assert item.when is None
    assert item.known_on is None


@pytest.mark.model
def test_evidence_is_the_text(agenda_in):
    text = "It rained. The king of Jordan will visit Turkey in December."
    (item,) = agenda_in(text)
    assert [text[e.start : e.end] for e in item.evidence] == [e.quote for e in item.evidence]


def test_row_ids_are_unique():
    ids = [row.id for row in load_agenda().rows]
    assert len(ids) == len(set(ids))


@pytest.mark.model
@pytest.mark.shared
@pytest.mark.parametrize(
    ("seed", "published_on", "wanted"),
    [
        (
            "000_*",
            dt.date(2017, 6, 23),
            [
                {"kind": "meeting", "basis": "expected", "when": ["2017-07-01", "2017-07-31"]},
                {"kind": "visit", "basis": "planned", "when": ["2017-11-01", "2017-11-30"]},
                {"kind": "visit", "basis": "invited", "when": ["2017-01-01", "2017-12-31"]},
                {"kind": "exercise", "basis": "invited", "when": ["2018-01-01", "2018-12-31"]},
                {"kind": "talks", "basis": "agreed", "when": None},
                {"kind": "cooperation", "basis": "agreed", "when": None},
                {"kind": "expiry", "basis": "planned", "when": ["2017-07-01", "2017-07-31"]},
            ],
        ),
        (
            "003_*",
            dt.date(2019, 11, 2),
            [
                {"kind": "measure due", "basis": "planned", "when": ["2019-12-11", "2019-12-20"]},
                {"kind": "talks", "basis": "planned", "when": None},
                {"kind": "vote", "basis": "expected", "when": None},
                {"kind": "signing", "basis": "expected", "when": None},
            ],
        ),
    ],
)
def test_the_seeds_give_what_lies_ahead(seed, published_on, wanted, pipeline, shared):
    text = next((shared / "seeds").glob(seed)).read_text(encoding="utf-8")
    kit = Kit(pipeline=pipeline, registry=load_registry(), provenance=Provenance(coder="c", model="m", data="d"))
    document, _ = clean_draft(Draft(text=text, published_on=published_on))
    passages = split_passages(document)
    reading, _ = read_document(document, passages, pipeline.parse(text, passages), kit, ("USA", "CHN"))
    found = [as_dict(item) for item in extract_agenda(reading)]
    for item in wanted:
        assert any(has_all(other, item) for other in found), item


@pytest.mark.model
@pytest.mark.parametrize(
    "row", [r for r in load_agenda().rows if r.section in ("beside", "declined")], ids=lambda r: r.id
)
def test_what_is_only_beside_or_turned_down_is_no_item(row: AgendaRow, agenda_in):
    assert agenda_in(row.example) == []
    assert len(agenda_in(row.near_miss)) == 1
