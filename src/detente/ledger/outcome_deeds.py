"""What records of deeds, and sentences that take them as done, tell of a plan."""

import datetime as dt
from collections.abc import Iterator

from detente.ledger.outcome_fate import Fate, ToldRecord, Word
from detente.ledger.plans import Plan, later_day
from detente.ledger.short_deeds import does_less
from detente.ledger.subjects import Subject, first_known, told_in
from detente.ledger.verdicts import PromiseStanding, is_granted, told_verdict
from detente.records import Event, Factuality, Grain, Record, Voice, When

REPORTED_WITHIN = dt.timedelta(days=7)  # between a deed and the report that does not date it
BOTH = 2  # people of a plan who did something together
EXPECTED_WITHIN = dt.timedelta(days=60)  # in which talks without a date are the ones planned by their field alone
LONG = dt.timedelta(days=92)  # planned days among which a deed must be told in the words of the plan
UNDONE = frozenset({Factuality.CANCELLED, Factuality.DENIED})


def words_of_deed(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """An event that is the plan come true, or called off."""
    event, subject = told.record, told.subject
    if not isinstance(event, Event) or first_known(event) < plan.told or not plan.meets(subject):
        return
    if event.factuality.is_actual and _comes_true(plan, event, subject, told.begun):
        if not plan.family.people and does_less(plan.head.summary, event.evidence[0].quote):
            return  # "is to scrap the duty", and halved it
        yield Word(first_known(event), Fate.HAPPENED, event, event.when, "such a deed, in its time")
    elif event.factuality is Factuality.DENIED and first_known(event) == plan.told:
        return  # another account of the same day, and no later word
    elif event.factuality in UNDONE and _called_off(plan, event, subject):
        yield Word(first_known(event), Fate.CANCELLED, event, None, "called off or denied")


def words_of_sign(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """What the people of a dated plan did together at its time, told within days."""
    event, subject, known = told.record, told.subject, first_known(told.record)
    if known <= plan.told or len(plan.subject.persons & subject.persons) < BOTH:
        return
    in_time = plan.first <= known <= later_day(plan.last, REPORTED_WITHIN)
    if event.when is not None:
        in_time = event.when.is_within(plan.first, plan.last)
    if in_time and event.factuality.is_actual and plan.meets(subject):
        yield Word(known, Fate.HAPPENED, event, event.when, "they acted together at its time")


def words_of_guest(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """A meeting of the guest with the hosts on the very day of a visit, held nowhere else."""
    event, subject, known = told.record, told.subject, first_known(told.record)
    if not isinstance(event, Event) or event.when is None or known <= plan.told or not event.factuality.is_actual:
        return
    on_day = event.when.is_within(plan.first, plan.last) or any(day.overlaps(event.when) for day in plan.moved_to)
    is_there = event.where in (None, plan.host) and bool(plan.subject.persons & subject.persons)
    if on_day and is_there and plan.meets(subject):
        yield Word(known, Fate.HAPPENED, event, event.when, "met there on that day")


def words_of_held(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """A sentence that takes the visit or talks as held, in the words of the plan and in its time."""
    record, subject, known = told.record, told.subject, first_known(told.record)
    in_time = plan.first <= known <= later_day(plan.last, REPORTED_WITHIN) or _names_day(record, plan.due)
    if plan.due is None and not (record.when and _is_after(plan.told, record.when, known)):
        return  # what was held before may be told any time: "they have had five rounds"
    if known > plan.told and in_time and plan.needed and plan.needed <= subject.states and plan.agrees(subject):
        yield Word(known, Fate.HAPPENED, record, None, "told as held")


def words_of_away(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """A sentence that says that one of those who were to come will not, told while the plan was ahead."""
    record, subject, known = told.record, told.subject, first_known(told.record)
    if known <= plan.told or known > plan.last or record.voice is Voice.AUTHOR or not plan.may_be_of(subject):
        return
    if plan.due and record.when and not plan.due.overlaps(record.when):
        return
    same_people = bool(plan.subject.persons & subject.persons)
    is_whole = plan.host is not None and same_people and plan.needed <= subject.states
    agrees = (same_people or not plan.subject.persons) and subject.states and plan.agrees(told_in(record))
    if is_whole or agrees:
        yield Word(known, Fate.CANCELLED, record, None, "told to stay away")


def words_of_kept(plan: Plan, told: ToldRecord) -> Iterator[Word]:
    """A sentence that says that the promise which the plan is was kept, on the word of no side but a grudging one."""
    record = told.record
    holder = next((actor.state for actor in plan.head.participants if actor.state), None)
    if holder is None or first_known(record) < plan.told:
        return
    place = record.evidence[0].document, record.evidence[0].start
    places = {(e.document, e.start) for item in plan.items for e in item.evidence}
    verdict = told_verdict(record, holder, [plan.subject], plan.head.summary, is_same_place=place in places)
    if verdict is None or verdict.verdict is not PromiseStanding.KEPT:
        return
    if verdict.on_word_of is None or is_granted(verdict, holder):
        yield Word(first_known(record), Fate.HAPPENED, record, None, "told as kept")


def _is_at_home(plan: Plan, subject: Subject) -> bool:
    """Whether the plan is a meeting of one side's own, and the deed one that it holds with others."""
    alone = plan.family.people and len(plan.needed) == 1 and plan.subject.persons.isdisjoint(subject.persons)
    return alone and len(subject.states) > 1


def _comes_true(plan: Plan, event: Event, subject: Subject, begun: dt.date) -> bool:
    """Whether the deed was done in the time planned for; without a date only where its words tell it too.

    The meeting at which a plan was made is not the plan come true: unless the plan names the very day, the deed comes
    after the plan was told, and so does the first word of it (`begun`). Where neither has a date, nothing tells them
    from those before: "they have held five rounds".
    """
    too_early = (plan.due is None or plan.due.grain is not Grain.DAY) and not _is_after(plan.told, event.when, begun)
    if too_early or (plan.due is None and _is_at_home(plan, subject)):
        return False
    if event.when is None:
        known = first_known(event)
        in_time = plan.due is not None and max(plan.first, plan.told) <= known <= later_day(plan.last, REPORTED_WITHIN)
        return in_time and known > plan.told and plan.agrees(subject)
    if plan.due is None:
        day = event.when.earliest or dt.date.min
        soon = plan.family.people and day <= later_day(plan.told_last, EXPECTED_WITHIN)
        return (plan.agrees(subject) or (soon and plan.is_of_its_field(subject))) and plan.told <= day <= plan.last
    if event.when.is_within(plan.first, plan.last):
        if plan.last - plan.first > LONG and not plan.agrees(subject):
            return False
        return not plan.subject.contradicts(subject)
    on_new_day = any(day.overlaps(event.when) for day in plan.moved_to) and not plan.subject.contradicts(subject)
    return on_new_day or (plan.family.once and plan.is_late(event.when) and plan.agrees(subject))


def _is_after(told: dt.date, when: When | None, begun: dt.date) -> bool:
    """Whether a deed of that date, first heard of on the day `begun`, was done after the day `told`."""
    return (when.earliest or dt.date.min) > told if when else begun > told


def _called_off(plan: Plan, event: Event, subject: Subject) -> bool:
    if plan.due is not None and event.when is not None:
        return plan.due.overlaps(event.when)
    if plan.is_only_of_its_kind(subject):
        return False  # "the meeting in Lima" and "the meeting in Rome" share no more than that they are meetings
    return plan.agrees(subject) and first_known(event) <= later_day(plan.last, REPORTED_WITHIN)


def _names_day(record: Record, due: When | None) -> bool:
    """Whether its sentence has the words of the very day planned."""
    return due is not None and due.grain is Grain.DAY and bool(due.words) and due.words in record.evidence[0].quote
