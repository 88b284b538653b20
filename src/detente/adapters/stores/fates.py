"""What became of each article, and which records that ends, kept as documents come and go."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from detente.adapters.stores.schema import aside, document, lapse, record
from detente.adapters.stores.writing import insert
from detente.ledger.fates import Edition, find_ending, find_lapses
from detente.ledger.port import Query
from detente.ledger.witnesses import Correction
from detente.records import Record, record_from_dict

LAST = "9999"  # sorts after every ISO date


def settle_fate(connection: sa.Connection, id_: str) -> None:
    """Writes what became of a document by all that is in the ledger, and from when its records count no longer."""
    row = connection.execute(sa.select(document).where(document.c.id == id_)).one_or_none()
    if row is None:
        return
    article, others = _edition(row), [_edition(other) for other in _others(connection, row)]
    quotes = _quotes(connection, id_) if others or article.correction else {}
    ending = find_ending(article, others, quotes)
    values = (ending.fate.value, ending.on.isoformat(), ending.by) if ending else (None, None, None)
    if (row.fate, row.fate_on, row.fate_by) != values:
        fate, since, by = values
        chosen = sa.update(document).where(document.c.id == id_)
        connection.execute(chosen.values(fate=fate, fate_on=since, fate_by=by))
    counting = sa.select(record.c.number).where(record.c.document == id_)
    connection.execute(sa.delete(lapse).where(lapse.c.record.in_(counting)))
    ended = find_lapses(article, others, quotes)
    if not ended:
        return
    numbered = sa.select(record.c.number, record.c.id).where(record.c.document == id_)
    numbers = {found.id: found.number for found in connection.execute(numbered)}
    days = [(numbers[name], day) for name, day in sorted(ended.items()) if name in numbers]
    insert(connection, lapse, [{"record": number, "since": day.isoformat()} for number, day in days])


def touched_by(connection: sa.Connection, id_: str) -> list[str]:
    """The ids of the other documents of whose fate a document can tell."""
    row = connection.execute(sa.select(document).where(document.c.id == id_)).one_or_none()
    if row is None:
        return []
    found: set[str] = set()
    if row.url:
        found |= set(connection.scalars(sa.select(document.c.id).where(document.c.url == row.url)))
    if row.correction and row.outlet:
        named = sa.func.instr(row.text.lower(), sa.func.lower(document.c.title)) > 0
        found |= set(connection.scalars(sa.select(document.c.id).where(document.c.outlet == row.outlet, named)))
    return sorted(found - {id_})


def settle_fates(connection: sa.Connection, ids: Iterable[str]) -> None:
    """The same for several documents."""
    for id_ in ids:
        settle_fate(connection, id_)


def settle_all(connection: sa.Connection) -> None:
    """The same for every document of whose fate another can tell."""
    once = sa.select(document.c.url).where(document.c.url.is_not(None)).group_by(document.c.url)
    again = sa.select(document.c.id).where(document.c.url.in_(once.having(sa.func.count() > 1)))
    telling = connection.scalars(sa.select(document.c.id).where(document.c.correction.is_not(None))).all()
    found = {*connection.scalars(again), *telling}
    for id_ in telling:
        found |= set(touched_by(connection, id_))
    settle_fates(connection, sorted(found))


def is_standing(number: Any, as_of: dt.date | None) -> Any:
    """The condition that a record counts still on the day; that it counts at all where none is given."""
    ended = sa.select(lapse.c.record)
    if as_of is not None:
        ended = ended.where(lapse.c.since <= as_of.isoformat())
    return number.not_in(ended)


def read_lapsed(connection: sa.Connection, chosen: sa.Select[Any], query: Query) -> list[Record]:
    """The records that counted until a day in `query.since` to `query.as_of`; `chosen` selects bodies.

    With `posted_since` those that what was entered since then ended.
    """
    until = query.as_of.isoformat() if query.as_of else LAST
    first = query.since.isoformat() if query.since else ""
    ended = chosen.join(lapse, lapse.c.record == record.c.number)
    ended = ended.where(lapse.c.since <= until, lapse.c.since >= first, record.c.known_on < lapse.c.since)
    if query.posted_since:
        article, notice = document.alias(), document.alias()
        ended = ended.join(article, article.c.id == record.c.document).join(notice, notice.c.id == article.c.fate_by)
        ended = ended.where(notice.c.posted_at >= query.posted_since.isoformat())
    return [record_from_dict(msgspec.json.decode(body)) for body in connection.scalars(ended.order_by(record.c.number))]


def _quotes(connection: sa.Connection, id_: str) -> dict[str, str]:
    """The words of each record of a document by its id, of an older version too."""
    bodies = [
        body
        for table in (record, aside)
        for body in connection.scalars(sa.select(table.c.body).where(table.c.document == id_))
    ]
    told = [record_from_dict(msgspec.json.decode(body)) for body in bodies]
    return {item.id: item.evidence[0].quote for item in told}


def _others(connection: sa.Connection, row: Any) -> list[Any]:
    """The documents that can tell of the fate of one: at its address, or with a correction in its outlet."""
    found: dict[str, Any] = {}
    for column in ("url", "outlet"):
        value = row._mapping[column]
        if value:
            chosen = sa.select(document).where(document.c[column] == value, document.c.id != row.id)
            if column == "outlet":
                chosen = chosen.where(document.c.correction.is_not(None))
                chosen = chosen.where(document.c.published_on >= (row.published_on or LAST))
            found |= {other.id: other for other in connection.execute(chosen)}
    return [found[id_] for id_ in sorted(found)]


def _edition(row: Any) -> Edition:
    return Edition(
        id=row.id,
        text=row.text,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        published_on=dt.date.fromisoformat(row.published_on) if row.published_on else None,
        updated_on=dt.date.fromisoformat(row.updated_on) if row.updated_on else None,
        correction=msgspec.json.decode(row.correction, type=Correction) if row.correction else None,
    )
