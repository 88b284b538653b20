"""What was read of the days of a pair holds until a write touches the day: the ledger numbers the writes that do."""

import threading
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

import sqlalchemy as sa

from detente.adapters.stores.schema import stir

MONTH = 7  # characters of a day that name its month; of what has no date all of them
Part = TypeVar("Part")


class Touched:
    """The days of a pair that were touched since the process first asked, each with the number of the last write.

    A reader asks first for the number of its own moment, then reads: what is written meanwhile has a higher one.
    """

    def __init__(self, pair: str) -> None:
        self.pair = pair
        self._days: dict[str, int] = {}
        self._first: int | None = None  # of the moments, the first since which all is seen
        self._seen = 0
        self._lock = threading.Lock()

    def now(self, connection: sa.Connection) -> int:
        """The number of the last write that bears on the pair, as the connection sees the ledger."""
        mine = stir.c.pair == self.pair
        now: int = connection.scalar(sa.select(sa.func.max(stir.c.number)).where(mine)) or 0
        with self._lock:
            if self._first is None:
                self._first = self._seen = now
            if now > self._seen:
                fresh = sa.select(stir.c.known_on, stir.c.number).where(mine, stir.c.number > self._seen)
                for day, number in connection.execute(fresh):
                    for part in {day, day[:MONTH]}:
                        self._days[part] = max(number, self._days.get(part, 0))
                self._seen = now
        return now

    def sees(self, moment: int) -> bool:
        """Whether all is seen that was touched after a moment."""
        return self._first is not None and moment >= self._first

    def days_after(self, read_at: int) -> set[str]:
        """The days that were touched after a moment."""
        return {part for part, number in list(self._days.items()) if number > read_at and len(part) != MONTH}

    def after(self, read_at: int) -> set[str]:
        """The months that were touched after a moment."""
        return {part for part, number in list(self._days.items()) if number > read_at and len(part) == MONTH}


class ByMonth(Generic[Part]):
    """Something that is read of each month of a pair; of what is kept the months that were touched are read anew."""

    def __init__(self, touched: Touched, read: Callable[[sa.Connection, str, str | None], Mapping[str, Part]]) -> None:
        self._touched = touched
        self._read = read  # connection, pair, and the one month, else all
        self._kept: tuple[int, Mapping[str, Part]] | None = None

    def months(self, connection: sa.Connection) -> Mapping[str, Part]:
        """What is read of each month, as the connection sees the ledger."""
        pair, now, kept = self._touched.pair, self._touched.now(connection), self._kept
        if kept is None or now < kept[0]:  # what is of a later moment is not for this reader
            found = dict(self._read(connection, pair, None))
            if kept is None and self._touched.sees(now):
                self._kept = now, found
            return found
        changed = self._touched.after(kept[0])
        if not changed:
            return kept[1]
        found = {month: part for month, part in kept[1].items() if month not in changed}
        for month in changed:
            found |= self._read(connection, pair, month)
        self._kept = now, found
        return found
