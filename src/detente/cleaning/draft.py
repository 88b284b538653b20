"""What a reader knows of a text before cleaning looks at it."""

import datetime as dt
from dataclasses import dataclass

from detente.parcel import Capture
from detente.records import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One text as it was read, with what its container said about it.

    `text` stays as it is from here on: cleaning lays blocks over it. `path` is the file it came from, with the line
    where the file holds several ("news.jsonl:3").
    """

    text: str
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published_on: dt.date | None = None
    updated_on: dt.date | None = None
    url: str | None = None
    path: str | None = None
    raw: bytes | None = None  # as they lay in the file, so that a better reader can read them again
    raw_as: str | None = None  # the suffix that tells what `raw` holds, where that of `path` does not
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A text that a reader passed over unread, because none of its bytes name a watched pair."""

    path: str | None = None


Read = Draft | Problem | Passed  # what readers give
