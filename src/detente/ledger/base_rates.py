"""How often announced things came about: what a plan is worth, judged by what became of earlier ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import Course

ENOUGH = 10  # decided items of a kind below which a share says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """What became of the items of a kind whose day has come: how many of each fate, pending ones left out."""

    kind: str
    fates: tuple[tuple[Fate, int], ...]  # in the order of `Fate`

    @property
    def total(self) -> int:
        """All items of the kind whose day has come."""
        return sum(count for _, count in self.fates)

    def count(self, fate: Fate) -> int:
        """How many had this fate."""
        return dict(self.fates).get(fate, 0)


def base_rates(courses: Iterable[Course], *, enough: int = ENOUGH) -> list[BaseRate]:
    """The kinds of which enough items have been decided, most frequent first."""
    counted: dict[str, Counter[Fate]] = defaultdict(Counter)
    for course in courses:
        if course.fate is not Fate.PENDING:
            counted[course.plan.kind][course.fate] += 1
    rates = [
        BaseRate(kind=kind, fates=tuple((fate, counts[fate]) for fate in Fate if counts[fate]))
        for kind, counts in counted.items()
        if counts.total() >= enough
    ]
    return sorted(rates, key=lambda rate: (-rate.total, rate.kind))
