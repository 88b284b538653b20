"""The half of the SQLite store that lays decisions, rules and versions over what was coded."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import sqlalchemy as sa

from detente.adapters.stores import decided
from detente.adapters.stores.fates import settle_fate
from detente.adapters.stores.grouped import mend_records
from detente.adapters.stores.rows import problem_row, row_to_document
from detente.adapters.stores.schema import aside, decision, document, problem, record, rest
from detente.adapters.stores.sqlite_check import find_faults
from detente.adapters.stores.writing import insert
from detente.errors import UnknownIdError
from detente.ledger.decision import Decision, in_force
from detente.ledger.overlay import Aside, Reason
from detente.ledger.port import Posting
from detente.ledger.rules import fits
from detente.records import Provenance, Record
from detente.settings import RejectRule

Writer = Callable[[sa.Connection, Posting, Sequence[Record], Mapping[str, str]], None]


class DecisionStore:
    """What `SqliteStore` knows of decisions; it lends the connections and transactions."""

    engine: sa.Engine

    def _transaction(self, *, durable: bool = False) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError

    # Writing

    def decide(self, decision: Decision) -> Decision:
        """The decision with its number; on the disk when this returns, even if the power fails."""
        with self._transaction(durable=True) as connection:
            made = decided.decisions_of(connection)
            last = next((old for old in reversed(_standing(made)) if old.bears_on(decision)), None)
            if last and last.says_the_same(decision):
                return last
            if decision.undoes is not None and decision.undoes not in {old.number for old in made}:
                raise UnknownIdError(f"There is no decision {decision.undoes}.", hint="Type: detente decide list")
            number = decided.insert_decision(connection, decision)
            kept = dataclasses.replace(decision, number=number)
            for id_ in _touched(kept, made):
                self._settle(connection, id_)
                self._settle(connection, decided.newer_of(connection, id_))
            return kept

    def adopt(self, rules: Sequence[RejectRule]) -> None:
        """Lays the rules where they differ from those laid."""
        with self.engine.connect() as connection:
            if tuple(rules) == decided.laid_rules(connection):
                return
        with self._transaction() as connection:
            decided.keep_rules(connection, rules)
            for id_ in decided.documents_of_rules(connection, rules):
                self._settle(connection, id_)

    def _lay(self, connection: sa.Connection, posting: Posting, write: Writer) -> None:
        """Has the records of the posting, with all decisions and rules laid over, written as those that count."""
        id_ = posting.document.id
        first = decided.first_posted(connection, id_)
        decided.clear_document(connection, id_)
        laid = decided.lay_document(connection, posting.document, posting.records)
        rests = [{"decision": x.decision, "place": x.place, "document": id_, "record": x.record} for x in laid.rests]
        insert(connection, rest, rests)  # first, because the grouping asks for it
        write(connection, posting, laid.records, first)
        asides = [decided.aside_row(item, posting) for item in laid.aside]
        insert(connection, aside, [row | {"posted_at": first.get(row["record"], row["posted_at"])} for row in asides])
        insert(connection, problem, [problem_row(item, id_, posting.posted_at) for item in laid.lost])
        settle_fate(connection, id_)

    def _settle(self, connection: sa.Connection, id_: str | None) -> None:
        """Lays decisions and rules anew over a document; nothing where it is not there."""
        row = connection.execute(sa.select(document).where(document.c.id == id_)).one_or_none()
        if id_ is None or row is None:
            return
        posting = Posting(
            document=row_to_document(row),
            passages=(),
            records=tuple(decided.coded_records(connection, id_)),
            problems=(),
            pair=_pair(row.pair),
            provenance=Provenance(coder=row.coder, model=row.model, data=row.data),
            posted_at=dt.datetime.fromisoformat(row.posted_at),
            path=row.path,
        )
        self._lay(connection, posting, partial(mend_records, tied=decided.tied_in(connection, id_)))

    # Reading

    def decisions(self, document: str | None = None) -> list[Decision]:
        """By number."""
        with self._reading() as connection:
            return decided.decisions_of(connection, document)

    def last_decision(self, by: str) -> Decision | None:
        """The last in force that somebody made."""
        with self._reading() as connection:
            return decided.last_by(connection, by)

    def decided(self) -> tuple[int, int]:
        """How many there are, and the number of the last."""
        with self._reading() as connection:
            count, last = connection.execute(sa.select(sa.func.count(), sa.func.max(decision.c.id))).one()
            return count, last or 0

    def decisions_on(self, record: str) -> list[Decision]:
        """Those in force that rest on it."""
        with self._reading() as connection:
            numbers = set(decided.resting_on(connection, record))
            made = sorted(decided.decisions_numbered(connection, sorted(numbers)), key=lambda one: one.number)
            return [one for one in _standing(made) if one.number in numbers]

    def rejected(self, rule: RejectRule) -> list[Record]:
        """What the rule would take out."""
        with self._reading() as connection:
            decided_on = set(connection.scalars(sa.select(rest.c.record)))
            found = []
            for id_ in decided.documents_of_rules(connection, [rule]):
                outlet = connection.execute(sa.select(document.c.outlet).where(document.c.id == id_)).scalar()
                bodies = connection.scalars(sa.select(record.c.body).where(record.c.document == id_))
                found += [
                    item
                    for item in map(decided.read_body, bodies)
                    if item.id not in decided_on and fits(rule, item, outlet)
                ]
            return found

    def asides(self, document: str) -> list[Aside]:
        """By id."""
        with self._reading() as connection:
            chosen = sa.select(aside).where(aside.c.document == document).order_by(aside.c.record)
            return [
                Aside(record=decided.read_body(row.body), reason=Reason(row.reason))
                for row in connection.execute(chosen)
            ]

    def codings(self, *, other_than: Provenance | None = None) -> list[tuple[str, Provenance]]:
        """By id."""
        chosen = sa.select(document.c.id, document.c.coder, document.c.model, document.c.data).order_by(document.c.id)
        with self._reading() as connection:
            rows = [
                (row.id, Provenance(coder=row.coder, model=row.model, data=row.data))
                for row in connection.execute(chosen)
            ]
        return [(id_, made) for id_, made in rows if made != other_than]

    def newer_version(self, document: str) -> str | None:
        """None where it speaks itself."""
        with self._reading() as connection:
            return decided.newer_of(connection, document)

    def check(self, limit: int | None = None) -> list[str]:
        """A sentence per fault."""
        with self._reading() as connection:
            return find_faults(connection, limit)


@contextmanager
def on_the_disk(connection: sa.Connection) -> Iterator[None]:
    """Waits at each commit until the disk has it; without, a power cut may take the last ones."""
    connection.exec_driver_sql("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA synchronous = NORMAL")


def _standing(made: Sequence[Decision]) -> list[Decision]:
    """The decisions in force, and the undoings in force."""
    kept = {old.number for old in in_force(made)}
    undone = {old.undoes for old in made if old.undoes is not None}
    return [old for old in made if old.number in kept or (old.undoes is not None and old.number not in undone)]


def _touched(made: Decision, others: Sequence[Decision]) -> list[str]:
    """The documents whose records the decision bears on: those of its anchors, or of what it undoes in the end."""
    by_number = {old.number: old for old in others}
    while made.undoes is not None:
        made = by_number[made.undoes]
    return sorted({item.document for item in made.anchors})


def _pair(text: str | None) -> tuple[str, str] | None:
    first, found, second = (text or "").partition("-")
    return (first, second) if found else None
