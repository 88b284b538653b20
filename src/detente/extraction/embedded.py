"""Finds what messages say that a text shows whole: paragraphs that end with a name, a handle and a day."""

import re

from detente.extraction.found import Found
from detente.extraction.layout import Layout
from detente.extraction.quotation import Paragraph, paragraphs_of
from detente.extraction.speakers import trimmed

SIGN = "(@"  # stands in every such signature
SIGNATURE = re.compile(r"\s*(?:[—–]|--|-)\s(?P<name>[^()\n]{2,60}?)\s\(@\w{2,30}\)(?:\s[^()\n]{0,30})?$")
LINK = re.compile(r"(?:\s*(?:pic\.twitter\.com/\w+|https?://\S+))+\s*$")  # to a picture, before the signature
SHORTEST = 3  # words of what is said
MESSAGE = "message"  # rule of what a signed message says


def find_embedded(layout: Layout) -> list[Found]:
    """One per signed message, in text order; may be empty. The content is the message up to its signature.

    "The talks go on. — Ana Rojas (@arojas) May 3, 2019" is said by Ana Rojas.
    """
    if SIGN not in layout.text:
        return []
    paragraphs = paragraphs_of(layout.passages)
    found = (_signed(layout, *both) for both in zip([None, *paragraphs], paragraphs, strict=False))
    return [message for message in found if message is not None]


def _signed(layout: Layout, before: Paragraph | None, paragraph: Paragraph) -> Found | None:
    """What the paragraph says, or the one before where it is nothing but the signature."""
    signature = SIGNATURE.search(layout.text, paragraph.start, paragraph.end)
    if signature is None:
        return None
    start, end = paragraph.start, signature.start()
    if end == start and before is not None:
        start, end = before.start, before.end
    link = LINK.search(layout.text, start, end)
    content = trimmed(layout.doc, *layout.token_range(start, link.start() if link is not None else end))
    name = layout.token_range(*signature.span("name"))
    if content[1] - content[0] + 1 < SHORTEST or name[0] > name[1]:
        return None
    first, last = layout.doc[content[0]], layout.doc[content[1]]
    return Found(
        speaker=signature.span("name"),
        cue=None,
        content=((first.idx, last.idx + len(last)),),
        speaker_head=layout.doc[name[0] : name[1] + 1].root.i,
        rule=MESSAGE,
    )
