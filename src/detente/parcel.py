"""What goes from reading to posting: a text with what coding made of it, and what became of it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from detente.records import Document, Passage, Problem, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What one document gave. `pair` is the watched pair that it was read for, None where it speaks of none."""

    document: Document
    passages: tuple[Passage, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    pair: tuple[str, str] | None


class Fate(StrEnum):
    """What became of a text."""

    NEW = "new"  # read and coded
    KNOWN = "known"  # it is in the ledger already, or came a second time
    REFUSED = "refused"  # it could not be read; the problems say why
    PASSED_OVER = "passed over"  # it names no watched pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the user says of the texts: fills what they lack; `force_published` replaces."""

    published_on: dt.date | None = None
    outlet: str | None = None
    force_published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One text and what became of it. `coded` is there where it is new, `document` also where it is known."""

    fate: Fate
    path: str | None = None  # the file that it came from
    document: str | None = None  # its id
    coded: Coded | None = None
    problems: tuple[Problem, ...] = ()
    raw: bytes | None = None
