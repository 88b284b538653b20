"""How much of a pair is known, counted in SQL, and the part of it that a page is told from."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

import sqlalchemy as sa

from detente.adapters.stores.at_hand import AtHand
from detente.adapters.stores.choosing import CHUNK, choose
from detente.adapters.stores.fates import is_standing
from detente.adapters.stores.grouped import COUNTED
from detente.adapters.stores.rows import problem_from_row, row_to_document
from detente.adapters.stores.schema import bearing, coverage, document, lapse, member, problem, record, stir
from detente.ledger.coverage import Coverage, cover
from detente.ledger.happenings import Happening
from detente.ledger.port import Query
from detente.records import RECORD_TYPES, record_from_json

UNDATED = "undated"
# Kinds of what can lie ahead, as the index of it names them.
AHEAD: tuple[sa.ColumnElement[str], ...] = (sa.literal_column("'agenda_item'"), sa.literal_column("'measure'"))


def read_coverage(connection: sa.Connection, query: Query) -> Coverage:
    """What the documents of a pair come to, of the query's days; those with lapsed records are counted one by one."""
    lapsed = sa.select(lapse.c.record)
    if query.as_of:
        lapsed = lapsed.where(lapse.c.since <= query.as_of.isoformat())
    ended = sa.select(record.c.document).distinct().where(record.c.number.in_(lapsed))
    told_otherwise = list(connection.scalars(ended))
    known = _sums(connection, query, [*_asked(query), coverage.c.document.not_in(told_otherwise)])
    for id_ in told_otherwise:
        known = known.plus(_of_document(connection, replace(query, document=id_)))
    return known


def _sums(connection: sa.Connection, query: Query, asked: list[sa.ColumnElement[bool]]) -> Coverage:
    assert query.pair  # noqa: S101 narrows the type
    on = coverage.c
    columns = [sa.func.coalesce(sa.func.sum(on[name]), 0).label(name) for name in COUNTED]
    days = (sa.func.min(on.known_on).label("first"), sa.func.max(on.known_on).label("last"))
    row = connection.execute(sa.select(sa.func.count().label("documents"), *days, *columns).where(*asked)).one()
    outlets = connection.scalars(sa.select(on.outlet).where(*asked).distinct())
    troubles = sa.select(problem.c.trouble, sa.func.count()).join(coverage, on.document == problem.c.document)
    problems = connection.execute(troubles.where(*asked).group_by(problem.c.trouble).order_by(problem.c.trouble))
    held = zip(query.pair, (row.first_held, row.second_held), strict=True)
    return Coverage(
        documents=row.documents,
        outlets=frozenset(outlets),
        first=_day(row.first),
        last=_day(row.last),
        records=row.records,
        reported=row.reported,
        attributed=row.attributed,
        unnamed=row.unnamed,
        author=row.author,
        held=frozenset(state for state, count in held if count),
        problems=tuple((trouble, count) for trouble, count in problems),
    )


def _of_document(connection: sa.Connection, query: Query) -> Coverage:
    """What one document comes to, by those of its records that count still; nothing where none does."""
    assert query.pair  # noqa: S101 narrows the type
    records = [record_from_json(body) for body in connection.scalars(choose(query, sa.select(record.c.body)))]
    if not records:
        return Coverage()
    item = row_to_document(connection.execute(sa.select(document).where(document.c.id == query.document)).one())
    told = connection.execute(sa.select(problem).where(problem.c.document == query.document))
    return cover([item], records, query.pair, [problem_from_row(row) for row in told])


def latest_day(connection: sa.Connection, query: Query) -> dt.date | None:
    """The newest publication day of a document on the pair."""
    return _day(connection.execute(sa.select(sa.func.max(coverage.c.known_on)).where(*_asked(query))).scalar())


def last_stir(connection: sa.Connection, query: Query) -> int:
    """The number of the last write that bears on what is known of the pair on the day; 0 where none was counted."""
    assert query.pair  # noqa: S101 narrows the type
    chosen = sa.select(stir.c.number).where(stir.c.pair == "-".join(query.pair))
    if query.as_of:
        chosen = chosen.where(stir.c.known_on <= query.as_of.isoformat())
    return connection.scalar(chosen.order_by(stir.c.number.desc()).limit(1)) or 0


def find_window(connection: sa.Connection, query: Query, most: int) -> dt.date | None:
    """The day from which on more than so many records of the pair became known; None where there are not so many."""
    chosen = sa.select(coverage.c.known_on, coverage.c.records).where(*_asked(query))
    left = most
    with connection.execution_options(stream_results=True).execute(chosen.order_by(coverage.c.known_on.desc())) as rows:
        for row in rows:
            left -= row.records
            if left < 0:
                return _day(row.known_on)
    return None


def read_window(connection: sa.Connection, query: Query, first: dt.date, at_hand: AtHand) -> list[Happening]:
    """The happenings told on that day or later, and what was planned for days still to come.

    Each is whole; with `since` in the query, of what became known from then on alone.
    """
    assert query.pair  # noqa: S101 narrows the type
    on, day = bearing.c, (query.as_of or dt.date.max).isoformat()
    since = [on.known_on >= query.since.isoformat()] if query.since else []
    mine = sa.select(on.happening).distinct().where(on.pair == "-".join(query.pair), on.known_on <= day, *since)
    mine = mine.where(is_standing(on.record, query.as_of))
    # The rows of a kind lie by their days.
    told = mine.where(on.known_on >= first.isoformat(), on.kind.in_(query.kinds or RECORD_TYPES))
    ahead = mine.where(on.kind.in_(AHEAD), on.latest >= day, *([on.kind.in_(query.kinds)] if query.kinds else []))
    numbers = sorted({*connection.scalars(told), *connection.scalars(ahead)})
    # Without its index on pairs SQLite begins with the happenings, which are few, not with all that bears on the pair.
    of_pair = on.pair.concat("") == "-".join(query.pair)
    known = [on.known_on <= day, of_pair, is_standing(on.record, query.as_of), *since]
    chosen = sa.select(member.c.happening, member.c.record).join(bearing, on.record == member.c.record).where(*known)
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(0, len(numbers), CHUNK):
        for row in connection.execute(chosen.where(member.c.happening.in_(numbers[at : at + CHUNK]))):
            members[row[0]].append(row[1])
    return at_hand.happenings(connection, members)


def _asked(query: Query) -> list[sa.ColumnElement[bool]]:
    assert query.pair  # noqa: S101 narrows the type
    known = coverage.c.known_on
    asked = [coverage.c.pair == "-".join(query.pair), known == UNDATED if query.undated else known < UNDATED]
    if query.as_of:
        asked.append(known <= query.as_of.isoformat())
    if query.since:
        asked.append(known >= query.since.isoformat())
    return asked


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text and text != UNDATED else None
