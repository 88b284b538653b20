"""Finds the words and the record that a decision points at, in a text that may have been read and coded anew."""

import re
from collections.abc import Sequence

from detente.ledger.decision import CONTEXT, Anchor, Decision, label_of, parties_of
from detente.records import Record

Place = tuple[int, int]  # characters, half-open
NO_WORDS = "its words are no longer in the document"
NO_RECORD = "its words are still there, and no such record rests on them"
SEVERAL = "several records fit it now"


def find_again(text: str, anchor: Anchor) -> Place | None:
    """Where the quote stands now; None where it is gone, or stands more than once and its surroundings do not tell.

    Runs of spaces and line ends count as one space, because a better reader may set them otherwise.
    """
    if text[anchor.start : anchor.end] == anchor.quote and _context(text, (anchor.start, anchor.end), anchor) == 1:
        return anchor.start, anchor.end
    pattern = re.compile(r"\s+".join(map(re.escape, anchor.quote.split())))
    places = [match.span() for match in pattern.finditer(text)]
    if len(places) <= 1:
        return places[0] if places else None
    scores = [_context(text, place, anchor) for place in places]
    best = max(scores)
    return places[scores.index(best)] if best > 0 and scores.count(best) == 1 else None


def find_record(anchor: Anchor, place: Place | None, records: Sequence[Record]) -> Record | str:
    """The record that the anchor means among those of its document; else the reason why none is."""
    if place is None:
        return NO_WORDS
    there = [r for r in records if r.record == anchor.kind and _overlaps(r, place)]
    same_id = [r for r in there if r.id == anchor.record]
    if same_id:
        return same_id[0]
    alike = [r for r in there if label_of(r) == anchor.label]
    if not alike and anchor.alone and len(there) == 1:
        alike = there  # the only one then and now: the same reading under another type
    if not alike:
        return NO_RECORD
    scores = [_likeness(r, anchor, place) for r in alike]
    best = max(scores)
    return alike[scores.index(best)] if scores.count(best) == 1 else SEVERAL


def is_lost(decision: Decision, found: Record | str) -> bool:
    """Whether a decision misses its record: to reject what is no longer coded is done already."""
    return isinstance(found, str) and not (decision.verb == "reject" and found == NO_RECORD)


def _likeness(record: Record, anchor: Anchor, place: Place) -> tuple[bool, bool]:
    exact = (record.evidence[0].start, record.evidence[0].end) == place
    return exact, parties_of(record) == anchor.parties


def _overlaps(record: Record, place: Place) -> bool:
    return record.evidence[0].start < place[1] and place[0] < record.evidence[0].end


def _context(text: str, place: Place, anchor: Anchor) -> float:
    """The share of the surroundings that is as it was, 0 to 1."""
    before = text[max(0, place[0] - CONTEXT) : place[0]]
    after = text[place[1] : place[1] + CONTEXT]
    kept = _common(before[::-1], anchor.before[::-1]) + _common(after, anchor.after)
    whole = len(anchor.before) + len(anchor.after)
    return kept / whole if whole else 1.0


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
