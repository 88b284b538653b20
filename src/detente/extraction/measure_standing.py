"""Where a measure stands after all steps told of it, and how real that makes it."""

import datetime as dt

from detente.codebook.measures import load_measures
from detente.extraction.measure_factuality import AHEAD
from detente.extraction.measure_threads import Taken
from detente.extraction.measure_when import PUT_OFF, is_long_past
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Factuality

ANNOUNCED = "announced"
DUE = "measure due"  # the kind of agenda item that a step ahead is
HOLDING = PUT_OFF | {"suspended", "suspension due"}


def standing_step(steps: list[Taken], kind: str, reading: Reading) -> Taken:
    """The furthest step that is told as a fact; where none is, the last one told.

    A law goes one way, so of it the latest stage counts; what is imposed may be lifted and come back, so of it the
    latest date counts, then the last telling, but for what had been before ("had banned").
    """
    told = [s for s in steps if s.factuality.is_actual and not s.presumed]
    told = [s for s in told if load_measures().steps[s.step].factuality is None] or told
    if not told:
        ahead = (s for s in reversed(steps) if s.factuality in AHEAD)
        last = next((s for s in reversed(steps) if s.factuality is not Factuality.HISTORICAL), steps[-1])
        return next(ahead, last)
    if load_measures().kinds[kind].path == "legislative":
        return max(told, key=lambda s: load_measures().steps[s.step].order)
    recent = [s for s in told if not _is_pluperfect(s.token) and not _is_background(s, told)] or told
    late = [s for s in recent if not is_long_past(s.when, reading)]
    recent = late if any(s.step != ANNOUNCED for s in late) else recent
    dated = [s for s in recent if s.when is not None and s.when.latest is not None]
    if len(dated) == len(recent):
        return max(dated, key=lambda s: (s.when.latest if s.when else None) or dt.date.min)
    return recent[-1]


def _is_background(step: Taken, told: list[Taken]) -> bool:
    """Whether a step only says which measure is meant, where another undid or changed it: "the levy it imposed"."""
    undone = any(load_measures().steps[other.step].presumes == step.step for other in told)
    return undone and step.token.dep_ in ("acl", "acl:relcl")


def _is_pluperfect(verb: Token) -> bool:
    return any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)


def held_back(last: Taken, steps: list[Taken]) -> Taken:
    """The step, or what the same sentence says holds it back: "agreed to put off the duties due in May"."""
    if load_measures().steps[last.step].agenda != DUE:
        return last
    beside = (s for s in steps if s.step in HOLDING and s.token.sent.start == last.token.sent.start)
    return next(beside, last)


def how_real(last: Taken) -> Factuality:
    """Whether the measure is there, from its last step: who has threatened a tariff has not imposed it."""
    stands_for = load_measures().steps[last.step].factuality
    above = (last.token, last.token.head) if last.token.dep_ in ("xcomp", "advcl") else (last.token,)
    spoken_of = any(child.lower_ == "would" for verb in above for child in verb.children)
    if last.factuality is Factuality.HYPOTHETICAL and spoken_of:
        return stands_for or last.factuality  # "the bill would tax imports"; "could" leaves it open
    return stands_for if stands_for is not None and last.factuality.is_actual else last.factuality
