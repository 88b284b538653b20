"""What is known is worked out once for each state of the ledger, however many ask for it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from detente.apps.web.desk import KEPT, Desk


def test_many_who_ask_the_same_wait_for_one_answer(small):
    desk, asked, go = Desk(small), [], threading.Event()

    def answer():
        go.wait(5)
        asked.append(1)
        return "told"

    with ThreadPoolExecutor(8) as many:
        waiting = [many.submit(desk.kept, ("question",), answer) for _ in range(8)]
        go.set()
        assert {found.result() for found in waiting} == {"told"}
    assert len(asked) == 1


def test_who_asks_something_else_does_not_wait(small):
    desk, go = Desk(small), threading.Event()
    with ThreadPoolExecutor(2) as two:
        slow = two.submit(desk.kept, ("slow",), lambda: go.wait(5))
        assert two.submit(desk.kept, ("quick",), lambda: "told").result(timeout=4) == "told"
        go.set()
        assert slow.result() is True


def test_a_change_of_the_ledger_is_asked_about_anew(small):
    desk = Desk(small)
    assert desk.kept(("question",), lambda: 1) == 1
    assert desk.kept(("question",), lambda: 2) == 1
    small.decide("reject", small.records("event")[0].id, by="ann")
    assert desk.kept(("question",), lambda: 3) == 3


def test_a_failure_is_not_kept(small):
    desk = Desk(small)
    with pytest.raises(ZeroDivisionError):
        desk.kept(("question",), lambda: 1 // 0)
    assert desk.kept(("question",), lambda: 1) == 1


def test_only_so_many_answers_are_kept(small):
    desk = Desk(small)
    for number in range(3 * KEPT):
        assert desk.kept((number,), lambda number=number: number) == number
    assert desk.kept((0,), lambda: "anew") == "anew"
