"""Verdicts on promises: what a record says, or shows, of the keeping of one, and on whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from detente.codebook.outcomes import verdict_in
from detente.ledger.short_deeds import does_less
from detente.ledger.subjects import Subject, names_of_states, states_of, told_in
from detente.records import Event, EventType, Position, Quad, Record, Stance, Statement, Voice

RECALLED = 0.5  # share of a promise's words that a text must have to speak of it
DEED_ALIKE = 0.75  # share of a promise's words that a deed must have to pass for it
COOPERATIVE = frozenset({Quad.MATERIAL_COOPERATION, Quad.VERBAL_COOPERATION})


class PromiseStanding(StrEnum):
    """What is known of the keeping of a promise on a day.

    Where only one of the sides says so, that is all that is known: it is said to be kept or broken, by whom `heard`
    tells; where the sides say different things, it is disputed.
    """

    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    SAID_KEPT = "said to be kept"
    SAID_PARTLY = "said to be partly kept"
    SAID_BROKEN = "said to be broken"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A record that tells of the keeping of a promise."""

    verdict: PromiseStanding
    record: Record
    reason: str
    on_word_of: str | None = None  # the state whose word it is; None: the outlet's own reporting


def told_verdict(
    record: Record, holder: str, subjects: Sequence[Subject], promised: str, *, is_same_place: bool
) -> Verdict | None:
    """What the record's sentence says of the keeping, where it speaks of this promise; else what a deed shows.

    `promised` are the words of the promise: a deed that is less than they tell keeps it only partly.
    """
    if isinstance(record, Position) and record.stance is Stance.PROMISES and record.holder.state != holder:
        return None  # "paid, as it had promised": another's word
    told = told_in(record)
    text = record.evidence[0].quote
    is_named = holder in told.states or bool(names_of_states(frozenset({holder})) & told.stems)
    if not is_same_place and not (is_named and any(recalls(s, told) for s in subjects)):
        return None
    row = verdict_in(text)
    if row is not None:
        return Verdict(PromiseStanding(row.verdict), record, row.id, teller_of(record))
    if not is_same_place and _is_deed(record, holder) and any(s.covered_by(told) >= DEED_ALIKE for s in subjects):
        if does_less(promised, text):
            return Verdict(PromiseStanding.PARTLY, record, "a part of such a deed")
        return Verdict(PromiseStanding.KEPT, record, "such a deed")
    return None


def recalls(promise: Subject, told: Subject) -> bool:
    """Whether a text speaks of a promise: enough of its words, and no other sums."""
    return not promise.contradicts(told) and len(promise.stems) > 1 and promise.covered_by(told) >= RECALLED


def _is_deed(record: Record, holder: str) -> bool:
    """Whether the one who promised has done something of the sort."""
    if not isinstance(record, Event) or not record.factuality.is_actual or record.quad not in COOPERATIVE:
        return False
    return holder in states_of(record.initiators) and record.event_type is not EventType.AGREE


def is_granted(verdict: Verdict, holder: str) -> bool:
    """Whether a side says so against its own cause."""
    return (verdict.on_word_of == holder) != (verdict.verdict is PromiseStanding.KEPT)


def teller_of(record: Record) -> str | None:
    """The state on whose word a verdict stands: a claim of either side decides nothing; None for what is reported."""
    if isinstance(record, Event) and record.event_type is EventType.ACCUSE:
        return next((s for s in sorted(states_of(record.initiators))), None)
    if isinstance(record, Statement):
        return record.speaker.state if record.speaker else None
    tellers = [link.speaker.state for link in record.attribution if link.speaker and link.speaker.state]
    return tellers[0] if tellers and record.voice is Voice.ATTRIBUTED else None
