"""Passages found by their words, by rank; of words that are everywhere those read last, for which none is ranked."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

COMMON = 5_000  # passages that hold some words, from which on their rank says little and costs much
NEAR = 10_000  # passages read last in which one looks first: each costs a look at its document
EARLY = 65_000  # documents of a day or before, from which on it costs more to ask where they end than it spares
WALKED = 4  # matches that can be walked in the time in which one document is asked where it ends: measured

HELD = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH :match LIMIT :most)"
FOUND = (  # the joins stay in this order, so that SQLite walks the matches as they are asked for
    "SELECT passage.document, passage.start, passage.end, passage.text FROM passage_words "
    "CROSS JOIN passage ON passage.id = passage_words.rowid CROSS JOIN document ON document.id = passage.document "
    "WHERE passage_words MATCH :match AND document.superseded_by IS NULL"
)
KNOWN = " AND document.published_on <= :as_of"
BY_RANK = " ORDER BY passage_words.rank, passage.document, passage.start LIMIT :limit"
NEWEST = " ORDER BY passage_words.rowid DESC LIMIT :limit"
BEFORE = " AND passage_words.rowid <= :edge"
AFTER = " AND passage_words.rowid > :edge"
EDGE = (
    "SELECT rowid FROM passage_words WHERE passage_words MATCH :match ORDER BY passage_words.rowid DESC "
    "LIMIT 1 OFFSET :near"
)
EARLIER = "SELECT count(*) FROM (SELECT 1 FROM document WHERE published_on <= :as_of LIMIT :most)"
LAST_EARLIER = (  # answered from the two indexes alone
    "SELECT max((SELECT max(id) FROM passage WHERE passage.document = document.id)) "
    "FROM document WHERE published_on <= :as_of"
)


def find_passages(connection: sa.Connection, match: str, as_of: dt.date | None, limit: int) -> Sequence[sa.Row[Any]]:
    """Document, start, end and text of passages that match, of documents published by the day; older versions not.

    `match` is an expression of FTS5.
    """
    values: dict[str, Any] = {"match": match, "as_of": as_of.isoformat() if as_of else None, "limit": limit}
    found = FOUND + KNOWN if as_of else FOUND
    if connection.scalar(sa.text(HELD), {"match": match, "most": COMMON}) < COMMON:
        return connection.execute(sa.text(found + BY_RANK), values).all()
    edge = connection.scalar(sa.text(EDGE), {"match": match, "near": NEAR}) if as_of else None
    if edge is None:
        return connection.execute(sa.text(found + NEWEST), values).all()
    near = connection.execute(sa.text(found + AFTER + NEWEST), values | {"edge": edge}).all()
    if len(near) == limit:
        return near
    values |= {"limit": limit - len(near), "edge": _last_earlier(connection, values, edge)}
    return [*near, *connection.execute(sa.text(found + BEFORE + NEWEST), values)]


def _last_earlier(connection: sa.Connection, values: dict[str, Any], edge: int) -> int:
    """The last passage up to the edge that can be of the day or before: a ledger is read in some order of days."""
    held = connection.scalar(sa.text(HELD), values | {"most": EARLY * WALKED}) or 0
    most = held // WALKED
    if connection.scalar(sa.text(EARLIER), values | {"most": most}) == most:
        return edge
    return min(edge, connection.scalar(sa.text(LAST_EARLIER), values) or 0)
