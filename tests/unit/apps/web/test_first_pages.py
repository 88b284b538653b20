"""What is worked out when the server starts."""

from fastapi.testclient import TestClient
from pages_for_tests import BASE, TOKEN

from detente.apps.web.access import Access
from detente.apps.web.app import create_app
from detente.apps.web.asked import Asked
from detente.apps.web.desk import Desk
from detente.apps.web.first_pages import tell_first_pages

READ = ("told", "brief", "changes", "deeds")


def test_the_first_pages_find_their_answers_worked_out(small):
    desk = Desk(small)
    tell_first_pages(desk)
    asked = Asked(pair=small.pair())
    ready = desk.told(asked)
    assert {key[0] for key in desk._kept} >= set(READ)
    assert {"dated", "choices", "queue", ("table", "sources")} <= set(ready._made)
    assert desk.told(asked) is ready
    desk.close()


def test_a_server_over_an_empty_ledger_starts(empty):
    desk = Desk(empty)
    tell_first_pages(desk)
    assert not desk._kept
    desk.close()


def test_the_server_begins_with_it(small):
    app = create_app(small, Access(token=TOKEN))
    with TestClient(app, base_url=BASE):
        desk: Desk = app.state.desk
        desk._teller.shutdown(wait=True)
        assert {key[0] for key in desk._kept} >= set(READ)
