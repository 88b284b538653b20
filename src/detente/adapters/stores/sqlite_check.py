"""What can be wrong with a ledger file, looked for table by table."""

from collections.abc import Iterator

import sqlalchemy as sa

from detente.adapters.stores import decided
from detente.adapters.stores.rows import row_to_document
from detente.adapters.stores.schema import HEAD, anchor, aside, document, passage, record
from detente.records import Document

SHOWN = 5  # faults of one sort that are told one by one


def find_faults(connection: sa.Connection, limit: int | None) -> list[str]:
    """A sentence per fault, the first few of each sort; `limit` bounds how many documents are compared, None: all."""
    found = [*_file(connection), *_search(connection), *_grouping(connection)]
    ids = sa.select(document.c.id).order_by(document.c.id).limit(limit)
    faults: list[str] = []
    for id_ in connection.scalars(ids).all():
        faults += _document(connection, id_)
    more = [f"and {len(faults) - SHOWN} more documents or records"] if len(faults) > SHOWN else []
    return [*found, *faults[:SHOWN], *more]


def _file(connection: sa.Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql("PRAGMA integrity_check(5)"):
        if row[0] != "ok":
            yield f"the file is damaged: {row[0]}"
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        yield f"{len(broken)} rows belong to nothing, the first in {broken[0][0]}"
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if version != HEAD:
        yield f"the schema is {version} and should be {HEAD}"


def _search(connection: sa.Connection) -> Iterator[str]:
    try:
        connection.exec_driver_sql("INSERT INTO passage_words(passage_words, rank) VALUES ('integrity-check', 1)")
    except sa.exc.DatabaseError:
        yield "the index of words is not in step with the passages"
    finally:
        connection.rollback()


def _grouping(connection: sa.Connection) -> Iterator[str]:
    alone = "SELECT count(*) FROM record LEFT JOIN member ON member.record = record.number WHERE happening IS NULL"
    lost = connection.exec_driver_sql(alone).scalar()
    if lost:
        yield f"{lost} records are in no happening"
    counted = connection.exec_driver_sql("SELECT coalesce(sum(records), 0) FROM coverage").scalar()
    there = connection.exec_driver_sql("SELECT count(*) FROM bearing").scalar()
    if counted != there:
        yield f"the records of a pair are counted wrongly: {counted} for {there}"


def _document(connection: sa.Connection, id_: str) -> Iterator[str]:
    """Evidence and passages against the text; what counts against what decisions and rules make of the coding."""
    row = connection.execute(sa.select(document).where(document.c.id == id_)).one()
    item = row_to_document(row)
    for place in connection.execute(sa.select(passage).where(passage.c.document == id_)):
        if item.text[place.start : place.end] != place.text:
            yield f"document {id_[:8]}: the passage at {place.start} reads otherwise in the text"
    yield from _evidence(connection, item)
    coded = decided.coded_records(connection, id_)
    laid = decided.lay_document(connection, item, coded)
    rows = connection.execute(sa.select(record.c.body, record.c.factuality).where(record.c.document == id_)).all()
    there = [decided.read_body(found.body) for found in rows]
    if {r.id: r for r in there} != {r.id: r for r in laid.records}:
        yield f"document {id_[:8]}: its records are not in step with the decisions"
    if any(item.factuality.value != found.factuality for item, found in zip(there, rows, strict=True)):
        yield f"document {id_[:8]}: its columns say otherwise than a record"


def _evidence(connection: sa.Connection, item: Document) -> Iterator[str]:
    for record_ in decided.coded_records(connection, item.id):
        for place in record_.evidence:
            if place.document != item.id or item.text[place.start : place.end] != place.quote:
                yield f"record {record_.id[:8]}: its evidence reads otherwise in the document"
    both = sa.select(aside.c.record).where(aside.c.document == item.id, aside.c.record.in_(sa.select(record.c.id)))
    for id_ in connection.scalars(both.where(aside.c.reason != "decision")):
        yield f"record {id_[:8]} counts and stands aside"
    chosen = sa.select(anchor.c.decision, anchor.c.start, anchor.c.end, anchor.c.quote)
    for row in connection.execute(chosen.where(anchor.c.document == item.id)):
        if row.end - row.start != len(row.quote):
            yield f"decision {row.decision}: its quote has another length than its place"
