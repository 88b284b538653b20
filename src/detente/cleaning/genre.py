"""What kind of text a document is."""

import collections
import re
from collections.abc import Sequence

from detente.codebook.genres import load_genres
from detente.records import Block, BlockKind, Genre

TOP_BLOCKS = 8  # lines above the story that can name a rubric
TOP_CHARACTERS = 400  # of the story that can say whose words follow
_QUOTATION = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)  # the writer's own words are outside
STORY = frozenset({BlockKind.BODY, BlockKind.TITLE, BlockKind.HEADING})
ELSEWHERE = frozenset({BlockKind.TEASER, BlockKind.CAPTION, BlockKind.SUBSCRIPTION, BlockKind.COMMENT_FORM})


def find_genre(text: str, blocks: Sequence[Block], *, title: str | None, url: str | None, byline: str | None) -> Genre:
    """The genre that the cues in title, address, byline, top lines, story and furniture add up to; else a report."""
    fields = {
        "title": title or "",
        "url": url or "",
        "byline": byline or "",
        "top": _top(text, blocks),
        "body": _QUOTATION.sub("“”", _body(text, blocks)),
        "outside": "\n".join(text[b.start : b.end] for b in blocks if b.kind not in STORY),
    }
    lexicon = load_genres()
    weights: collections.Counter[Genre] = collections.Counter()
    for cue in lexicon.cues:
        if fields[cue.field] and cue.pattern.search(fields[cue.field]):
            weights[cue.genre] += cue.weight
    return next((genre for genre in lexicon.order if weights[genre] >= lexicon.enough), Genre.REPORT)


def _top(text: str, blocks: Sequence[Block]) -> str:
    lines = [text[b.start : b.end] for b in blocks[:TOP_BLOCKS] if b.kind not in ELSEWHERE]
    return "\n".join([*lines, _body(text, blocks)[:TOP_CHARACTERS]])


def _body(text: str, blocks: Sequence[Block]) -> str:
    pieces, at = [], 0
    for block in blocks:
        pieces.append(text[at : block.start].strip())
        at = block.end
    pieces.append(text[at:].strip())
    return "\n".join(piece for piece in pieces if piece)
