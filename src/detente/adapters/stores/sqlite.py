"""The ledger in one SQLite file."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores import decided
from detente.adapters.stores.choosing import CHUNK, begins, choose, count_happenings, read_happening, read_happenings
from detente.adapters.stores.covering import find_window, latest_day, read_coverage, read_window
from detente.adapters.stores.fates import read_lapsed, settle_all, settle_fates, touched_by
from detente.adapters.stores.grouped import group_all, take_out_records
from detente.adapters.stores.kept import forget_kept
from detente.adapters.stores.rows import (
    capture_rows,
    document_row,
    passage_rows,
    problem_from_row,
    problem_row,
    row_to_capture,
    row_to_document,
)
from detente.adapters.stores.schema import (
    HEAD,
    aside,
    capture,
    document,
    lapse,
    member,
    metadata,
    passage,
    problem,
    record,
)
from detente.adapters.stores.sqlite_decisions import DecisionStore, on_the_disk
from detente.adapters.stores.stories import read_sources, take_out_story, write_story
from detente.adapters.stores.writing import insert
from detente.errors import LedgerError, UnknownIdError
from detente.ledger.coverage import Coverage
from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.port import Hit, Pair, Posting, Query
from detente.ledger.witnesses import Source
from detente.parcel import Capture
from detente.records import Document, Problem, Record

LOCK_WAIT = 30_000  # milliseconds that a writer waits for another
PAGES_KEPT = 24_000  # kilobytes of the file that a connection keeps in memory
PAGES_WAITING = 4_000  # pages that wait beside the file: each document touches a hundred, often the same ones


class SqliteStore(DecisionStore):
    """A `detente.ledger.port.Store` in one file, in WAL mode with foreign keys on."""

    def __init__(self, path: Path) -> None:
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
        self._lay(connection, posting)
        self._settle(connection, decided.newer_of(connection, item.id))
        settle_fates(connection, touched_by(connection, item.id))

    # Reading

    def known_ids(self) -> set[str]:
        """The ids of all documents."""
        with self.engine.connect() as connection:
            return set(connection.scalars(sa.select(document.c.id)))

    def document(self, id_: str) -> Document:
        """The document with that id, or with an id that begins so."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(document).where(begins(document.c.id, id_))).all()
        return row_to_document(_only(rows, id_, "document"))

    def capture(self, document: str) -> Capture | None:
        """When and where the bytes of a document were taken down; None where nobody told."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(capture).where(capture.c.document == document)).one_or_none()
        return row_to_capture(row) if row else None

    def documents(self, query: Query) -> list[Document]:
        """The documents that have records of the query, by publication day and id; their text is left empty."""
        ids = choose(query, sa.select(record.c.document).distinct())
        columns = [column for column in document.c if column.name != "text"]
        chosen = sa.select(sa.literal("").label("text"), *columns)
        with self.engine.connect() as connection:
            if query.without_decisions:
                kept = [item.evidence[0].document for item in decided.coded_aside(connection, query).values() if item]
                chosen = chosen.where(document.c.id.in_(ids) | document.c.id.in_(kept))
            else:
                chosen = chosen.where(document.c.id.in_(ids))
            return [row_to_document(row) for row in connection.execute(chosen.order_by("published_on", "id"))]

    def documents_named(self, ids: Iterable[str]) -> list[Document]:
        """The documents with these ids, by publication day and id, the undated last; their text is left empty."""
        columns = [column for column in document.c if column.name != "text"]
        chosen = sa.select(sa.literal("").label("text"), *columns)
        wanted = list(ids)
        with self.engine.connect() as connection:
            found = [
                row_to_document(row)
                for at in range(0, len(wanted), CHUNK)
                for row in connection.execute(chosen.where(document.c.id.in_(wanted[at : at + CHUNK])))
            ]
        return sorted(found, key=lambda one: (one.published_on or dt.date.max, one.id))

    def record(self, id_: str) -> Record:
        """The record with that id, or with an id that begins so; one that was rejected as it was coded."""
        with self.engine.connect() as connection:
            chosen = sa.select(record.c.id, record.c.body).where(begins(record.c.id, id_))
            kept = sa.select(aside.c.record, aside.c.body).where(begins(aside.c.record, id_))
            found = dict(map(tuple, connection.execute(kept))) | dict(map(tuple, connection.execute(chosen)))
        body: str = _only(list(found.values()), id_, "record")
        return decided.read_body(body)

    def records(self, query: Query) -> list[Record]:
        """The records asked for, by `known_on`, document and place."""
        chosen = choose(query, sa.select(record.c.body))
        order = (record.c.known_on, record.c.document, record.c.start, record.c.id)
        with self.engine.connect() as connection:
            found = [decided.read_body(body) for body in connection.scalars(chosen.order_by(*order))]
            if not query.without_decisions:
                return found
            coded = decided.coded_aside(connection, query)
        kept = [item for item in found if item.id not in coded] + [item for item in coded.values() if item]
        return sorted(kept, key=_place)

    def lapsed(self, query: Query) -> list[Record]:
        """The records that stopped counting within the days of the query, by entry."""
        with self.engine.connect() as connection:
            if not connection.execute(sa.select(lapse.c.record).limit(1)).first():
                return []
            asked = dataclasses.replace(query, since=None, as_of=None, posted_since=None)
            return read_lapsed(connection, choose(asked, sa.select(record.c.body), standing=False), query)

    def happenings(self, query: Query) -> list[Happening]:
        """What the records asked for tell, by first knowledge; of each happening the records asked for alone."""
        if query.without_decisions:
            return self._coded_happenings(query)
        with self.engine.connect() as connection:
            return read_happenings(connection, query)

    def happening(self, id_: str, as_of: dt.date | None = None) -> Happening:
        """The happening that a record is in, with all records known on the day."""
        chosen = sa.select(member.c.happening).where(member.c.record == record.c.number)
        with self.engine.connect() as connection:
            rows = connection.execute(chosen.where(begins(record.c.id, id_))).all()
            return read_happening(connection, _only(rows, id_, "record").happening, as_of)

    def window(self, query: Query, most: int) -> dt.date | None:
        """The day from which on more than so many records of the pair became known."""
        with self.engine.connect() as connection:
            return find_window(connection, query, most)

    def told_since(self, query: Query, first: dt.date) -> list[Happening]:
        """What was told of the pair on that day or later, or is planned for later days."""
        with self.engine.connect() as connection:
            return read_window(connection, query, first)

    def coverage(self, query: Query) -> Coverage:
        """How much is known of the pair."""
        with self.engine.connect() as connection:
            return read_coverage(connection, query)

    def sources(self, documents: Iterable[str], as_of: dt.date | None = None) -> dict[str, Source]:
        """Where the texts of these documents come from as far as was known on the day, by id."""
        with self.engine.connect() as connection:
            return read_sources(connection, documents, as_of)

    def count(self, query: Query) -> int:
        """How many happenings the query asks for."""
        if query.without_decisions:
            return len(self._coded_happenings(dataclasses.replace(query, limit=None)))
        with self.engine.connect() as connection:
            return count_happenings(connection, query)

    def _coded_happenings(self, query: Query) -> list[Happening]:
        """The happenings of what was coded, which are not kept: grouped anew from all that was known of the pair."""
        known = Query(
            pair=query.pair, kinds=query.kinds, as_of=query.as_of, undated=query.undated, without_decisions=True
        )
        asked = {item.id for item in self.records(query)}
        told = []
        for happening in group_happenings(self.records(known)):
            kept = tuple(item for item in happening.records if item.id in asked)
            if kept:
                began = happening.id if kept[0].id != happening.id else None
                told.append(Happening(records=kept, began=began))
        return told if query.limit is None else told[-query.limit :]

    def problems(self, documents: Sequence[str] | None = None) -> list[Problem]:
        """The problems of these documents; without an argument all, those of no document included."""
        chosen = sa.select(problem).order_by(problem.c.id)
        with self.engine.connect() as connection:
            if documents is None:
                return [problem_from_row(row) for row in connection.execute(chosen)]
            return [
                problem_from_row(row)
                for at in range(0, len(documents), CHUNK)
                for row in connection.execute(chosen.where(problem.c.document.in_(documents[at : at + CHUNK])))
            ]

    def latest_known_on(self, pair: Pair | None = None) -> dt.date | None:
        """The newest publication day among the records (of the pair)."""
        with self.engine.connect() as connection:
            if pair:
                return latest_day(connection, Query(pair=pair))
            found = connection.execute(sa.select(sa.func.max(record.c.known_on))).scalar()
        return dt.date.fromisoformat(found) if found else None

    def search(self, words: str, query: Query, limit: int) -> list[Hit]:
        """Passages that hold all the words, best first."""
        # Each word is quoted, so that the user's signs are no operators of FTS5.
        match = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not match:
            return []
        where = ["passage_words MATCH :match", "document.superseded_by IS NULL"]
        values: dict[str, Any] = {"match": match, "limit": limit}
        if query.as_of:
            where.append("document.published_on <= :as_of")
            values["as_of"] = query.as_of.isoformat()
        statement = sa.text(
            "SELECT passage.document, passage.start, passage.end, passage.text FROM passage_words "  # noqa: S608 fixed parts
            "JOIN passage ON passage.id = passage_words.rowid JOIN document ON document.id = passage.document "
            f"WHERE {' AND '.join(where)} ORDER BY passage_words.rank, passage.document, passage.start LIMIT :limit"
        )
        with self.engine.connect() as connection:
            rows = connection.execute(statement, values).all()
        found = {id_: self.document(id_) for id_ in {row.document for row in rows}}
        return [Hit(document=found[row.document], start=row.start, end=row.end, quote=row.text) for row in rows]

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


def _place(item: Record) -> tuple[str, str, int, str]:
    """The order of records: by publication day, document and place."""
    evidence = item.evidence[0]
    return item.known_on.isoformat() if item.known_on else "", evidence.document, evidence.start, item.id


def _only(rows: Sequence[Any], id_: str, what: str) -> Any:
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise UnknownIdError(f"More than one {what} has an id that begins with {id_!r}.", hint="Type more of it.")
    raise UnknownIdError(f"No {what} has the id {id_!r}.", hint="Ids stand in the tables, such as: detente positions")
