"""Pairs quotations with their tags ("..., said the minister") and gathers the pieces of one quotation.

The marks come from the text; the parse only helps to tell the speaker in the few words of the tag.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.codebook.attribution import attribution_words
from detente.extraction.clause import subjects_of
from detente.extraction.found import CharSpan, Found
from detente.extraction.layout import Layout
from detente.extraction.quotation import Quotation
from detente.extraction.speakers import (
    QUOTES,
    char_span,
    trimmed,
)
from detente.extraction.tag_speakers import Tag, may_tag, tag_of
from detente.parsing.doc import Token
from detente.records import Passage

TAG_REACH = 40  # tokens between a quotation and the verb of its tag
LONE_MIN = 4  # words of a quotation that stands alone: fewer are a title or an irony
SHORT_TAG = 60  # characters in which the verb of a tag cut off from its quotation must stand
STOPS = ".?!…"
PAUSES = ",—–-"
DASHES = frozenset({"—", "–", "―", "--", "-"})
NAME_BEFORE_COLON = 8  # words


@dataclass(slots=True)
class _Said:
    """A quotation under way: its tag and its pieces so far."""

    tag: Tag | None
    pieces: list[CharSpan] = field(default_factory=list)
    last: Quotation | None = None


def find_tagged(layout: Layout) -> list[Found]:
    """One per quotation that is a statement, in text order; short quoted words without a tag are left out."""
    said: list[_Said] = []
    waiting: list[Quotation] = []
    for quotation in layout.quotations:
        if waiting and waiting[-1].paragraph != quotation.paragraph and not quotation.goes_on:
            said += _alone(layout, waiting)
            waiting = []
        current = said[-1] if said else None
        tag = _tag_of(layout, quotation)
        if tag is None:
            if quotation.goes_on and waiting:
                waiting.append(quotation)
            elif current is not None and not waiting and _continues(layout, current, quotation):
                _add(layout, current, quotation)
            elif is_sentence(layout, quotation):
                waiting.append(quotation)
            continue
        if current is not None and _is_same(current.tag, tag):
            _add(layout, current, quotation)
            continue
        new = _Said(_with_speaker(tag, current))
        for piece in [*waiting, quotation]:
            _add(layout, new, piece)
        waiting = []
        said.append(new)
    said += _alone(layout, waiting)
    return [_found(layout, one) for one in said if one.pieces]


def _is_same(one: Tag | None, other: Tag) -> bool:
    return one is not None and one.verb is not None and one.verb == other.verb


def _with_speaker(tag: Tag, before: _Said | None) -> Tag:
    """The tag, with the speaker of the quotation before it where it names none ("adding: ...")."""
    if tag.speaker is None and before is not None and before.tag is not None:
        tag.speaker, tag.head = before.tag.speaker, before.tag.head
        tag.has_own_speaker = False
    return tag


def _add(layout: Layout, said: _Said, quotation: Quotation) -> None:
    first, last = quotation.first, quotation.last
    while last > first and layout.text[last - 1] in ",;:—–- \xa0":
        last -= 1
    if last > first:
        said.pieces.append((first, last))
    said.last = quotation


def _alone(layout: Layout, waiting: Iterable[Quotation]) -> list[_Said]:
    """Quotations without a tag: together one statement, whose speaker the text leaves to the reader."""
    new = _Said(None)
    for quotation in waiting:
        if len(layout.text[quotation.first : quotation.last].split()) >= LONE_MIN:
            _add(layout, new, quotation)
    return [new] if new.pieces else []


def _found(layout: Layout, said: _Said) -> Found:
    tag = said.tag
    rule = "quotation"
    if tag is not None and tag.verb is not None:
        cue = attribution_words().verbs.get(tag.verb.lower_)
        rule = cue.id if cue is not None else rule
    return Found(
        speaker=char_span(layout.doc, tag.speaker) if tag and tag.speaker else None,
        cue=tag.cue if tag else None,
        content=tuple(sorted(said.pieces)),
        speaker_head=tag.head.i if tag and tag.head is not None else None,
        cue_head=tag.verb.i if tag and tag.verb is not None else None,
        rule=rule,
    )


def _continues(layout: Layout, current: _Said, quotation: Quotation) -> bool:
    """Whether an untagged quotation goes on with the one before: in its paragraph, or filling the next one."""
    if current.last is None:
        return False
    before = current.last
    if quotation.goes_on:
        return True
    if not is_sentence(layout, quotation):
        return False
    number, last = layout.passage_index(quotation.start), layout.passage_index(before.end - 1)
    if number is None or last is None:
        return False
    if quotation.paragraph == before.paragraph:
        return number - last <= 1
    return number - last == 1 and _fills_paragraph(layout, quotation) and current.tag is not None


def _fills_paragraph(layout: Layout, quotation: Quotation) -> bool:
    mine = [p for p in layout.passages if p.paragraph == quotation.paragraph]
    return bool(mine) and mine[0].start >= quotation.start and mine[-1].end <= quotation.end + 1


def is_sentence(layout: Layout, quotation: Quotation) -> bool:
    """Whether the quotation begins a sentence and ends with a stop, or before one: no quoted words of a sentence."""
    passage = layout.passage_at(quotation.start)
    if passage is None or passage.start != quotation.start:
        return False
    ends = quotation.is_open or _last_sign(layout, quotation) in STOPS + PAUSES
    return ends or layout.text[quotation.end : quotation.end + 1] in PAUSES


def _last_sign(layout: Layout, quotation: Quotation) -> str:
    """The last character that is quoted, the marks of a quotation inside left out."""
    words = layout.text[quotation.first : quotation.last].rstrip("'’‘”\" \xa0")
    return words[-1:] or " "


def _tag_of(layout: Layout, quotation: Quotation) -> Tag | None:
    return _tag_before(layout, quotation) or _tag_after(layout, quotation)


def _tag_before(layout: Layout, quotation: Quotation) -> Tag | None:
    residue = _residue_before(layout, quotation)
    if not residue:
        return None
    while len(residue) > 1 and residue[-1].lower_ in ("and", "but", "or"):  # "..., he said, but “...”"
        residue = residue[:-1]
    last = residue[-1]
    verbs = [token for token in residue if may_tag(token)]
    is_direct = bool(verbs) and verbs[-1] == last
    if not is_direct and last.text not in (",", ":", "—", "–"):
        return None
    if last.text == ":" and not verbs:
        return _colon_tag(layout, residue) or _introduction(layout, residue)
    plain = [token for token in verbs if token.dep_ != "acl:relcl"] or verbs
    return tag_of(layout, plain[-1], residue) if plain and _opens(layout, quotation, plain[-1], last) else None


def _opens(layout: Layout, quotation: Quotation, verb: Token, last: Token) -> bool:
    """Whether the verb and the last sign before a quotation announce it as a whole, not as words of a clause."""
    if last.text == ":":
        return True
    if last == verb:
        return _is_clausal(layout, quotation) or _is_whole(layout, quotation)
    # "said that ..., “and ...”" is indirect so far
    return verb.nbor(1).lower_ != "that" and _is_clausal(layout, quotation)


def _residue_before(layout: Layout, quotation: Quotation) -> list[Token]:
    """The words of the sentence before the quotation; where it begins one, the sentence before that ends in a colon."""
    number = layout.passage_index(quotation.start)
    if number is None:
        return []
    passage = layout.passages[number]
    end = quotation.start
    if passage.start == quotation.start:
        if not number or layout.text[layout.passages[number - 1].end - 1] != ":":
            return []
        passage = layout.passages[number - 1]
        end = passage.end
    starts = [q.end for q in layout.quotations if passage.start < q.end <= end and q is not quotation]
    return layout.tokens(max([passage.start, *starts]), end)


def _is_clausal(layout: Layout, quotation: Quotation) -> bool:
    """Whether what is quoted can stand alone: it begins with a capital or has a finite verb and ends with a stop."""
    words = layout.text[quotation.first : quotation.last]
    after = layout.text[quotation.end : quotation.end + 1]
    ends = quotation.is_open or _last_sign(layout, quotation) in STOPS + "," or after in (*STOPS, ",", "")
    tokens = layout.tokens(quotation.first, quotation.last)
    has_verb = any(token.pos_ in ("VERB", "AUX") for token in tokens)
    return bool(tokens) and ends and (words[:1].isupper() or words[:1] == "(" or has_verb)


def _is_whole(layout: Layout, quotation: Quotation) -> bool:
    """Whether the sentence goes on with a verb after the quotation: "his saying “all is open” did not go down well"."""
    inside = layout.tokens(quotation.first, quotation.last)
    after = layout.tokens(quotation.end, quotation.end + SHORT_TAG)
    has_verb = any(token.pos_ in ("VERB", "AUX") for token in inside)
    return has_verb and len(inside) >= LONE_MIN and bool(after) and after[0].pos_ in ("AUX", "VERB")


def _colon_tag(layout: Layout, residue: list[Token]) -> Tag | None:
    words = [token for token in residue if not token.is_punct]
    if not words or len(words) > NAME_BEFORE_COLON or not any(token.pos_ == "PROPN" for token in words):
        return None
    if any(token.pos_ in ("VERB", "AUX") for token in words):  # "Hill plays down the row: “...”"
        return None
    phrase = trimmed(layout.doc, words[0].i, words[-1].i)
    colon = residue[-1]
    return Tag(None, phrase, words[-1], (colon.idx, colon.idx + 1))


def _introduction(layout: Layout, residue: list[Token]) -> Tag | None:
    """A sentence that ends in a colon before the quotation: whoever acts in it speaks ("she scolded him: ...")."""
    verb = next((token for token in residue if token.dep_ == "ROOT" and token.pos_ == "VERB"), None)
    if verb is None:  # the parse has another root: the verb over the last words
        words = [token for token in residue if not token.is_punct]
        above = [words[-1], *words[-1].ancestors] if words else []
        verb = next((token for token in above if token.pos_ == "VERB" and subjects_of(token)), None)
    return tag_of(layout, verb, residue) if verb is not None and verb in residue else None


def _tag_after(layout: Layout, quotation: Quotation) -> Tag | None:
    if not _begins(layout, quotation):
        return None
    residue = _residue_after(layout, quotation)
    if not residue:
        return _name_below(layout, quotation)
    words = [token for token in residue if not token.is_punct]
    if not words:
        return None
    verbs = [token for token in words[:TAG_REACH] if may_tag(token)]
    stopped = _last_sign(layout, quotation) in STOPS + PAUSES or residue[0].text in PAUSES
    if not verbs:
        return _signature(layout, quotation, residue)
    if not (stopped or verbs[0] == words[0]):
        return None
    plain = [token for token in verbs if token.dep_ not in ("acl:relcl", "acl")] or verbs
    return tag_of(layout, plain[0], residue)


def _signature(layout: Layout, quotation: Quotation, residue: list[Token]) -> Tag | None:
    """A name after a dash that closes the paragraph, as under a letter to the editor."""
    words = [token for token in residue if not token.is_punct]
    dash = layout.text[quotation.end : words[0].idx].strip() if words else ""
    if dash not in DASHES or len(words) > NAME_BEFORE_COLON or words[0].pos_ != "PROPN":
        return None
    at = layout.text.index(dash, quotation.end)
    return Tag(None, trimmed(layout.doc, words[0].i, words[-1].i), words[-1], (at, at + len(dash)))


def _name_below(layout: Layout, quotation: Quotation) -> Tag | None:
    """A name after a dash where the sentences are cut between the two, so that the dash belongs to neither."""
    number = layout.passage_index(max(quotation.end - 1, quotation.start))
    if number is None or number + 1 >= len(layout.passages):
        return None
    after = layout.passages[number + 1]
    dash = layout.text[quotation.end : after.start].strip()
    words = layout.tokens(after.start, after.end)
    if dash not in DASHES or not words or len(words) > NAME_BEFORE_COLON or words[0].pos_ != "PROPN":
        return None
    at = layout.text.index(dash, quotation.end)
    return Tag(None, trimmed(layout.doc, words[0].i, words[-1].i), words[-1], (at, at + len(dash)))


def _begins(layout: Layout, quotation: Quotation) -> bool:
    """Whether nothing stands before the quotation in its sentence that it could be a part of."""
    passage = layout.passage_at(quotation.start)
    if passage is None:
        return False
    before = layout.tokens(passage.start, quotation.start)
    return not before or before[-1].is_punct or all(token.pos_ in ("CCONJ", "ADV", "INTJ") for token in before)


def _residue_after(layout: Layout, quotation: Quotation) -> list[Token]:
    """The words after the quotation up to the end of the sentence or the next quotation."""
    number = layout.passage_index(max(quotation.end - 1, quotation.start))
    if number is None:
        return []
    end = layout.passages[number].end
    if quotation.end >= end:
        after = layout.passages[number + 1] if number + 1 < len(layout.passages) else None
        if after is None or after.paragraph != quotation.paragraph or not _is_tag_sentence(layout, quotation, after):
            return []
        end = after.end
    nexts = [q.start for q in layout.quotations if quotation.end <= q.start < end]
    return layout.tokens(quotation.end, min([end, *nexts]))


def _is_tag_sentence(layout: Layout, quotation: Quotation, after: Passage) -> bool:
    """Whether the next sentence is only the tag of the quotation, cut off by its own stop: "Why?” the envoy asked."""
    if layout.text[after.start].islower() or layout.text[after.start] in DASHES:
        return True
    tokens = layout.tokens(after.start, min(after.end, after.start + SHORT_TAG))
    verbs = [token for token in tokens if may_tag(token)]
    if _last_sign(layout, quotation) not in "?!…" or not verbs:
        return False
    following = layout.doc[verbs[0].i + 1 : verbs[0].i + 2].text
    return following in ("", ".", ",", "in", "on", "at", "of", "about", "to", "during", "after") or following in QUOTES
