"""Sets the attributions of one text against each other: asides go, loose quotations join the speech they go on with."""

import dataclasses
from collections.abc import Iterable

from detente.codebook.attribution import attribution_words
from detente.extraction.found import Found
from detente.extraction.layout import Layout


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
    """With each quotation that has no tag joined to the speech in the sentence before it, in the same paragraph."""
    loose = [one for one in all_found if one.rule == "quotation" and one.speaker is None]
    kept = [one for one in all_found if one not in loose]
    for quotation in loose:
        at = _speech_before(layout, quotation, kept)
        if at is None:
            kept.append(quotation)
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
    told = [
        (found.cue[0], index)
        for index, found in enumerate(kept)
        if found.cue is not None
        and before.start <= found.cue[0] < before.end
        and found.speaker is not None
        and not any(_holds(other, found) for other in kept)
    ]
    return max(told)[1] if told else None
