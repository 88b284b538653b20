"""What a step of a measure comes to once its factuality is weighed: taken, due, proposed, or nothing."""

import dataclasses
from collections.abc import Iterator

from detente.codebook.measures import StepMeaning, load_measures
from detente.extraction.agenda_when import begins_late, ending, new_day
from detente.extraction.clause import obliques_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.measure_bills import is_by_bill
from detente.extraction.measure_factuality import (
    AHEAD,
    LAPSED,
    NEVER,
    OFFHAND,
    is_decided,
    is_to_stay,
    unless_stopped,
    weigh,
)
from detente.extraction.measure_steps import StepFinding, order_over
from detente.extraction.measure_threads import Taken
from detente.extraction.measure_when import EXPIRY_DUE, PUT_OFF, day_until, is_long_past, parted, when_taken
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Factuality

ONCE_MORE = frozenset({"raised"})  # who refuses it says nothing of what holds
IN_FORCE, ORDERED, ANNOUNCED = "in force", "ordered", "announced"
PROPOSED, EXPIRED, VETOED, VOTE_DUE = "proposed", "expired", "vetoed", "vote due"
# Rows of what is denied, "did not say that it would impose tariffs", and of what came to nothing.
UNSAID = frozenset({"not", LAPSED})
HELD = frozenset({IN_FORCE, "extended", "kept"})  # steps whose "until" is the day of the end
BEGINNING = frozenset({IN_FORCE, "lifted", "suspended"})  # steps that are decided on before the day they begin
FROM = frozenset({"from", "as", "of"})
LASTING = HELD | {"extension due", "extension proposed"}
DUE_ON = "due"  # the step that what is put off takes on its new day
# Rules of what someone could do or may choose to do: who is able to lift a ban has not proposed it.
IDLE = frozenset({"free-to", "possible-noun", "whether"})
GRANTED = "taken-for-granted"  # the rule of a step that no word tells


def take(finding: StepFinding, reading: Reading) -> list[Taken]:
    """What a step comes to once its factuality is weighed: itself, one that is due or proposed, what it presumes.

    "Plans to lift the ban" gives *in force* and *lifting due*; "did not impose tariffs" gives nothing.
    """
    told = unless_stopped(weigh(finding, reading), when_of(finding.token, reading), reading)
    if told.factuality.is_actual or told.factuality in AHEAD:
        told = dataclasses.replace(told, factuality=Factuality.PROPOSED) if is_by_bill(finding) else told
    meaning = load_measures().steps[finding.step]
    if told.factuality is Factuality.HAPPENED and _begins_later(finding, reading):
        told = dataclasses.replace(told, factuality=Factuality.PLANNED)
    if finding.row.granted:
        # "Were not meant to hurt" speaks of what is there, "would hurt" need not.
        there = told.factuality.is_actual or told.factuality in AHEAD or {"not", "plan"}.issubset(told.rules)
        taken = _taken(IN_FORCE if there else PROPOSED, finding, told, reading)
        return [
            dataclasses.replace(
                taken,
                when=None,
                presumed=True,
                factuality=Factuality.ONGOING if there else Factuality.HYPOTHETICAL,
                rules=(GRANTED, *taken.rules),
            )
        ]
    if told.factuality in AHEAD and is_long_past(when_of(finding.token, reading), reading):
        return []  # "agreed at the end of last year to lift the ban": what became of it is not told
    order = order_over(finding.token)
    if order is not None and find_factuality(order, reading).factuality.is_actual:
        return [_ordered(meaning, order, finding, reading)]
    step = finding.step if finding.row.always and told.factuality not in NEVER else step_told(meaning, told.factuality)
    if step == IN_FORCE and is_decided(finding.token):
        step = ANNOUNCED  # "criticised its decision to impose tariffs": whether they hold is not told
    undoes = meaning.presumes is not None or finding.step == VETOED
    unsaid = told.factuality is Factuality.HYPOTHETICAL and not (UNSAID | IDLE if undoes else UNSAID).isdisjoint(
        told.rules
    )
    steps = [] if step is None or unsaid else [_taken(step, finding, told, reading)]
    if told.factuality is Factuality.DENIED and meaning.refused and not OFFHAND.isdisjoint(told.rules):
        planned = dataclasses.replace(told, factuality=Factuality.PLANNED)  # "will not renew the licence"
        steps = [_taken(meaning.refused, finding, planned, reading)]
    denied = told.factuality in NEVER and meaning.id in ONCE_MORE
    denied = denied or (LAPSED in told.rules and meaning.id == EXPIRED)  # "was set to expire last Friday"
    if meaning.presumes and step != finding.step and not denied:
        before = _taken(meaning.presumes, finding, told, reading)
        steps.insert(0, dataclasses.replace(before, when=None, factuality=Factuality.ONGOING, presumed=True))
    return [told for taken in steps for told in _with_new_day(taken, finding, reading)]


def _begins_later(finding: StepFinding, reading: Reading) -> bool:
    """Whether what was decided holds from a day to come: "has lifted the ban from 1 December", told in November."""
    from_then = any(preposition in FROM for preposition, _ in obliques_of(finding.token))
    if finding.step not in BEGINNING or not (from_then or finding.step == IN_FORCE):
        return False
    begun, _ = parted(when_of(finding.token, reading))
    return begins_late(begun, reading)


def _with_new_day(taken: Taken, finding: StepFinding, reading: Reading) -> Iterator[Taken]:
    """The step, and that what is put off is due on the new day, what holds or is extended "until May" ends then."""
    begun, end = parted(taken.when) if taken.step in LASTING else (taken.when, None)
    if end is None and taken.step in HELD and not taken.presumed and (taken.when or is_to_stay(finding.token)):
        end = day_until(finding.token, reading)
    yield dataclasses.replace(taken, when=begun)
    when = new_day(finding.token, reading) if taken.step in PUT_OFF else end if taken.step in HELD else None
    if when is not None:
        step = EXPIRY_DUE if taken.step in HELD else DUE_ON
        yield dataclasses.replace(taken, step=step, when=ending(when), factuality=Factuality.PLANNED)


def _ordered(meaning: StepMeaning, order: Token, finding: StepFinding, reading: Reading) -> Taken:
    """What another was told to do is ordered; of what is to be undone or changed, that is due."""
    told = find_factuality(order, reading)
    step = ORDERED if meaning.id == IN_FORCE else meaning.ahead or meaning.id
    when = when_of(order, reading) if step == ORDERED else when_of(finding.token, reading)
    if step != ORDERED:
        told = dataclasses.replace(told, factuality=Factuality.PLANNED)
    rules = (*(phrase.row.id for phrase, _ in find_phrases(order, load_measures().of("order"))), finding.row.id)
    return dataclasses.replace(_taken(step, finding, told, reading), when=when, rules=(*rules, *told.rules))


def step_told(meaning: StepMeaning, factuality: Factuality) -> str | None:
    """The step to record for one that the text tells with that factuality, None where it tells of no step.

    A plan to impose is *due*, a demand to lift is *lifting proposed*: what happened is not what is planned.
    """
    if factuality.is_actual or factuality is Factuality.HISTORICAL:
        return None if meaning.id == VOTE_DUE else meaning.id  # that they voted does not tell how
    if factuality in NEVER:
        return None
    if factuality in AHEAD:
        return meaning.ahead
    if factuality is Factuality.THREATENED:
        return meaning.threatened or meaning.wished
    return meaning.wished


def _taken(step: str, finding: StepFinding, told: FactualityFinding, reading: Reading) -> Taken:
    return Taken(
        step=step,
        when=when_taken(finding, told, reading),
        token=finding.token,
        factuality=told.factuality,
        cue=told.cue,
        rules=(finding.row.id, *told.rules),
    )
