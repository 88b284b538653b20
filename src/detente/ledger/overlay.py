"""Lays decisions and rules of rejection over the records of one document; the coded ones are kept beside."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from detente.errors import DetenteError
from detente.ledger.anchors import find_again, find_record, is_lost
from detente.ledger.decision import Anchor, Decision, Verb, Verdict, in_force
from detente.ledger.relabel import accept, answer, relabel
from detente.ledger.rules import rejected_by
from detente.records import Document, Problem, Record, Span, Trouble
from detente.settings import RejectRule


class Reason(StrEnum):
    """Why a record does not count as it was coded."""

    DECISION = "decision"
    RULE = "rule"
    VERSION = "version"  # a later version of the document speaks in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A record as it was coded, where another, or none, counts in its place."""

    record: Record
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Which record a decision rests on now: the one that its anchor of that place means."""

    decision: int
    place: int
    record: str


@dataclass(slots=True, kw_only=True)
class Laid:
    """What counts of a document. `lost` are problems: decisions whose words or records are gone."""

    records: tuple[Record, ...] = ()
    aside: tuple[Aside, ...] = ()
    rests: list[Rest] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)


def lay(
    document: Document,
    coded: Sequence[Record],
    *,
    decisions: Sequence[Decision] = (),
    rules: Sequence[RejectRule] = (),
    older: Sequence[str] = (),
    is_superseded: bool = False,
) -> Laid:
    """What counts of the coded records of a document. Without decisions and rules: all of them, as they are.

    `decisions` may be about `older` versions of the document too: they hold where their words are still there, and are
    not lost where not. Of an older version itself nothing counts, and nothing rests on it.
    """
    if is_superseded:
        return Laid(aside=tuple(Aside(record=record, reason=Reason.VERSION) for record in coded))
    laid = Laid()
    records: dict[str, Record] = {record.id: record for record in coded}
    verdicts: dict[str, Verb] = {}
    for decision in in_force(decisions):
        for place, anchor in enumerate(decision.anchors):
            if anchor.document not in (document.id, *older):
                continue
            found = find_record(anchor, find_again(document.text, anchor), coded)
            if isinstance(found, str):
                lost = anchor.document == document.id and is_lost(decision, found)
                laid.lost += [_problem(decision, anchor, found)] if lost else []
                continue
            laid.rests.append(Rest(decision=decision.number, place=place, record=found.id))
            try:
                records[found.id] = _lay_one(records[found.id], decision)
            except DetenteError as error:  # a word that a newer codebook no longer knows
                laid.lost.append(_problem(decision, anchor, error.message))
            if decision.verb in (Verb.ACCEPT, Verb.REJECT):
                verdicts[found.id] = decision.verb
    out = {record.id for record in coded if verdicts.get(record.id) is Verb.REJECT}
    decided = {rest.record for rest in laid.rests}  # what was decided about one record stands before any rule
    ruled = {r.id for r in coded if r.id not in decided and rejected_by(rules, r, document.outlet)}
    laid.records = tuple(record for id_, record in records.items() if id_ not in out | ruled)
    laid.aside = tuple(_asides(coded, records, out, ruled))
    return laid


def _asides(coded: Sequence[Record], records: dict[str, Record], out: set[str], ruled: set[str]) -> Iterable[Aside]:
    for record in coded:
        if record.id in ruled:
            yield Aside(record=record, reason=Reason.RULE)
        elif record.id in out or records[record.id] is not record:
            yield Aside(record=record, reason=Reason.DECISION)


def _lay_one(record: Record, decision: Decision) -> Record:
    if decision.verb is Verb.ACCEPT:
        return accept(record)
    if decision.verb in (Verb.RELABEL, Verb.REDATE, Verb.RENAME):
        return relabel(record, decision.change)
    if decision.verb is Verb.ANSWER:
        return answer(record, Verdict(dict(decision.change)["verdict"]))
    return record


def _problem(decision: Decision, anchor: Anchor, why: str) -> Problem:
    day = decision.at.astimezone(dt.UTC).date().isoformat()
    return Problem(
        trouble=Trouble.LOST_EVIDENCE,
        message=f"decision {decision.number} ({decision.words}, {decision.by}, {day}) has no effect: {why}. "
        f"Decide anew, or type: detente decide undo {decision.number}",
        document=anchor.document,
        span=Span(start=anchor.start, end=anchor.end, quote=anchor.quote),
    )
