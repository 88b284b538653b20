"""A disk that fills up loses nothing that was confirmed, and says what to do."""

import datetime as dt
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from records_for_tests import MADE, document, event

from detente.adapters.stores.sqlite import SqliteStore
from detente.codebook.files import data_file
from detente.errors import LedgerError
from detente.ledger.deciding import Maker
from detente.ledger.decision import Verb
from detente.ledger.port import Posting, Query
from detente.workspace import init_workspace, open_workspace

NOW = dt.datetime(2019, 11, 3, 12, tzinfo=dt.UTC)
CORPUS = Path(str(data_file("examples/usa-chn")))
ROOM = 12  # pages that are left


def posting(number: int) -> Posting:
    source = document(f"The two sides met on Friday, for the {number}th time. " + "They spoke at length. " * 200)
    quote = source.text.partition(".")[0]
    return Posting(
        document=source,
        passages=(),
        records=(event(source, quote),),
        problems=(),
        pair=("CHN", "USA"),
        provenance=MADE,
        posted_at=NOW,
    )


def full(store: SqliteStore) -> None:
    """Lets the file grow by a few pages and no more."""
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(raw, _):
        raw.execute(f"PRAGMA max_page_count = {pages + ROOM}")

    sa.event.listen(store.engine, "connect", limit)
    store.engine.dispose()


def test_a_full_disk_takes_back_nothing_that_was_posted(tmp_path):
    store = SqliteStore(tmp_path / "ledger.db")
    full(store)
    posted = set()

    def post_on():
        for number in range(1000):
            store.post(posting(number))
            posted.add(posting(number).document.id)

    with pytest.raises(LedgerError, match=r"full.*Free some space"):
        post_on()
    assert posted
    assert store.known_ids() == posted
    assert store.check() == []
    store.close()
    again = SqliteStore(tmp_path / "ledger.db")
    assert again.known_ids() == posted
    assert again.post(posting(len(posted)))
    again.close()


def test_a_full_disk_takes_back_no_decision(tmp_path):
    store = SqliteStore(tmp_path / "ledger.db")
    given = posting(0)
    store.post(given)
    full(store)
    maker = Maker(store=store, members=lambda record: (record,), by="ann", why="because " * 500, at=NOW)
    made = []

    def decide_on():
        for number in range(1000):
            words = (given.records[0].id, f"20{number % 90 + 10}-01")
            made.append(store.decide(maker.make(Verb.REDATE, words)))

    with pytest.raises(LedgerError, match="full"):
        decide_on()
    assert made
    assert store.decisions() == made
    assert store.check() == []
    (told,) = store.records(Query())
    assert told == replace(told, decided=("when",))
    assert dict(made[-1].change)["when"] == f"{told.when.earliest:%Y-%m}"
    store.close()


@pytest.mark.model
def test_adding_to_a_full_disk_goes_on_where_it_stood(tmp_path):
    folder = tmp_path / "w"
    init_workspace(folder, [("USA", "CHN")]).close()
    command = [sys.executable, "-m", "detente", "add", str(CORPUS), "--workspace", str(folder)]
    size = (folder / "ledger.db").stat().st_size + 150_000
    limits = (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    failed = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits),
    )
    assert failed.returncode == 1, failed.stderr
    assert "Traceback" not in failed.stderr
    assert "Free some space" in failed.stderr
    opened = open_workspace(folder)
    assert opened.store.check() == []
    there = opened.store.known_ids()
    opened.close()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"{len(there)} already there" in done.stdout
