"""What kind of text a document is."""

import collections
import re
from collections.abc import Sequence

from detente.cleaning.sentences import split_sentences
from detente.cleaning.shapes import words_of
from detente.codebook.genres import load_genres
from detente.records import Block, BlockKind, Genre

TOP_BLOCKS = 8  # lines above the story that can name a rubric
TOP_CHARACTERS = 400  # of the story that can say whose words follow
_QUOTATION = re.compile(r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)  # the writer's own words are outside
QUOTED = "“”"  # stands for a quotation
STORY = frozenset({BlockKind.BODY, BlockKind.TITLE, BlockKind.HEADING})
ELSEWHERE = frozenset({BlockKind.TEASER, BlockKind.CAPTION, BlockKind.SUBSCRIPTION, BlockKind.COMMENT_FORM})


def find_genre(text: str, blocks: Sequence[Block], *, title: str | None, url: str | None, byline: str | None) -> Genre:
    """The genre that the cues in title, address, byline, top lines, story and furniture add up to; else a report."""
    story = _body(text, blocks)
    fields = {
        "title": title or "",
        "url": url or "",
        "byline": byline or "",
        "top": _top(text, blocks),
        "body": _QUOTATION.sub(QUOTED, story),
        "outside": "\n".join(text[b.start : b.end] for b in blocks if b.kind not in STORY),
    }
    lexicon = load_genres()
    weights: collections.Counter[Genre] = collections.Counter()
    for cue in lexicon.cues:
        if fields[cue.field] and cue.pattern.search(fields[cue.field]):
            weights[cue.genre] += cue.weight
    told = next((genre for genre in lexicon.order if weights[genre] >= lexicon.enough), None)
    return told or (Genre.OPINION if _is_monologue(fields["body"]) else Genre.REPORT)


def _is_monologue(body: str) -> bool:
    """Whether a long text without its quotations speaks of "us", and hardly anyone else has a say in it."""
    lexicon = load_genres().monologue
    sentences = [set(words_of(body[a:b].lower())) for a, b in split_sentences(body)]
    if len(sentences) < lexicon.least_sentences:
        return False
    attributed = sum(bool(words & lexicon.attributing) for words in sentences) + body.count(QUOTED)
    own = sum(bool(words & lexicon.own) for words in sentences)
    weekdays = sum(bool(words & lexicon.weekdays) for words in sentences)
    return (
        attributed <= lexicon.most_attributed * len(sentences)
        and own >= lexicon.least_own
        and weekdays <= lexicon.most_weekdays
    )


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
