"""What is known is worked out once, however many ask for it, and again as soon as a write bears on it."""

import dataclasses
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from pages_for_tests import BASE, TEXT, TOKEN, mark_of, post, records_of
from records_for_tests import document

from detente.apps.web.access import Access
from detente.apps.web.app import create_app
from detente.apps.web.asked import Asked
from detente.apps.web.brief import brief_of, changes_of
from detente.apps.web.desk import KEPT, Desk
from detente.apps.web.index import stretch_of
from detente.ledger.index import Frequency
from detente.telling.brief import tell_brief

PAIR = ("USA", "CHN")
PUBLISHED = dt.date(2019, 11, 2)
LATER, EARLIER = PUBLISHED + dt.timedelta(days=30), PUBLISHED - dt.timedelta(days=30)


def test_many_who_ask_the_same_wait_for_one_answer(small):
    desk, asked, go = Desk(small), [], threading.Event()

    def answer():
        go.wait(5)
        asked.append(1)
        return "told"

    with ThreadPoolExecutor(8) as many:
        waiting = [many.submit(desk.kept, ("question",), 1, answer) for _ in range(8)]
        go.set()
        assert {found.result() for found in waiting} == {"told"}
    assert len(asked) == 1


def test_who_asks_something_else_does_not_wait(small):
    desk, go = Desk(small), threading.Event()
    with ThreadPoolExecutor(2) as two:
        slow = two.submit(desk.kept, ("slow",), 1, lambda: go.wait(5))
        assert two.submit(desk.kept, ("quick",), 1, lambda: "told").result(timeout=4) == "told"
        go.set()
        assert slow.result() is True


def test_an_answer_holds_as_long_as_what_it_rests_on(small):
    desk = Desk(small)
    assert desk.kept(("question",), 1, lambda: "one") == "one"
    assert desk.kept(("question",), 1, lambda: "two") == "one"
    assert desk.kept(("question",), 2, lambda: "three") == "three"


def test_a_failure_is_not_kept(small):
    desk = Desk(small)
    with pytest.raises(ZeroDivisionError):
        desk.kept(("question",), 1, lambda: 1 // 0)
    assert desk.kept(("question",), 1, lambda: 1) == 1


def test_only_so_many_answers_are_kept(small):
    desk = Desk(small)
    for number in range(3 * KEPT):
        assert desk.kept((number,), 1, lambda number=number: number) == number
    assert desk.kept((0,), 1, lambda: "anew") == "anew"


def asked(as_of=None, since=None):
    return Asked(pair=PAIR, as_of=as_of, since=since)


def plainly(workspace, question):
    """The pages' answers by the plain functions, with nothing kept."""
    material = workspace.material(PAIR, as_of=question.as_of, since=question.since, whole=False)
    coverage = workspace.coverage(material, with_undated=question.as_of is None)
    since = question.since or workspace.as_of(PAIR, question.as_of) - dt.timedelta(days=30)
    return (
        material,
        tell_brief(material, coverage, workspace.words, lines=8),
        workspace.changes(pair=PAIR, as_of=question.as_of, since=since),
    )


def told(desk, question):
    return desk.told(question).known.material, brief_of(desk, question), changes_of(desk, question)


def reject(workspace):
    workspace.decide("reject", workspace.records("event")[0].id, by="ann")


def relabel(workspace):
    workspace.decide("relabel", workspace.records("event")[0].id, "event_type=ACCUSE", by="ann")


def merge(workspace):
    one, other = workspace.records("event")[:2]
    workspace.decide("merge", one.id, other.id, by="ann")


def add(workspace, **details):
    found = document(TEXT, **({"outlet": "The Courier"} | details))
    post(workspace, found, records_of(found))


def forget(workspace):
    workspace.forget(workspace.store.newest_documents("The Meridian", 1)[0][0].id)


WRITES = {
    "a rejection": reject,
    "another label": relabel,
    "a merger": merge,
    "another copy": add,
    "a later document": lambda workspace: add(workspace, published=LATER),
    "an earlier document": lambda workspace: add(workspace, published=EARLIER),
    "one without a date": lambda workspace: add(workspace, published=None),
    "forgetting": forget,
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_no_write_leaves_an_old_answer(small, write):
    desk = Desk(small)
    questions = [asked(), asked(PUBLISHED), asked(EARLIER), asked(LATER), asked(since=PUBLISHED)]
    for question in questions:
        told(desk, question)
    write(small)
    for question in questions:
        assert told(desk, question) == plainly(small, question)


def test_an_undone_decision_brings_the_answer_back(small):
    desk = Desk(small)
    before = told(desk, asked())
    made = small.decide("reject", small.records("event")[0].id, by="ann")
    assert told(desk, asked()) != before
    small.decide("undo", str(made.number), by="ann")
    assert told(desk, asked()) == before == plainly(small, asked())


def test_what_does_not_bear_on_an_answer_leaves_it(small):
    desk = Desk(small)
    on_the_day, index = desk.told(asked(PUBLISHED)), stretch_of(desk, asked(PUBLISHED), Frequency.MONTH, "", "")
    add(small, published=LATER)
    add(small, published=None)
    assert desk.told(asked(PUBLISHED)) is on_the_day
    assert stretch_of(desk, asked(PUBLISHED), Frequency.MONTH, "", "").table is index.table
    assert desk.told(asked()) is not on_the_day


def test_another_process_that_writes_is_seen(small):
    desk, other = Desk(small), type(small)(small.folder)
    before = desk.told(asked())
    reject(other)
    other.close()
    assert desk.told(asked()) is not before
    assert told(desk, asked()) == plainly(small, asked())


def test_what_a_process_has_at_hand_is_what_a_new_one_reads(small):
    material = small.material(PAIR, whole=False)
    for write in (reject, add, relabel, forget):
        write(small)
        material = small.material(PAIR, whole=False)
    fresh = type(small)(small.folder)
    assert fresh.material(PAIR, whole=False) == material
    fresh.close()


def test_who_only_reads_among_many_does_not_wait_for_what_another_wrote(small):
    desk, reader = Desk(small), dataclasses.replace(asked(), may_lag=True)
    before = desk.told(reader)
    assert before.labels == ["Trade"]
    gate = threading.Event()
    desk._teller.submit(gate.wait, 5)
    reject(small)
    assert desk.told(reader) is before
    assert desk.told(asked()) is not before  # who wrote has it at once
    now = desk.told(reader)
    assert now is desk.told(asked())
    gate.set()
    desk.close()


def test_what_was_asked_of_an_answer_is_ready_in_the_next_one(small):
    desk, reader = Desk(small), dataclasses.replace(asked(), may_lag=True)
    before = desk.told(reader)
    assert before.labels
    reject(small)
    assert desk.told(reader) is before
    desk._teller.shutdown(wait=True)
    now = desk.told(reader)
    assert now is not before
    assert now._made.keys() == {"labels"}


def test_an_answer_that_nobody_saw_for_long_is_not_given(small, monkeypatch):
    desk, reader = Desk(small), dataclasses.replace(asked(), may_lag=True)
    before = desk.told(reader)
    monkeypatch.setattr("detente.apps.web.desk.LAG", 0.0)
    reject(small)
    assert desk.told(reader) is not before
    desk.close()


def test_what_is_made_of_other_answers_is_made_of_the_newest(small):
    desk, reader = Desk(small), dataclasses.replace(asked(), may_lag=True)
    before = brief_of(desk, reader)
    reject(small)
    assert brief_of(desk, reader) == before
    desk._teller.shutdown(wait=True)
    assert brief_of(desk, reader) == plainly(small, asked())[1]


def test_behind_a_proxy_who_decided_reads_what_stands(small):
    client = TestClient(create_app(small, Access(token=TOKEN, behind_proxy=True)), base_url=BASE)
    reader, editor = ({"X-Forwarded-User": name, "X-Detente-Client": "test"} for name in ("bob", "ann"))
    words = "rejects the demand"
    assert words in client.get("/timeline", headers=reader).text
    for record in small.records("event"):
        if record.event_type == "REJECT":
            made = client.post("/api/decisions", json={"verb": "reject", "words": [record.id]}, headers=editor)
            assert made.status_code == 201
    assert words not in client.get("/timeline", headers=editor).text


def test_who_decides_sees_it_on_the_next_page(small, ask):
    client = ask(small)
    event = next(e for e in small.records("event") if e.event_type == "REJECT")
    words = "rejects the demand"
    assert words in client.get("/timeline").text
    form = {"verb": "reject", "id": event.id, "back": "/timeline", "csrf": mark_of(client.get("/review").text)}
    for record in small.records("event"):
        if record.event_type == "REJECT":
            client.post("/decisions", data=form | {"id": record.id})
    assert words not in client.get("/timeline").text


def test_pages_of_a_window_say_so(small, ask, monkeypatch):
    monkeypatch.setattr("detente.gathering.TOLD", 4)
    monkeypatch.setattr("detente.gathering.COUNTED", 4)
    add(small, published=EARLIER)
    add(small, published=LATER)
    client = ask(small)
    assert "told from 2 Nov 2019 on" in client.get("/").text
    for page in ("issues", "issues/trade", "agenda", "agenda?month=2019-11", "timeline", "sources", "index"):
        assert "old from" in client.get(f"/{page}").text, page
    assert "What was told from" in client.get("/tables/events").text
    assert "told from" in client.get(f"/changes?since={EARLIER}").text  # which is before the window
    early = client.get(f"/timeline?as_of={EARLIER}").text
    assert "old from" not in early
    assert "met China" in early


def test_of_many_that_tell_the_same_the_first_are_shown(small, ask, monkeypatch):
    monkeypatch.setattr("detente.apps.web.evidence.OTHERS", 1)
    add(small, outlet="The Courier")
    met = next(e for e in small.records("event") if "met China" in e.evidence[0].quote)
    client = ask(small)
    assert "and 1 more" in client.get(f"/records/{met.id}").text
    assert len(client.get(f"/api/records/{met.id}").json()["also_told"]) == 2


def test_a_record_not_known_by_then_is_shown_alone(small, ask):
    record = small.records("event")[0]
    page = ask(small).get(f"/records/{record.id}?as_of={EARLIER}")
    assert page.status_code == 200
    assert "Also told by" not in page.text
