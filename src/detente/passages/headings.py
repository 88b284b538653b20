"""Which passages a heading governs.

In an explainer, a readout or an opinion a heading names what the whole section is about. In a report it is a break for
the eye: it tells of what follows at once, and governs only as long as its words come again.
"""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebook.sentences import load_sentence_words
from detente.records import BlockKind, Document, Genre

TELLING_LETTERS = 4  # shorter words say little
STEM_LETTERS = 5  # "meetings" comes again as "meeting"
_WORD = re.compile(r"[^\W\d_]+")
_LINE_END = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading and the characters start..until of the text that it governs."""

    start: int
    until: int
    words: str


def find_headings(document: Document) -> tuple[Heading, ...]:
    """The headings of a document in text order, none reaching into the next."""
    blocks = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    found = []
    for index, block in enumerate(blocks):
        end = blocks[index + 1].start if index + 1 < len(blocks) else len(document.text)
        words = " ".join(document.text[block.start : block.end].split())
        until = _last_mention(document.text, words, block.end, end) if document.genre is Genre.REPORT else end
        found.append(Heading(start=block.end, until=until, words=words))
    return tuple(found)


def heading_at(headings: Sequence[Heading], place: int) -> str | None:
    """The words of the heading that governs a place of the text, None where none does."""
    index = bisect.bisect(headings, place, key=lambda heading: heading.start) - 1
    if index < 0 or place >= headings[index].until:
        return None
    return headings[index].words


def _last_mention(text: str, words: str, start: int, end: int) -> int:
    """Where the line ends in which a telling word of the heading comes last; else the first line below it ends."""
    idle = load_sentence_words().starters
    telling = {word.lower() for word in _WORD.findall(words) if len(word) >= TELLING_LETTERS} - idle
    stems = "|".join(re.escape(word[:STEM_LETTERS]) for word in sorted(telling))
    first = _LINE_END.search(text, start, end)
    last = first.end() if first else end
    if stems:
        for match in re.finditer(rf"\b(?:{stems})", text[start:end], re.IGNORECASE):
            line = _LINE_END.match(text, start + match.start(), end)
            last = max(last, line.end() if line else last)
    return last
