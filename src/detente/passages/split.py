"""Cuts a document, or a plain text, into passages."""

import re
from collections.abc import Iterator
from dataclasses import replace

from detente.cleaning.sentences import split_sentences
from detente.cleaning.units import find_units
from detente.passages.headings import find_headings, heading_at
from detente.records import Block, BlockKind, Document, Passage

PASSAGE_MAX = 1500  # characters: what a parser can hold as one sentence
CODED = frozenset({BlockKind.BODY, BlockKind.TITLE})
CUTS = ("; ", "\n", ": ", ", ", " ")  # the best places to cut what is too long, best first
# Marks of a list before a blank, and numbers of its items; "-5 degrees" and "1.5 million" have none.
_MARK = re.compile(r"(?:[•●▪■◆*·►–—-]\s*)+(?<=\s)|\(?\d{1,2}[.)]\s+(?=[A-Z“\"])|\([a-z]\)\s+(?=[A-Z])")


def split_passages(document: Document) -> tuple[Passage, ...]:
    """The sentences of a document's story and title, in text order; none lies in a block that was set aside.

    `heading` is the text of the heading that governs the passage: the nearest above, None above the first; see
    `detente.passages.headings` for how far it reaches. `paragraph` counts the paragraphs that have a passage. The
    title's sentences carry `from_title`.
    """
    passages: list[Passage] = []
    blocks = document.blocks
    headings = find_headings(document)
    at, paragraph = 0, 0
    for unit in find_units(document.text):
        before = len(passages)
        while at < len(blocks) and blocks[at].end <= unit.start:
            at += 1
        for start, end, block in _stretches(blocks, at, unit.start, unit.end):
            if block is None or block.kind in CODED:
                is_title = block is not None and block.kind is BlockKind.TITLE
                found = _sentences(document.text, start, end, paragraph, from_title=is_title)
                passages.extend(replace(passage, heading=heading_at(headings, passage.start)) for passage in found)
        paragraph += len(passages) > before
    return tuple(passages)


def split_text(text: str) -> tuple[Passage, ...]:
    """The sentences of a plain text, in order; its lines, or wrapped runs of lines, are the paragraphs.

    >>> [text[p.start:p.end] for text in ["They met. Nothing was signed."] for p in split_text(text)]
    ['They met.', 'Nothing was signed.']
    """
    passages: list[Passage] = []
    paragraph = 0
    for unit in find_units(text):
        before = len(passages)
        passages.extend(_sentences(text, unit.start, unit.end, paragraph, from_title=False))
        paragraph += len(passages) > before
    return tuple(passages)


def _stretches(blocks: tuple[Block, ...], at: int, start: int, end: int) -> Iterator[tuple[int, int, Block | None]]:
    """The stretches of start..end, each with the block it lies in."""
    here = start
    while at < len(blocks) and blocks[at].start < end:
        block = blocks[at]
        if block.start > here:
            yield here, block.start, None
        yield max(block.start, here), min(block.end, end), block
        here = min(block.end, end)
        at += 1
    if here < end:
        yield here, end, None


def _sentences(text: str, start: int, end: int, paragraph: int, *, from_title: bool) -> Iterator[Passage]:
    for first, last in split_sentences(text, start, end):
        for begin, stop in _cut_long(text, _without_bullet(text, first, last), last):
            if any(char.isalnum() for char in text[begin:stop]):
                yield Passage(start=begin, end=stop, paragraph=paragraph, from_title=from_title)


def _without_bullet(text: str, start: int, end: int) -> int:
    """Where the words of a list's item begin, behind its mark or number."""
    mark = _MARK.match(text, start, end)
    return mark.end() if mark else start


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """start..end in pieces of at most PASSAGE_MAX characters, trimmed of blanks."""
    while end - start > PASSAGE_MAX:
        cut = _best_cut(text, start)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _best_cut(text: str, start: int) -> int:
    limit = start + PASSAGE_MAX
    for mark in CUTS:
        found = text.rfind(mark, start + PASSAGE_MAX // 2, limit)
        if found >= 0:
            return found + len(mark)
    return limit


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
