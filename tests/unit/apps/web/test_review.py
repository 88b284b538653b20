"""Review: the queue is in order of worth, each decision goes to the ledger, and every one can be undone."""

import datetime as dt
import re

import pytest
import records_for_tests as made
from pages_for_tests import mark_of, post

from detente.apps.web.access import CLIENT_HEADER
from detente.apps.web.review import fields_of
from detente.ledger.decision import Verb
from detente.telling.known import Known
from detente.telling.queue import Queue


def queue_of(workspace):
    return Queue(Known(workspace.material(("USA", "CHN")), workspace.words))


def decide(client, verb, **fields):
    form = {"verb": verb, "csrf": mark_of(client.get("/add").text)} | {
        k.replace("__", "."): v for k, v in fields.items()
    }
    return client.post("/decisions", data=form)


def left(client):
    return int(re.search(r"(\d+) left", client.get("/review").text)[1])


def test_the_doubtful_comes_before_the_sure(small):
    worst = [task for task in queue_of(small).tasks if not task.question]
    assert worst[0].record.confidence == 0.4
    assert "read with doubt" in worst[0].why


def test_what_is_decided_leaves_the_queue_and_undoing_brings_it_back(small, ask):
    client = ask(small)
    before = left(client)
    record = queue_of(small).tasks[0].record
    decide(client, "accept", id=record.id)
    assert left(client) == before - 1
    assert "Undo" in client.get("/review").text
    decide(client, "undo", value=str(small.store.decisions()[-1].number))
    assert left(client) == before


def test_skipping_shows_the_next(small, ask):
    client = ask(small)
    first, second = (re.search(r"<h1[^>]*>(.*?)</h1>", client.get(f"/review?skip={n}").text)[1] for n in (0, 1))
    tasks = queue_of(small).tasks
    assert tasks[0].record.id != tasks[1].record.id
    assert first
    assert second
    assert "Nothing is left" in client.get("/review?skip=999").text


def test_what_is_left_is_counted_without_what_was_skipped(small, ask):
    later = made.document("The United States talked to China.", published=dt.date(2020, 2, 1))
    post(small, later, (made.event(later, later.text),))  # the plan is past its day without word
    tasks = queue_of(small).tasks
    questions = sum(bool(task.question) for task in tasks)
    assert 0 < questions < len(tasks)

    def counted(skip: int) -> tuple[int, int]:
        told = re.search(r'role="status">(-?\d+) left(?:, (\d+) of them)?', ask(small).get(f"/review?skip={skip}").text)
        return int(told[1]), int(told[2] or 0)

    assert counted(0) == (len(tasks), questions)
    assert counted(questions) == (len(tasks) - questions, 0)
    assert counted(999) == (0, 0)


def test_who_when_and_why_are_kept(small, ask):
    client = ask(small)
    record = small.records("event")[0]
    decide(client, "reject", id=record.id, why="another meeting")
    (made,) = small.store.decisions()
    assert (made.verb, made.by, made.why) == (Verb.REJECT, "ann", "another meeting")
    assert "another meeting" in client.get(f"/records/{record.id}").text
    assert "does not count" in client.get(f"/records/{record.id}").text


def test_editing_sets_only_what_was_changed(small, ask):
    client = ask(small)
    record = next(r for r in small.records("event") if r.confidence == 0.4)
    told = {f"set__{field.name}": field.value for field in fields_of(record)}
    decide(client, "relabel", id=record.id, **told)
    assert small.store.decisions() == []
    decide(client, "relabel", id=record.id, **told | {"set__factuality": "denied", "set__when": "2019-11"})
    (made,) = small.store.decisions()
    assert dict(made.change) == {"factuality": "denied", "when": "2019-11"}
    assert small.record(record.id).factuality == "denied"


def test_what_cannot_be_set_is_told_with_what_can(small, ask):
    record = small.records("event")[0]
    answer = decide(ask(small), "relabel", id=record.id, set__event_type="DANCE")
    assert answer.status_code == 400
    assert "CONSULT" in answer.text


def test_two_records_are_merged(small, ask):
    client = ask(small)
    one, other = (next(r for r in small.records("event") if r.event_type == kind) for kind in ("CONSULT", "REJECT"))
    decide(client, "merge", id=one.id, value=other.id)
    happening = small.store.happening(one.id)
    assert {one.id, other.id} <= {record.id for record in happening.records}


def test_a_plan_is_answered(small, ask):
    client = ask(small)
    plan = small.records("agenda_item")[0]
    decide(client, "answer", id=plan.id, value="kept")
    assert "answer kept" in small.record(plan.id).decided


@pytest.mark.parametrize("verb", ["", "dance", "undo", "merge", "answer"])
def test_a_decision_that_says_nothing_is_refused(verb, small, ask):
    assert decide(ask(small), verb, id=small.records("event")[0].id).status_code in (400, 404)
    assert small.store.decisions() == []


def test_the_api_decides(small, ask):
    client = ask(small)
    record = small.records("event")[0]
    body = {"verb": "reject", "words": [record.id], "why": "no"}
    made = client.post("/api/decisions", json=body, headers={CLIENT_HEADER: "test"})
    assert made.status_code == 201
    assert made.json()["by"] == "ann"
    assert client.get(f"/api/records/{record.id}").json()["counts"] is False
    told = client.get("/api/decisions").json()
    assert (told["total"], told["decisions"][0]["in_force"]) == (1, True)


def test_every_key_of_the_review_has_its_button(small, ask):
    client = ask(small)
    keys = set()
    for skip in range(len(queue_of(small).tasks)):
        keys |= set(re.findall(r'data-key="(\w)"', client.get(f"/review?skip={skip}").text))
    assert {"a", "r", "e", "m", "s"} <= keys
    decide(client, "accept", id=small.records("event")[0].id)
    assert 'data-key="u"' in client.get("/review").text
