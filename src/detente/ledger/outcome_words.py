"""The words that tell what became of plans: their own records, deeds, later plans, steps of measures, answers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.codebook.outcomes import load_families, not_held, says_away, takes_as_held, verdict_in
from detente.ledger import outcome_deeds, outcome_steps
from detente.ledger.answers import answers_for, answers_in
from detente.ledger.happenings import Happening
from detente.ledger.measure_course import meaning_of
from detente.ledger.measure_life import MeasureLife, sums_of
from detente.ledger.outcome_fate import Fate, ToldRecord, Word
from detente.ledger.plans import PROMISE, Plan, later_day
from detente.ledger.relabel import answer_to
from detente.ledger.remembered import remembered
from detente.ledger.subjects import Subject, first_known, states_of
from detente.records import AgendaItem, Event, Grain, Outcome, Position, Record, Voice

PUT_OFF_WITHIN = dt.timedelta(days=31)  # between a day planned for and the word that it was put off or called off
# Kinds besides types and families.
HELD, AWAY, JUDGED, ANSWERS = "told as held", "told to stay away", "told as kept or not", "answered"
KEPT = 8_000  # answers that are remembered: of some pages' plans, each with the records of some kinds
MANY = 40_000  # the same of single weeks
DAYS = 7  # of a week


def own_words(plan: Plan, as_of: dt.date) -> Iterable[Word]:
    """What the records of the item themselves say of it; what a user answered holds from the day it was due."""
    is_ahead = plan.is_ahead(as_of)
    for item, word in _told_by_itself(plan):
        if not (is_ahead and answer_to([item])):
            yield word


@remembered(KEPT)
def _told_by_itself(plan: Plan) -> tuple[tuple[AgendaItem, Word], ...]:
    return tuple((item, word) for item in plan.items for word in _word_of(item, plan))


def _word_of(item: AgendaItem, plan: Plan) -> Iterable[Word]:
    if item.outcome is Outcome.PENDING:
        if not_held().search(item.evidence[0].quote):
            yield Word(first_known(item), Fate.CANCELLED, item, None, "told so")
        return
    # What is put off is told with its new day; where no other text told of it before, that is the only one.
    told_moved = item.outcome is Outcome.SLIPPED and item.id in plan.ids and plan.is_only_put_off
    moved = item.when if item.when and (told_moved or not (plan.due and item.when.overlaps(plan.due))) else None
    yield Word(first_known(item), Fate(item.outcome.value), item, moved, "told so")


class Words:
    """All records that can tell what became of items, by what they can be about."""

    def __init__(self, happenings: Sequence[Happening], lives: Sequence[MeasureLife], as_of: dt.date) -> None:
        self.as_of = as_of
        self.lives: dict[str, list[MeasureLife]] = defaultdict(list)
        telling: dict[str, list[Happening]] = defaultdict(list)
        for happening in happenings:
            for kind in _kinds_in(happening):
                telling[kind].append(happening)
        self.told = {kind: _told(kind, tuple(found)) for kind, found in telling.items()}
        self.answers = list(answers_in(record for happening in telling[ANSWERS] for record in happening.records))
        for life in lives:
            for document in {r.evidence[0].document for r in life.records}:
                self.lives[document].append(life)

    def about(self, plan: Plan) -> list[Word]:
        """Everything that tells what became of the plan."""
        found = [*self._deeds(plan), *self._signs(plan), *self._there(plan), *self._held(plan)]
        found += [*self._steps(plan), *self._plans(plan)]
        if plan.head.kind == PROMISE:
            found += _tell(outcome_deeds.words_of_kept, plan, self.told.get(JUDGED, NOTHING))
        return found

    def answered(self, plan: Plan) -> Iterable[Word]:
        """What a user answered of the promise that the plan is: it holds for the plan too, from the day it was due."""
        if plan.head.kind == PROMISE and not plan.is_ahead(self.as_of) and not answer_to(plan.items):
            for told in answers_for(plan.items, plan.subject, self.answers):
                yield Word(
                    max(plan.told, first_known(told.promise)), Fate(told.outcome), told.promise, None, "as answered"
                )

    def _deeds(self, plan: Plan) -> Iterable[Word]:
        lives = self._lives_of(plan) if plan.family.steps else []
        barred = outcome_steps.barred_types(plan, lives)
        imposers = {state for life in lives for record in life.records for state in states_of(record.imposers)}
        for type_, mode in sorted((deed for deed in plan.family.deeds if deed[0] not in barred), key=str):
            for word in _tell(outcome_deeds.words_of_deed, plan, self.told.get(f"{type_.value}/{mode}", NOTHING)):
                doers = states_of(word.record.initiators) if isinstance(word.record, Event) else frozenset()
                if not (imposers and imposers.isdisjoint(doers)):  # else it is the other side's answer in kind
                    yield word

    def _signs(self, plan: Plan) -> Iterable[Word]:
        if plan.due is not None and plan.last - plan.first <= outcome_deeds.LONG:
            for type_, mode in plan.family.signs:
                yield from _tell(outcome_deeds.words_of_sign, plan, self.told.get(f"{type_.value}/{mode}", NOTHING))

    def _there(self, plan: Plan) -> Iterable[Word]:
        if plan.host and (plan.moved_to or (plan.due and plan.due.grain is Grain.DAY)):
            for type_, mode in plan.family.there:
                yield from _tell(outcome_deeds.words_of_guest, plan, self.told.get(f"{type_.value}/{mode}", NOTHING))

    def _held(self, plan: Plan) -> Iterable[Word]:
        if not plan.family.people:
            return ()
        return (
            *_tell(outcome_deeds.words_of_held, plan, self.told.get(HELD, NOTHING)),
            *_tell(outcome_deeds.words_of_away, plan, self.told.get(AWAY, NOTHING)),
        )

    def _plans(self, plan: Plan) -> Iterable[Word]:
        return _tell(_later_plan, plan, self.told.get(plan.family.id, NOTHING))

    def _steps(self, plan: Plan) -> Iterable[Word]:
        """Steps of the measure that the plan is about."""
        for life in self._lives_of(plan):
            for step in life.steps:
                known = first_known(step.record)
                if known < plan.told or step.record.evidence[0].document in plan.first_documents:
                    continue
                if step.taken and (outcome_steps.is_stop(plan, step) or outcome_steps.takes_off(plan, life, step)):
                    yield Word(known, Fate.CANCELLED, step.record, None, f"the measure is {step.step}", life.records)
                elif step.taken and step.step in plan.family.steps and step.on >= plan.first:
                    if outcome_steps.falls_short(plan, life, step) or outcome_steps.goes_other_way(plan, life, step):
                        continue
                    # What is extended was in force before: the day is that of another step.
                    own = meaning_of(step).ahead in {s.step for s in outcome_steps.own_steps(plan, life)}
                    when = step.when if own else None
                    yield Word(known, Fate.HAPPENED, step.record, when, f"the measure is {step.step}", life.records)
                elif known > plan.told_last and outcome_steps.is_step_put_off(plan, life, step):
                    new = step.when if step.step not in outcome_steps.DELAYS else None
                    yield Word(known, Fate.SLIPPED, step.record, new, "the step is put off", life.records)

    def _lives_of(self, plan: Plan) -> list[MeasureLife]:
        """The measures that the item's own passages tell of."""
        places = {(e.document, e.start, e.end) for item in plan.items for e in item.evidence}
        found = [life for document in plan.happening.documents for life in self.lives.get(document, ())]
        near = [
            life
            for life in found
            if any((s.evidence.document, s.evidence.start, s.evidence.end) in places for s in life.steps)
        ]
        # A sentence may tell of two: of the deal and of the tariffs that it ends.
        named = [life for life in near if outcome_steps.kind_stems(life) & plan.subject.stems]
        return list({id(life): life for life in named or near}.values())


@dataclass(frozen=True, slots=True, eq=False)
class _Week:
    """What happenings that began in one week tell of one kind: the very same object for the same happenings."""

    records: tuple[ToldRecord, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """What happenings tell of one kind, by weeks: most of them are the same on another day, or after a write."""

    weeks: tuple[_Week, ...] = ()


NOTHING = _Kind()


@remembered(KEPT)
def _kinds_in(happening: Happening) -> frozenset[str]:
    """Under which kinds records of the happening are looked up."""
    return frozenset(kind for record in happening.records for kind in _kinds_of(record))


def _kinds_of(record: Record) -> Iterator[str]:
    """Type and mode of a deed, the family of a plan; what tells that something was held, and what a user answered."""
    if isinstance(record, Event) and not record.from_title and record.voice is not Voice.AUTHOR:
        yield f"{record.event_type.value}/{record.mode}"
    elif isinstance(record, AgendaItem):
        yield load_families()[record.kind].id
    if _tells_as_held(record):
        yield HELD
    if isinstance(record, (Event, Position)) and not record.from_title and says_away(record.evidence[0].quote):
        yield AWAY
    if record.voice is not Voice.AUTHOR and verdict_in(record.evidence[0].quote):
        yield JUDGED
    if record.decided:
        yield ANSWERS


@remembered(KEPT)
def _told(kind: str, happenings: tuple[Happening, ...]) -> _Kind:
    weeks: dict[int, list[Happening]] = defaultdict(list)
    for happening in happenings:
        weeks[first_known(happening.records[0]).toordinal() // DAYS].append(happening)
    return _Kind(tuple(_told_in_week(kind, tuple(found)) for found in weeks.values()))


@remembered(KEPT)
def _told_in_week(kind: str, happenings: tuple[Happening, ...]) -> _Week:
    return _Week(tuple(told for happening in happenings for told in _told_by(kind, happening)))


@remembered(KEPT)
def _told_by(kind: str, happening: Happening) -> tuple[ToldRecord, ...]:
    begun = first_known(happening.records[0])
    return tuple(
        ToldRecord(record, happening.subjects[at], begun)
        for at, record in enumerate(happening.records)
        if kind in _kinds_of(record)
    )


@remembered(KEPT)
def plan_of(happening: Happening) -> Plan:
    """The happening as a plan."""
    return Plan(happening)


@remembered(KEPT)
def _tell(says: Callable[[Plan, ToldRecord], Iterator[Word]], plan: Plan, kind: _Kind) -> tuple[Word, ...]:
    """What the records of a kind say of a plan. A page told anew asks it again of the same plans and records."""
    return tuple(word for week in kind.weeks for word in _tell_of_week(says, plan, week))


@remembered(MANY)
def _tell_of_week(says: Callable[[Plan, ToldRecord], Iterator[Word]], plan: Plan, week: _Week) -> tuple[Word, ...]:
    return tuple(word for told in week.records for word in says(plan, told))


def _later_plan(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """A later plan: for the same thing on a later day, or one that says that it is put off or called off."""
    item, subject, known = told.record, told.subject, first_known(told.record)
    if not isinstance(item, AgendaItem) or item.id in plan.ids or known < plan.told:
        return
    if not plan.may_be_of(subject):
        return
    if item.outcome is not Outcome.PENDING:
        # What one text tells apart are two things, however like their words.
        apart = item.evidence[0].document in plan.happening.documents or is_over(plan, known)
        one_day = plan.due and item.when and plan.due.overlaps(item.when)
        if (one_day or (not apart and plan.agrees(subject))) and not _on_other_sums(plan, item):
            yield from _word_of(item, plan)
    elif plan.family.once and known > plan.told_last and _is_put_off(plan, item, subject, known):
        yield Word(known, Fate.SLIPPED, item, item.when, "now planned for a later day")


def _tells_as_held(record: Record) -> bool:
    told = not (isinstance(record, AgendaItem) or record.from_title or record.voice is Voice.AUTHOR)
    return told and takes_as_held(record.evidence[0].quote)


def is_over(plan: Plan, known: dt.date) -> bool:
    """Whether the day of a plan was over long before: what is put off then is something else."""
    return plan.due is not None and known > later_day(plan.last, PUT_OFF_WITHIN)


def _on_other_sums(plan: Plan, item: AgendaItem) -> bool:
    """Whether the sentences of both tell sums of money, and none is the same."""
    mine, theirs = (sums_of(" ".join(e.quote for e in told.evidence)) for told in (plan.head, item))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _is_put_off(plan: Plan, item: AgendaItem, subject: Subject, known: dt.date) -> bool:
    """Whether a later plan is the same thing on a later day; duties that are due long after others were are others."""
    if plan.due is None or item.when is None or item.when.overlaps(plan.due):
        return False
    if not plan.family.people and is_over(plan, known):
        return False
    later = (item.when.earliest or dt.date.min) > plan.last
    return later and item.kind in plan.family.kinds and plan.agrees(subject) and not _on_other_sums(plan, item)
