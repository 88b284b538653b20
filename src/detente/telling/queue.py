"""What a person should look at, one thing after the other: open questions first, then records by their worth."""

from dataclasses import dataclass
from functools import cached_property

from detente.ledger.outcome_fate import Fate
from detente.ledger.relabel import answer_to
from detente.ledger.worth import Worth, rank_for_review
from detente.records import AgendaItem, Record
from detente.telling.dated import states_of
from detente.telling.known import Known
from detente.telling.lines import Line
from detente.telling.promises import promise_words
from detente.telling.words import when_words

REASONS = {
    "uncertain": "read with doubt",
    "contested": "accounts differ",
    "used": "much is told by it",
    "alone": "hedged, or on nobody's name",
}
SHOWN_FROM = 0.3  # of a part from which it is given as a reason
LIKE = 8  # other happenings that are offered for a merger


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to decide. `question` is empty for a record, which is right or wrong."""

    record: Record
    line: Line
    question: str
    why: tuple[str, ...]


class Queue:
    """The tasks of a pair in their order."""

    def __init__(self, known: Known) -> None:
        self.known = known

    @cached_property
    def tasks(self) -> list[Task]:
        """All that is left to decide."""
        return [*self._promises(), *self._plans(), *(self._record(worth) for worth in self._ranked)]

    @cached_property
    def _ranked(self) -> list[Worth]:
        known = self.known
        return rank_for_review(known.with_undated, known.obstacles, known.courses, known.material.pair)

    def _record(self, worth: Worth) -> Task:
        why = tuple(REASONS[name] for name, part in worth.parts if part >= SHOWN_FROM)
        line = self.known.narrator.happening(worth.happening)
        return Task(record=worth.record, line=line, question="", why=why)

    def _promises(self) -> list[Task]:
        found = []
        for promise in self.known.promises:
            if promise.doubt:
                line = Line(text=f"{self.known.words.state(promise.holder)}: {promise_words(promise)}")
                found.append(
                    Task(record=promise.head, line=line, question="Was the promise kept?", why=(promise.doubt,))
                )
        return found

    def _plans(self) -> list[Task]:
        found = []
        for course in self.known.courses:
            if course.fate is Fate.NO_WORD and course.due is not None and not answer_to(course.item.records):
                line, why = self.known.narrator.agenda(course), f"planned for {when_words(course.due)}, no word since"
                found.append(Task(record=course.plan, line=line, question="Did it take place?", why=(why,)))
        return found

    def like(self, record: Record) -> list[Line]:
        """Lines of other happenings of the kind, the likest first: what the record may be merged with."""
        words, states = _words(record), states_of(record)
        own = {record.id}
        found = []
        for happening in self.known.with_undated:
            head = happening.head
            if head.record != record.record or own & {r.id for r in happening.records}:
                continue
            shared = len(words & _words(head)) / max(1, len(words)) + (states == states_of(head)) * 0.2
            found.append((-shared, head.id, happening))
        found.sort(key=lambda entry: entry[:2])
        return [self.known.narrator.happening(happening) for *_, happening in found[:LIKE]]


def is_question(task: Task) -> bool:
    """Whether the task asks what became of something."""
    return bool(task.question) or isinstance(task.record, AgendaItem)


def _words(record: Record) -> frozenset[str]:
    found = {word.strip(".,;:“”\"'’()").lower() for word in record.evidence[0].quote.split()}
    return frozenset(word for word in found if len(word) > 3)  # noqa: PLR2004 short words tell nothing apart
