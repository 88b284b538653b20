"""The promises that nothing may trade away, on the bundled dispatches and on whatever hypothesis thinks of."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soak import soak

import detente
import detente.flow
from detente.adapters.readers import read_path
from detente.codebook.files import data_file
from detente.ledger.port import Query
from detente.parcel import Details
from detente.records import Trouble, record_from_dict
from detente.telling.verify import check_brief
from detente.workspace import init_workspace

pytestmark = pytest.mark.model

CORPUS = Path(str(data_file("examples/usa-chn")))
PAIR = ("USA", "CHN")
KILLS = 10


def drafts():
    return list(read_path(CORPUS))


def snapshot(workspace):
    """Everything in the ledger but the times of entry."""
    store = workspace.store
    documents = {id_: store.document(id_) for id_ in store.known_ids()}
    return documents, store.records(Query()), sorted(map(repr, store.problems()))


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    workspace = init_workspace(tmp_path_factory.mktemp("laws") / "second", [("JPN", "KOR")])
    workspace.add(read_path(Path(str(data_file("examples/jpn-kor")))), Details())
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    workspace = init_workspace(tmp_path_factory.mktemp("laws") / "w", [PAIR])
    workspace.add(drafts(), Details())
    yield workspace
    workspace.close()


def test_everything_is_coded(filled):
    assert Trouble.NOT_CODED not in {problem.trouble for problem in filled.store.problems()}


def test_a_text_on_which_the_program_fails_stops_no_other(tmp_path, monkeypatch):
    real = detente.flow.extract_records

    def fails_on_tariffs(reading):
        if "tariffs" in reading.document.text:
            raise KeyError("a bug")
        return real(reading)

    monkeypatch.setattr(detente.flow, "extract_records", fails_on_tariffs)
    workspace = init_workspace(tmp_path / "w", [PAIR])
    added = workspace.add(drafts(), Details())
    failed = [problem for problem in added.problems if problem.trouble is Trouble.NOT_CODED]
    assert 0 < len(failed) < len(added.new) == len(drafts())
    assert workspace.store.records(Query())
    assert all(workspace.store.document(problem.document).text for problem in failed)
    workspace.close()


def test_evidence_is_the_text(filled):
    records = filled.store.records(Query())
    assert records
    for record in records:
        text = filled.store.document(record.evidence[0].document).text
        for evidence in record.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


def test_every_span_of_a_record_is_the_text(filled):
    def spans(value):
        if isinstance(value, dict):
            if {"start", "end", "quote"} <= value.keys():
                yield value["start"], value["end"], value["quote"]
            elif {"start", "end", "words"} <= value.keys():
                yield value["start"], value["end"], value["words"]
            for item in value.values():
                yield from spans(item)
        elif isinstance(value, list):
            for item in value:
                yield from spans(item)

    for record in filled.store.records(Query()):
        text = filled.store.document(record.evidence[0].document).text
        for start, end, words in spans(record.to_dict()):
            assert text[start:end] == words


def test_no_evidence_lies_in_a_block_that_was_set_aside(filled):
    for record in filled.store.records(Query()):
        document = filled.store.document(record.evidence[0].document)
        for evidence in record.evidence:
            for block in document.blocks:
                if block.kind not in ("body", "title"):
                    assert block.end <= evidence.start or evidence.end <= block.start, (block, evidence)


def test_export_then_import_gives_equal_records(filled):
    for record in filled.store.records(Query()):
        assert record_from_dict(record.to_dict()) == record


def test_adding_twice_changes_nothing(filled):
    before = snapshot(filled)
    added = filled.add(drafts(), Details())
    assert added.new == []
    assert snapshot(filled) == before


def test_the_order_of_adding_does_not_matter(filled, tmp_path):
    shuffled = drafts()
    random.Random(7).shuffle(shuffled)
    other = init_workspace(tmp_path / "w", [PAIR])
    for draft in shuffled:  # one by one, so that batches differ too
        other.add([draft], Details())
    assert snapshot(other) == snapshot(filled)
    assert other.brief() == filled.brief()
    other.close()


def test_nothing_later_leaks_into_an_earlier_day(filled, tmp_path):
    day = dt.date(2018, 12, 31)
    early = init_workspace(tmp_path / "w", [PAIR])
    early.add(drafts(), Details())
    for id_ in early.store.known_ids():
        published = early.store.document(id_).published_on
        if published is None or published > day:
            early.forget(id_)
    assert early.brief(as_of=day) == filled.brief(as_of=day)
    early.close()


@pytest.mark.parametrize("today", ["1999-01-01", "2040-06-30"])
def test_nothing_depends_on_today(filled, tmp_path, monkeypatch, today):
    class Frozen(dt.date):
        @classmethod
        def today(cls):
            return dt.date.fromisoformat(today)

    monkeypatch.setattr(dt, "date", Frozen)
    text = "The two sides will meet next month, China said on Monday. They met in May."
    told = detente.extract(text, published_on=dt.date(2019, 11, 2), pair=PAIR)
    monkeypatch.undo()
    again = detente.extract(text, published_on=dt.date(2019, 11, 2), pair=PAIR)
    assert told.records == again.records


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "China said on Friday it would lift tariffs on U.S. soybeans.",
                "“We will not budge,” the minister told reporters",
                "Read more:",
                "PUBLISHED : Friday, 23 June, 2017",
                "\n\n",
                "\r\n",
                "… ",
                "\u00a0\u200b",
                "Trump, Xi agree to meet",
                "🙂",
                "(",
                "“",
                "\u0000",
                "the two sides",
            ]
        ),
        max_size=14,
    )
    | st.text(max_size=200)
)
def test_any_text_is_coded_without_a_crash_and_with_true_evidence(pieces):
    text = " ".join(pieces) if isinstance(pieces, list) else pieces
    extraction = detente.extract(text, published_on=dt.date(2019, 11, 2), pair=PAIR)
    assert Trouble.NOT_CODED not in {problem.trouble for problem in extraction.problems}
    for record in extraction.records:
        for evidence in record.evidence:
            assert extraction.document.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("corpus", ["filled", "second"])
def test_every_page_of_every_day_says_what_its_records_say(corpus, request):
    workspace = request.getfixturevalue(corpus)
    days = sorted({record.known_on for record in workspace.store.records(Query()) if record.known_on})
    assert len(days) > 10
    for day in days:
        for page in (workspace.brief(as_of=day), workspace.changes(as_of=day, since=day)):
            assert check_brief(page, workspace.words, workspace.text_of) == [], (day, page.page)


def test_ten_kills_lose_and_double_nothing(tmp_path):
    assert soak(tmp_path, KILLS).kills == KILLS
