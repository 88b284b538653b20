"""Furniture inside a paragraph, for pages copied as a single line: captions and headings between sentences."""

import functools
import itertools
import re
from collections.abc import Sequence

from detente.cleaning.claims import Claims
from detente.cleaning.sentences import split_sentences
from detente.cleaning.shapes import has_headline_verb, is_signed, words_of
from detente.cleaning.units import Unit
from detente.codebook.headlines import load_headline_words
from detente.codebook.sentences import load_sentence_words
from detente.codebook.stamps import load_stamp_words
from detente.records import BlockKind

CAPTION_WITHIN = 6  # sentences at the top of a page in which a caption without a credit stands
# A headline of five words or more, then its first word again and a verb.
_AGAIN = re.compile(
    r"(?P<headline>(?P<name>[A-Z][\w’'-]+)(?: [\w’'-]+){3,9} [a-z][\w’'-]+) (?P=name) (?P<verb>[a-z]+)\b"
)
CAPTION_REASON = "describes a picture and gives its day"
HEADING_REASON = "a heading copied into the paragraph"
CAPTION_MAX = 400  # characters
_GLUED = re.compile(r"(?P<heading>[A-Z][\w’'-]+(?: [a-z][\w’'-]+){1,4})(?P<gap>[^\S\n]+)(?P<next>[A-Z][\w’']*)\b")


def claim_inline(units: Sequence[Unit], claims: Claims) -> None:
    """Claims captions and headings that stand between the sentences of a paragraph, where they are certain."""
    told = 0
    for unit in units:
        for first, last in claims.gaps(unit.start, unit.end):
            sentences = split_sentences(unit.text, first - unit.start, last - unit.start)
            in_paragraph = len(sentences) > 1 or (first, last) != (unit.start, unit.end)
            for start, end in sentences:
                line, at = unit.text[start:end], unit.start + start
                caption = _caption_length(line) if told < CAPTION_WITHIN else 0
                heading = glued_heading(line) if in_paragraph else 0
                if caption:
                    claims.add(at, at + caption, BlockKind.CAPTION, CAPTION_REASON)
                elif heading:
                    claims.add(at, at + heading, BlockKind.HEADING, HEADING_REASON)
                told += 1


def _caption_length(line: str) -> int:
    return len(line) if _is_dated_caption(line) else _run_on_caption(line)


@functools.cache
def _picture_day() -> re.Pattern[str]:
    months = "|".join(load_stamp_words().months)
    return re.compile(
        rf"(?i:\b(?:{months})\b\.? \d{{1,2}}, \d{{4}}|\b\d{{1,2}} (?:{months})\b,? \d{{4}})[.)]*(?: \([^()]*\))?$"
    )


@functools.cache
def _run_on_day() -> re.Pattern[str]:
    months = "|".join(load_stamp_words().months)
    return re.compile(rf"(?P<caption>[A-Z].{{20,300}}?\b(?i:{months})\b\.? \d{{1,2}}, \d{{4}}) (?=[A-Z])")


def _is_dated_caption(line: str) -> bool:
    """Whether a sentence describes a picture: it ends with a full date, and no verb tells of the past."""
    day = _picture_day().search(line)
    if len(line) > CAPTION_MAX or not day or is_signed(line):
        return False
    lexicon = load_headline_words()
    low = [word.lower() for word in words_of(line[: day.start()])]
    for word, after in itertools.pairwise([*low, ""]):
        if word in lexicon.picture or (word in lexicon.finite and after in lexicon.picture):
            continue
        if word in lexicon.finite or word.endswith("ed"):
            return False
    return True


def _run_on_caption(sentence: str) -> int:
    """The length of a caption that a sentence of the story follows without a full stop, 0 where there is none."""
    match = _run_on_day().match(sentence)
    if not match or not _is_dated_caption(match["caption"]):
        return 0
    lexicon = load_headline_words()
    return match.end("caption") if any(word.lower() in lexicon.picture for word in words_of(match["caption"])) else 0


def glued_heading(sentence: str) -> int:
    """The length of a heading glued to the front of a sentence, 0 where there is none.

    >>> glued_heading("Mounting pressure The two governments are under pressure.")
    17
    """
    match = _GLUED.match(sentence)
    if not match:
        return _glued_headline(sentence)
    lexicon = load_headline_words()
    unfit = lexicon.linking | lexicon.finite | lexicon.present
    if any(word.lower() in unfit for word in match["heading"].split()):
        return _glued_headline(sentence)
    wide = len(match["gap"]) > 1
    starts = match["next"].replace("’", "'").lower() in load_sentence_words().starters and match["next"] != "I"
    return len(match["heading"]) if wide or starts else 0


def _glued_headline(sentence: str) -> int:
    """The length of a headline before a sentence that begins with the same name again, 0 where there is none.

    >>> glued_heading("Ruritania summons envoy to protest arrest Ruritania summoned the envoy on Sunday.")
    41
    """
    match = _AGAIN.match(sentence)
    if not match or not has_headline_verb(match["headline"]):
        return 0
    lexicon = load_headline_words()
    low = [word.lower() for word in words_of(match["headline"])]
    told = match["verb"] in lexicon.finite or match["verb"].endswith("ed")
    before = low[-1] not in lexicon.linking | lexicon.finite | lexicon.present | load_sentence_words().starters
    return len(match["headline"]) if told and before and not lexicon.articles & set(low) else 0
