"""The ledger in one SQLite file."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores import decided
from detente.adapters.stores.fates import settle_all, settle_fates, touched_by
from detente.adapters.stores.grouped import group_all, take_out_records, write_records
from detente.adapters.stores.kept import forget_kept
from detente.adapters.stores.rows import (
    capture_rows,
    document_row,
    passage_rows,
    problem_row,
)
from detente.adapters.stores.schema import (
    HEAD,
    capture,
    document,
    metadata,
    passage,
    problem,
)
from detente.adapters.stores.sqlite_decisions import DecisionStore, on_the_disk
from detente.adapters.stores.sqlite_reading import ReadingStore
from detente.adapters.stores.stories import take_out_story, write_story
from detente.adapters.stores.writing import insert
from detente.errors import LedgerError
from detente.ledger.port import Posting
from detente.records import Problem

LOCK_WAIT = 30_000  # milliseconds that a writer waits for another
PAGES_KEPT = 24_000  # kilobytes of the file that a connection keeps in memory
PAGES_WAITING = 4_000  # pages that wait beside the file: each document touches a hundred, often the same ones


class SqliteStore(ReadingStore, DecisionStore):
    """A `detente.ledger.port.Store` in one file, in WAL mode with foreign keys on."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.engine = sa.create_engine(f"sqlite:///{path}")
        sa.event.listen(self.engine, "connect", _set_pragmas)
        try:
            self._migrate()
        except sa.exc.DatabaseError as error:
            raise LedgerError(
                f"{path.name} is no ledger that can be opened: {error.orig}.",
                hint="Type 'detente doctor', or restore the file from a copy.",
            ) from error

    def close(self) -> None:
        """Lets go of the file."""
        self.engine.dispose()

    # Writing

    def post(self, posting: Posting) -> bool:
        """Whether it was new."""
        with self._transaction() as connection:
            there = connection.execute(sa.select(document.c.id).where(document.c.id == posting.document.id)).first()
            if there:
                return False
            insert(connection, document, [document_row(posting)])
            insert(connection, capture, capture_rows(posting))
            self._insert_coding(connection, posting)
            return True

    def replace(self, posting: Posting) -> None:
        """The document's details, records and problems become those of the posting."""
        id_ = posting.document.id
        with self._transaction() as connection:
            row = document_row(posting)
            old = connection.execute(sa.select(document).where(document.c.id == id_)).one()
            touched = touched_by(connection, id_)
            row |= {"posted_at": old.posted_at, "path": old.path if posting.path is None else posting.path}
            for table in (passage, problem):
                connection.execute(sa.delete(table).where(table.c.document == id_))
            connection.execute(sa.update(document).where(document.c.id == id_).values(**row))
            self._insert_coding(connection, posting)
            for other in decided.settle_versions(connection, old.url, old.published_on):
                self._settle(connection, other)  # those that it left behind at its old address and day
            settle_fates(connection, touched)

    def forget(self, document: str) -> None:
        """The document and all that rests on it is gone."""
        with self._transaction() as connection:
            table = metadata.tables["document"]
            old = connection.execute(sa.select(table).where(table.c.id == document)).one_or_none()
            if old is None:
                return
            touched = touched_by(connection, document)
            take_out_records(connection, document)
            take_out_story(connection, document)
            connection.execute(sa.delete(table).where(table.c.id == document))
            decided.forget_decisions(connection, document)
            self._settle(connection, old.superseded_by)
            for other in decided.settle_versions(connection, old.url, old.published_on):
                self._settle(connection, other)
            settle_fates(connection, touched)

    def note(self, problems: Iterable[Problem], posted_at: dt.datetime) -> None:
        """Keeps problems that belong to no document, each once."""
        with self._transaction() as connection:
            for item in problems:
                row = problem_row(item, None, posted_at)
                same = [problem.c[key].is_(row[key]) for key in ("document", "path", "trouble", "message")]
                if not connection.execute(sa.select(problem.c.id).where(*same)).first():
                    insert(connection, problem, [row])

    def _insert_coding(self, connection: sa.Connection, posting: Posting) -> None:
        insert(connection, passage, passage_rows(posting))
        write_story(connection, posting)
        rows = [problem_row(item, posting.document.id, posting.posted_at) for item in posting.problems]
        insert(connection, problem, rows)
        item = posting.document
        day = item.published_on.isoformat() if item.published_on else None
        changed = decided.settle_versions(connection, item.url, day)
        for id_ in changed:  # before the document itself: what is decided rests on one version at a time
            if id_ != item.id:
                self._settle(connection, id_)
        self._lay(connection, posting, write_records)
        self._settle(connection, decided.newer_of(connection, item.id))
        settle_fates(connection, touched_by(connection, item.id))

    # The file

    @contextmanager
    def _transaction(self, *, durable: bool = False) -> Iterator[sa.Connection]:
        """All or nothing; `durable` waits for the disk, so that not even a power cut takes it back."""
        with self.engine.connect() as connection, on_the_disk(connection) if durable else nullcontext():
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
                connection.commit()
            except sa.exc.OperationalError as error:
                forget_kept(connection)
                connection.rollback()
                raise LedgerError(
                    f"{self.path.name} cannot be written: {error.orig}. What was confirmed before is kept.",
                    hint="Free some space on the disk, or wait until no other détente writes, and type it again.",
                ) from error
            except BaseException:
                forget_kept(connection)
                connection.rollback()
                raise

    def _migrate(self) -> None:
        with self.engine.connect() as connection:
            version = _schema_version(connection)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            raise LedgerError(
                f"{self.path.name} was written by a newer détente (schema {version}; this one knows {HEAD}).",
                hint="Update détente, then type it again.",
            )
        from alembic import command, config  # slow to import, and needed once in a ledger's life

        script = config.Config()
        script.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._transaction() as connection:
            script.attributes["connection"] = connection
            command.upgrade(script, "head")
            group_all(connection)
            settle_all(connection)


def _schema_version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _set_pragmas(raw: Any, _entry: object) -> None:
    raw.isolation_level = None  # the store begins its transactions itself
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {LOCK_WAIT}",
        f"cache_size = -{PAGES_KEPT}",
        f"wal_autocheckpoint = {PAGES_WAITING}",
    ):
        raw.execute(f"PRAGMA {pragma}")
