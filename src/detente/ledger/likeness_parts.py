"""The reasons for or against, and what is counted of two records alike for several kinds."""

from collections.abc import Collection
from typing import NamedTuple

from detente.codebook.happenings import load_meanings
from detente.ledger.traits import NEVER_KNOWN, Traits

NEVER = -100.0  # no other part outweighs it
SOME = 4  # words that a reason names
SAME_MATTER = 0.5  # share of the fewer words of what two measures are on


class Part(NamedTuple):
    """One reason for or against: its points and how it is said.

    Hundreds are made for each document and few are read, so that they are put into words only where they are.
    """

    name: str
    points: float
    words: str
    of: Collection[str] = ()  # what it rests on: "the same parties (CHN, USA)"
    most: int | None = None  # of these that are named

    @property
    def told(self) -> str:
        """The reason in words."""
        of = sorted(self.of)[: self.most]
        return f"{self.words} ({', '.join(of)})" if of else self.words


def between_tellings(one: Traits, other: Traits) -> Part:
    """The days of telling, where neither gives a day of the thing itself."""
    if NEVER_KNOWN in (one.known, other.known):
        return Part("date", 0.0, "no date of telling")
    gap = abs(one.known - other.known)
    if gap > load_meanings().reach[one.kind]:
        return Part("date", NEVER, f"told {gap} days apart")
    if gap <= 1:
        return Part("date", 0.7, "told on the same days")
    return Part("date", 0.4, f"told {gap} days apart")


def overlap(mine: frozenset[str], theirs: frozenset[str]) -> tuple[float, frozenset[str]]:
    """The share of the fewer words that stands in both, and these words."""
    shared = mine & theirs
    return (len(shared) / min(len(mine), len(theirs)) if shared else 0.0), shared
