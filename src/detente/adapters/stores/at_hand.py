"""What a process has read of a ledger and asks for again: records by number, happenings by those of their records.

A record's number is given once and its row is never changed, only taken out: what is at hand cannot be out of date.
What is known of documents holds until a write touches their day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from detente.adapters.stores.choosing import CHUNK, read_ids
from detente.adapters.stores.schema import record
from detente.adapters.stores.touched import Touched
from detente.ledger.happenings import Happening, first_known
from detente.ledger.remembered import Recent
from detente.records import Record, record_from_json

WAYS = 8  # of asking for documents: the pairs, and days, of some readers
MOST_DOCUMENTS = 4_000  # of a way, without their text
MOST_RECORDS = 8_000  # some pages of large pairs; about four kilobytes each
MOST_HAPPENINGS = 4_000
Value = TypeVar("Value")


class AtHand:
    """The records and happenings read last."""

    def __init__(self) -> None:
        self.records: Recent[int, Record] = Recent(MOST_RECORDS)
        self.told: Recent[tuple[int, ...], Happening] = Recent(MOST_HAPPENINGS)
        # The moment, and by the id of a document its day and what is known of it.
        self.of_days: Recent[tuple[object, ...], tuple[int, Mapping[str, tuple[str, Any]]]] = Recent(WAYS)

    def happenings(self, connection: sa.Connection, members: Mapping[int, Sequence[int]]) -> dict[int, Happening]:
        """The happenings of these numbers with these records, by their numbers.

        One that was told before of the same records is the same object, with what has been worked out of it.
        """
        keys = {number: (number, *sorted(records)) for number, records in members.items()}
        made = {number: found for number, key in keys.items() if (found := self.told.get(key))}
        fresh = {number: key[1:] for number, key in keys.items() if number not in made}
        records = self._records(connection, (one for numbers in fresh.values() for one in numbers))
        began = read_ids(connection, list(fresh))
        for number, numbers in fresh.items():
            told = tuple(sorted((records[one] for one in numbers), key=first_known))
            made[number] = self.told.keep(keys[number], Happening(records=told, began=began[number]))
        return made

    def _records(self, connection: sa.Connection, numbers: Iterable[int]) -> dict[int, Record]:
        """The records of these numbers; those that are not at hand are read."""
        found: dict[int, Record] = {}
        missing = []
        for number in numbers:
            kept = self.records.get(number)
            if kept is None:
                missing.append(number)
            else:
                found[number] = kept
        chosen = sa.select(record.c.number, record.c.body)
        for at in range(0, len(missing), CHUNK):
            for row in connection.execute(chosen.where(record.c.number.in_(missing[at : at + CHUNK]))):
                found[row[0]] = self.records.keep(row[0], record_from_json(row[1]))
        return found

    def of_pair(
        self,
        connection: sa.Connection,
        ids: Iterable[str],
        touched: Touched,
        read: Callable[[Sequence[str]], Mapping[str, tuple[str, Value]]],
        *what: object,
    ) -> dict[str, Value]:
        """What is known of each of these documents, which bear on a pair; `read` gives it with the day of publication.

        What was read before is read again where a write has touched the day. `what` names it, besides the pair.
        """
        now, asked, key = touched.now(connection), dict.fromkeys(ids), (touched.pair, *what)
        moment, known = self.of_days.get(key) or (now, {})
        if now < moment:  # what is of a later moment is not for this reader
            return {id_: value for id_, (_, value) in read(list(asked)).items()}
        changed = touched.days_after(moment) | touched.after(moment)
        kept = {id_: found for id_, found in known.items() if found[0] not in changed} if changed else known
        missing = asked.keys() - kept.keys()
        if missing:
            fresh = read(sorted(missing))
            there = kept if len(kept) < MOST_DOCUMENTS else {id_: kept[id_] for id_ in asked.keys() - missing}
            kept = {**there, **fresh}
        if touched.sees(now):
            self.of_days.keep(key, (now, kept))
        return {id_: kept[id_][1] for id_ in asked if id_ in kept}
