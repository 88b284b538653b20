"""Two sentences that cannot both hold, before they are joined to differences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from detente.ledger.tellings import Telling
from detente.records import DifferenceKind

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two sentences and what each says of the point. `other` is the denial, or what was told later.

    `basis` are further records that say who is meant.
    """

    kind: DifferenceKind
    one: Telling
    other: Telling
    values: tuple[str, str]
    basis: tuple[str, ...] = ()


def within(items: Sequence[Item], days: int, telling: Callable[[Item], Telling]) -> Iterator[tuple[Item, Item]]:
    """Each two of the items told within so many days, the earlier one first; the items come by first knowledge."""
    for at, later in enumerate(items):
        for before in range(at - 1, -1, -1):
            if telling(later).days_from(telling(items[before])) > days:
                break
            yield items[before], later
