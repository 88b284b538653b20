"""Queries as SQL: which records, which happenings, how many."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores.fates import is_standing
from detente.adapters.stores.schema import bearing, member, record
from detente.ledger.happenings import Happening, first_known
from detente.ledger.port import Query
from detente.records import RECORD_TYPES, Record, record_from_json

CHUNK = 500  # ids in one IN (...), below SQLite's limit of variables


def choose(query: Query, chosen: sa.Select[Any], *, standing: bool = True) -> sa.Select[Any]:
    """The select on `record`, narrowed to what the query asks for; the limit is not its matter.

    Without `standing` records are asked too that count no longer, since their article was corrected or withdrawn.
    """
    on: Any = record
    if query.pair:
        on = bearing
        chosen = chosen.join(bearing, bearing.c.record == record.c.number).where(bearing.c.pair == "-".join(query.pair))
    if standing:
        chosen = chosen.where(is_standing(record.c.number, query.as_of))
    return _narrow(query, chosen, on.c)


def choose_bearing(query: Query, chosen: sa.Select[Any]) -> sa.Select[Any]:
    """The same on `bearing` alone, which is enough for counting; the query names a pair."""
    assert query.pair  # noqa: S101 narrows the type
    chosen = chosen.where(bearing.c.pair == "-".join(query.pair), is_standing(bearing.c.record, query.as_of))
    if query.posted_since or query.document:
        chosen = chosen.join(record, record.c.number == bearing.c.record)
    return _narrow(query, chosen, bearing.c)


def _narrow(query: Query, chosen: sa.Select[Any], on: Any) -> sa.Select[Any]:
    known = on.known_on
    if query.pair:
        chosen = chosen.where(known == "undated" if query.undated else known < "undated")
    else:
        chosen = chosen.where(known.is_(None) if query.undated else known.is_not(None))
    conditions = (
        # The rows of a pair lie by kind, then day: with the kinds named, days are found without reading the others.
        (query.kinds or query.pair, lambda: on.kind.in_(query.kinds or RECORD_TYPES)),
        (query.factualities, lambda: on.factuality.in_(query.factualities)),
        (query.as_of, lambda: known <= _iso(query.as_of)),
        (query.since, lambda: known >= _iso(query.since)),
        (query.due_from, lambda: on.latest >= _iso(query.due_from)),
        (query.due_until, lambda: on.earliest <= _iso(query.due_until)),
        (query.is_dated is True, lambda: on.latest.is_not(None)),
        (query.is_dated is False, lambda: on.latest.is_(None)),
        (query.posted_since, lambda: record.c.posted_at >= query.posted_since.isoformat()),  # type: ignore[union-attr]
        (query.document, lambda: record.c.document == query.document),
        (query.labels, lambda: bearing.c.label.in_(query.labels)),
        (query.between, lambda: bearing.c.between),
    )
    return chosen.where(*(condition() for asked, condition in conditions if asked))


def read_happenings(connection: sa.Connection, query: Query) -> list[Happening]:
    """What the records asked for tell, by first knowledge."""
    happening = member.c.happening
    chosen = choose(query, sa.select(record.c.body, happening).join(member, member.c.record == record.c.number))
    if query.limit is None:
        rows = connection.execute(chosen).all()
    else:
        newest = _newest(connection, query, query.limit)
        rows = [
            row
            for at in range(0, len(newest), CHUNK)
            for row in connection.execute(chosen.where(happening.in_(newest[at : at + CHUNK])))
        ]
    return assemble(connection, [(row.happening, row.body) for row in rows])


def members_of(connection: sa.Connection, number: int, as_of: dt.date | None) -> list[int]:
    """The numbers of the records of a happening that are known on the day."""
    chosen = sa.select(member.c.record).where(member.c.happening == number)
    if as_of:
        chosen = chosen.join(record, member.c.record == record.c.number)
        chosen = chosen.where(record.c.known_on <= as_of.isoformat(), is_standing(record.c.number, as_of))
    return list(connection.scalars(chosen))


def count_happenings(connection: sa.Connection, query: Query) -> int:
    """How many happenings the query asks for."""
    if query.pair:
        chosen = choose_bearing(query, sa.select(sa.func.count(bearing.c.happening.distinct())))
    else:
        counted = sa.select(sa.func.count(member.c.happening.distinct()))
        chosen = choose(query, counted.join(record, record.c.number == member.c.record))
    return connection.execute(chosen).scalar() or 0


def assemble(connection: sa.Connection, rows: list[tuple[int, str]]) -> list[Happening]:
    """The happenings of (number, record as JSON) rows, by the first of their records."""
    groups: dict[int, list[Record]] = {}
    for number, body in rows:
        groups.setdefault(number, []).append(record_from_json(body))
    began = read_ids(connection, list(groups))
    made = [
        Happening(records=tuple(sorted(items, key=first_known)), began=began[number])
        for number, items in groups.items()
    ]
    return sorted(made, key=lambda happening: first_known(happening.records[0]))


def _newest(connection: sa.Connection, query: Query, limit: int) -> list[int]:
    """The numbers of the happenings told last."""
    if query.pair:
        on = bearing.c
        chosen = choose_bearing(query, sa.select(on.happening, on.known_on, on.record))
        order = (on.known_on.desc(), on.record.desc())
        kinds = query.kinds or (None,)
        # Kind by kind, since the rows of a kind lie in the order asked for.
        found = [
            row
            for kind in kinds
            for row in _first_of_each(
                connection, (chosen.where(on.kind == kind) if kind else chosen).order_by(*order), limit
            )
        ]
        found.sort(key=lambda row: (row[1], row[2]), reverse=True)
        return list(dict.fromkeys(row[0] for row in found))[:limit]
    joined = sa.select(member.c.happening, record.c.known_on).join(record, record.c.number == member.c.record)
    chosen = choose(query, joined).order_by(record.c.known_on.desc(), record.c.number.desc())
    return [row[0] for row in _first_of_each(connection, chosen, limit)]


def _first_of_each(connection: sa.Connection, chosen: sa.Select[Any], limit: int) -> list[Any]:
    """The first row of each of the first so many happenings."""
    found: dict[int, Any] = {}
    with connection.execution_options(stream_results=True).execute(chosen) as rows:
        for row in rows:
            found.setdefault(row[0], row)
            if len(found) >= limit:
                break
    return list(found.values())


def begins(column: sa.Column[str], beginning: str) -> sa.ColumnElement[bool]:
    """Whether an id begins so; by its order, which the index has."""
    return sa.and_(column >= beginning, column < f"{beginning}\U0010ffff")


def read_ids(connection: sa.Connection, numbers: list[int]) -> dict[int, str]:
    """The id of each record by its number."""
    return {
        row.record: row.id
        for at in range(0, len(numbers), CHUNK)
        for row in connection.execute(
            sa.select(member.c.record, member.c.id).where(member.c.record.in_(numbers[at : at + CHUNK]))
        )
    }


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
