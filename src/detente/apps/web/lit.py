"""A document's text in pieces: what a record rests on, what was set aside and why. No character is lost."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.records import Block, BlockKind, Document, Record

READ = frozenset({BlockKind.BODY, BlockKind.TITLE})  # the kinds that are coded
_EMPTY = re.compile(r"\n\s*\n")
_PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters that are all shown alike. `records` are ids; `aside` says why they were not read."""

    start: int
    text: str
    records: tuple[str, ...] = ()
    aside: Block | None = None
    is_asked: bool = False  # within the place that was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the text with its pieces, and the records whose evidence begins in it."""

    pieces: tuple[Piece, ...]
    records: tuple[Record, ...]

    @property
    def aside(self) -> Block | None:
        """Why none of it was read; None where some was."""
        told = [piece.aside for piece in self.pieces if piece.text.strip()]
        return told[0] if told and all(told) else None


def paragraphs(
    document: Document, records: Sequence[Record], asked: tuple[int, int] | None = None
) -> Iterator[Paragraph]:
    """The whole text, paragraph by paragraph; joined, their pieces are the text."""
    for found in _PARAGRAPH.finditer(document.text):
        first, last = found.span()
        own = tuple(r for r in records if first <= r.evidence[0].start < last)
        yield Paragraph(pieces=tuple(_pieces(document, records, first, last, asked)), records=own)


def _pieces(
    document: Document, records: Sequence[Record], first: int, last: int, asked: tuple[int, int] | None
) -> Iterator[Piece]:
    spans = [(e.start, e.end, r.id) for r in records for e in r.evidence if e.start < last and first < e.end]
    blocks = [b for b in document.blocks if b.kind not in READ and b.start < last and first < b.end]
    for start, end in _between(_cuts(spans, blocks, asked), first, last):
        yield Piece(
            start=start,
            text=document.text[start:end],
            records=tuple(dict.fromkeys(id_ for s, e, id_ in spans if s <= start and end <= e)),
            aside=next((b for b in blocks if b.start <= start and end <= b.end), None),
            is_asked=asked is not None and asked[0] <= start and end <= asked[1],
        )


def _cuts(
    spans: Iterable[tuple[int, int, str]], blocks: Iterable[Block], asked: tuple[int, int] | None
) -> Iterator[int]:
    for start, end, _ in spans:
        yield from (start, end)
    for block in blocks:
        yield from (block.start, block.end)
    yield from asked or ()


def _between(cuts: Iterable[int], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches of first..last that no cut lies within."""
    at = sorted({first, last, *(cut for cut in cuts if first < cut < last)})
    return itertools.pairwise(at)


def surroundings(document: Document, start: int, end: int, reach: int = 240) -> tuple[str, str, str]:
    """What stands before the place, the words themselves, and what stands behind; at the edges whole words."""
    before = document.text[max(0, start - reach) : start]
    after = document.text[end : end + reach]
    if start > reach:
        before = "… " + before.partition(" ")[2]
    if end + reach < len(document.text):
        after = after.rpartition(" ")[0] + " …"
    return _closer(before), document.text[start:end], _closer(after)


def _closer(text: str) -> str:
    """The text without empty lines."""
    return _EMPTY.sub("\n", text)
