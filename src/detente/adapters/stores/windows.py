"""The part of a pair that a page is told from: what was told last, and what lies ahead; each happening whole."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores.at_hand import AtHand
from detente.adapters.stores.choosing import CHUNK
from detente.adapters.stores.fates import is_standing
from detente.adapters.stores.schema import bearing, member
from detente.adapters.stores.touched import Touched
from detente.ledger.happenings import Happening, first_known
from detente.ledger.port import Query
from detente.ledger.remembered import Recent
from detente.records import RECORD_TYPES

KEPT = 8  # windows: those of some pairs and days
MANY = 40  # touched days from which on a window is read anew as a whole
# Kinds of what can lie ahead, as the index of it names them.
AHEAD: tuple[sa.ColumnElement[str], ...] = (sa.literal_column("'agenda_item'"), sa.literal_column("'measure'"))
AHEAD_KINDS = frozenset({"agenda_item", "measure"})


@dataclass(slots=True)
class Window:
    """The happenings by their number, as of a moment; and the numbers of those that were told of on each day."""

    read_at: int
    told: dict[int, Happening] = field(default_factory=dict)
    days: dict[int, frozenset[str]] = field(default_factory=dict)


class Windows:
    """The windows read last. Of one that is asked for again the happenings told of on touched days are read anew."""

    def __init__(self, at_hand: AtHand) -> None:
        self._at_hand = at_hand
        self._kept: Recent[tuple[object, ...], Window] = Recent(KEPT)

    def read(self, connection: sa.Connection, query: Query, first: dt.date, touched: Touched) -> list[Happening]:
        """The happenings told on that day or later, and what was planned for days still to come.

        Each is whole; with `since` in the query, of what became known from then on alone.
        """
        asked, now = _Asked(query, first), touched.now(connection)
        key = (touched.pair, query.kinds, query.as_of, query.since, first)
        kept = self._kept.get(key)
        days = None if kept is None or now < kept.read_at else touched.days_after(kept.read_at)
        if kept is None or days is None or len(days) > MANY:
            window = Window(now)
            self._add(connection, window, asked, asked.numbers(connection))
        elif days:
            window = self._mended(connection, kept, asked, days, now)
        else:
            window = kept
        if touched.sees(now) and (kept is None or now > kept.read_at):
            self._kept.keep(key, window)
        return sorted(window.told.values(), key=lambda happening: first_known(happening.records[0]))

    def _mended(self, connection: sa.Connection, kept: Window, asked: "_Asked", days: set[str], now: int) -> Window:
        """The window with the happenings that were told of on these days, or are now, read anew."""
        changed = {number for number, told_on in kept.days.items() if not days.isdisjoint(told_on)}
        changed |= asked.told_on(connection, days)
        window = Window(
            now,
            {number: found for number, found in kept.told.items() if number not in changed},
            {number: found for number, found in kept.days.items() if number not in changed},
        )
        self._add(connection, window, asked, changed)
        return window

    def _add(self, connection: sa.Connection, window: Window, asked: "_Asked", numbers: Iterable[int]) -> None:
        """Reads these happenings into the window, those that lie in it."""
        rows = asked.members(connection, sorted(numbers))
        members = {number: [row.record for row in found] for number, found in rows.items() if asked.holds(found)}
        for number, found in self._at_hand.happenings(connection, members).items():
            window.told[number] = found
            window.days[number] = frozenset(row.known_on for row in rows[number])


class _Asked:
    """What is asked for, as SQL."""

    def __init__(self, query: Query, first: dt.date) -> None:
        assert query.pair  # noqa: S101 narrows the type
        self.query = query
        self.pair = "-".join(query.pair)
        self.first, self.day = first.isoformat(), (query.as_of or dt.date.max).isoformat()
        self.since = query.since.isoformat() if query.since else ""
        self.kinds = query.kinds or tuple(RECORD_TYPES)

    def numbers(self, connection: sa.Connection) -> set[int]:
        """The happenings that lie in the window."""
        on = bearing.c
        mine = sa.select(on.happening).distinct().where(on.pair == self.pair, *self._known())
        # The rows of a kind lie by their days.
        told = mine.where(on.known_on >= self.first, on.kind.in_(self.kinds))
        narrowed = [on.kind.in_(self.kinds)] if self.query.kinds else []
        ahead = mine.where(on.kind.in_(AHEAD), on.latest >= self.day, *narrowed)
        return {*connection.scalars(told), *connection.scalars(ahead)}

    def told_on(self, connection: sa.Connection, days: Iterable[str]) -> set[int]:
        """The happenings of which something is told on these days."""
        on = bearing.c
        chosen = sa.select(on.happening).distinct().where(on.pair == self.pair, on.kind.in_(tuple(RECORD_TYPES)))
        return set(connection.scalars(chosen.where(on.known_on.in_(sorted(days))))) - {None}

    def members(self, connection: sa.Connection, numbers: list[int]) -> Mapping[int, list[Any]]:
        """What each of these happenings is told by, as far as it is known."""
        on = bearing.c
        # Without its index on pairs SQLite begins with the happenings, which are few, not with all that bears on it.
        of_pair = on.pair.concat("") == self.pair
        chosen = sa.select(member.c.happening, on.record, on.kind, on.known_on, on.latest)
        chosen = chosen.join(bearing, on.record == member.c.record).where(of_pair, *self._known())
        members: dict[int, list[Any]] = defaultdict(list)
        for at in range(0, len(numbers), CHUNK):
            for row in connection.execute(chosen.where(member.c.happening.in_(numbers[at : at + CHUNK]))):
                members[row[0]].append(row)
        return members

    def holds(self, rows: Iterable[Any]) -> bool:
        """Whether a happening that is told by these lies in the window."""
        mine = [row for row in rows if row.kind in self.kinds]
        return any(
            row.known_on >= self.first or (row.kind in AHEAD_KINDS and (row.latest or "") >= self.day) for row in mine
        )

    def _known(self) -> list[sa.ColumnElement[bool]]:
        on = bearing.c
        known = [on.known_on <= self.day, is_standing(on.record, self.query.as_of)]
        return [*known, on.known_on >= self.since] if self.since else known
