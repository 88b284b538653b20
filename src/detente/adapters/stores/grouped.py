"""The records of a document written, and all that is thereby grouped otherwise, in the transaction of the caller."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import msgspec
import sqlalchemy as sa

from detente.adapters.stores.decided import mergers, tied_in
from detente.adapters.stores.kept import kept_for
from detente.adapters.stores.parts import bearing_rows, coverage_rows, list_parts
from detente.adapters.stores.rows import record_row
from detente.adapters.stores.schema import bearing, coverage, document, listing, member, record
from detente.adapters.stores.writing import insert
from detente.ledger.decision import ties_of
from detente.ledger.grouping import NO_DAYS, UNTIED, WIDTHS, Rank, Ties, listings_of, settle
from detente.ledger.port import Posting
from detente.ledger.traits import Traits, traits_of
from detente.ledger.twins import LEAD, TWIN, prints_of
from detente.records import Record, record_from_json

SHARING = "SELECT record FROM listing WHERE key = ? AND width = ? AND first BETWEEN ? AND ? AND last >= ?"
DECODER = msgspec.msgpack.Decoder(Traits)


def write_records(
    connection: sa.Connection, posting: Posting, records: Sequence[Record], first_posted: Mapping[str, str]
) -> None:
    """Makes these the records of the posting's document; `first_posted` gives when those known before came in."""
    told = {item.id: traits_of(item) for item in records}
    _write(connection, posting, records, _rows(posting, records, first_posted), _Change(told, frozenset()))


def mend_records(
    connection: sa.Connection,
    posting: Posting,
    records: Sequence[Record],
    first_posted: Mapping[str, str],
    *,
    tied: Collection[str],
) -> None:
    """The same of a text that was not coded anew: a record that is there just so keeps its row and number.

    Those that a merger or split is about choose anew, and those `tied` by one until now.
    """
    rows = _rows(posting, records, first_posted)
    told = {item.id: traits_of(item) for item in records}
    staying = _staying(connection, rows, told, posting.document.id)
    choosing = {*tied, *tied_in(connection, posting.document.id)}
    _write(connection, posting, records, rows, _Change(told, staying - choosing))


@dataclass(frozen=True, slots=True)
class _Change:
    """The traits of the records of a document by id, and the ids of those whose rows stay."""

    told: Mapping[str, Traits]
    staying: frozenset[str]


def _write(
    connection: sa.Connection,
    posting: Posting,
    records: Sequence[Record],
    rows: Mapping[str, Mapping[str, Any]],
    change: _Change,
) -> None:
    id_ = posting.document.id
    members = SqlMembers(connection)
    waiting = _take_out(connection, id_, members, change.staying)
    fresh = [item for item in records if item.id not in change.staying]
    insert(connection, record, [dict(rows[item.id]) for item in fresh])
    numbers = _numbers(connection, id_)
    list_parts(connection, records, fresh, numbers, posting)
    settle(members, [*members.add(change.told, {item.id: numbers[item.id] for item in fresh}), *waiting])


def _rows(posting: Posting, records: Iterable[Record], first_posted: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    rows = {item.id: record_row(item, posting) for item in records}
    for id_, row in rows.items():
        row["posted_at"] = first_posted.get(id_, row["posted_at"])
    return rows


def _staying(
    connection: sa.Connection, rows: Mapping[str, Mapping[str, Any]], told: Mapping[str, Traits], id_: str
) -> frozenset[str]:
    """The ids of the records that are there with the same row, the same traits, and the same twins."""
    columns = [record.c[name] for name in next(iter(rows.values()), ())]
    if not columns:
        return frozenset()
    chosen = sa.select(*columns, member.c.traits).join(member, member.c.record == record.c.number)
    found = connection.execute(chosen.where(record.c.document == id_)).all()
    there = {row.id: (dict(zip(rows[row.id], row, strict=False)), row.traits) for row in found if row.id in rows}
    before = _prints([DECODER.decode(row.traits) for row in found])
    now = _prints(told.values())
    return frozenset(
        name
        for name, (row, traits) in there.items()
        if row == rows[name] and DECODER.decode(traits) == told[name] and before[name] == now[name]
    )


def _prints(items: Iterable[Traits]) -> dict[str, str | None]:
    """The print of each record of one document, by id."""
    told = list(items)
    return dict(zip((item.id for item in told), prints_of(told), strict=True))


def take_out_records(connection: sa.Connection, document: str) -> None:
    """Takes out the records of a document; those they were grouped with choose anew."""
    members = SqlMembers(connection)
    waiting = _take_out(connection, document, members, frozenset())
    connection.execute(sa.delete(coverage).where(coverage.c.document == document))
    settle(members, waiting)


def group_all(connection: sa.Connection) -> None:
    """Lists and groups the records that are in no happening yet."""
    members = SqlMembers(connection)
    chosen = (
        sa.select(record.c.number, record.c.body, record.c.pair, record.c.document, document.c.outlet)
        .join(document, document.c.id == record.c.document)
        .where(record.c.number.not_in(sa.select(member.c.record)))
        .order_by(record.c.document)
    )
    fresh: list[Traits] = []
    for id_, rows in groupby(connection.execute(chosen).all(), key=lambda row: row.document):
        bearings: list[tuple[Record, dict[str, Any]]] = []
        outlet = None
        told, numbers = {}, {}
        for row in rows:
            item, outlet = record_from_json(row.body), row.outlet
            bearings += [(item, bearing) for bearing in bearing_rows(item, row.number, row.pair)]
            told[item.id], numbers[item.id] = traits_of(item), row.number
        fresh += members.add(told, numbers)
        insert(connection, bearing, [row for _, row in bearings])
        insert(connection, coverage, coverage_rows(bearings, id_, outlet))
    settle(members, fresh)


class SqlMembers:
    """`detente.ledger.grouping.Members` over the tables of one ledger, inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        # Below SQLAlchemy, since some hundred small questions are asked for each document.
        self.ask: Callable[..., Any] = connection.connection.dbapi_connection.execute  # type: ignore[union-attr]
        self.numbers: dict[str, int] = {}
        self.tied: dict[str, Ties] | None = None
        self.ahead: tuple[str, list[int]] = "", []  # the records known later that share a listing with one just asked
        self.kept = kept_for(connection)

    def add(self, told: Mapping[str, Traits], numbers: Mapping[str, int]) -> list[Traits]:
        """Keeps and lists the numbered ones of the records of a document; they are in no happening yet."""
        prints = _prints(told.values())  # no two have one print
        fresh = [told[id_] for id_ in numbers]
        rows = []
        for item in fresh:
            number = self.numbers[item.id] = numbers[item.id]
            self.kept.traits.keep(number, item)
            self.kept.places.keep(number, (item.rank, None))
            rows.append({"record": number, "id": item.id, "known": item.known, "traits": msgspec.msgpack.encode(item)})
        insert(self.connection, member, rows)
        insert(self.connection, listing, [row for item in fresh for row in self._listed(item, prints[item.id])])
        return fresh

    def _listed(self, item: Traits, print_: str | None) -> list[dict[str, Any]]:
        """Where a record is listed: as the lead of its twins the first of them, the others as twins alone."""
        number = self.numbers[item.id]
        if print_ is None or self.ties(item.id) != UNTIED:
            return _listing_rows(item, number)
        lead = self._lead(print_)
        if lead is not None and lead.rank < item.rank:
            return [_mark(TWIN, print_, number)]
        if lead is not None:
            # Who comes before it stands for it from now on; the choice of the new lead moves them all.
            self.ask("DELETE FROM listing WHERE record = ?", (self.numbers[lead.id],))
            insert(self.connection, listing, [_mark(TWIN, print_, self.numbers[lead.id])])
        return [*_listing_rows(item, number), _mark(LEAD, print_, number)]

    def lists(self, item: Traits, print_: str) -> None:
        """Lists a record as the lead of its twins."""
        number = self.numbers[item.id]
        insert(self.connection, listing, [*_listing_rows(item, number), _mark(LEAD, print_, number)])

    def _lead(self, print_: str) -> Traits | None:
        row = self.ask("SELECT record FROM listing WHERE key = ?", (f"{LEAD}{print_}",)).fetchone()
        return self.traits(row[0]) if row else None

    def lead(self, id_: str) -> str | None:
        """The record known before it that stands for it."""
        print_ = self.mark(self.numbers[id_], TWIN)
        found = self._lead(print_) if print_ else None
        return found.id if found else None

    def mark(self, number: int, sort: str) -> str | None:
        """The print under which a record is listed as lead or twin; None where it is not."""
        asked = "SELECT key FROM listing WHERE record = ? AND key >= ? AND key < ?"
        row = self.ask(asked, (number, sort, chr(ord(sort) + 1))).fetchone()
        return row[0][1:] if row else None

    def twins(self, print_: str) -> list[Traits]:
        """The twins of a lead, first known first."""
        rows = self.ask("SELECT record FROM listing WHERE key = ?", (f"{TWIN}{print_}",)).fetchall()
        return sorted((self.traits(number) for (number,) in rows), key=lambda item: item.rank)

    def near(self, item: Traits) -> Mapping[str | None, list[tuple[Rank, int]]]:
        """The other records that share a listing with it, rank and number, by happening."""
        told: dict[int | None, list[tuple[Rank, int]]] = defaultdict(list)
        later: list[int] = []
        mine, places = item.rank, self.kept.places.newer
        numbers = self._sharing([(x.key, x.first, x.last) for x in listings_of(item)])
        numbers.discard(self.numbers[item.id])
        for number in numbers:
            rank, happening = places.get(number) or self._place(number)
            told[happening].append((rank, number))
            if rank > mine:
                later.append(number)
        self.ahead = item.id, sorted(later)
        named: dict[str | None, list[tuple[Rank, int]]] = {}
        for happening, records in told.items():
            named.setdefault(self._id(happening), []).extend(records)
        return named

    def traits(self, number: int) -> Traits:
        """The traits of a record."""
        found = self.kept.traits.get(number)
        if found is None:
            data = self.ask("SELECT traits FROM member WHERE record = ?", (number,)).fetchone()
            found = self.kept.traits.keep(number, DECODER.decode(data[0]))
        self.numbers[found.id] = number
        return found

    def first(self, happening: str) -> Traits:
        """The record that a happening began with."""
        return self.traits(self.numbers[happening])

    def happening(self, id_: str) -> str | None:
        """The happening of a record."""
        return self._id(self._place(self.numbers[id_])[1])

    def assign(self, id_: str, happening: str) -> None:
        """The record is in that happening from now on, and with it its twins."""
        print_ = self.mark(self.numbers[id_], LEAD)
        twins = [x.id for x in self.twins(print_) if self.ties(x.id) == UNTIED] if print_ else []
        for one in (id_, *twins):
            rank, _ = self._place(self.numbers[one])
            self.kept.places.keep(self.numbers[one], (rank, self.numbers[happening]))
            for table in ("member", "bearing"):
                self.ask(
                    f"UPDATE {table} SET happening = ? WHERE record = ?",  # noqa: S608 names of our own schema
                    (self.numbers[happening], self.numbers[one]),
                )

    def later(self, item: Traits) -> Iterable[Traits]:
        """The records known later that share a listing with the item."""
        asked, numbers = self.ahead
        if asked == item.id:  # listings do not change while records choose
            return [self.traits(number) for number in numbers]
        return self.within([(x.key, x.first, x.last) for x in listings_of(item)], item)

    def ties(self, id_: str) -> Ties:
        """What a user decided of a record; all such decisions are read at once, because they are few."""
        if self.tied is None:
            self.tied = ties_of(mergers(self.connection))
        return self.tied.get(id_, UNTIED)

    def known(self, ids: Iterable[str]) -> Iterable[Traits]:
        """The traits of those of the records that are there."""
        found = []
        for id_ in sorted(ids):
            chosen = sa.select(member.c.record).join(record, record.c.number == member.c.record)
            number = self.connection.execute(chosen.where(record.c.id == id_)).scalar()
            if number is not None:
                found.append(self.traits(number))
        return found

    def spans(self, happening: int) -> list[tuple[str, int, int]]:
        """The keys under which the members of a happening are listed, and the days they span together."""
        rows = self.ask(
            "SELECT listing.key, min(listing.first), max(listing.last) FROM member "
            "JOIN listing ON listing.record = member.record WHERE member.happening = ? GROUP BY listing.key",
            (happening,),
        )
        return [tuple(row) for row in rows]

    def within(self, spans: Iterable[tuple[str, int, int]], after: Traits) -> list[Traits]:
        """The records listed under these keys and days that are known later than one."""
        numbers = self._sharing(spans)
        return [self.traits(number) for number in sorted(numbers) if self._place(number)[0] > after.rank]

    def _sharing(self, spans: Iterable[tuple[str, int, int]]) -> set[int]:
        """The numbers of the records listed under these keys and days."""
        found: set[int] = set()
        for key, first, last in set(spans):
            # What has no day is listed at none: all of it has one length.
            for width, reach in enumerate(WIDTHS if (first, last) != NO_DAYS else WIDTHS[:1]):
                found.update(row[0] for row in self.ask(SHARING, (key, width, first - reach, last, first)))
        return found

    def _place(self, number: int) -> tuple[Rank, int | None]:
        """Its rank and the number of its happening."""
        found = self.kept.places.get(number)
        if found is None:
            asked = "SELECT known, id, happening FROM member WHERE record = ?"
            known, id_, happening = self.ask(asked, (number,)).fetchone()
            found = self.kept.places.keep(number, ((known, id_), happening))
        return found

    def _id(self, number: int | None) -> str | None:
        """The id of a record; None where it is gone, and those it began have not chosen anew yet."""
        if number is None:
            return None
        place = self.kept.places.get(number)
        if place is not None:
            id_: str = place[0][1]
        else:
            row = self.ask("SELECT id FROM member WHERE record = ?", (number,)).fetchone()
            if row is None:
                return None
            id_ = row[0]
        self.numbers[id_] = number
        return id_


def _take_out(connection: sa.Connection, document: str, members: SqlMembers, staying: frozenset[str]) -> list[Traits]:
    """Deletes the records of a document but for those staying; the records that have to choose anew."""
    chosen = sa.select(member.c.record, member.c.happening, record.c.id).join(
        record, record.c.number == member.c.record
    )
    found = connection.execute(chosen.where(record.c.document == document))
    rows = [row for row in found if row.id not in staying]
    if not rows:
        return []
    touched: dict[str, Traits] = {}
    for row in rows:
        item = members.traits(row.record)
        spans = [(x.key, x.first, x.last) for x in listings_of(item)]
        if row.happening == row.record:  # all that is in what it began; else those alone that can be compared with it
            spans += members.spans(row.happening)
        touched |= {other.id: other for other in members.within(spans, item)}
    marks = [members.mark(row.record, LEAD) for row in rows]
    for row in rows:  # those that it had begun are in none until they have chosen anew
        connection.execute(sa.update(member).where(member.c.happening == row.record).values(happening=None))
    members.kept.forget_places()
    for row in rows:
        connection.execute(sa.delete(record).where(record.c.number == row.record))
    for print_ in marks:
        heir = next(iter(members.twins(print_)), None) if print_ else None
        if heir is not None and print_ is not None:
            connection.execute(sa.delete(listing).where(listing.c.record == members.numbers[heir.id]))
            members.lists(heir, print_)
            touched[heir.id] = heir
    gone = {row.id for row in rows}
    return [item for item in touched.values() if item.id not in gone]


def _numbers(connection: sa.Connection, document: str) -> dict[str, int]:
    rows = connection.execute(sa.select(record.c.id, record.c.number).where(record.c.document == document))
    return {row.id: row.number for row in rows}


def _mark(sort: str, print_: str, number: int) -> dict[str, Any]:
    return {"record": number, "key": f"{sort}{print_}", "width": 0, "first": 0, "last": 0}


def _listing_rows(item: Traits, number: int) -> list[dict[str, Any]]:
    return [
        {"record": number, "key": x.key, "width": x.width, "first": x.first, "last": x.last}
        for x in dict.fromkeys(listings_of(item))
    ]
