"""How much of a pair is known, counted in SQL, and the part of it that a page is told from."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores.choosing import choose
from detente.adapters.stores.fates import is_standing
from detente.adapters.stores.parts import COUNTED, UNDATED
from detente.adapters.stores.rows import problem_from_row, row_to_document
from detente.adapters.stores.schema import coverage, document, lapse, problem, record, stir
from detente.adapters.stores.touched import MONTH, ByMonth, Touched
from detente.ledger.coverage import Coverage, cover
from detente.ledger.port import Pair, Query
from detente.records import record_from_json

Text = tuple[str, dt.date, str | None]  # id, day, outlet
Texts = tuple[Text, ...]


class Pairs:
    """What a process keeps of each pair: which of its days were touched, and what its months come to."""

    def __init__(self) -> None:
        self._touched: dict[str, Touched] = {}
        self._covered: dict[str, ByMonth[Coverage]] = {}
        self._published: dict[str, ByMonth[Texts]] = {}

    def touched(self, pair: Pair) -> Touched:
        """The days of a pair that were touched."""
        return self._touched.setdefault("-".join(pair), Touched("-".join(pair)))

    def covered(self, pair: Pair) -> ByMonth[Coverage]:
        """What the documents of each month come to."""
        found = self._covered.get("-".join(pair))
        return found or self._covered.setdefault("-".join(pair), ByMonth(self.touched(pair), _read_months))

    def published(self, pair: Pair) -> ByMonth[Texts]:
        """The documents of each month."""
        found = self._published.get("-".join(pair))
        return found or self._published.setdefault("-".join(pair), ByMonth(self.touched(pair), _read_texts))


def read_published(connection: sa.Connection, query: Query, pairs: Pairs) -> dict[str, tuple[dt.date, str | None]]:
    """By its id the day and outlet of each dated document of the query's days of which a record counts still."""
    assert query.pair  # noqa: S101 narrows the type
    first, last = query.since or dt.date.min, query.as_of or dt.date.max
    within = first.isoformat()[:MONTH], last.isoformat()[:MONTH]
    months = pairs.published(query.pair).months(connection).items()
    told = (text for month, texts in months if within[0] <= month <= within[1] for text in texts)
    found = {id_: (on, outlet) for id_, on, outlet in told if first <= on <= last}
    lapsed = sa.select(record.c.document).distinct().where(~is_standing(record.c.number, query.as_of))
    for id_ in connection.scalars(lapsed).all():
        if id_ in found and not connection.scalar(choose(replace(query, document=id_), sa.select(record.c.number))):
            del found[id_]
    return found


def _read_texts(connection: sa.Connection, pair: str, month: str | None) -> dict[str, Texts]:
    on = coverage.c
    chosen = sa.select(on.known_on, on.document, on.outlet).where(on.pair == pair, on.known_on < UNDATED)
    found: dict[str, list[Text]] = defaultdict(list)
    for day, id_, outlet in connection.execute(chosen.where(*(_of_month(month) if month else ()))):
        found[day[:MONTH]].append((id_, dt.date.fromisoformat(day), outlet))
    return {at: tuple(texts) for at, texts in found.items()}


def read_coverage(connection: sa.Connection, query: Query, pairs: Pairs) -> Coverage:
    """What the documents of a pair come to, of the query's days; those with lapsed records are counted one by one."""
    assert query.pair  # noqa: S101 narrows the type
    lapsed = sa.select(lapse.c.record)
    if query.as_of:
        lapsed = lapsed.where(lapse.c.since <= query.as_of.isoformat())
    ended = sa.select(record.c.document).distinct().where(record.c.number.in_(lapsed))
    told_otherwise = dict(map(tuple, connection.execute(ended.add_columns(record.c.known_on))))
    parts: list[Coverage] = []
    apart = {(day or UNDATED)[:MONTH] for day in told_otherwise.values()}
    for month, known in pairs.covered(query.pair).months(connection).items():
        if month not in apart and _is_whole(query, known):
            parts.append(known)
        elif _is_touched(query, month):
            apart.add(month)
    without = coverage.c.document.not_in(list(told_otherwise))
    for month in sorted(apart):
        parts += _sum_months(connection, [*_asked(query), *_of_month(month), without]).values()
    parts += [_of_document(connection, replace(query, document=id_)) for id_ in told_otherwise]
    return Coverage().plus(*parts)


def _is_whole(query: Query, known: Coverage) -> bool:
    """Whether all days of a month that documents are of are asked for."""
    if known.first is None or known.last is None or query.undated:
        return query.undated and known.first is None
    return (query.since or known.first) <= known.first and known.last <= (query.as_of or known.last)


def _is_touched(query: Query, month: str) -> bool:
    """Whether days of a month can be asked for."""
    if (month == UNDATED) is not query.undated:
        return False
    first, last = query.since or dt.date.min, query.as_of or dt.date.max
    return query.undated or first.isoformat()[:MONTH] <= month <= last.isoformat()[:MONTH]


def _read_months(connection: sa.Connection, pair: str, month: str | None) -> dict[str, Coverage]:
    return _sum_months(connection, [coverage.c.pair == pair, *(_of_month(month) if month else ())])


def _of_month(month: str) -> list[sa.ColumnElement[bool]]:
    """The days of a month; as a range, by which the rows of a pair lie."""
    return [coverage.c.known_on >= month, coverage.c.known_on < f"{month}~"]


def _sum_months(connection: sa.Connection, asked: list[sa.ColumnElement[bool]]) -> dict[str, Coverage]:
    """What the documents asked for come to, month by month."""
    on, month = coverage.c, sa.func.substr(coverage.c.known_on, 1, MONTH).label("month")
    columns = [sa.func.sum(on[name]).label(name) for name in COUNTED]
    days = (sa.func.min(on.known_on).label("first"), sa.func.max(on.known_on).label("last"))
    chosen = sa.select(month, on.pair, sa.func.count().label("documents"), *days, *columns)
    rows = connection.execute(chosen.where(*asked).group_by(month)).all()
    outlets: dict[str, set[str | None]] = defaultdict(set)
    for at, outlet in connection.execute(sa.select(month, on.outlet).where(*asked).distinct()):
        outlets[at].add(outlet)
    problems: dict[str, list[tuple[str, int]]] = defaultdict(list)
    troubles = sa.select(month, problem.c.trouble, sa.func.count()).join(coverage, on.document == problem.c.document)
    for at, trouble, count in connection.execute(
        troubles.where(*asked).group_by(month, problem.c.trouble).order_by(problem.c.trouble)
    ):
        problems[at].append((trouble, count))
    return {row.month: _sum(row, frozenset(outlets[row.month]), tuple(problems[row.month])) for row in rows}


def _sum(row: Any, outlets: frozenset[str | None], problems: tuple[tuple[str, int], ...]) -> Coverage:
    held = zip(row.pair.split("-"), (row.first_held, row.second_held), strict=True)
    return Coverage(
        documents=row.documents,
        outlets=outlets,
        first=_day(row.first),
        last=_day(row.last),
        records=row.records,
        reported=row.reported,
        attributed=row.attributed,
        unnamed=row.unnamed,
        author=row.author,
        held=frozenset(state for state, count in held if count),
        problems=problems,
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
