"""Trouble in the news: returned and kept, never raised."""

from dataclasses import dataclass

from detente.records.span import Span
from detente.records.terms import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could not be read, dated or resolved, and what the user can do about it."""

    trouble: Trouble
    message: str  # one line: what happened, why, what to type next
    document: str | None = None  # its id, where there is one
    path: str | None = None  # the file or line it came from
    span: Span | None = None
