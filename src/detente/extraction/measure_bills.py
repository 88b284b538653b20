"""What becomes of a bill between two chambers, where the text tells of each on its own."""

import dataclasses

from detente.codebook.measures import load_measures
from detente.extraction.clause import children, subjects_of
from detente.extraction.measure_governors import OBJECT
from detente.extraction.measure_steps import BOTH_CHAMBERS, ONE_CHAMBER, StepFinding, chamber
from detente.extraction.measure_threads import Taken
from detente.extraction.phrases import find_phrases
from detente.parsing.doc import Token

BOTH = 2  # chambers
BILL = "bill"  # the kind of what chambers pass


def with_both_chambers(steps: list[Taken]) -> list[Taken]:
    """The steps, with *passed both chambers* behind the later one where two chambers are told to have passed it."""
    passed = [taken for taken in steps if taken.step == ONE_CHAMBER and taken.factuality.is_actual]
    by_chamber = {name: taken for taken in passed for name in [chamber_of(taken.token)] if name}
    if len(by_chamber) < BOTH:
        return steps
    last = max(by_chamber.values(), key=_day)
    at = steps.index(last)
    return [*steps[: at + 1], dataclasses.replace(last, step=BOTH_CHAMBERS), *steps[at + 1 :]]


def is_by_bill(finding: StepFinding) -> bool:
    """Whether a bill is what would do it: "a bill that aims to impose sanctions"."""
    if finding.role != OBJECT:
        return False
    index = load_measures().of("noun")
    return any(
        phrase.row.kind == BILL for noun in subjects_of(finding.token) for phrase, _ in find_phrases(noun, index)
    )


def chamber_of(verb: Token) -> str:
    """The name of the chamber that does what a verb tells, "" where none is named."""
    near = (*subjects_of(verb), *children(verb, "obl", "obj", "compound", "nmod:poss"))
    return next((name for noun in near for name in [chamber(noun)] if name), "")


def _day(taken: Taken) -> tuple[str, int]:
    """The day of a step; one without stands where the text tells it, which leads with the latest."""
    known = taken.when is not None and taken.when.latest is not None
    return (str(taken.when.latest) if known and taken.when else "9", -taken.token.i)
