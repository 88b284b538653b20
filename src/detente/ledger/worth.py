"""Which records are most worth a person's look: uncertain ones, contested ones, and those that much is told by."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.ledger.happenings import Happening
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcomes import Course
from detente.ledger.port import Pair
from detente.ledger.remembered import remembered
from detente.ledger.sources import is_unnamed
from detente.records import Event, Record, Voice

# The formula: a weighted sum of parts, each 0..1.
WEIGHTS = (("uncertain", 2.0), ("contested", 1.5), ("used", 1.0), ("alone", 0.5))
KEPT = 4_000  # happenings of which it is remembered whether they are contested
MUCH = 3  # uses from which a record counts as much used


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """A record that a person should look at, and why. `parts` are 0..1, before weighting; `uses` counts."""

    happening: Happening
    parts: tuple[tuple[str, float], ...]
    uses: int

    @property
    def record(self) -> Record:
        """The record that tells the happening best."""
        return self.happening.head

    @property
    def sum(self) -> float:
        """The weighted sum of the parts."""
        weights = dict(WEIGHTS)
        return sum(weights[name] * part for name, part in self.parts)


def rank_for_review(
    happenings: Sequence[Happening], obstacles: Sequence[Obstacle], courses: Sequence[Course], pair: Pair
) -> list[Worth]:
    """The happenings that nobody has decided about, the one most worth a look first."""
    uses = _uses(happenings, obstacles, courses, pair)
    found = [_weigh(h, uses) for h in happenings if not any(record.decided for record in h.records)]
    return sorted(found, key=lambda worth: (-round(worth.sum, 6), worth.record.id))


def _weigh(happening: Happening, uses: Counter[str]) -> Worth:
    head = happening.head
    used = sum(uses[record.id] for record in happening.records)
    parts = (
        ("uncertain", 1.0 - head.confidence),
        ("contested", float(is_contested(happening))),
        ("used", min(1.0, used / MUCH)),
        ("alone", float(is_unnamed(head) or bool(head.hedges))),
    )
    return Worth(happening=happening, parts=parts, uses=used)


@remembered(KEPT)
def is_contested(happening: Happening) -> bool:
    """Whether its records disagree: on whether it happened, or on when."""
    told = [record for record in happening.records if record.voice is not Voice.AUTHOR]
    if len({record.factuality.is_actual for record in told}) > 1:
        return True
    whens = [record.when for record in told if record.when]
    return any(not one.overlaps(other) for at, one in enumerate(whens) for other in whens[at + 1 :])


def _uses(
    happenings: Iterable[Happening], obstacles: Iterable[Obstacle], courses: Iterable[Course], pair: Pair
) -> Counter[str]:
    """How much is told by each record: distances, what became of plans, the index."""
    uses: Counter[str] = Counter()
    for obstacle in obstacles:
        uses.update(record.id for record in obstacle.stands)
    for course in courses:
        uses.update(record.id for record in (course.shown_by, *course.basis) if record is not None)
    for happening in happenings:
        head = happening.head
        if isinstance(head, Event) and head.factuality.is_actual:
            parties = {actor.state for actor in (*head.initiators, *head.targets)}
            uses[head.id] += set(pair) <= parties
    return uses
