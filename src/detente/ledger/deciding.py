"""Makes a decision of what a user typed: finds the records, checks the values, takes hold of the words."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from detente.errors import UsageError
from detente.ledger.decision import Anchor, Decision, Verb, Verdict, anchor_of
from detente.ledger.port import Query, Store
from detente.ledger.relabel import NAMES, read_when, relabel
from detente.records import AgendaItem, Position, Record, Stance

Members = Callable[[Record], Sequence[Record]]  # the records of the happening that a record belongs to
TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who decides, when and why; makes decisions about records of the store."""

    store: Store
    members: Members
    by: str
    why: str
    at: dt.datetime

    def make(self, verb: Verb, words: Sequence[str]) -> Decision:
        """The decision that these words ask for, not yet kept. Raises UsageError, or UnknownIdError for an id."""
        if not words:
            raise UsageError(f"{verb.value} needs an id.", hint=f"Type: detente decide {verb.value} {USAGE[verb]}")
        match verb:
            case Verb.ACCEPT | Verb.REJECT:
                return self._decision(verb, [self.store.record(word) for word in words])
            case Verb.RELABEL | Verb.REDATE | Verb.RENAME:
                return self._change(verb, self.store.record(words[0]), words[1:])
            case Verb.MERGE | Verb.SPLIT:
                return self._group(verb, [self.store.record(word) for word in words])
            case Verb.ANSWER:
                return self._answer(self.store.record(words[0]), words[1:])
            case Verb.UNDO:
                return self._undo(words)
        assert_never(verb)

    def _change(self, verb: Verb, record: Record, words: Sequence[str]) -> Decision:
        if verb is Verb.REDATE:
            change = [("when", _one(verb, words))]
            read_when(change[0][1])
        elif verb is Verb.RENAME:
            name = NAMES.get(record.record)
            if name is None:
                raise UsageError(f"A {record.record} has no name.", hint=f"Names have: {', '.join(NAMES)}.")
            change = [(name, " ".join(words))]
        else:
            change = [_field(word) for word in words]
            if not change:
                raise UsageError("Nothing to set.", hint=f"Type: detente decide relabel {USAGE[verb]}")
        relabel(record, change)  # raises for what cannot be set
        return self._decision(verb, [record], change)

    def _group(self, verb: Verb, records: Sequence[Record]) -> Decision:
        """To merge, all records of the happenings; to split, the record and then those it was grouped with."""
        if verb is Verb.MERGE:
            if len({record.id for record in records}) < TWO or len({record.record for record in records}) > 1:
                raise UsageError("Two different records of one kind can be merged.", hint=_usage(verb))
            return self._decision(verb, _once(other for record in records for other in self.members(record)))
        if len(records) != 1:
            raise UsageError("One record is split off at a time.", hint=_usage(verb))
        others = [other for other in self.members(records[0]) if other.id != records[0].id]
        if not others:
            raise UsageError("This record is alone: there is nothing to split it from.", hint="See: detente show ID")
        return self._decision(verb, [records[0], *others])

    def _answer(self, record: Record, words: Sequence[str]) -> Decision:
        if not (isinstance(record, AgendaItem) or (isinstance(record, Position) and record.stance is Stance.PROMISES)):
            raise UsageError("Only a promise or an agenda item can be answered.", hint="See: detente agenda")
        verdict = _one(Verb.ANSWER, words)
        if verdict not in list(Verdict):
            raise UsageError(f"{verdict!r} is no answer.", hint=f"Answers are: {', '.join(Verdict)}.")
        return self._decision(Verb.ANSWER, [record], [("verdict", verdict)])

    def _undo(self, words: Sequence[str]) -> Decision:
        number = _one(Verb.UNDO, words)
        if not number.isdecimal():
            raise UsageError(f"{number} is no number of a decision.", hint="Type: detente decide list")
        return Decision(verb=Verb.UNDO, undoes=int(number), why=self.why, by=self.by, at=self.at)

    def _decision(self, verb: Verb, records: Sequence[Record], change: Sequence[tuple[str, str]] = ()) -> Decision:
        anchors = tuple(self._anchor(record) for record in _once(records))
        return Decision(verb=verb, anchors=anchors, change=tuple(change), why=self.why, by=self.by, at=self.at)

    def _anchor(self, record: Record) -> Anchor:
        """The anchor of the record as it was coded: that is what a new coding is compared with."""
        document = self.store.document(record.evidence[0].document)
        query = Query(document=document.id, without_decisions=True, undated=document.published_on is None)
        coded = self.store.records(query)
        return anchor_of(next((r for r in coded if r.id == record.id), record), document, coded)


USAGE: dict[Verb, str] = {
    Verb.ACCEPT: "ID",
    Verb.REJECT: "ID",
    Verb.RELABEL: "ID event_type=CONSULT",
    Verb.REDATE: "ID 2019-11-01",
    Verb.RENAME: 'ID "NAME"',
    Verb.MERGE: "ID ID",
    Verb.SPLIT: "ID",
    Verb.ANSWER: "ID kept",
    Verb.UNDO: "NUMBER",
}


def _usage(verb: Verb) -> str:
    return f"Type: detente decide {verb.value} {USAGE[verb]}"


def _one(verb: Verb, words: Sequence[str]) -> str:
    if len(words) != 1:
        raise UsageError(f"{verb.value} takes one value.", hint=_usage(verb))
    return words[0]


def _field(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign or not name or not value:
        raise UsageError(f"{word!r} sets no field.", hint="Write it as event_type=CONSULT")
    return name, value


def _once(records: Iterable[Record]) -> list[Record]:
    return list({record.id: record for record in records}.values())
