"""What the lines that no cue names are, by their place and shape: kickers, standfirsts, headings, teasers, menus."""

from collections.abc import Sequence

from detente.cleaning.claims import Claims
from detente.cleaning.shapes import (
    HEADING_WORDS,
    PLAIN_HEADING_WORDS,
    has_headline_verb,
    introduces,
    is_bullet,
    is_heading,
    is_name,
    is_sentence,
    is_title_case,
    is_unended_sentence,
    words_of,
)
from detente.cleaning.titles import normal
from detente.cleaning.units import Unit
from detente.records import BlockKind

NAVIGATION_RUN = 4  # lines of a few words in a row are a menu
NAVIGATION_WORDS = 4
BENEATH = 3  # paragraphs in which a heading's words come again
CUT_OFF = 140  # characters: a last line this long is a paragraph that was cut off
HEADING_REASON = "a short line above the paragraphs it is about"
ABOVE_TITLE = "a line above the headline"
TELLING_WORD = 4  # letters of a word that says what a heading is about


def claim_layout(units: Sequence[Unit], claims: Claims) -> str | None:
    """Claims the lines of the page that are no sentences; what may be a sentence stays body.

    A name alone between headline and story comes back as the writer's.
    """
    byline = None
    free = [unit for unit in units if claims.is_free(unit.start, unit.end)]
    _claim_navigation(units, claims)
    story = [
        index
        for index, unit in enumerate(units)
        if not _is_claimed(unit, claims) and (is_sentence(unit.text) or introduces(unit.text))
    ]
    if not free or not story:
        return None
    headline = claims.first(BlockKind.TITLE)
    title = next((i for i, unit in enumerate(units) if headline and unit.end > headline.start), -1)
    first, last = story[0], story[-1]
    for index, unit in enumerate(units):
        if not claims.is_free(unit.start, unit.end):
            continue
        if index < first:
            kind, reason = _above(units, index, title, first)
        elif index > last:
            kind, reason = _below(unit.text)
        else:
            kind, reason = _between(units, index, claims)
        if kind is not BlockKind.BODY:
            claims.add(unit.start, unit.end, kind, reason)
        if kind is BlockKind.BYLINE:
            byline = byline or unit.text
    return byline


def _is_claimed(unit: Unit, claims: Claims) -> bool:
    return not claims.gaps(unit.start, unit.end)


def _claim_navigation(units: Sequence[Unit], claims: Claims) -> None:
    run: list[Unit] = []  # items that are not claimed yet
    length = 0
    for unit in [*units, None]:
        if unit and claims.is_free(unit.start, unit.end) and _is_menu_item(unit.text):
            run.append(unit)
            length += 1
            continue
        if length >= NAVIGATION_RUN:
            for item in run:
                claims.add(item.start, item.end, BlockKind.METADATA, "one of a run of short lines: a menu")
            run = []
        # Lines already set aside do not end a menu, the story does.
        if unit is None or claims.is_free(unit.start, unit.end):
            run, length = [], 0


def _is_menu_item(line: str) -> bool:
    return len(words_of(line)) <= NAVIGATION_WORDS and not is_sentence(line)


def _above(units: Sequence[Unit], index: int, title: int, first: int) -> tuple[BlockKind, str]:
    line = units[index].text
    short = len(words_of(line)) <= PLAIN_HEADING_WORDS
    if index < title:
        return (BlockKind.KICKER, ABOVE_TITLE) if short else (BlockKind.METADATA, ABOVE_TITLE)
    if index == first - 1 and is_heading(line) and (_recurs(units, index) or not is_name(line)):
        return BlockKind.HEADING, HEADING_REASON
    if is_name(line):
        return BlockKind.BYLINE, "a name between headline and story"
    if short:
        return BlockKind.KICKER, "a short line at the top of the page"
    return BlockKind.STANDFIRST, "a summary between headline and story"


def _below(line: str) -> tuple[BlockKind, str]:
    if len(line) > CUT_OFF or is_bullet(line) or is_unended_sentence(line):
        return BlockKind.BODY, ""
    if len(words_of(line)) > NAVIGATION_WORDS:
        return BlockKind.TEASER, "a line without a full stop below the story: a headline of another article"
    return BlockKind.METADATA, "a short line below the story"


def _between(units: Sequence[Unit], index: int, claims: Claims) -> tuple[BlockKind, str]:
    line = units[index].text
    if is_sentence(line) or is_bullet(line) or is_unended_sentence(line) or introduces(line):
        return BlockKind.BODY, ""
    count = len(words_of(line))
    tells = has_headline_verb(line) or is_title_case(line) or ", " in line or ": " in line
    if is_heading(line) and _governs(units, index, claims) and (count <= PLAIN_HEADING_WORDS or _recurs(units, index)):
        return BlockKind.HEADING, HEADING_REASON
    if count <= HEADING_WORDS and not has_headline_verb(line) and _recurs(units, index) and not _is_listed(line):
        return BlockKind.HEADING, "a phrase whose words come again in the paragraphs beneath"
    if tells and count > NAVIGATION_WORDS:
        return BlockKind.TEASER, "a headline between paragraphs, without a full stop"
    if count <= NAVIGATION_WORDS:
        return BlockKind.METADATA, "a short line between paragraphs"
    return BlockKind.BODY, ""


def _is_listed(line: str) -> bool:
    """Whether a line reads as a headline in parts: "Minister calls vote, sources say"."""
    return ", " in line or ": " in line


def _governs(units: Sequence[Unit], index: int, claims: Claims) -> bool:
    """Whether the story goes on below, past further headings and what is set aside."""
    for unit in units[index + 1 :]:
        if _is_claimed(unit, claims):
            continue
        return is_sentence(unit.text) or is_heading(unit.text) or is_bullet(unit.text) or is_unended_sentence(unit.text)
    return False


def _recurs(units: Sequence[Unit], index: int) -> bool:
    """Whether a telling word of the line comes again in the paragraphs beneath."""
    telling = {word for word in normal(units[index].text).split() if len(word) >= TELLING_WORD}
    beneath = " ".join(unit.text for unit in units[index + 1 : index + 1 + BENEATH])
    return bool(telling & set(normal(beneath).split()))
