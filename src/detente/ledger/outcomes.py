"""What became of each agenda item as of a day: pending, happened, slipped, cancelled, or no word."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from detente.codebook.outcomes import load_families, not_held, took_place, verdict_rows
from detente.ledger.answers import answers_for, answers_in
from detente.ledger.happenings import Happening
from detente.ledger.measure_course import LifeStep, meaning_of
from detente.ledger.measure_life import MeasureLife, sums_of
from detente.ledger.plans import Plan, later_day
from detente.ledger.relabel import answer_to
from detente.ledger.subjects import Subject, first_known, states_of
from detente.ledger.verdicts import PromiseStanding, is_granted, told_verdict
from detente.records import AgendaItem, Event, Factuality, Grain, Outcome, Record, Voice, When

STALE = dt.timedelta(days=180)  # after which a plan without a date, and without word, is no longer ahead
REPORTED_WITHIN = dt.timedelta(days=7)  # between a deed and the report that does not date it
PUT_OFF_WITHIN = dt.timedelta(days=31)  # between a day planned for and the word that it was put off or called off
BOTH = 2  # people of a plan who did something together
PROMISE = "promise due"  # the kind of agenda item that a promise is
EXPECTED_WITHIN = dt.timedelta(days=60)  # in which talks without a date are the ones planned by their field alone
LONG = dt.timedelta(days=92)  # planned days among which a deed must be told in the words of the plan
DELAYS = frozenset({"delayed", "delay due"})  # steps of measures.toml that put a measure off
UNDONE = frozenset({Factuality.CANCELLED, Factuality.DENIED})


class Fate(StrEnum):
    """What became of an item, as far as is known on the day."""

    PENDING = "pending"  # its day has not come, or it has none and was told lately
    HAPPENED = "happened"  # a record tells the deed
    SLIPPED = "slipped"  # put off: a new date, or none yet
    CANCELLED = "cancelled"  # called off
    NO_WORD = "no word"  # its date has passed, or it was told long ago without a date, and nothing was heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An agenda item and what became of it. `shown_by` is the record that decides it, None where nothing was heard."""

    item: Happening
    fate: Fate
    due: When | None  # as it was told
    new: When | None = None  # of what slipped; of what happened late, the day of the deed
    shown_by: Record | None = None
    basis: tuple[Record, ...] = ()  # further records without which it could not be told
    reason: str = ""

    @property
    def is_past(self) -> bool:
        """Whether nothing of it lies ahead any more."""
        return self.fate is not Fate.PENDING

    @property
    def told_last(self) -> dt.date:
        """The day of the newest document that tells the plan."""
        return max((r.known_on for r in self.item.records if r.known_on), default=dt.date.min)

    @property
    def plan(self) -> AgendaItem:
        """The record that tells the plan best."""
        head = self.item.head
        assert isinstance(head, AgendaItem)  # noqa: S101 narrows the type; `follow_agenda` sees to it
        return head


@dataclass(frozen=True, slots=True)
class _Word:
    """A record that may tell what became of an item."""

    known_on: dt.date
    fate: Fate
    record: Record
    when: When | None
    reason: str
    basis: tuple[Record, ...] = ()


def follow_agenda(happenings: Sequence[Happening], lives: Sequence[MeasureLife], as_of: dt.date) -> list[Course]:
    """What became of each agenda item among the happenings, in their order. They must be known by the day."""
    words = _Words(happenings, lives, as_of)
    courses = [_course(h, words, as_of) for h in happenings if isinstance(h.head, AgendaItem)]
    return [course for course in courses if not any(_is_told_with(course, other) for other in courses)]


def _is_told_with(course: Course, other: Course) -> bool:
    """Whether an item is no more than the word that another one is put off or called off, which is told with that."""
    if other is course or other.shown_by not in course.item.records or other.fate not in (Fate.SLIPPED, Fate.CANCELLED):
        return False
    return all(isinstance(r, AgendaItem) and r.outcome.value == other.fate.value for r in course.item.records)


def _course(happening: Happening, words: "_Words", as_of: dt.date) -> Course:
    plan = Plan(happening)
    heard = [*_own_words(plan, as_of), *words.answered(plan), *words.about(plan)]
    off = _first([word for word in heard if word.fate is Fate.CANCELLED]) if plan.due is None else None
    done = [word for word in heard if word.fate is Fate.HAPPENED and not plan.is_late(word.when)]
    if off is not None:  # what had no day and was called off is not what was done since
        done = [word for word in done if word.known_on <= off.known_on or plan.is_told_after(off.known_on)]
    changed = [
        word for word in heard if word.fate in (Fate.SLIPPED, Fate.CANCELLED) and not plan.is_told_after(word.known_on)
    ]
    late = [word for word in heard if word.fate is Fate.HAPPENED and plan.is_late(word.when)]
    deciding = _first(done) or _reset(plan, heard) or _last(changed) or _first(late)
    if deciding is not None:
        new = deciding.when if deciding.fate is Fate.SLIPPED or deciding in late else None
        shown, basis, why = deciding.record, deciding.basis, deciding.reason
        return Course(
            item=happening, fate=deciding.fate, due=plan.due, new=new, shown_by=shown, basis=basis, reason=why
        )
    return Course(item=happening, fate=_unheard(plan, as_of), due=plan.due)


def _reset(plan: Plan, heard: Sequence[_Word]) -> _Word | None:
    """The new day of what had been called off or put off, told with that or after it."""
    off = _first([word for word in heard if word.fate in (Fate.SLIPPED, Fate.CANCELLED)])
    if off is None:
        return None
    later = [i for i in plan.items if _is_ahead(i) and first_known(i) >= off.known_on and i.id not in plan.first_ids]
    told = max(later, key=lambda item: (first_known(item), item.id), default=None)
    if told is None or told.when == plan.first_due:
        return None
    if off.fate is Fate.SLIPPED and told.when and plan.first_due and told.when.overlaps(plan.first_due):
        return None  # put off to that day before
    return _Word(first_known(told), Fate.SLIPPED, told, told.when, "told again for another day", (off.record,))


def _is_ahead(item: AgendaItem) -> bool:
    """Whether it tells the plan as standing, for a day."""
    return item.outcome is Outcome.PENDING and item.when is not None and not not_held().search(item.evidence[0].quote)


def _first(words: Sequence[_Word]) -> _Word | None:
    return min(words, key=lambda word: (word.known_on, word.record.id), default=None)


def _last(words: Sequence[_Word]) -> _Word | None:
    """The newest; of one day the one with a date."""
    return max(words, key=lambda word: (word.known_on, word.when is not None, word.record.id), default=None)


def _unheard(plan: Plan, as_of: dt.date) -> Fate:
    if plan.due is not None:
        last = plan.due.latest
        return Fate.NO_WORD if last is not None and last < as_of else Fate.PENDING
    return Fate.NO_WORD if as_of - plan.told_last > STALE else Fate.PENDING


def _own_words(plan: Plan, as_of: dt.date) -> Iterable[_Word]:
    """What the records of the item themselves say of it; what a user answered holds from the day it was due."""
    for item in plan.items:
        if not (plan.is_ahead(as_of) and answer_to([item])):
            yield from _word_of(item, plan)


def _word_of(item: AgendaItem, plan: Plan) -> Iterable[_Word]:
    if item.outcome is Outcome.PENDING:
        if not_held().search(item.evidence[0].quote):
            yield _Word(first_known(item), Fate.CANCELLED, item, None, "told so")
        return
    # What is put off is told with its new day; where no other text told of it before, that is the only one.
    told_moved = item.outcome is Outcome.SLIPPED and item.id in plan.ids and plan.is_only_put_off
    moved = item.when if item.when and (told_moved or not (plan.due and item.when.overlaps(plan.due))) else None
    yield _Word(first_known(item), Fate(item.outcome.value), item, moved, "told so")


class _Words:
    """All records that can tell what became of items, by what they can be about."""

    def __init__(self, happenings: Sequence[Happening], lives: Sequence[MeasureLife], as_of: dt.date) -> None:
        self.as_of = as_of
        self.events: dict[tuple[str, str | None], list[tuple[Event, Subject, dt.date]]] = defaultdict(list)
        self.items: dict[str, list[tuple[AgendaItem, Subject]]] = defaultdict(list)
        self.lives: dict[str, list[MeasureLife]] = defaultdict(list)
        self.held: list[tuple[Record, Subject]] = []
        self.all = [record for happening in happenings for record in happening.records]
        self.answers = list(answers_in(self.all))
        for happening in happenings:
            begun = first_known(happening.records[0])
            for at, record in enumerate(happening.records):
                if _tells_as_held(record):
                    self.held.append((record, happening.subjects[at]))
                if isinstance(record, Event) and not record.from_title and record.voice is not Voice.AUTHOR:
                    self.events[record.event_type.value, record.mode].append((record, happening.subjects[at], begun))
                elif isinstance(record, AgendaItem):
                    self.items[load_families()[record.kind].id].append((record, happening.subjects[at]))
        for life in lives:
            for document in {r.evidence[0].document for r in life.records}:
                self.lives[document].append(life)

    def about(self, plan: Plan) -> list[_Word]:
        """Everything that tells what became of the plan."""
        found = [*self._deeds(plan), *self._signs(plan), *self._held(plan), *self._steps(plan), *self._plans(plan)]
        return [*found, *self._kept(plan)] if plan.head.kind == PROMISE else found

    def answered(self, plan: Plan) -> Iterable[_Word]:
        """What a user answered of the promise that the plan is: it holds for the plan too, from the day it was due."""
        if plan.head.kind == PROMISE and not plan.is_ahead(self.as_of) and not answer_to(plan.items):
            for told in answers_for(plan.items, plan.subject, self.answers):
                yield _Word(
                    max(plan.told, first_known(told.promise)), Fate(told.outcome), told.promise, None, "as answered"
                )

    def _deeds(self, plan: Plan) -> Iterable[_Word]:
        """Events that are the plan come true, or called off."""
        lives = self._lives_of(plan) if plan.family.steps else []
        imposers = {state for life in lives for record in life.records for state in states_of(record.imposers)}
        for type_, mode in sorted(plan.family.deeds, key=str):
            for event, subject, begun in self.events.get((type_.value, mode), ()):
                if first_known(event) < plan.told or not plan.meets(subject):
                    continue
                if imposers.isdisjoint(states_of(event.initiators)) and imposers:
                    continue  # the other side's answer in kind
                if event.factuality.is_actual and _comes_true(plan, event, subject, begun):
                    yield _Word(first_known(event), Fate.HAPPENED, event, event.when, "such a deed, in its time")
                elif event.factuality in UNDONE and _called_off(plan, event, subject):
                    yield _Word(first_known(event), Fate.CANCELLED, event, None, "called off or denied")

    def _signs(self, plan: Plan) -> Iterable[_Word]:
        """What the people of a dated plan did together at its time, told within days."""
        if plan.due is None or plan.last - plan.first > LONG:
            return
        for kind in plan.family.signs:
            for event, subject, _ in self.events.get((kind[0].value, kind[1]), ()):
                known = first_known(event)
                if known <= plan.told or len(plan.subject.persons & subject.persons) < BOTH:
                    continue
                in_time = plan.first <= known <= later_day(plan.last, REPORTED_WITHIN)
                if event.when is not None:
                    in_time = event.when.is_within(plan.first, plan.last)
                if in_time and event.factuality.is_actual and plan.meets(subject):
                    yield _Word(known, Fate.HAPPENED, event, event.when, "they acted together at its time")

    def _held(self, plan: Plan) -> Iterable[_Word]:
        """Sentences that take the visit or talks as held, in the words of the plan and in its time."""
        if not plan.family.people:
            return
        for record, subject in self.held:
            known = first_known(record)
            in_time = plan.first <= known <= later_day(plan.last, REPORTED_WITHIN) or _names_day(record, plan.due)
            if plan.due is None and not (record.when and _is_after(plan.told, record.when, known)):
                continue  # what was held before may be told any time: "they have had five rounds"
            if known > plan.told and in_time and plan.needed and plan.needed <= subject.states and plan.agrees(subject):
                yield _Word(known, Fate.HAPPENED, record, None, "told as held")

    def _kept(self, plan: Plan) -> Iterable[_Word]:
        """Sentences that say that the promise which the plan is was kept, on the word of no side but a grudging one."""
        holder = next((actor.state for actor in plan.head.participants if actor.state), None)
        places = {(e.document, e.start) for item in plan.items for e in item.evidence}
        for record in self._judging:
            place = record.evidence[0].document, record.evidence[0].start
            if holder is None or first_known(record) < plan.told:
                continue
            verdict = told_verdict(record, holder, [plan.subject], is_same_place=place in places)
            if verdict is None or verdict.verdict is not PromiseStanding.KEPT:
                continue
            if verdict.on_word_of is None or is_granted(verdict, holder):
                yield _Word(first_known(record), Fate.HAPPENED, record, None, "told as kept")

    @cached_property
    def _judging(self) -> list[Record]:
        """The records whose sentences say of some promise whether it was kept."""
        told = (record for record in self.all if record.voice is not Voice.AUTHOR)
        return [record for record in told if any(row.fires(record.evidence[0].quote) for row in verdict_rows())]

    def _steps(self, plan: Plan) -> Iterable[_Word]:
        """Steps of the measure that the plan is about."""
        for life in self._lives_of(plan):
            for step in life.steps:
                known = first_known(step.record)
                if known < plan.told or step.record.evidence[0].document in plan.first_documents:
                    continue
                if step.taken and (step.step in plan.family.stops or _takes_off(plan, life, step)):
                    yield _Word(known, Fate.CANCELLED, step.record, None, f"the measure is {step.step}", life.records)
                elif step.taken and step.step in plan.family.steps and step.on >= plan.first:
                    # What is extended was in force before: the day is that of another step.
                    own = meaning_of(step).ahead in {s.step for s in _own_steps(plan, life)}
                    when = step.when if own else None
                    yield _Word(known, Fate.HAPPENED, step.record, when, f"the measure is {step.step}", life.records)
                elif known > plan.told_last and _is_step_put_off(plan, life, step):
                    new = step.when if step.step not in DELAYS else None
                    yield _Word(known, Fate.SLIPPED, step.record, new, "the step is put off", life.records)

    def _lives_of(self, plan: Plan) -> list[MeasureLife]:
        """The measures that the item's own passages tell of."""
        places = {(e.document, e.start, e.end) for item in plan.items for e in item.evidence}
        found = [life for document in plan.happening.documents for life in self.lives.get(document, ())]
        near = [
            life
            for life in found
            if any((s.evidence.document, s.evidence.start, s.evidence.end) in places for s in life.steps)
        ]
        return list({id(life): life for life in near}.values())

    def _plans(self, plan: Plan) -> Iterable[_Word]:
        """Later plans: for the same thing on a later day, or that say that it is put off or called off."""
        for item, subject in self.items.get(plan.family.id, ()):
            known = first_known(item)
            if item.id in plan.ids or known < plan.told or not plan.may_be_of(subject) or _on_other_sums(plan, item):
                continue
            if item.outcome is not Outcome.PENDING:
                # What one text tells apart are two things, however like their words.
                apart = item.evidence[0].document in plan.happening.documents or _is_over(plan, known)
                one_day = plan.due and item.when and plan.due.overlaps(item.when)
                if one_day or (not apart and plan.agrees(subject)):
                    yield from _word_of(item, plan)
            elif plan.family.once and known > plan.told_last and _is_put_off(plan, item, subject):
                yield _Word(known, Fate.SLIPPED, item, item.when, "now planned for a later day")


def _tells_as_held(record: Record) -> bool:
    told = not (isinstance(record, AgendaItem) or record.from_title or record.voice is Voice.AUTHOR)
    return told and took_place().search(record.evidence[0].quote) is not None


def _names_day(record: Record, due: When | None) -> bool:
    """Whether its sentence has the words of the very day planned."""
    return due is not None and due.grain is Grain.DAY and bool(due.words) and due.words in record.evidence[0].quote


def _is_over(plan: Plan, known: dt.date) -> bool:
    """Whether the day of a plan was over long before: what is put off then is something else."""
    return plan.due is not None and known > later_day(plan.last, PUT_OFF_WITHIN)


def _on_other_sums(plan: Plan, item: AgendaItem) -> bool:
    """Whether the sentences of both tell sums of money, and none is the same."""
    mine, theirs = (sums_of(" ".join(e.quote for e in told.evidence)) for told in (plan.head, item))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _own_steps(plan: Plan, life: MeasureLife) -> list[LifeStep]:
    """The steps due that the texts of the plan itself tell of the measure."""
    return [s for s in life.steps if not s.taken and s.record.evidence[0].document in plan.happening.documents]


def _takes_off(plan: Plan, life: MeasureLife, step: LifeStep) -> bool:
    """Whether a step takes all off that the plan tells to be due: a pact that is kept does not end."""
    own = {s.step for s in _own_steps(plan, life)}
    return bool(own) and own <= {*meaning_of(step).settles}


def _is_step_put_off(plan: Plan, life: MeasureLife, step: LifeStep) -> bool:
    """Whether a step told later puts off the plan's own: a word of delay, or the same step due on a later day."""
    if step.step in DELAYS:
        return plan.due is None or step.when is None or step.when.overlaps(plan.due)
    own = {s.step.split()[0] for s in _own_steps(plan, life) if s.when and plan.due and plan.due.overlaps(s.when)}
    if step.taken or plan.due is None or step.when is None or step.step.split()[0] not in own:
        return False
    return (step.when.earliest or dt.date.min) > plan.last


def _comes_true(plan: Plan, event: Event, subject: Subject, begun: dt.date) -> bool:
    """Whether the deed was done in the time planned for; without a date only where its words tell it too.

    The meeting at which a plan was made is not the plan come true: unless the plan names the very day, the deed comes
    after the plan was told, and so does the first word of it (`begun`). Where neither has a date, nothing tells them
    from those before: "they have held five rounds".
    """
    if (plan.due is None or plan.due.grain is not Grain.DAY) and not _is_after(plan.told, event.when, begun):
        return False
    if event.when is None:
        known = first_known(event)
        in_time = plan.due is not None and max(plan.first, plan.told) <= known <= later_day(plan.last, REPORTED_WITHIN)
        return in_time and known > plan.told and plan.agrees(subject)
    if plan.due is None:
        day = event.when.earliest or dt.date.min
        soon = day <= later_day(plan.told_last, EXPECTED_WITHIN) and plan.is_of_its_field(subject)
        return (plan.agrees(subject) or soon) and plan.told <= day <= plan.last
    if event.when.is_within(plan.first, plan.last):
        if plan.last - plan.first > LONG and not plan.agrees(subject):
            return False
        return not plan.subject.contradicts(subject)
    return plan.family.once and plan.is_late(event.when) and plan.agrees(subject)


def _is_after(told: dt.date, when: When | None, begun: dt.date) -> bool:
    """Whether a deed of that date, first heard of on the day `begun`, was done after the day `told`."""
    return (when.earliest or dt.date.min) > told if when else begun > told


def _called_off(plan: Plan, event: Event, subject: Subject) -> bool:
    if plan.due is not None and event.when is not None:
        return plan.due.overlaps(event.when)
    return plan.agrees(subject) and first_known(event) <= later_day(plan.last, REPORTED_WITHIN)


def _is_put_off(plan: Plan, item: AgendaItem, subject: Subject) -> bool:
    """Whether a later plan is the same thing on a later day."""
    if plan.due is None or item.when is None or item.when.overlaps(plan.due):
        return False
    later = (item.when.earliest or dt.date.min) > plan.last
    return later and item.kind in plan.family.kinds and plan.agrees(subject)
