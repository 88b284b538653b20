"""Sets aside what the cues of `furniture.toml` name."""

import re
from collections.abc import Sequence

from detente.cleaning.claims import Claims
from detente.cleaning.sentences import split_sentences
from detente.cleaning.shapes import is_sentence
from detente.cleaning.units import Unit
from detente.codebook.furniture import FurnitureCue, Reach, Where, load_furniture
from detente.records import BlockKind

LINE_MAX = 600  # characters: a longer line is a paragraph of the story with furniture inside
CAPTION_SENTENCES = 3  # a caption has no more sentences
LONG_LINE_MAX = 1200  # of a line that begins as furniture: agencies' captions tell half the story
NEXT_MAX = 200  # characters: what a link's label is followed by
LIST_SENTENCE_MIN = 40  # characters of a sentence that ends a list of other articles
STORY_BEFORE_REST = 3  # sentences before a form that is at the end of the page, not at its top
BROKEN_OFF = ("…", "...", "[…]", "[...]", "…]")  # a teaser that its own page continues
EDGE_BEFORE, EDGE_AFTER = 2, 8  # sentences of the story, lines of the page


def claim_furniture(units: Sequence[Unit], claims: Claims) -> None:
    """Adds to the claims what the cues name, in the order of the text; a line goes to the first cue that fits."""
    before = _sentences_before(units)
    for index, unit in enumerate(units):
        if not claims.is_free(unit.start, unit.end):
            continue
        for cue in load_furniture():
            if cue.where is Where.EDGE and before[index] > EDGE_BEFORE and index < len(units) - EDGE_AFTER:
                continue
            if index == 0 and cue.kind is BlockKind.TEASER and cue.reach is Reach.LINE:
                continue  # the first line of a text can be its own headline: "OPINION: ..."
            if cue.find(unit.text):
                _claim(units, index, cue, claims, before[index])
                if not claims.gaps(unit.start, unit.end):
                    break


def _sentences_before(units: Sequence[Unit]) -> list[int]:
    counts, count = [], 0
    for unit in units:
        counts.append(count)
        count += is_sentence(unit.text)
    return counts


def _claim(units: Sequence[Unit], index: int, cue: FurnitureCue, claims: Claims, before: int) -> None:
    unit = units[index]
    if cue.reach is Reach.WORDS:
        for found in cue.pattern.finditer(unit.text):
            claims.add(*_trimmed(unit, found.start(), found.end()), cue.kind, cue.reason)
    elif cue.reach is Reach.SENTENCE or _is_paragraph(unit, cue):
        for found in cue.pattern.finditer(unit.text):
            if claims.gaps(unit.start + found.start(), unit.start + found.end()):  # thousands may be in one sentence
                _claim_sentence(unit, found, cue, claims)
    else:
        for other in units[index : _last_claimed(units, index, cue, before)]:
            _claim_free(other, 0, len(other.text), cue, claims)


def _is_paragraph(unit: Unit, cue: FurnitureCue) -> bool:
    """Whether a cue of a line stands inside a paragraph of the story: the line is long, or has sentences before it."""
    match = cue.pattern.search(unit.text)
    if match and len(unit.text) > (LINE_MAX if match.start() else LONG_LINE_MAX):
        return True
    return bool(
        cue.kind is BlockKind.CAPTION
        and match
        and match.start()
        and len(split_sentences(unit.text, 0, match.start())) > CAPTION_SENTENCES
    )


def _trimmed(unit: Unit, start: int, end: int) -> tuple[int, int]:
    words = unit.text[start:end]
    return unit.start + start + len(words) - len(words.lstrip()), unit.start + start + len(words.rstrip())


def _claim_sentence(unit: Unit, match: re.Match[str], cue: FurnitureCue, claims: Claims) -> None:
    """Claims the sentence of a match; of one that runs on into the story after a credit, only the words up to it."""
    sentences = split_sentences(unit.text)
    touched = [span for span in sentences if span[0] < match.end() and span[1] > match.start()]
    if not touched:
        return
    start, end = touched[0][0], touched[-1][1]
    if cue.kind is BlockKind.CAPTION:
        rest = unit.text[match.end() : end].lstrip()
        if rest[:1].isupper() and len(rest.split()) > CAPTION_SENTENCES:
            end = match.end()
        at = sentences.index(touched[0])
        # A credit alone belongs to the sentence before it.
        if match.start() <= start and at > 0 and not unit.text[:start].rstrip().endswith(("”", '"')):
            start = sentences[at - 1][0]
    _claim_free(unit, start, end, cue, claims)


def _claim_free(unit: Unit, start: int, end: int, cue: FurnitureCue, claims: Claims) -> None:
    """Claims what is still free of start..end, which count from the unit's start."""
    for first, last in claims.gaps(unit.start + start, unit.start + end):
        claims.add(*_trimmed(unit, first - unit.start, last - unit.start), cue.kind, cue.reason)


def _last_claimed(units: Sequence[Unit], index: int, cue: FurnitureCue, before: int) -> int:
    """The index after the last unit that a cue in units[index] reaches."""
    if cue.reach is Reach.REST:
        return len(units) if before >= STORY_BEFORE_REST else index + 1
    if cue.reach is Reach.NEXT:
        follows = index + 1 < len(units) and len(units[index + 1].text) <= NEXT_MAX
        return index + 1 + follows
    if cue.reach is Reach.LIST and before:
        after = index + 1
        while after < len(units) and not _is_story(units[after].text):
            after += 1
        return after
    return index + 1


def _is_story(line: str) -> bool:
    return len(line) >= LIST_SENTENCE_MIN and is_sentence(line) and not line.endswith(BROKEN_OFF)
