"""The ledger opens in Datasette as it is: its tables can be browsed and searched, and nothing in it is changed."""

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from datasette.app import Datasette
from records_for_tests import MADE, document, event

from detente.adapters.stores.sqlite import SqliteStore
from detente.ledger.port import Posting
from detente.records import Passage

SOURCE = document("The two sides met on Friday.")


@pytest.fixture
def ledger(tmp_path):
    store = SqliteStore(tmp_path / "ledger.db")
    store.post(
        Posting(
            document=SOURCE,
            passages=(Passage(start=0, end=28, paragraph=0),),
            records=(event(SOURCE, SOURCE.text),),
            problems=(),
            pair=("CHN", "USA"),
            provenance=MADE,
            posted_at=dt.datetime(2019, 11, 3, tzinfo=dt.UTC),
        )
    )
    store.close()
    return tmp_path / "ledger.db"


def ask(path, *addresses):
    async def answers():
        opened = Datasette([str(path)])
        return [await opened.client.get(address) for address in addresses]

    # In a thread of its own: a browser of other tests may hold the loop of this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answers()).result()


def test_every_table_opens(ledger):
    (front,) = ask(ledger, "/ledger.json")
    tables = [table["name"] for table in front.json()["tables"]]
    assert {"document", "record", "passage"} <= set(tables)
    assert {answer.status_code for answer in ask(ledger, *(f"/ledger/{name}" for name in tables))} == {200}


def test_records_can_be_asked_for(ledger):
    (found,) = ask(ledger, "/ledger/record.json?_shape=array")
    (row,) = found.json()
    assert row["document"] == SOURCE.id
    assert (row["kind"], row["known_on"]) == ("event", "2019-11-02")
