"""Who speaks in the tag of a quotation: by the parse of its few words, else by their order."""

from dataclasses import dataclass

from detente.codebook.attribution import attribution_words
from detente.extraction.clause import SUBJECTS
from detente.extraction.found import CharSpan
from detente.extraction.layout import Layout
from detente.extraction.speakers import (
    QUOTES,
    char_span,
    noun_phrase,
    speaker_of,
    trimmed,
    verb_group,
    with_name_before,
)
from detente.parsing.doc import Token


@dataclass(slots=True)
class Tag:
    """A verb (None: a colon) and its speaker."""

    verb: Token | None
    speaker: tuple[int, int] | None
    head: Token | None
    cue: CharSpan | None
    has_own_speaker: bool = True


def may_tag(token: Token) -> bool:
    """Whether a word can be the verb of "…, the minister said": no noun of that form, and no part of a name."""
    cue = attribution_words().verbs.get(token.lower_)
    if cue is None or "quote" not in cue.frames or token.pos_ == "PROPN":  # "The Coast Post"
        return False
    return token.dep_ not in ("amod", "compound", "aux", "case") and not (
        token.pos_ == "NOUN" and any(child.dep_ in ("det", "nmod:poss", "amod") for child in token.children)
    )


def tag_of(layout: Layout, verb: Token, residue: list[Token]) -> Tag:
    """The tag with the speaker that the parse gives, else the one that the order of words gives."""
    quoted = [layout.token_range(q.start, q.end) for q in layout.quotations]
    near = [r for r in quoted if abs(r[0] - verb.i) < 200 or abs(r[1] - verb.i) < 200]  # noqa: PLR2004
    cue = char_span(layout.doc, verb_group(verb))
    earlier = _verb_before(layout, verb)
    if earlier is not None:
        other = tag_of(layout, earlier, layout.tokens(earlier.sent.start_char, verb.idx))
        return Tag(verb, other.speaker, other.head, cue)
    head = speaker_of(verb, outside=near)
    if head is not None and residue[0].i <= head.i <= residue[-1].i:
        phrase = noun_phrase(head, verb)
        inside = max(phrase[0], residue[0].i), min(phrase[1], residue[-1].i)
        if inside[0] <= head.i <= inside[1]:
            return Tag(verb, inside, head, cue)
    span = _words_after(verb, residue) or _words_before(layout, verb, residue)
    if span is not None:
        return Tag(verb, span, _head_in(layout, span), cue)
    if head is not None:
        phrase = noun_phrase(head, verb)
        if phrase[0] <= phrase[1]:
            return Tag(verb, phrase, head, cue)
    return Tag(verb, None, None, cue)


def _verb_before(layout: Layout, verb: Token) -> Token | None:
    """The verb whose speaker a participle shares: "The envoy said it was over, adding: “...”"."""
    if not verb.lower_.endswith("ing") or any(child.dep_ in SUBJECTS for child in verb.children):
        return None
    earlier = [
        token
        for token in layout.tokens(verb.sent.start_char, verb.idx)
        if may_tag(token) and not token.lower_.endswith("ing") and layout.quotation_at(token.idx) is None
    ]
    return earlier[-1] if earlier else None


def _words_after(verb: Token, residue: list[Token]) -> tuple[int, int] | None:
    """The speaker of an inverted tag: the words after the verb up to a stop, a verb or most prepositions."""
    words = [token for token in residue if not token.is_punct]
    if not words or words[0] != verb:
        return None
    after = [token for token in residue if token.i > verb.i]
    taken: list[Token] = []
    for token in after:
        is_end = token.text in ".;:?!)" or token.text in QUOTES or token.pos_ in ("VERB", "AUX", "SCONJ")
        if is_end or (token.pos_ == "ADP" and token.lower_ not in ("of", "for", "from", "at")):
            break
        taken.append(token)
    if not taken or not any(token.pos_ in ("NOUN", "PROPN", "PRON") for token in taken):
        return None
    return trimmed(verb.doc, taken[0].i, taken[-1].i)


def _words_before(layout: Layout, verb: Token, residue: list[Token]) -> tuple[int, int] | None:
    """The speaker of a plain tag: the nearest words before the verb that hold a noun or pronoun, up to a comma."""
    first = verb_group(verb)[0]
    taken: list[Token] = []
    for token in reversed([token for token in residue if token.i < first]):
        if token.is_punct and taken:
            break
        if not token.is_punct:
            taken.append(token)
    if not any(token.pos_ in ("NOUN", "PROPN", "PRON") for token in taken):
        return None
    return with_name_before(layout.doc, *trimmed(layout.doc, taken[-1].i, taken[0].i))


def _head_in(layout: Layout, span: tuple[int, int]) -> Token:
    """The topmost token of a range."""
    root: Token = layout.doc[span[0] : span[1] + 1].root
    return root
