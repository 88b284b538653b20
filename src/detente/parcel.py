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


Fields = tuple[tuple[str, str], ...]  # a field of an article, and the column of the user's table that holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """When and where the bytes of a text were taken down, as their container or whoever fetched them says."""

    at: dt.datetime | None = None  # UTC
    place: str | None = None  # the address that answered
    digest: str | None = None  # SHA-256 of the bytes, in hexadecimal characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the user says of the texts: fills what they lack; `force_published` replaces."""

    published_on: dt.date | None = None
    outlet: str | None = None
    force_published: bool = False
    fields: Fields = ()  # of tables and JSON Lines with columns of other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One text and what became of it. `coded` is there where it is new, `document` also where it is known."""

    fate: Fate
    path: str | None = None  # the file that it came from
    document: str | None = None  # its id
    coded: Coded | None = None
    problems: tuple[Problem, ...] = ()
    raw: bytes | None = None
    raw_as: str | None = None  # the suffix that tells what `raw` holds, where that of `path` does not
    capture: Capture | None = None
