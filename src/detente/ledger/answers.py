"""What a user answered of promises: it holds for the agenda items that tell the same promises."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.ledger.relabel import OUTCOMES, answer_to
from detente.ledger.subjects import Subject, subject_of
from detente.records import AgendaItem, Outcome, Position, Record

ALIKE = 0.5  # share of the words of an item that the promise must have, where they stand in two sentences


@dataclass(frozen=True, slots=True)
class Answer:
    """A promise that a user has answered, and what the answer comes to for a plan."""

    promise: Position
    subject: Subject
    outcome: Outcome


def answers_in(records: Iterable[Record]) -> Iterator[Answer]:
    """The answers among the records, in their order; one that a promise is still open says nothing of a plan."""
    for record in records:
        verdict = answer_to([record]) if record.decided and isinstance(record, Position) else None
        if verdict is not None and isinstance(record, Position) and OUTCOMES[verdict] is not Outcome.PENDING:
            yield Answer(record, subject_of(record), OUTCOMES[verdict])


def answers_for(items: Iterable[AgendaItem], subject: Subject, answers: Sequence[Answer]) -> Iterator[Answer]:
    """Those that are of the items: of a promise in the same sentence, or of the same side in the same words."""
    sentences = {item.evidence[0] for item in items} if answers else set()
    for answer in answers:
        is_theirs = answer.promise.holder.state in subject.states and not subject.contradicts(answer.subject)
        if answer.promise.evidence[0] in sentences or (is_theirs and subject.covered_by(answer.subject) > ALIKE):
            yield answer
