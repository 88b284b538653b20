"""Base rates as sentences."""

from collections.abc import Iterable

from detente.codebook.agenda import load_agenda
from detente.ledger.base_rates import BaseRate
from detente.ledger.outcome_fate import Fate
from detente.telling.words import join

TOLD = {Fate.SLIPPED: "slipped", Fate.NO_WORD: "passed without word"}


def tell_base_rates(rates: Iterable[BaseRate]) -> tuple[str, ...]:
    """One sentence a kind: "Of 41 announced visits 29 took place, 5 slipped and 7 passed without word."."""
    return tuple(_sentence(rate) for rate in rates)


def _sentence(rate: BaseRate) -> str:
    parts = [f"{rate.count(Fate.HAPPENED)} took place"]
    parts += [f"{count} {told}" for fate, count in rate.fates if (told := _told(fate, count))]
    return f"Of {rate.total} announced items of the kind “{load_agenda().kinds[rate.kind].label}” {join(parts)}."


def _told(fate: Fate, count: int) -> str | None:
    if fate is Fate.CANCELLED:
        return "was called off" if count == 1 else "were called off"
    return TOLD.get(fate)
