"""All that is known of a pair on a day and what follows from it, each part worked out when it is first asked for."""

import datetime as dt
from functools import cached_property

from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import Obstacle, rank_obstacles
from detente.ledger.outcomes import Course, follow_agenda
from detente.ledger.port import Pair
from detente.ledger.promises import Promise, follow_promises
from detente.ledger.remembered import remembered
from detente.records import Difference, Record
from detente.telling.difference_lines import differences_of
from detente.telling.lines import Narrator
from detente.telling.material import Material
from detente.telling.table import NO_OUTLET
from detente.telling.words import Words

KEPT = 16  # answers that are remembered: of some pairs and days


class Known:
    """The material of a pair with its happenings, agenda courses, measures, promises and obstacles."""

    def __init__(self, material: Material, words: Words) -> None:
        self.material = material
        self.words = words
        self.as_of = material.as_of
        self.narrator = Narrator(words=words, as_of=material.as_of, sources=material.sources)

    @cached_property
    def happenings(self) -> list[Happening]:
        """The happenings of dated documents."""
        return self.material.happenings

    @cached_property
    def with_undated(self) -> list[Happening]:
        """The happenings, those of undated documents too."""
        return self.material.with_undated

    @cached_property
    def lives(self) -> list[MeasureLife]:
        """The measures and their lives."""
        return trace_measures(self.with_undated, self.as_of)

    @cached_property
    def courses(self) -> list[Course]:
        """The agenda items and what became of each; a text without a day tells of no other plan what became of it."""
        dated = tuple(self.happenings)
        return _courses(dated, tuple(self.with_undated[len(dated) :]), self.as_of)

    @cached_property
    def promises(self) -> list[Promise]:
        """The promises and what became of each."""
        return follow_promises(self.with_undated, self.courses, self.as_of)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """The issues that stand in the way, worst first."""
        return _obstacles(self.material.records, self.material.pair)

    @cached_property
    def differences(self) -> list[Difference]:
        """The accounts that cannot both hold, the ones known last first."""
        return differences_of(self.with_undated, self.material.documents, self.material.sources)

    @cached_property
    def outlets(self) -> dict[str, str]:
        """The outlet of each document by its id, as printed."""
        if self.material.published is not None:
            return {id_: outlet or NO_OUTLET for id_, (_, outlet) in self.material.published.items()}
        return {document.id: document.outlet or NO_OUTLET for document in self.material.documents}

    @cached_property
    def published(self) -> list[tuple[dt.date, str]]:
        """The day and the outlet of each dated document."""
        if self.material.published is not None:
            return [(on, outlet or NO_OUTLET) for on, outlet in self.material.published.values()]
        dated = ((document.published_on, document.outlet) for document in self.material.documents)
        return [(on, outlet or NO_OUTLET) for on, outlet in dated if on]


# What is the same for several pages of a pair, and on either side of a write that bears on neither.


@remembered(KEPT)
def _courses(dated: tuple[Happening, ...], undated: tuple[Happening, ...], as_of: dt.date) -> list[Course]:
    return [*follow_agenda(dated, trace_measures(dated, as_of), as_of), *follow_agenda(undated, [], as_of)]


@remembered(KEPT)
def _obstacles(records: tuple[Record, ...], pair: Pair) -> list[Obstacle]:
    return rank_obstacles(records, pair)
