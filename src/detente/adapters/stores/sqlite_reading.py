"""The half of the SQLite store that reads."""

import dataclasses
import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores import decided
from detente.adapters.stores.at_hand import AtHand
from detente.adapters.stores.choosing import CHUNK, begins, choose, count_happenings, members_of, read_happenings
from detente.adapters.stores.covering import (
    Pairs,
    find_window,
    last_stir,
    latest_day,
    read_coverage,
    read_published,
)
from detente.adapters.stores.fates import read_lapsed
from detente.adapters.stores.parts import UNDATED
from detente.adapters.stores.rows import problem_from_row, row_to_capture, row_to_document
from detente.adapters.stores.schema import aside, capture, document, lapse, member, problem, record
from detente.adapters.stores.searching import find_passages
from detente.adapters.stores.stories import read_sources
from detente.adapters.stores.windows import Windows
from detente.errors import UnknownIdError
from detente.ledger.coverage import Coverage
from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.port import Hit, Pair, Query
from detente.ledger.witnesses import Source
from detente.parcel import Capture
from detente.records import Document, Problem, Record


class ReadingStore:
    """What `SqliteStore` knows of reading; it lends the engine."""

    engine: sa.Engine

    def __init__(self) -> None:
        self._at_hand = AtHand()
        self._pairs = Pairs()
        self._windows = Windows(self._at_hand)
        self._held = threading.local()  # the connection of a snapshot

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read in it by this thread is of one moment, whatever others write meanwhile."""
        if getattr(self._held, "connection", None) is not None:
            yield
            return
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            self._held.connection = connection
            try:
                yield
            finally:
                self._held.connection = None
                connection.rollback()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        held = getattr(self._held, "connection", None)
        if held is not None:
            yield held
            return
        with self.engine.connect() as connection:
            yield connection

    def stirred(self, query: Query) -> int:
        """The number of the last write that bears on what is known of the query's pair on its day."""
        with self._reading() as connection:
            return last_stir(connection, query)

    def is_empty(self) -> bool:
        """Whether there is no document."""
        with self._reading() as connection:
            return connection.execute(sa.select(document.c.id).limit(1)).first() is None

    def known_ids(self) -> set[str]:
        """The ids of all documents."""
        with self._reading() as connection:
            return set(connection.scalars(sa.select(document.c.id)))

    def document(self, id_: str) -> Document:
        """The document with that id, or with an id that begins so."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(document).where(begins(document.c.id, id_))).all()
        return row_to_document(_only(rows, id_, "document"))

    def capture(self, document: str) -> Capture | None:
        """When and where the bytes of a document were taken down; None where nobody told."""
        with self._reading() as connection:
            row = connection.execute(sa.select(capture).where(capture.c.document == document)).one_or_none()
        return row_to_capture(row) if row else None

    def documents(self, query: Query) -> list[Document]:
        """The documents that have records of the query, by publication day and id; their text is left empty."""
        ids = choose(query, sa.select(record.c.document).distinct())
        columns = [column for column in document.c if column.name != "text"]
        chosen = sa.select(sa.literal("").label("text"), *columns)
        with self._reading() as connection:
            if query.without_decisions:
                kept = [item.evidence[0].document for item in decided.coded_aside(connection, query).values() if item]
                chosen = chosen.where(document.c.id.in_(ids) | document.c.id.in_(kept))
            else:
                chosen = chosen.where(document.c.id.in_(ids))
            return [row_to_document(row) for row in connection.execute(chosen.order_by("published_on", "id"))]

    def documents_named(self, ids: Iterable[str], pair: Pair | None = None) -> list[Document]:
        """The documents with these ids, by publication day and id, the undated last; their text is left empty."""
        wanted = list(ids)
        with self._reading() as connection:

            def read(missing: Sequence[str]) -> dict[str, tuple[str, Document]]:
                return {one.id: (_day(one), one) for one in _named(connection, missing)}

            if pair is None:
                found = _named(connection, wanted)
            else:
                kept = self._at_hand.of_pair(connection, wanted, self._pairs.touched(pair), read, "document")
                found = list(kept.values())
        return sorted(found, key=lambda one: (one.published_on or dt.date.max, one.id))

    def newest_documents(self, outlet: str | None, limit: int, offset: int = 0) -> tuple[list[Document], int]:
        """So many documents, the undated, then the newest first; and how many there are."""
        of_outlet = [] if outlet is None else [sa.func.coalesce(document.c.outlet, "") == outlet]
        columns = [column for column in document.c if column.name != "text"]
        chosen = sa.select(sa.literal("").label("text"), *columns).where(*of_outlet)
        counted = sa.select(sa.func.count()).select_from(document).where(*of_outlet)
        day = document.c.published_on
        parts = (
            (chosen.where(day.is_(None)).order_by(document.c.id), counted.where(day.is_(None))),
            (chosen.where(day.is_not(None)).order_by(day.desc(), document.c.id), counted.where(day.is_not(None))),
        )
        found: list[Document] = []
        total = 0
        with self._reading() as connection:
            for rows, count in parts:
                here = rows.limit(limit - len(found)).offset(max(0, offset - total))
                found += [row_to_document(row) for row in connection.execute(here)]
                total += connection.scalar(count) or 0
        return found, total

    def record(self, id_: str) -> Record:
        """The record with that id, or with an id that begins so; one that was rejected as it was coded."""
        with self._reading() as connection:
            chosen = sa.select(record.c.id, record.c.body).where(begins(record.c.id, id_))
            kept = sa.select(aside.c.record, aside.c.body).where(begins(aside.c.record, id_))
            found = dict(map(tuple, connection.execute(kept))) | dict(map(tuple, connection.execute(chosen)))
        body: str = _only(list(found.values()), id_, "record")
        return decided.read_body(body)

    def records(self, query: Query) -> list[Record]:
        """The records asked for, by `known_on`, document and place."""
        chosen = choose(query, sa.select(record.c.body))
        order = (record.c.known_on, record.c.document, record.c.start, record.c.id)
        with self._reading() as connection:
            found = [decided.read_body(body) for body in connection.scalars(chosen.order_by(*order))]
            if not query.without_decisions:
                return found
            coded = decided.coded_aside(connection, query)
        kept = [item for item in found if item.id not in coded] + [item for item in coded.values() if item]
        return sorted(kept, key=_place)

    def lapsed(self, query: Query) -> list[Record]:
        """The records that stopped counting within the days of the query, by entry."""
        with self._reading() as connection:
            if not connection.execute(sa.select(lapse.c.record).limit(1)).first():
                return []
            asked = dataclasses.replace(query, since=None, as_of=None, posted_since=None)
            return read_lapsed(connection, choose(asked, sa.select(record.c.body), standing=False), query)

    def happenings(self, query: Query) -> list[Happening]:
        """What the records asked for tell, by first knowledge; of each happening the records asked for alone."""
        if query.without_decisions:
            return self._coded_happenings(query)
        with self._reading() as connection:
            return read_happenings(connection, query)

    def happening(self, id_: str, as_of: dt.date | None = None) -> Happening:
        """The happening that a record is in, with all records known on the day."""
        chosen = sa.select(member.c.happening).where(member.c.record == record.c.number)
        with self._reading() as connection:
            rows = connection.execute(chosen.where(begins(record.c.id, id_))).all()
            number = _only(rows, id_, "record").happening
            return self._at_hand.happenings(connection, {number: members_of(connection, number, as_of)})[number]

    def window(self, query: Query, most: int) -> dt.date | None:
        """The day from which on more than so many records of the pair became known."""
        with self._reading() as connection:
            return find_window(connection, query, most)

    def told_since(self, query: Query, first: dt.date) -> list[Happening]:
        """What was told of the pair on that day or later, or is planned for later days."""
        assert query.pair  # noqa: S101 narrows the type
        with self._reading() as connection:
            return self._windows.read(connection, query, first, self._pairs.touched(query.pair))

    def coverage(self, query: Query) -> Coverage:
        """How much is known of the pair."""
        with self._reading() as connection:
            return read_coverage(connection, query, self._pairs)

    def sources(
        self, documents: Iterable[str], as_of: dt.date | None = None, pair: Pair | None = None
    ) -> dict[str, Source]:
        """Where the texts of these documents come from as far as was known on the day, by id."""
        wanted = list(documents)
        with self._reading() as connection:
            if pair is None:
                return read_sources(connection, wanted, as_of)

            def read(missing: Sequence[str]) -> dict[str, tuple[str, Source]]:
                days = {one.id: _day(one) for one in self.documents_named(missing, pair)}
                return {id_: (days[id_], one) for id_, one in read_sources(connection, missing, as_of).items()}

            return self._at_hand.of_pair(connection, wanted, self._pairs.touched(pair), read, "source", as_of)

    def published(self, query: Query) -> dict[str, tuple[dt.date, str | None]]:
        """The day and outlet of each dated document on the pair."""
        with self._reading() as connection:
            return read_published(connection, query, self._pairs)

    def count(self, query: Query) -> int:
        """How many happenings the query asks for."""
        if query.without_decisions:
            return len(self._coded_happenings(dataclasses.replace(query, limit=None)))
        with self._reading() as connection:
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
        with self._reading() as connection:
            if documents is None:
                return [problem_from_row(row) for row in connection.execute(chosen)]
            return [
                problem_from_row(row)
                for at in range(0, len(documents), CHUNK)
                for row in connection.execute(chosen.where(problem.c.document.in_(documents[at : at + CHUNK])))
            ]

    def newest_problems(self, limit: int, offset: int = 0) -> tuple[list[Problem], int]:
        """So many problems, those met last first; and how many there are."""
        chosen = sa.select(problem).order_by(problem.c.id.desc()).limit(limit).offset(offset)
        with self._reading() as connection:
            found = [problem_from_row(row) for row in connection.execute(chosen)]
            return found, connection.scalar(sa.select(sa.func.count()).select_from(problem)) or 0

    def latest_known_on(self, pair: Pair | None = None) -> dt.date | None:
        """The newest publication day among the records (of the pair)."""
        with self._reading() as connection:
            if pair:
                return latest_day(connection, Query(pair=pair))
            found = connection.execute(sa.select(sa.func.max(record.c.known_on))).scalar()
        return dt.date.fromisoformat(found) if found else None

    def search(self, words: str, query: Query, limit: int) -> list[Hit]:
        """Passages that hold all the words, best first; of words that are everywhere those read last."""
        # Each word is quoted, so that the user's signs are no operators of FTS5.
        match = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not match:
            return []
        with self._reading() as connection:
            rows = find_passages(connection, match, query.as_of, limit)
        found = {id_: self.document(id_) for id_ in {row.document for row in rows}}
        return [Hit(document=found[row.document], start=row.start, end=row.end, quote=row.text) for row in rows]


def _named(connection: sa.Connection, ids: Sequence[str]) -> list[Document]:
    columns = [column for column in document.c if column.name != "text"]
    chosen = sa.select(sa.literal("").label("text"), *columns)
    return [
        row_to_document(row)
        for at in range(0, len(ids), CHUNK)
        for row in connection.execute(chosen.where(document.c.id.in_(ids[at : at + CHUNK])))
    ]


def _day(item: Document) -> str:
    """The day under which the tables have it."""
    return item.published_on.isoformat() if item.published_on else UNDATED


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
