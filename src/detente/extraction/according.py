"""Finds speakers that a phrase or a label names: "according to the bank", "SMITH: ..."."""

import re
from collections.abc import Iterator

from detente.codebook.attribution import Pattern, attribution_words, phrase_scanner
from detente.extraction.clause import base
from detente.extraction.clause_dates import without_day
from detente.extraction.found import CharSpan, Found
from detente.extraction.layout import Layout
from detente.extraction.speakers import QUOTES, char_span, trimmed
from detente.parsing.doc import Token
from detente.records import Passage

LABEL = "label"  # rule of what a name and a colon open
TRANSCRIPT = re.compile(r"[\"“]?([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):\s")
HEADLINE = re.compile(r"([A-Z][\w.’'-]*(?: [\w.’'-]+){0,3}): ")
SHORTEST_HEADLINE = 2  # tokens after the first one
SHORTEST_CONTENT = 2  # words
INNER_CLAUSES = frozenset({"aux", "aux:pass", "cop", "xcomp", "mark"})
ENDS_NAME = frozenset({"VERB", "AUX", "SCONJ"})


def find_phrased(layout: Layout) -> list[Found]:
    """One per phrase or speaker's label, in text order."""
    found = list(_labels(layout))
    for number, match in phrase_scanner().find(layout.text):
        passage = layout.passage_at(match.start())
        if passage is not None:
            found += _by_phrase(layout, passage, match, attribution_words().phrases[number])
    return sorted(found, key=lambda one: one.content[0])


def _by_phrase(layout: Layout, passage: Passage, match: re.Match[str], pattern: Pattern) -> Iterator[Found]:
    name = _name_after(layout, match.end(), passage.end)
    if name is None:
        return
    content = _rest(layout, passage, match.start(), char_span(layout.doc, name)[1])
    if not content:
        return
    named = without_day(layout.doc.tokens[name[0] : name[1] + 1])
    span = char_span(layout.doc, (named[0].i, named[-1].i))
    root: Token = layout.doc[named[0].i : named[-1].i + 1].root
    yield Found(
        speaker=span,
        cue=match.span(),
        content=tuple(content),
        speaker_head=root.i,
        cue_head=layout.token_range(*match.span())[0],
        rule=pattern.id,
    )


def _name_after(layout: Layout, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase at `start`: by the parse where it hangs together, else up to the next stop or verb."""
    tokens = layout.tokens(start, end)
    if not tokens:
        return None
    taken: list[Token] = []
    for at, token in enumerate(tokens):
        ends = token.pos_ in ENDS_NAME and not _modifies(token, taken)
        if ends or token.text in QUOTES or token.text in ".;:?!)(—–":
            break
        if token.text == "," and not _goes_on(tokens, at, taken):
            break
        taken.append(token)
    if not any(token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") for token in taken):
        return None
    first, last = trimmed(layout.doc, taken[0].i, taken[-1].i)
    return (first, last) if first <= last else None


def _modifies(token: Token, taken: list[Token]) -> bool:
    """Whether a verb stands inside the phrase: "an official who asked not to be named"."""
    if base(token.dep_) in ("acl", "amod", "compound", "case"):
        return True
    at = token
    while at.dep_ in INNER_CLAUSES and at.head != at:
        at = at.head
    return at in taken and base(at.dep_) == "acl"


def _goes_on(tokens: list[Token], at: int, taken: list[Token]) -> bool:
    """Whether the comma at `at` is inside the name: an apposition of what was taken, not the rest of the sentence."""
    if at + 1 >= len(tokens) or not taken:
        return False
    following = tokens[at + 1]
    top = following
    while top.dep_ in ("det", "compound", "amod", "nmod:poss", "nmod:desc", "flat", "nummod") and top.head != top:
        top = top.head
    return top.dep_ == "appos" and top.head in taken


def _rest(layout: Layout, passage: Passage, start: int, end: int) -> list[CharSpan]:
    """The sentence without the phrase, as one or two trimmed pieces."""
    pieces = []
    for first, last in ((passage.start, start), (end, passage.end)):
        a, b = layout.token_range(first, last)
        a, b = trimmed(layout.doc, a, b) if a <= b else (1, 0)
        if a <= b:
            pieces.append(char_span(layout.doc, (a, b)))
    words = sum(len(layout.text[a:b].split()) for a, b in pieces)
    if words < SHORTEST_CONTENT:
        return []
    return [piece for piece in pieces if _says(layout, piece)] or pieces


def _says(layout: Layout, piece: CharSpan) -> bool:
    """Whether a piece belongs to what is said: words, or a lone name ("[Fiji], according to the envoy, ...")."""
    tokens = layout.tokens(*piece)
    return len(layout.text[slice(*piece)].split()) >= SHORTEST_CONTENT or tokens[-1].pos_ in ("NOUN", "PROPN", "PRON")


def _headline(layout: Layout) -> Iterator[Found]:
    """ "Poll: voters want peace": a name and a colon at the head of a title, where no sentence stands before it."""
    title = layout.passages[0]
    match = HEADLINE.match(layout.text, title.start, title.end)
    if match is None or any(p.paragraph == title.paragraph for p in layout.passages[1:]):
        return
    first, last = layout.token_range(*match.span(1))
    content = trimmed(layout.doc, *layout.token_range(match.end(), title.end))
    name = layout.doc[first : last + 1]
    words = {token.lower_ for token in name}
    speaks = words & (attribution_words().outlets | attribution_words().vehicles | attribution_words().unnamed)
    is_name = all(token.pos_ == "PROPN" for token in name) and len(name) > 0 and not words & {"the", "a", "an"}
    if content[0] > content[1] or not (speaks or is_name) or any(token.pos_ in ENDS_NAME for token in name):
        return
    if content[1] - content[0] < SHORTEST_HEADLINE:
        return
    yield Found(
        speaker=match.span(1),
        cue=(match.end(1), match.end(1) + 1),
        content=(char_span(layout.doc, content),),
        speaker_head=name.root.i,
        rule=LABEL,
    )


def _labels(layout: Layout) -> Iterator[Found]:
    """Transcripts: a name in capitals and a colon at the head of a paragraph."""
    yield from _headline(layout)
    ends = {passage.paragraph: passage.end for passage in layout.passages}
    seen: set[int] = set()
    for passage in layout.passages:
        if passage.paragraph in seen:
            continue
        seen.add(passage.paragraph)
        match = TRANSCRIPT.match(layout.text, passage.start, passage.end)
        if match is None:
            continue
        first, last = layout.token_range(*match.span(1))
        content = layout.token_range(match.end(), ends[passage.paragraph])
        content = trimmed(layout.doc, *content)
        if first > last or content[0] > content[1]:
            continue
        root: Token = layout.doc[first : last + 1].root
        yield Found(
            speaker=match.span(1),
            cue=(match.end(1), match.end(1) + 1),
            content=(char_span(layout.doc, content),),
            speaker_head=root.i,
            rule=LABEL,
        )
