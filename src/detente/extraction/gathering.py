"""Sets the attributions of one text against each other: asides go, loose quotations join the speech they go on with."""

import dataclasses
from collections.abc import Iterable

from detente.codebook.attribution import attribution_words
from detente.extraction.found import Found
from detente.extraction.layout import Layout
from detente.records import Passage

MARKS = ("", '"', "“", "”", "''", "``")  # around a quotation that fills its paragraph
STOPS = (".", ".”", '."', "”.", '".')


def without_asides(all_found: Iterable[Found]) -> list[Found]:
    """Without what stands inside another's content and is no statement of a third: wishes, stands, "I think"."""
    found = list(all_found)
    return [one for one in found if not _is_aside(one, found)]


def _is_aside(one: Found, all_found: list[Found]) -> bool:
    cue = attribution_words().by_id.get(one.rule)
    says_little = one.speaker is None or (cue is not None and not cue.is_statement) or one.in_person
    return says_little and any(_holds(other, one) for other in all_found)


def _holds(outer: Found, inner: Found) -> bool:
    """Whether the cue of one stands in the content of the other."""
    if outer is inner or inner.cue is None:
        return False
    at = inner.cue[0]
    return any(start <= at < end for start, end in outer.content)


def gathered(layout: Layout, all_found: list[Found]) -> list[Found]:
    """With each quotation that has no tag joined to the speech in the sentence before it, in the same paragraph.

    One that fills the next paragraph stays a statement of its own, by whoever speaks in the sentence before it.
    """
    loose = [one for one in all_found if one.rule == "quotation" and one.speaker is None]
    kept = [one for one in all_found if one not in loose]
    for quotation in loose:
        at = _speech_before(layout, quotation, kept)
        if at is None:
            kept.append(_of_last_speaker(layout, quotation, kept))
        else:
            content = tuple(sorted((*kept[at].content, *quotation.content)))
            kept[at] = dataclasses.replace(kept[at], content=content)
    return kept


def _speech_before(layout: Layout, quotation: Found, kept: list[Found]) -> int | None:
    """The index of the last statement told in the sentence before the quotation; outer ones before inner ones."""
    number = layout.passage_index(quotation.content[0][0])
    if not number:
        return None
    before, own = layout.passages[number - 1], layout.passages[number]
    if before.paragraph != own.paragraph:
        return None
    told = _told_in(before, kept)
    return told[-1] if told else None


def _told_in(passage: Passage, kept: list[Found]) -> list[int]:
    """The indices of what is said in a sentence by somebody named, in the order of the cues; nothing inside another."""
    told = [
        (found.cue[0], index)
        for index, found in enumerate(kept)
        if found.cue is not None
        and passage.start <= found.cue[0] < passage.end
        and found.speaker is not None
        and not any(_holds(other, found) for other in kept)
    ]
    return [index for _, index in sorted(told)]


def _of_last_speaker(layout: Layout, quotation: Found, kept: list[Found]) -> Found:
    """The quotation with the speaker of the paragraph before it, where one speaks at its end and it fills its own."""
    number = layout.passage_index(quotation.content[0][0])
    if not number:
        return quotation
    before, own = layout.passages[number - 1], layout.passages[number]
    last = max((p.end for p in layout.passages if p.paragraph == own.paragraph), default=own.end)
    starts_here = layout.text[own.start : quotation.content[0][0]].strip() in MARKS
    fills = starts_here and layout.text[quotation.content[-1][1] : last].strip() in (*MARKS, *STOPS)
    told = _told_in(before, kept)
    if before.paragraph == own.paragraph or not fills or not told or before.heading != own.heading:
        return quotation
    speech = kept[told[0]]
    cue = attribution_words().by_id.get(speech.rule)
    is_phrase = any(phrase.id == speech.rule for phrase in attribution_words().phrases)
    if not (is_phrase or (cue is not None and cue.is_statement)) or speech.in_person:
        return quotation
    return dataclasses.replace(quotation, speaker=speech.speaker, speaker_head=speech.speaker_head)
