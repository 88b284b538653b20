"""A ledger of any released version opens in this one, with all that was in it."""

import dataclasses
import datetime as dt
import sqlite3
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from alembic import command, config
from alembic.script import ScriptDirectory
from records_for_tests import MADE, agenda, document, event, position

from detente.adapters.stores import migrations
from detente.adapters.stores.rows import document_row, issue_rows, party_rows, record_row
from detente.adapters.stores.schema import HEAD, metadata
from detente.adapters.stores.sqlite import SqliteStore
from detente.errors import LedgerError
from detente.ledger.port import Posting, Query

TEXT = "The two sides met on Friday. They will meet again. China wants the tariffs lifted."
SOURCE = document(TEXT)
UNDATED = document(TEXT, published=None)
NOW = dt.datetime(2019, 11, 3, 12, tzinfo=dt.UTC)
RELEASED = (
    "0001",
    "0002",
    "0003",
    "0005",
    "0007",
    "0008",
)  # the schemas that ledgers in the world have, or had before the newest


def postings() -> list[Posting]:
    """A dated and an undated document with the same records."""
    return [
        Posting(
            document=source,
            passages=(),
            records=(event(source, TEXT[:28]), agenda(source, TEXT[29:50]), position(source, TEXT[51:])),
            problems=(),
            pair=("CHN", "USA"),
            provenance=MADE,
            posted_at=NOW,
        )
        for source in (SOURCE, UNDATED)
    ]


def script() -> config.Config:
    made = config.Config()
    made.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return made


def make_ledger(path: Path, version: str) -> None:
    """A ledger as that version left it, filled row by row with the columns that it had."""
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        made = script()
        made.attributes["connection"] = connection
        command.upgrade(made, version)
    engine.dispose()
    with sqlite3.connect(path) as connection:
        for posting in postings():
            _fill(connection, posting, version)


def _fill(connection: sqlite3.Connection, posting: Posting, version: str) -> None:
    _insert(connection, "document", document_row(posting))
    passage = {"document": posting.document.id, "start": 0, "end": 28, "text": TEXT[:28]}
    _insert(connection, "passage", passage)
    for number, item in enumerate(posting.records, 1 if posting.document == SOURCE else 10):
        row = record_row(item, posting)
        body = {key: value for key, value in msgspec.json.decode(row["body"]).items() if key != "decided"}
        row["body"] = msgspec.json.encode(body).decode()  # as it was written before the field was there
        _insert(connection, "record", row if version == "0001" else row | {"number": number})
        for table, rows in (("party", party_rows(item, number)), ("issue", issue_rows(item, number))):
            for part in rows:
                _insert(connection, table, part | ({"record": item.id} if version == "0001" else {}))


def _insert(connection: sqlite3.Connection, table: str, row: dict) -> None:
    there = {column[1] for column in connection.execute(f"PRAGMA table_info({table})")}
    kept = {name: value for name, value in row.items() if name in there}
    names, marks = ", ".join(f'"{name}"' for name in kept), ", ".join("?" * len(kept))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(kept.values()))


@pytest.mark.parametrize("version", RELEASED)
def test_a_ledger_of_a_released_version_opens_with_all_that_was_in_it(tmp_path, version):
    make_ledger(tmp_path / "ledger.db", version)
    store = SqliteStore(tmp_path / "ledger.db")
    fresh = SqliteStore(tmp_path / "fresh.db")
    for posting in postings():
        fresh.post(posting)
    for query in (Query(), Query(undated=True), Query(pair=("CHN", "USA")), Query(kinds=("event",))):
        assert store.records(query) == fresh.records(query)
    assert store.document(SOURCE.id) == SOURCE
    assert store.known_ids() == fresh.known_ids()
    assert {hit.quote for hit in store.search("Friday", Query(), 5)} == {TEXT[:28]}
    store.close()
    fresh.close()


@pytest.mark.parametrize("version", RELEASED)
def test_what_was_posted_before_there_were_happenings_is_grouped(tmp_path, version):
    make_ledger(tmp_path / "ledger.db", version)
    store = SqliteStore(tmp_path / "ledger.db")
    assert len(store.happenings(Query())) == 3
    assert store.check() == []
    store.close()


def test_what_undated_texts_tell_is_listed_anew(tmp_path):
    path = tmp_path / "ledger.db"
    SqliteStore(path).close()
    store = SqliteStore(path)
    for posting in postings():
        store.post(posting)
    store.close()
    before = _dump(path)
    with sqlite3.connect(path) as connection:  # as the version before listed them
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
        connection.execute("UPDATE listing SET key = substr(key, 1, instr(key, '|~') - 1) WHERE instr(key, '|~') > 0")
    connection.close()
    assert _dump(path) != before
    store = SqliteStore(path)
    assert store.check() == []
    store.close()
    assert sorted(filter(_is_told, _dump(path))) == sorted(filter(_is_told, before))


def test_migrations_are_one_line_to_the_head():
    scripts = ScriptDirectory.from_config(script())
    assert scripts.get_heads() == [HEAD]
    assert set(RELEASED) <= {revision.revision for revision in scripts.walk_revisions()}


def test_the_newest_migration_leaves_the_schema_that_the_code_knows(tmp_path):
    store = SqliteStore(tmp_path / "ledger.db")
    with store.engine.connect() as connection:
        found = sa.inspect(connection)
        for table in metadata.sorted_tables:
            there = {column["name"]: column for column in found.get_columns(table.name)}
            assert set(there) == {column.name for column in table.columns}, table.name
            for column in table.columns:
                assert there[column.name]["nullable"] == column.nullable or column.primary_key, (table.name, column)
    store.close()


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "ledger.db"
    SqliteStore(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = _dump(path)
    with pytest.raises(LedgerError, match="newer") as told:
        SqliteStore(path)
    assert "Update" in told.value.hint
    assert _dump(path) == before


def test_opening_twice_changes_nothing(tmp_path):
    path = tmp_path / "ledger.db"
    make_ledger(path, "0001")
    SqliteStore(path).close()
    before = _dump(path)
    SqliteStore(path).close()
    assert _dump(path) == before


def test_a_migration_that_is_stopped_leaves_the_old_ledger(tmp_path, monkeypatch):
    path = tmp_path / "ledger.db"
    make_ledger(path, "0001")
    before = _dump(path)

    def stopped(connection):
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.adapters.stores.sqlite.group_all", stopped)
    with pytest.raises(KeyboardInterrupt):
        SqliteStore(path)
    assert _dump(path) == before
    monkeypatch.undo()
    store = SqliteStore(path)
    assert len(store.records(Query())) == 3
    store.close()


def test_records_are_the_same_without_the_field_that_decisions_use():
    record = postings()[0].records[0]
    assert record.decided == ()
    assert dataclasses.replace(record, decided=("when",)) != record


def _is_told(line: str) -> bool:
    """Whether a line of a dump is no count of how often a day was touched."""
    return not line.startswith('INSERT INTO "stir"')


def _dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())
