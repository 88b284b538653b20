"""What a step of a measure says of a plan for it: that it is taken off, put off, or only partly done."""

import datetime as dt
from collections.abc import Iterable

from detente.codebook.measures import load_measures
from detente.ledger.measure_course import LifeStep, meaning_of
from detente.ledger.measure_life import MeasureLife
from detente.ledger.plans import Plan
from detente.ledger.subjects import stems_of
from detente.records import EventType

# Steps by which a measure is undone in whole or in part, and the types of deeds that undo or do.
UNDOING = frozenset({"suspended", "suspension due", "eased", "easing due", "lifted", "lifting due"})
ENDING = UNDOING | {"withdrawn", "withdrawal due", "expired", "expiry due"}
BROKEN, AGREEMENT = "broken", "agreement due"  # a step; a kind of agenda item
STRIKING = frozenset({EventType.SANCTION, EventType.COERCE})
YIELDING = frozenset({EventType.CONCEDE})
DELAYS = frozenset({"delayed", "delay due"})  # steps of measures.toml that put a measure off


def kind_stems(life: MeasureLife) -> frozenset[str]:
    """The words that say of what kind a measure is."""
    return stems_of(load_measures().kinds[life.records[-1].kind].label)


def own_steps(plan: Plan, life: MeasureLife) -> list[LifeStep]:
    """The steps due that the texts of the plan itself tell of the measure."""
    return [s for s in life.steps if not s.taken and s.record.evidence[0].document in plan.happening.documents]


def barred_types(plan: Plan, lives: Iterable[MeasureLife]) -> frozenset[EventType]:
    """The types of deeds that go the other way than the steps due: who is to lift a ban does not close a port."""
    ways = {step.step in UNDOING for life in lives for step in own_steps(plan, life)}
    if len(ways) != 1:
        return frozenset()
    return STRIKING if ways.pop() else YIELDING


def goes_other_way(plan: Plan, life: MeasureLife, step: LifeStep) -> bool:
    """Whether a step goes the other way than those due: a bridge that is closed is not the opening planned.

    What the sentences of the plan say of it goes before what their documents say: a pact to be left may be in force.
    """
    own = own_steps(plan, life)
    places = {(e.document, e.start, e.end) for item in plan.items for e in item.evidence}
    told = [s for s in own if (s.evidence.document, s.evidence.start, s.evidence.end) in places]
    ways = {one.step in ENDING for one in told or own}
    return ways == {step.step not in ENDING}


def is_stop(plan: Plan, step: LifeStep) -> bool:
    """Whether a step stops what is planned; a deal that is yet to be reached cannot be broken."""
    return step.step in plan.family.stops and not (step.step == BROKEN and plan.head.kind == AGREEMENT)


def takes_off(plan: Plan, life: MeasureLife, step: LifeStep) -> bool:
    """Whether a step takes all off that the plan tells to be due: a pact that is kept does not end."""
    own = {s.step for s in own_steps(plan, life)}
    return bool(own) and own <= {*meaning_of(step).settles}


def falls_short(plan: Plan, life: MeasureLife, step: LifeStep) -> bool:
    """Whether a step is less than all that the plan tells to be due: a tariff that was halved is not lifted."""
    own = {s.step for s in own_steps(plan, life)}
    return bool(own) and own <= {*meaning_of(step).short_of}


def is_step_put_off(plan: Plan, life: MeasureLife, step: LifeStep) -> bool:
    """Whether a step told later puts off the plan's own: a word of delay, or the same step due on a later day."""
    if step.step in DELAYS:
        return plan.due is None or step.when is None or step.when.overlaps(plan.due)
    own = {s.step.split()[0] for s in own_steps(plan, life) if s.when and plan.due and plan.due.overlaps(s.when)}
    if step.taken or plan.due is None or step.when is None or step.step.split()[0] not in own:
        return False
    return (step.when.earliest or dt.date.min) > plan.last
