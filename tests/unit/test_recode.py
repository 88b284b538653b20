"""Coding anew: what is read again, what changes, what decisions keep."""

import datetime as dt
import json
from dataclasses import replace

import pytest

import detente.flow
import detente.recode
from detente.adapters.readers import read_path
from detente.ledger.port import Query
from detente.parcel import Details
from detente.recode import reread
from detente.records import Trouble
from detente.workspace import init_workspace

pytestmark = pytest.mark.model

MEETING = (
    "Envoys of the United States and China met in Geneva on Friday.\n\nBeijing wants all punitive tariffs removed.\n"
)
SECOND = "China said on Monday that it would lift tariffs on U.S. soybeans."
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{SECOND}</p><p>{SECOND}</p></article></body></html>"
DAY = dt.date(2019, 11, 2)
OLDER = "UPDATE document SET data = 'older'"


@pytest.fixture
def workspace(tmp_path):
    """One text, one line of JSON Lines, with their bytes."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "one.txt").write_text(MEETING, encoding="utf-8")
    (news / "two.jsonl").write_text(json.dumps({"text": SECOND, "outlet": "Herald"}) + "\n", encoding="utf-8")
    made = init_workspace(tmp_path / "w", [("USA", "CHN")])
    made.add(read_path(news), Details(published_on=DAY, outlet="Wire"))
    yield made
    assert made.store.check() == []
    made.close()


def age(workspace):
    with workspace.store.engine.connect() as connection:
        connection.exec_driver_sql(OLDER)
        connection.commit()


def everything(workspace):
    store = workspace.store
    documents = [store.document(id_) for id_ in sorted(store.known_ids())]
    return documents, store.records(Query()), sorted(map(repr, store.problems()))


def without_events(monkeypatch):
    real = detente.flow.extract_records
    monkeypatch.setattr(
        detente.flow, "extract_records", lambda reading: tuple(r for r in real(reading) if r.record != "event")
    )


def test_what_these_versions_coded_is_left_alone(workspace):
    assert workspace.recode().documents == 0
    assert workspace.recode(every=True).changes == []


def test_the_same_coder_changes_nothing_and_the_versions_are_told(workspace):
    before = everything(workspace)
    age(workspace)
    recoding = workspace.recode()
    assert (recoding.documents, recoding.changes, recoding.lost) == (2, [], [])
    assert [told.startswith("data older → ") for told in recoding.versions] == [True]
    assert everything(workspace) == before
    assert workspace.recode().documents == 0


def test_what_changed_is_told_and_decisions_without_a_record_are_listed(workspace, monkeypatch):
    before = everything(workspace)
    event = next(r for r in workspace.store.records(Query(kinds=("event",))) if r.evidence[0].quote in MEETING)
    workspace.decide("accept", event.id, by="ann")
    decided = everything(workspace)
    without_events(monkeypatch)
    recoding = workspace.recode(every=True)
    gone = sum(r.record == "event" for r in before[1])
    assert gone == recoding.count("event", "gone") == len(recoding.changes)
    assert [problem.trouble for problem in recoding.lost] == [Trouble.LOST_EVIDENCE]
    monkeypatch.undo()
    recoding = workspace.recode(every=True)
    assert recoding.count("event", "new") == gone
    assert recoding.lost == []
    assert everything(workspace) == decided


def test_a_better_reader_moves_the_words_and_decisions_move_along(workspace, monkeypatch):
    event = next(r for r in workspace.store.records(Query(kinds=("event",))) if r.evidence[0].quote in MEETING)
    workspace.decide("redate", event.id, "2019-10", by="ann")
    real = detente.recode.read_stream

    def reads_a_title(data, name):
        for draft in real(data, name):
            yield replace(draft, text="Envoys meet in Geneva\n\n" + draft.text)

    monkeypatch.setattr(detente.recode, "read_stream", reads_a_title)
    recoding = workspace.recode(every=True)
    assert recoding.lost == []
    told = next(r for r in workspace.store.records(Query(kinds=("event",))) if r.decided)
    assert told.evidence[0].start == event.evidence[0].start + len("Envoys meet in Geneva\n\n")
    assert told.when.latest == dt.date(2019, 10, 31)
    assert told.evidence[0].document == event.evidence[0].document


def test_a_run_that_is_stopped_goes_on_where_it_stood(workspace, monkeypatch):
    age(workspace)
    real = workspace.store.replace
    count = []

    def stops_after_one(posting):
        if count:
            raise KeyboardInterrupt
        count.append(posting)
        real(posting)

    monkeypatch.setattr(workspace.store, "replace", stops_after_one)
    with pytest.raises(KeyboardInterrupt):
        workspace.recode()
    monkeypatch.undo()
    assert workspace.recode().documents == 1


def test_details_that_were_mended_stay(workspace):
    first = next(iter(workspace.store.known_ids()))
    workspace.set_details(first, published_on=dt.date(2018, 5, 5), outlet="Post")
    workspace.recode(every=True)
    document = workspace.store.document(first)
    assert (document.published_on, document.outlet) == (dt.date(2018, 5, 5), "Post")


@pytest.mark.parametrize("harm", ["none", "unreadable", "several"])
def test_without_bytes_that_can_be_read_the_stored_text_is_coded(workspace, harm):
    before = everything(workspace)
    for path in (workspace.folder / "raw").iterdir():
        if harm == "none":
            path.unlink()
        elif harm == "unreadable":
            path.write_bytes(bytes(range(256)) * 20)
        else:
            path.rename(path.with_suffix(".jsonl")).write_text('{"text": "One text."}\n{"text": "Another text."}\n')
    assert workspace.recode(every=True).changes == []
    assert everything(workspace)[1] == before[1]


def test_a_page_is_read_again_by_its_format(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    workspace = init_workspace(tmp_path / "w", [("USA", "CHN")])
    workspace.add(read_path(page), Details(published_on=DAY))
    (id_,) = workspace.store.known_ids()
    document = workspace.store.document(id_)
    again, problems = reread(replace(document, text="nothing of it"), workspace.folder / "raw")
    assert (again.text, again.id, problems) == (document.text, id_, ())
    workspace.close()
