"""Dates with their precision."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Grain(StrEnum):
    """How precise a date is. Of a range it is the grain of its ends."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An interval of days, both ends included, and the words it came from.

    An end is None where the text leaves it open and no publication date closes it ("since May" of an undated text).
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    grain: Grain
    words: str

    def __post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise ValueError(f"{self.words!r} has neither end")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.words!r} ends before it begins: {self.earliest}..{self.latest}")

    def overlaps(self, other: "When") -> bool:
        """Whether some day lies in both."""
        return (self.earliest or dt.date.min) <= (other.latest or dt.date.max) and (other.earliest or dt.date.min) <= (
            self.latest or dt.date.max
        )

    def is_within(self, first: dt.date, last: dt.date) -> bool:
        """Whether the whole interval lies in first..last."""
        return self.earliest is not None and self.latest is not None and first <= self.earliest and self.latest <= last
