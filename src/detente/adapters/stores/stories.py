"""The story that each document belongs to, kept as documents come and go."""

import datetime as dt
import heapq
from array import array
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from detente.adapters.stores.schema import band, document, signature
from detente.adapters.stores.writing import insert
from detente.ledger.port import Posting
from detente.ledger.traits import NEVER_KNOWN
from detente.ledger.witnesses import COPY_DAYS, Source, bands, find_correction, find_credit, is_copy, sign

Rank = tuple[int, str]
CHUNK = 500


def write_story(connection: sa.Connection, posting: Posting) -> None:
    """Keeps the document's credit, correction and signature, and settles the story of it and of its copies."""
    item = posting.document
    take_out_story(connection, item.id)
    correction = find_correction(item)
    told = msgspec.json.encode(correction).decode() if correction else None
    chosen = sa.update(document).where(document.c.id == item.id)
    connection.execute(chosen.values(credit=find_credit(item), correction=told, story=item.id))
    values = sign(item.text, posting.passages)
    if not values:
        return
    known = item.published_on.toordinal() if item.published_on else NEVER_KNOWN
    insert(connection, signature, [{"document": item.id, "known": known, "values": array("Q", values).tobytes()}])
    insert(connection, band, [{"hash": number, "document": item.id} for number in set(bands(values))])
    _settle(connection, [(known, item.id)])


def take_out_story(connection: sa.Connection, id_: str) -> None:
    """Takes the signature of a document out; its copies find their story anew."""
    known = connection.execute(sa.select(signature.c.known).where(signature.c.document == id_)).scalar()
    if known is None:
        return
    copies = [rank for rank in _copies(connection, id_) if rank > (known, id_)]
    connection.execute(sa.delete(signature).where(signature.c.document == id_))
    connection.execute(sa.delete(band).where(band.c.document == id_))
    _settle(connection, copies)


def read_sources(connection: sa.Connection, ids: Iterable[str], as_of: dt.date | None) -> dict[str, Source]:
    """Where each of these documents comes from as far as was known on the day, by id."""
    wanted = list(dict.fromkeys(ids))
    first, copy = document.alias(), document.alias()
    # The first copy that names its source speaks for all of them.
    named = sa.select(copy.c.credit).where(copy.c.story == document.c.story, copy.c.credit.is_not(None))
    if as_of:
        named = named.where(copy.c.published_on <= as_of.isoformat())
    named = named.order_by(copy.c.published_on, copy.c.id).limit(1)
    chosen = sa.select(
        document.c.id,
        document.c.outlet,
        document.c.story,
        document.c.fate,
        document.c.fate_on,
        sa.func.coalesce(document.c.credit, named.correlate(document).scalar_subquery()).label("credit"),
        first.c.outlet.label("story_outlet"),
    ).outerjoin(first, first.c.id == document.c.story)
    rows: list[Any] = []
    for at in range(0, len(wanted), CHUNK):
        rows += connection.execute(chosen.where(document.c.id.in_(wanted[at : at + CHUNK])))
    return {
        row.id: Source(
            document=row.id,
            outlet=row.outlet,
            story=row.story or row.id,
            story_outlet=row.story_outlet or row.outlet,
            credit=row.credit,
            fate=row.fate if row.fate and (as_of is None or row.fate_on <= as_of.isoformat()) else None,
            fate_on=dt.date.fromisoformat(row.fate_on) if row.fate_on else None,
        )
        for row in rows
    }


def _settle(connection: sa.Connection, changed: Iterable[Rank]) -> None:
    """Gives each changed document the story of the first copy before it, and so on for those after it."""
    queue = list(changed)
    heapq.heapify(queue)
    done: set[str] = set()
    while queue:
        rank = heapq.heappop(queue)
        if rank[1] in done:
            continue
        done.add(rank[1])
        copies = _copies(connection, rank[1])
        earlier = min((other for other in copies if other < rank), default=rank)
        story = rank[1] if earlier == rank else _story(connection, earlier[1])
        if story != _story(connection, rank[1]) or earlier == rank:
            connection.execute(sa.update(document).where(document.c.id == rank[1]).values(story=story))
            for other in copies:
                # One that is of this story already stays: at most its first copy is now another of the same story.
                if other > rank and _story(connection, other[1]) != story:
                    heapq.heappush(queue, other)


def _story(connection: sa.Connection, id_: str) -> str:
    return connection.execute(sa.select(document.c.story).where(document.c.id == id_)).scalar() or id_


def _copies(connection: sa.Connection, id_: str) -> list[Rank]:
    """The other documents with nearly the same text, published within days of it."""
    row = connection.execute(sa.select(signature).where(signature.c.document == id_)).one_or_none()
    if row is None:
        return []
    mine = array("Q", row.values)
    rows = connection.exec_driver_sql(
        'SELECT DISTINCT signature.document, signature.known, signature."values" FROM band '
        "JOIN band AS other ON other.hash = band.hash JOIN signature ON signature.document = other.document "
        "WHERE band.document = ? AND signature.document <> ? AND abs(signature.known - ?) <= ?",
        (id_, id_, row.known, COPY_DAYS),
    )
    return [(known, other) for other, known, values in rows if is_copy(mine, array("Q", values))]
