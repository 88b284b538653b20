"""Furniture inside a paragraph, for pages copied as a single line: captions and headings between sentences."""

import functools
import re
from collections.abc import Sequence

from detente.cleaning.claims import Claims
from detente.cleaning.sentences import split_sentences
from detente.cleaning.shapes import words_of
from detente.cleaning.units import Unit
from detente.codebook.headlines import load_headline_words
from detente.codebook.sentences import load_sentence_words
from detente.codebook.stamps import load_stamp_words
from detente.records import BlockKind

CAPTION_WITHIN = 6  # sentences at the top of a page in which a caption without a credit stands
CAPTION_MAX = 400  # characters
_GLUED = re.compile(r"(?P<heading>[A-Z][\w’'-]+(?: [a-z][\w’'-]+){1,4})(?P<gap> +)(?P<next>[A-Z][\w’']*)\b")


def claim_inline(units: Sequence[Unit], claims: Claims) -> None:
    """Claims captions and headings that stand between the sentences of a paragraph, where they are certain."""
    told = 0
    for unit in units:
        for gap_start, gap_end in claims.gaps(unit.start, unit.end):
            sentences = split_sentences(unit.text, gap_start - unit.start, gap_end - unit.start)
            for start, end in sentences:
                line = unit.text[start:end]
                if told < CAPTION_WITHIN and _is_dated_caption(line):
                    claims.add(
                        unit.start + start, unit.start + end, BlockKind.CAPTION, "describes a picture and gives its day"
                    )
                elif len(sentences) > 1 and (length := glued_heading(line)):
                    claims.add(
                        unit.start + start,
                        unit.start + start + length,
                        BlockKind.HEADING,
                        "a heading copied into the paragraph",
                    )
                told += 1


@functools.cache
def _picture_day() -> re.Pattern[str]:
    months = "|".join(load_stamp_words().months)
    return re.compile(
        rf"(?i:\b(?:{months})\b\.? \d{{1,2}}, \d{{4}}|\b\d{{1,2}} (?:{months})\b,? \d{{4}})[.)]*(?: \([^()]*\))?$"
    )


def _is_dated_caption(line: str) -> bool:
    """Whether a sentence describes a picture: it ends with a full date, and no verb tells of the past."""
    if len(line) > CAPTION_MAX or not _picture_day().search(line):
        return False
    lexicon = load_headline_words()
    low = [word.lower() for word in words_of(line)]
    return not (any(word in lexicon.finite for word in low) or any(word.endswith("ed") for word in low))


def glued_heading(sentence: str) -> int:
    """The length of a heading glued to the front of a sentence, 0 where there is none.

    >>> glued_heading("Mounting pressure The two governments are under pressure.")
    17
    """
    match = _GLUED.match(sentence)
    if not match:
        return 0
    lexicon = load_headline_words()
    unfit = lexicon.linking | lexicon.finite | lexicon.present
    if any(word.lower() in unfit for word in match["heading"].split()):
        return 0
    wide = len(match["gap"]) > 1
    starts = match["next"].replace("’", "'").lower() in load_sentence_words().starters and match["next"] != "I"
    return len(match["heading"]) if wide or starts else 0
