"""Finds what stands between quotation marks. Works on the text alone, so that a bad parse cannot spoil it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.records import Passage

DOUBLE = re.compile(r"[\"“”„«»]|``|''")
SINGLE = re.compile(r"['‘’‛]")
OPENERS = frozenset("“„«") | {"``"}
CLOSERS = frozenset("”»") | {"''"}
BEFORE_OPENING = frozenset("([{—–-:/…")  # besides blanks and other marks
AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…")
ELISION = re.compile(r"(?:\d|em\b|tis\b|twas\b|cause\b|til\b|n\b|round\b)", re.IGNORECASE)
NESTED_CLOSINGS = 2  # of the inner and the outer quotation
SINGLE_MIN = 2  # words between single marks: one word is a name or a dish more often than a quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch between quotation marks. Characters, half-open; `start` and `end` take in the marks.

    `first`, `last` are the ends of what is quoted. `is_open` has no closing mark; `goes_on` stands in a paragraph after
    an open one and so belongs to the same quotation.
    """

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    is_open: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The stretch of text that the passages of one paragraph cover."""

    number: int
    start: int
    end: int


def paragraphs_of(passages: Sequence[Passage]) -> list[Paragraph]:
    """The paragraphs in text order, from the first character of their first passage to the last of their last.

    >>> paragraphs_of([Passage(start=0, end=5, paragraph=0), Passage(start=6, end=9, paragraph=0)])
    [Paragraph(number=0, start=0, end=9)]
    """
    ends: dict[int, tuple[int, int]] = {}
    for passage in passages:
        start, end = ends.get(passage.paragraph, (passage.start, passage.end))
        ends[passage.paragraph] = min(start, passage.start), max(end, passage.end)
    return [Paragraph(number=n, start=s, end=e) for n, (s, e) in sorted(ends.items(), key=lambda item: item[1])]


def find_quotations(text: str, passages: Sequence[Passage]) -> list[Quotation]:
    """The outermost quotations, in text order, of text and passages. Marks that pair with nothing are left alone.

    >>> text = 'He said: "We agree." She left.'
    >>> [text[q.first : q.last] for q in find_quotations(text, [Passage(start=0, end=len(text), paragraph=0)])]
    ['We agree.']
    """
    found: list[Quotation] = []
    for paragraph in paragraphs_of(passages):
        before = found[-1] if found and found[-1].is_open and found[-1].paragraph != paragraph.number else None
        doubles = _pairs(text, paragraph, _marks(text, paragraph, DOUBLE), before)
        singles = _single_pairs(text, paragraph, doubles)
        outer = [q for q in doubles if not any(single.start < q.start < single.end for single in singles)]
        found += _apart(sorted([*outer, *singles], key=lambda q: (q.start, -q.end)))
    return found


def _apart(quotations: list[Quotation]) -> list[Quotation]:
    """Without those that begin inside the one before: broken marks can pair across each other."""
    kept: list[Quotation] = []
    for quotation in quotations:
        if not kept or kept[-1].end <= quotation.start:
            kept.append(quotation)
    return kept


def _marks(text: str, paragraph: Paragraph, pattern: re.Pattern[str]) -> list[_Mark]:
    marks = []
    for match in pattern.finditer(text, paragraph.start, paragraph.end):
        before = text[match.start() - 1] if match.start() > paragraph.start else " "
        after = text[match.end()] if match.end() < paragraph.end else " "
        opens, closes = _sides(match.group(), before, after)
        marks.append(_Mark(match.start(), match.end(), opens, closes))
    return marks


def _sides(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark may open, may close. Where it stands weighs more than its shape: shapes are often wrong."""
    can_open = (before.isspace() or before in BEFORE_OPENING or bool(SINGLE.match(before))) and not after.isspace()
    can_close = not before.isspace() and (after.isspace() or after in AFTER_CLOSING or bool(SINGLE.match(after)))
    if can_open != can_close:
        return can_open, can_close
    if mark in OPENERS:
        return True, False
    if mark in CLOSERS:
        return False, True
    return True, True


def _pairs(text: str, paragraph: Paragraph, marks: list[_Mark], before: Quotation | None) -> list[Quotation]:
    """The quotations of one paragraph; `before` is one that the paragraph before it left open."""
    found: list[Quotation] = []
    opened: _Mark | None = None
    depth = 0
    for at, mark in enumerate(marks):
        if opened is None:
            if mark.opens:
                opened, depth = mark, 1
            elif not found and before is not None:  # closed here without having been reopened
                found.append(_quotation(text, paragraph, (paragraph.start, paragraph.start), (mark.start, mark.end)))
        elif mark.closes:
            depth -= 1
            if not depth or not any(later.closes for later in marks[at + 1 :]):
                found.append(_quotation(text, paragraph, (opened.start, opened.end), (mark.start, mark.end)))
                opened = None
        elif _is_nested(marks[at:]):
            depth += 1
        else:  # the closing mark was forgotten: the sentence before is as far as it can have reached
            stop = _sentence_end(text, opened.end, mark.start)
            found.append(_quotation(text, paragraph, (opened.start, opened.end), (stop, stop)))
            opened, depth = mark, 1
    if opened is not None:
        end = (paragraph.end, paragraph.end)
        found.append(_quotation(text, paragraph, (opened.start, opened.end), end, is_open=True))
    return _joined(text, found, paragraph, before)


def _joined(text: str, found: list[Quotation], paragraph: Paragraph, before: Quotation | None) -> list[Quotation]:
    if before is None or not found or found[0].start != paragraph.start:
        return found
    if found[0].first > found[0].start and text[found[0].start] != text[before.start]:
        return found  # marks of another shape open another quotation
    return [replace(found[0], goes_on=True), *found[1:]]


def _is_nested(rest: list[_Mark]) -> bool:
    """Whether a mark that opens inside a quotation has two closing marks to come before another opens."""
    following = rest[1:3]
    return len(following) == NESTED_CLOSINGS and all(mark.closes for mark in following)


def _sentence_end(text: str, start: int, end: int) -> int:
    stops = [match.end() for match in re.finditer(r"[.!?…]", text[start:end])]
    return start + stops[0] if stops else end


def _quotation(
    text: str, paragraph: Paragraph, opening: tuple[int, int], closing: tuple[int, int], *, is_open: bool = False
) -> Quotation:
    first, last = opening[1], closing[0]
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Quotation(
        start=opening[0], end=closing[1], first=first, last=last, paragraph=paragraph.number, is_open=is_open
    )


def _single_pairs(text: str, paragraph: Paragraph, doubles: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks, as in British papers and headlines, outside those in double marks."""
    marks = [
        mark
        for mark in _marks(text, paragraph, SINGLE)
        if not any(q.start <= mark.start < q.end for q in doubles) and (mark.opens != mark.closes)
    ]
    found: list[Quotation] = []
    at = 0
    while at < len(marks):
        opening = marks[at]
        at += 1
        if not opening.opens or ELISION.match(text, opening.end):
            continue
        closing = _single_closing(text, marks[at:])
        if closing is None:
            continue
        quotation = _quotation(text, paragraph, (opening.start, opening.end), (closing.start, closing.end))
        if len(text[quotation.first : quotation.last].split()) >= SINGLE_MIN:
            found.append(quotation)
        at = marks.index(closing) + 1
    return found


def _single_closing(text: str, rest: list[_Mark]) -> _Mark | None:
    """The mark that closes: the first after a stop, else the first that is no possessive ("workers' rights")."""
    closing = []
    for mark in rest:
        if mark.opens:
            break
        closing.append(mark)
    for mark in closing:
        if text[mark.start - 1] in ".,!?…":
            return mark
    for mark in closing:
        if not (text[mark.start - 1] == "s" and re.match(r" [a-z]", text[mark.end : mark.end + 2])):
            return mark
    return closing[-1] if closing else None
