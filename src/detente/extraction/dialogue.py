"""Finds who speaks in interviews and briefings: paragraphs that a name, or "Q" and "A", and a colon open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.found import CharSpan, Found
from detente.extraction.layout import Layout
from detente.extraction.quotation import Paragraph, paragraphs_of
from detente.extraction.speakers import trimmed
from detente.records import Passage

_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|for|and)){0,6}"
OPENING = re.compile(rf"({_NAME}(?P<office>(?:, {_NAME}){{1,3}}| \({_NAME}\))?) ?: ")
FEWEST = 2  # labelled paragraphs that make a dialogue
HEADS = 4  # sentences at the head of a text that may name who answers
SHORTEST = 4  # words of what is said
ASKED = "question"  # rule of what is asked: nobody holds it
TURN = "turn"  # rule of what a name and a colon open


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one speaker says in one paragraph, from `start` on; `label` are the characters of the name.

    `in_office`: the label tells the speaker's office too ("Ann Lee, Foreign Minister").
    """

    label: CharSpan
    start: int
    paragraph: Paragraph
    asks: bool
    in_office: bool = False


def find_dialogue(layout: Layout) -> list[Found]:
    """One per paragraph of a text that is set as questions and answers, in text order; none elsewhere.

    An answer goes on over the paragraphs that nobody opens. Who answers as "A" is named, with an office, at the head of
    the text. A transcript without questions counts where a label tells an office.
    """
    turns = list(_turns(layout))
    told = any(turn.asks or turn.in_office for turn in turns)
    if len(turns) < FEWEST or not told or all(turn.asks for turn in turns):
        return []
    found: list[Found] = []
    for turn in turns:
        name = _name_of(layout, turn)
        if name is not None:
            found += _said(layout, turn, name)
    return found


def _turns(layout: Layout) -> Iterator[_Turn]:
    """The paragraphs that a label opens, and those that go on with its words."""
    last: _Turn | None = None
    for paragraph in paragraphs_of(layout.passages):
        match = OPENING.match(layout.text, paragraph.start, paragraph.end)
        if match is not None and len(layout.text[match.end() : paragraph.end].split()) >= SHORTEST:
            asks = match[1].lower() in words_for("labels of questions") or _ends_asking(layout, paragraph)
            last = _Turn(match.span(1), match.end(), paragraph, asks, match["office"] is not None)
            yield last
        elif last is not None and not last.asks:
            yield _Turn(last.label, paragraph.start, paragraph, asks=False)


def _ends_asking(layout: Layout, paragraph: Paragraph) -> bool:
    return layout.text[paragraph.start : paragraph.end].rstrip("”\"’' ").endswith("?")


def _name_of(layout: Layout, turn: _Turn) -> tuple[int, int] | None:
    """The tokens that name the speaker: the label, or for an "A" whoever the text's head names with an office."""
    words = layout.text[slice(*turn.label)].lower()
    if words not in words_for("labels of answers"):
        return layout.token_range(*turn.label)
    heads = (
        p for p in layout.passages[:HEADS] if p.start < turn.paragraph.start and not OPENING.match(layout.text, p.start)
    )
    return next((name for p in heads if (name := _officer_in(layout, p)) is not None), None)


def _officer_in(layout: Layout, head: Passage) -> tuple[int, int] | None:
    """The tokens that name someone with an office: "Foreign Ministry [Spokesman Luis Vega]"."""
    first, last = layout.token_range(head.start, head.end)
    posts = attribution_words().spokespeople
    for token in layout.doc[first : last + 1]:
        if token.lower_ in posts:
            end = token.i
            while end < last and layout.doc[end + 1].pos_ == "PROPN" and layout.doc[end + 1].text[:1].isupper():
                end += 1
            if end > token.i:
                return token.left_edge.i if token.left_edge.i >= first else token.i, end
    return None


def _said(layout: Layout, turn: _Turn, name: tuple[int, int]) -> Iterator[Found]:
    content = trimmed(layout.doc, *layout.token_range(turn.start, turn.paragraph.end))
    if content[0] > content[1] or name[0] > name[1]:
        return
    doc = layout.doc
    start, end = doc[name[0]].idx, doc[name[1]].idx + len(doc[name[1]])
    yield Found(
        speaker=(start, end),
        cue=(turn.label[1], turn.label[1] + 1) if turn.start > turn.label[1] > turn.paragraph.start else None,
        content=((doc[content[0]].idx, doc[content[1]].idx + len(doc[content[1]])),),
        speaker_head=doc[name[0] : name[1] + 1].root.i,
        rule=ASKED if turn.asks else TURN,
    )
