"""One text of one outlet, and the passages it is read in."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from detente.records.span import Span
from detente.records.terms import BlockKind, Genre

ID_LENGTH = 32  # hexadecimal characters of SHA-256: 128 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text that is no plain body, and why we think so. Characters, half-open."""

    start: int
    end: int
    kind: BlockKind
    reason: str  # the rule that decided, in a reader's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text as given and what is known about it.

    `id` comes from `document_id` and stays when details are mended.
    """

    id: str
    text: str
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published_on: dt.date | None = None
    updated_on: dt.date | None = None
    url: str | None = None
    language: str | None = None  # BCP 47
    genre: Genre = Genre.REPORT
    blocks: tuple[Block, ...] = ()  # in text order, never overlapping

    def quote(self, start: int, end: int) -> Span:
        """The words at start..end."""
        return Span(start=start, end=end, quote=self.text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence, with the heading that governs it. Characters of the document's text, half-open."""

    start: int
    end: int
    paragraph: int  # counted from 0 over the document
    heading: str | None = None
    from_title: bool = False


def document_id(*, text: str, outlet: str | None, published_on: dt.date | None, url: str | None) -> str:
    """32 hexadecimal characters: the same for the same text, outlet, published day and url.

    >>> document_id(text="a", outlet=None, published_on=None, url=None)[:8]
    '05d73af0'
    """
    parts = (text, outlet or "", published_on.isoformat() if published_on else "", url or "")
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:ID_LENGTH]
