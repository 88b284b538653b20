"""The dated steps of a measure's life: which of them say something new, where it stands on a day, what is due next."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.codebook.measures import StepMeaning, chamber_named, load_measures
from detente.ledger.subjects import first_known
from detente.records import Evidence, Grain, Measure, Step, When

# Steps of measures.toml that this module must know apart.
DUE, WITHDRAWN, IN_FORCE, LIFTED, LIFTING_PROPOSED = "due", "withdrawn", "in force", "lifted", "lifting proposed"
EXTENDED, EXPIRY_DUE, INCREASE_DUE = "extended", "expiry due", "increase due"
LIFTINGS = frozenset({"lifted", "lifting due", "suspended", "suspension due"})
PUT_OFF = frozenset({"suspended", "delayed"})
PLANNED = frozenset({DUE, "announced", "proposed"})
ONE_CHAMBER, BOTH_CHAMBERS = "passed one chamber", "passed both chambers"
LAW = "legislative"  # the path of what chambers pass


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """A step of a measure's life and the record that tells it. `on` is its day, else the day it was told.

    `taken`: whether it was taken, as far as is known; else it lies ahead, or did when it was told.
    """

    step: str
    on: dt.date
    when: When | None
    taken: bool
    record: Measure
    evidence: Evidence  # the sentence that tells it


def steps_in_order(told: Iterable[LifeStep]) -> list[LifeStep]:
    """The steps that several records tell, by their days, each once: of the same step and day the last in `told`."""
    return _without_repeats(_called_off(_passed_on(_sorted({_key(step): step for step in told}.values()))))


def meaning_of(step: Step | LifeStep) -> StepMeaning:
    """What the codebook says of the step."""
    return load_measures().steps[step.step]


def _passed_on(steps: list[LifeStep]) -> list[LifeStep]:
    """The steps with the passing by one chamber as that by both, where the other had passed it before."""
    seen: set[str] = set()
    found = []
    for step in steps:
        chamber = chamber_named(step.evidence.quote) if step.taken and step.step == ONE_CHAMBER else None
        both = chamber is not None and bool(seen - {chamber})
        found.append(replace(step, step=BOTH_CHAMBERS) if both else step)
        seen |= {chamber} if chamber else set()
    return found


def _called_off(steps: list[LifeStep]) -> list[LifeStep]:
    """The steps with what is lifted on or before the day it was due, and never in force, as withdrawn."""
    dues = [s for s in steps if s.step == DUE and s.when]
    lifted = {s.record.id for s in steps if s.step in LIFTINGS or s.step == LIFTING_PROPOSED}
    # Who lifts or asks to lift what is due speaks of it as if it were in force.
    ahead = {s.record.id for s in steps if any(due.on > first_known(s.record) for due in dues)}
    steps = [s for s in steps if not (s.step == IN_FORCE and s.when is None and s.record.id in lifted & ahead)]
    if any(s.taken and s.step not in LIFTINGS and _order(s) >= _in_force() for s in steps):
        return steps
    return _sorted(
        replace(s, step=WITHDRAWN, on=first_known(s.record), taken=True)
        if s.step in LIFTINGS and any(_comes_before(s, due) for due in dues)
        else s
        for s in steps
    )


def _comes_before(step: LifeStep, due: LifeStep) -> bool:
    """Whether what is lifted is what was due: on that very day, or the lifting is told before the day."""
    if step.when and due.when and due.when.overlaps(step.when):
        return True
    return step.taken and step.step == LIFTED and first_known(due.record) <= step.on <= due.on


def _without_repeats(steps: list[LifeStep]) -> list[LifeStep]:
    """The steps without undated ones that say only what holds already: a tariff that is raised is in force."""
    meanings = load_measures().steps
    steps = [s for s in steps if not (s.step == IN_FORCE and s.when is None and _is_still_due(s.record, steps))]
    steps = [s for s in steps if not any(_says_more(other, s) for other in steps)]
    kept: list[LifeStep] = []
    for step in steps:
        holds = {s.step for s in steps if s.taken and s is not step and (s.on <= step.on or s.record == step.record)}
        presumed = {meanings[name].presumes for name in holds}
        if step.taken and step.when is None and step.step in holds | presumed:
            continue
        kept.append(step)
    return kept


def _says_more(one: LifeStep, other: LifeStep) -> bool:
    """Whether a text gives the very day of a step ahead of which it gives the month elsewhere, as titles do."""
    if one.step != other.step or one.taken or other.taken or one.evidence.document != other.evidence.document:
        return False
    mine, theirs = one.when, other.when
    if not (mine and theirs and mine.latest and theirs.latest and mine.earliest and theirs.earliest):
        return False
    return mine != theirs and theirs.earliest <= mine.earliest and mine.latest <= theirs.latest


def _is_still_due(record: Measure, steps: Sequence[LifeStep]) -> bool:
    """Whether the same text says that the measure is yet to come: it is not in force."""
    dues = (s for s in steps if s.step == DUE and s.record.id == record.id)
    return any(s.when is None or s.on > first_known(record) for s in dues)


def _order(step: LifeStep) -> int:
    return load_measures().steps[step.step].order


def _in_force() -> int:
    return load_measures().steps[IN_FORCE].order


def _key(step: LifeStep) -> tuple[str, dt.date]:
    return step.step, step.on


def _sorted(steps: Iterable[LifeStep]) -> list[LifeStep]:
    orders = load_measures().steps
    return sorted(steps, key=lambda s: (s.on, orders[s.step].order, s.record.id))


def steps_of(record: Measure, steps: Iterable[Step]) -> Iterable[LifeStep]:
    """The steps that a record tells; what it says was taken on a day still to come lies ahead."""
    told = record.known_on or dt.date.max
    for step in steps:
        meaning = meaning_of(step)
        on = (step.when.latest or step.when.earliest) if step.when else None
        ahead = meaning.ahead == step.step
        name = step.step
        if step.when and step.when.earliest and step.when.earliest > told and meaning.ahead:
            ahead, name = True, meaning.ahead
        day = on or told
        yield LifeStep(
            step=name,
            on=day if ahead else min(day, told),  # what was told as done was done by then
            when=step.when,
            taken=not ahead,
            record=record,
            evidence=sentence_of(step, record),
        )
        if name == EXTENDED and on is not None and on > told:
            yield LifeStep(
                step=EXPIRY_DUE,
                on=on,
                when=When(earliest=on, latest=on, grain=Grain.DAY, words=step.when.words if step.when else ""),
                taken=False,
                record=record,
                evidence=sentence_of(step, record),
            )


def standing_on(steps: Sequence[LifeStep], as_of: dt.date) -> LifeStep | None:
    """The last step taken; where it binds nobody yet, what was told since to lie ahead."""
    meanings = load_measures().steps
    done = [s for s in steps if s.taken and s.on <= as_of]
    # What binds is not undone by being talked of.
    taken = [s for s in done if meanings[s.step].binding or _order(s) >= _in_force()] or done
    last = taken[-1] if taken else None
    if last is not None and last.step in PUT_OFF and not any(_is_in_force(s) for s in taken):
        again = [s for s in steps if s.step in PLANNED and (s.record.known_on or last.on) > last.on]
        if again:
            return again[-1]  # put on hold while it was a plan, and planned again
    if last is not None and (meanings[last.step].binding or _order(last) >= _in_force()):
        return last
    since = last.record.known_on if last is not None else None
    ahead = [s for s in steps if not s.taken and (since is None or (s.record.known_on or since) >= since)]
    # What is not in force yet can be due or proposed, not lifted or raised.
    ahead = [s for s in ahead if _order(s) < _in_force() and (last is None or _order(s) > _order(last))] or (
        [] if last is not None else ahead
    )
    return max(ahead, key=lambda s: (s.record.known_on or dt.date.min, meanings[s.step].order), default=last)


def _is_in_force(step: LifeStep) -> bool:
    return load_measures().steps[step.step].binding


def step_due(steps: Sequence[LifeStep], standing: LifeStep | None, as_of: dt.date) -> LifeStep | None:
    """The step with a date that was told last to lie ahead, and that nothing taken since has answered.

    Of several told in one text it is the first that lies ahead: the day it takes effect, then the day it ends.
    """
    meanings = load_measures().steps
    done = [s for s in steps if s.taken]
    open_ = [
        s
        for s in steps
        if not s.taken
        and meanings[s.step].agenda
        and not any(_answers(d, s) for d in done)
        and not _is_behind(s, standing)
        and not _came_in_force(s, done)
    ]
    if standing is not None and standing.taken and _order(standing) >= meanings["lifted"].order:
        return None
    if not open_:
        return _next_of_law(standing)
    begun = {s.step.split()[0] for s in open_}
    # "will rise on March 1 if there is no deal" puts a later day to a rise that was due.
    open_ += [s for s in steps if s.step.endswith(" proposed") and s.step.split()[0] in begun and s.when is not None]
    last = max((s.record.known_on or dt.date.min for s in open_), default=dt.date.min)
    open_ = [s for s in open_ if (s.record.known_on or dt.date.min) == last]
    ends = [
        s
        for s in open_
        if s.step == EXPIRY_DUE and any(o.when and o.step != EXPIRY_DUE and o.on >= as_of for o in open_)
    ]
    return max((s for s in open_ if s not in ends), key=lambda s: s.on, default=None)


def _answers(done: LifeStep, due: LifeStep) -> bool:
    """Whether a step taken since is the one that was due, or takes it off.

    What one text tells as due after the day of the deed is another.
    """
    told_done, told_due = done.record.known_on or done.on, due.record.known_on or due.on
    meaning = meaning_of(done)
    if due.step in meaning.settles:
        return told_done >= told_due
    again = told_done == told_due and bool(done.when and due.when) and due.on > done.on
    return meaning.ahead == due.step and told_done >= told_due and not again


def _came_in_force(due: LifeStep, done: Sequence[LifeStep]) -> bool:
    """Whether a rise without a day was told before the measure was in force: what came since is that rise."""
    told = due.record.known_on or due.on
    known = [d.record.known_on or d.on for d in done if _order(d) >= _in_force()]
    return due.step == INCREASE_DUE and due.when is None and bool(known) and min(known) > told


def _is_behind(step: LifeStep, standing: LifeStep | None) -> bool:
    """Whether a step was due on or before the day of one that was taken, and told, later: what came is what counts."""
    if standing is None or not standing.taken or standing.when is None or step.when is None:
        return False
    told = (step.record.known_on or step.on) < (standing.record.known_on or standing.on)
    return told and _order(standing) >= _in_force() and step.on <= standing.on


def _next_of_law(standing: LifeStep | None) -> LifeStep | None:
    """The step that a bill takes after the one it stands at; it has no day."""
    if standing is None or not standing.taken or load_measures().kinds[standing.record.kind].path != LAW:
        return None
    then = meaning_of(standing).then
    return replace(standing, step=then, when=None, taken=False) if then else None


def sentence_of(step: Step, record: Measure) -> Evidence:
    """The evidence in which the step's cue stands; the first where there is none."""
    cue = step.cue
    return next((e for e in record.evidence if cue and e.start <= cue.start < e.end), record.evidence[0])
