"""Finds who says what: the one entry to direct, indirect and mixed speech, phrases and labels."""

import dataclasses
import re
from collections.abc import Iterable, Sequence

from detente.codebook.constructions import words_for
from detente.extraction.according import LABEL, find_phrased
from detente.extraction.clause import is_passive
from detente.extraction.dialogue import find_dialogue
from detente.extraction.embedded import find_embedded
from detente.extraction.found import CharSpan, Found
from detente.extraction.gathering import gathered, without_asides
from detente.extraction.layout import Layout
from detente.extraction.loose_tags import find_loose
from detente.extraction.reading import Attribution
from detente.extraction.reported import find_reported
from detente.extraction.speakers import char_span, trimmed
from detente.extraction.tags import find_tagged
from detente.parsing.doc import Doc
from detente.records import Passage, Span

ONLY_TIME = re.compile(r"(?:last|next|this) (?:time|day|week|weekend|month|year|summer|autumn|spring|winter)")
LONGEST_PRONOUN = 4  # characters
SO, OFFICE, LONGEST_TITLE = "so-", (" d'", " d’"), 3
BAR = " | "  # between a headline and the name of the outlet
SHORTEST_BEFORE = 3  # tokens before a tag that say something
LONGEST_TAIL = 30  # characters behind the verb of a tag: "on Monday"


def find_attributions_in(parse: Doc, text: str, passages: Sequence[Passage]) -> tuple[Attribution, ...]:
    """Who says what in the passages of the text, in the order of the contents; may be empty.

    What is said inside what is said is given too, as an attribution of its own.
    """
    if not passages or not len(parse):
        return ()
    layout = Layout(parse, text, passages)
    tagged = find_tagged(layout)
    dialogue = [*find_dialogue(layout), *find_embedded(layout)]
    phrased = (found for found in find_phrased(layout) if found.rule != LABEL or not _overlaps(found, dialogue))
    labelled = [_mended(layout, found) for found in phrased] + dialogue
    used = {found.cue_head for found in tagged}
    reported = [
        _mended(layout, found)
        for found in find_reported(parse)
        if found.cue_head not in used and not _repeats(found, tagged)
    ]
    labelled = [_inside(found, reported) for found in labelled]
    used |= {found.cue_head for found in reported}
    loose = [_mended(layout, found) for found in find_loose(layout, used) if not _repeats(found, tagged)]
    reported = [_without_tag(found, [*reported, *loose]) for found in reported]
    told = _distinct([*tagged, *labelled, *reported, *loose])
    chosen = [found for found in told if found.content and not _leaves(layout, found)]
    mended = (_before_tag(layout, _past_label(layout, found)) for found in chosen)
    chosen = gathered(layout, without_asides(mended))
    return tuple(_attribution(text, found) for found in sorted(chosen, key=_order))


def _before_tag(layout: Layout, found: Found) -> Found:
    """What stands before a tag, where behind it only stands when it was said: "The gate is shut, Roe said | as ..."."""
    if found.speaker is None or found.cue is None or found.speaker[0] > found.cue[0] or len(found.content) > 1:
        return found
    passage, (start, end) = layout.passage_at(found.speaker[0]), found.content[0]
    opening = layout.text[start:end].split(" ", 1)[0].lower()
    if passage is None or start < found.cue[1] or opening not in words_for("when it was said"):
        return found
    before = layout.token_range(passage.start, found.speaker[0])
    first, last = trimmed(layout.doc, *before)
    comma = layout.text[passage.start : found.speaker[0]].rstrip().endswith((",", ",”", ',"'))
    if not comma or last - first < SHORTEST_BEFORE or layout.quotation_at(layout.doc[last].idx) is not None:
        return found
    return dataclasses.replace(found, content=(char_span(layout.doc, (first, last)),))


def _past_label(layout: Layout, found: Found) -> Found:
    """In a headline what stands behind the verb, not the label before: "Talks live: Peru says | the gate is shut".

    The name of the outlet behind a bar is no part of it.
    """
    passage = layout.passage_at(found.content[0][0])
    if passage is None or not passage.from_title:
        return found
    content = found.content
    if found.speaker is not None and found.cue is not None and content[-1][1] < found.speaker[0]:
        behind = layout.token_range(found.cue[1], passage.end)
        first, last = trimmed(layout.doc, *behind)
        if layout.text[content[-1][1] : found.speaker[0]].strip() == ":" and first <= last:
            content = (char_span(layout.doc, (first, last)),)
    bar = layout.text.find(BAR, content[-1][0], content[-1][1])
    if bar > content[-1][0]:
        content = (*content[:-1], (content[-1][0], bar))
    return found if content == found.content else dataclasses.replace(found, content=content)


def _overlaps(found: Found, others: Iterable[Found]) -> bool:
    """Whether the content begins inside that of another."""
    at = found.content[0][0]
    return any(start <= at < end for other in others for start, end in other.content)


def _inside(phrase: Found, reported: Iterable[Found]) -> Found:
    """The phrase's content cut to the clause that holds the phrase: "She wrote that, according to Hill, it failed"."""
    if phrase.cue is None:
        return phrase
    for other in reported:
        for start, end in other.content:
            if start <= phrase.cue[0] < end:
                pieces = [(max(start, a), min(end, b)) for a, b in phrase.content if b > phrase.cue[0]]
                kept = tuple((a, b) for a, b in pieces if a < b)
                return dataclasses.replace(phrase, content=kept) if kept else phrase
    return phrase


def _without_tag(inner: Found, tags: Iterable[Found]) -> Found:
    """What is said up to the tag of whoever tells all of it: "He told them he hoped so | , an aide said".

    Nothing is left where the parse took the tag itself for what is said: "Peru has agreed to wait, an aide said".
    """
    if inner.cue is None:
        return inner
    first, last = inner.content[-1]
    for tag in tags:
        if tag.cue is None or not (first < tag.cue[0] and tag.cue[1] <= last < tag.cue[1] + LONGEST_TAIL):
            continue
        tells = any(start <= inner.cue[0] < end for start, end in tag.content)
        # "he said ..., he said"
        same = all(one is not None and one[1] - one[0] <= LONGEST_PRONOUN for one in (tag.speaker, inner.speaker))
        if tells and not same:
            pieces = tuple((a, min(b, max(end for _, end in tag.content))) for a, b in inner.content)
            return dataclasses.replace(inner, content=tuple(piece for piece in pieces if piece[0] < piece[1]))
    return inner


def _leaves(layout: Layout, found: Found) -> bool:
    """Whether a verb inside a quotation would tell what stands before it: "“...,” he said, “they agreed to meet”".

    Or whether the content only says when: "the delay that it asked for last time".
    """
    if found.cue is not None:
        before, after = layout.text[: found.cue[0]], layout.text[found.cue[1] :][:LONGEST_TITLE].lower()
        if before.endswith(SO) or after.startswith(OFFICE):
            return True  # "his so-called allies", "the charge d'affaires"
    if found.rule in words_for("recalling") and found.cue_head is not None and is_passive(layout.doc[found.cue_head]):
        return True  # "the envoy who was recalled"
    if ONLY_TIME.fullmatch(layout.text[found.content[0][0] : found.content[-1][1]].lower()):
        return True
    around = layout.quotation_at(found.cue[0]) if found.cue is not None else None
    return around is not None and found.content[0][0] < around.first


def _repeats(found: Found, tagged: Iterable[Found]) -> bool:
    """Whether the content only takes in a quotation that has its own tag: "she scolded him: “...,” she said"."""
    first, last = found.content[0][0], found.content[-1][1]
    return any(first < other.content[0][0] and other.content[0][1] <= last for other in tagged)


def _order(found: Found) -> tuple[int, int, int]:
    return found.content[0][0], -found.content[-1][1], found.cue[0] if found.cue else -1


def _mended(layout: Layout, found: Found) -> Found:
    """The found with pieces that end inside a quotation drawn to its end: a bad parse stops at its marks."""
    pieces = []
    around = layout.quotation_at(found.cue[0]) if found.cue is not None else None
    for start, end in found.content:
        if around is not None and start < around.last < end:  # said inside a quotation, so all of it is inside
            end = start + len(layout.text[start : around.last].rstrip(", "))  # noqa: PLW2901
        quotation = layout.quotation_at(end)
        if quotation is not None and quotation != around and start <= quotation.first < end < quotation.last:
            end = quotation.last  # noqa: PLW2901
        pieces.append(_with_marks(layout, start, end))
    content = tuple(pieces)
    return found if content == found.content else dataclasses.replace(found, content=content)


def _with_marks(layout: Layout, start: int, end: int) -> CharSpan:
    """The piece with a quotation mark at its edge whose partner it holds: "“phase two” talks will begin"."""
    before = layout.quotation_at(start - 1) if start else None
    if before is not None and before.first == start and before.end < end:
        start = before.start
    after = layout.quotation_at(end)
    if after is not None and start < after.start and end == after.last and not after.is_open:
        end = after.end
    return start, end


def _distinct(all_found: Iterable[Found]) -> list[Found]:
    """Without those that say the same of the same words, the first one kept."""
    seen: set[tuple[object, ...]] = set()
    chosen = []
    for found in all_found:
        key = (found.speaker, found.content)
        if key not in seen and all(start < end for start, end in found.content):
            seen.add(key)
            chosen.append(found)
    return chosen


def _attribution(text: str, found: Found) -> Attribution:
    def span(where: CharSpan) -> Span:
        return Span(start=where[0], end=where[1], quote=text[where[0] : where[1]])

    return Attribution(
        speaker=span(found.speaker) if found.speaker else None,
        cue=span(found.cue) if found.cue else None,
        content=tuple(span(piece) for piece in found.content),
        speaker_head=found.speaker_head,
        cue_head=found.cue_head,
        rule=found.rule,
    )
