"""What a reader makes of a row: a deed, a mention or a refusal; and how rows with stray tabs are put right."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from detente.adapters.imports.lines import Line
from detente.codebook.crosswalk import Crosswalk, Kind

Check = Callable[[str], object]  # true: the cell is of its column
STRAY = 4  # surplus fields that are taken for stray tabs; more is another file
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*|\d{6})?")  # 2017-06-23, 20170623, with or without a time of day
WRITTEN_DAY = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")  # 23 June 2017
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WHOLE = re.compile(r"-?\d+")
NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")


class Party(NamedTuple):
    """Who does it or to whom it is done; a state of the registry and a PLOVER sector, None where there is none."""

    state: str | None
    sector: str | None


NOBODY = Party(None, None)


class Deed(NamedTuple):
    """An event of a row."""

    event_id: str
    day: dt.date  # the last one that the data set allows
    kind: Kind
    initiators: tuple[Party, ...] = (NOBODY,)
    targets: tuple[Party, ...] = (NOBODY,)
    grain: str = "day"  # how exact the day is: day, week, month, year
    known_on: dt.date | None = None  # when it entered the data set
    cameo: str | None = None
    intensity_given: float | None = None  # as the data set has it
    both_ways: bool = False  # talks and fights: each side does it to the other
    place: str | None = None  # state
    reports: int | None = None
    url: str | None = None


class Mention(NamedTuple):
    """A report of an event."""

    event_id: str
    seen_on: dt.date
    outlet: str | None
    url: str | None
    confidence: float | None  # 0-1


class Refused(NamedTuple):
    """A row that cannot be read, and why."""

    reason: str
    text: str


class Read(NamedTuple):
    """What became of a row of the file `member`, line `line`."""

    member: str
    line: int
    found: Deed | Mention | Refused


class RowError(Exception):
    """A row lacks what every event has; the message is the reason that stands in the quarantine."""


@dataclass(slots=True)
class Translation:
    """The crosswalk, and the codes that it does not know, counted."""

    walk: Crosswalk
    unknown: Counter[str] = field(default_factory=Counter)

    def state(self, scheme: str, code: str | None) -> str | None:
        """The state of a code; what is unknown is counted, and None."""
        state, is_known = self.walk.state(scheme, code)
        if not is_known:
            self.unknown[f"{scheme} {(code or '').strip()}"] += 1
        return state

    def named(self, name: str | None) -> str | None:
        """The state of a name; what is unknown is counted, and None."""
        state, is_known = self.walk.named(name)
        if not is_known:
            self.unknown[f"name {(name or '').strip()}"] += 1
        return state

    def cameo(self, code: str | None, intensity: float | None = None) -> str:
        """The code as CAMEO writes it. Raises RowError."""
        known = self.walk.cameo(code, intensity)
        if known is None:
            raise RowError(f"no CAMEO code: {(code or '').strip()!r}")
        return known

    def sector(self, *codes: str | None) -> str | None:
        """The first of the codes that is a sector."""
        return next((code for code in codes if code in self.walk.sectors), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of a file by number, and what tells that a row is put together rightly."""

    width: int
    free: tuple[int, ...]  # columns of free text, in which tabs stray
    checks: Mapping[int, Check]  # of the columns that are read, whether a cell can be one of theirs

    def fit(self, cells: Sequence[str]) -> list[str]:
        """The cells of a row in its columns: empty ones at the end left out, those that stray tabs parted joined.

        Raises RowError where there are too few, or no way or more than one to join them.
        """
        row = list(cells)
        while len(row) > self.width and not row[-1].strip():
            row.pop()
        surplus = len(row) - self.width
        if surplus < 0:
            raise RowError(f"{len(row)} of {self.width} columns: cut off")
        if surplus == 0:
            return row
        if surplus > STRAY:
            raise RowError(f"{len(row)} columns instead of {self.width}")
        joined = [_joined(row, at, surplus) for at in self.free]
        right = {tuple(one[at] for at in self.checks): one for one in joined if self._agrees(one)}
        if len(right) != 1:
            raise RowError(f"{len(row)} columns instead of {self.width}, and it cannot be told where tabs strayed")
        return next(iter(right.values()))

    def _agrees(self, row: list[str]) -> bool:
        return all(check(row[at].strip()) for at, check in self.checks.items())


def _joined(row: list[str], at: int, surplus: int) -> list[str]:
    return [*row[:at], " ".join(part.strip() for part in row[at : at + surplus + 1]), *row[at + surplus + 1 :]]


def day_of(text: str | None) -> dt.date:
    """The day of "20170623", "2017-06-23 14:00" or "23 June 2017". Raises RowError.

    >>> day_of("23 June 2017")
    datetime.date(2017, 6, 23)
    """
    given = (text or "").strip()
    try:
        if found := DAY.fullmatch(given):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := WRITTEN_DAY.fullmatch(given):
            return dt.date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        pass
    raise RowError(f"no day: {given!r}")


def day_or_none(text: str | None) -> dt.date | None:
    """The day, None where there is none."""
    try:
        return day_of(text)
    except RowError:
        return None


def whole(text: str | None) -> int | None:
    """The whole number, None where there is none."""
    given = (text or "").strip().removesuffix(".0")
    return int(given) if len(given) < 10 and WHOLE.fullmatch(given) else None  # noqa: PLR2004 what a column of Parquet holds


def number(text: str | None) -> float | None:
    """The number, None where there is none."""
    given = (text or "").strip()
    return float(given) if len(given) < 40 and NUMBER.fullmatch(given) else None  # noqa: PLR2004 longer is none


def id_of(text: str | None) -> str:
    """The id of an event. Raises RowError where there is none."""
    given = (text or "").strip()
    if not given:
        raise RowError("no event id")
    return given


def read_rows(lines: Iterator[Line], member: str, make: Callable[[str], Deed | Mention]) -> Iterator[Read]:
    """What `make` gives for each line; lines with a fault, and those for which it raises RowError, are refused."""
    for line in lines:
        found: Deed | Mention | Refused
        if line.fault:
            found = Refused(line.fault, line.text)
        else:
            try:
                found = make(line.text)
            except RowError as error:
                found = Refused(str(error), line.text)
        yield Read(member, line.number, found)
