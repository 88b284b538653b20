"""Of cues that stand inside one another's propositions, those that count, and where a proposition ends for another."""

from collections.abc import Iterator
from dataclasses import replace

from detente.codebook.positions import Frame, load_positions
from detente.extraction.clause import children, has
from detente.extraction.content_edges import takes_up
from detente.extraction.holders import PRONOUNS
from detente.extraction.position_edges import trimmed
from detente.extraction.position_scene import Found, Scene
from detente.extraction.position_spans import BREAKS
from detente.extraction.reading import Attribution
from detente.parsing.doc import Doc, Token
from detente.records import Position

AND = frozenset({"and", "but", "while"})  # what may open another's clause that was read as part of a proposition
DENIAL = "deny_v"
ANY = frozenset({"any", "whatever", "whichever", "every", "a", "an", "no"})  # "any deal that Italy wants"
HYPHENS = frozenset("-‐‑")


def outermost(found: Iterator[Found]) -> list[Found]:
    """Without cues that stand inside the proposition of another, and without what somebody doubts."""
    items = _with_denied([item for item in found if not _is_doubted(item)])
    light = {
        id(item)
        for item in items
        if any(_is_light_for(item, other) or _says_more(other, item) or _gives_way(item, other) for other in items)
    }
    items = [item for item in items if id(item) not in light]
    return [item for item in items if not any(_holds(other, item) for other in items if other is not item)]


def _is_doubted(item: Found) -> bool:
    """Whether a verb of doubting stands right before the holder: "more reasons to doubt Italy wants peace"."""
    edge = item.holders[0].left_edge
    before = edge.nbor(-1) if edge.i > edge.sent.start and item.token.i > edge.i else None
    return before is not None and before.pos_ == "VERB" and before.lemma_.lower() in load_positions().doubting


def _with_denied(items: list[Found]) -> list[Found]:
    """ "Spain denied that it was willing to talk" rejects the talks: the denial takes over what it denies."""
    kept = []
    for item in items:
        denied = next((i for i in items if item.cue.id == DENIAL and _holds(item, i) and i.token != item.token), None)
        kept.append(replace(item, complement=denied.complement) if denied is not None else item)
    return kept


def until_next_speaker(found: Found, scene: Scene) -> Found:
    """The position without whoever says something next: "wants a deal | and Spain's envoy says"."""
    complement, parse = found.complement, scene.reading.parse
    ending = scene.reading.actor_at.get(complement.last)
    if ending is not None and complement.last + 1 < len(parse):
        start = next(t.i for t in parse[complement.first :] if t.idx + len(t) > ending.start)
        goes_on = parse[complement.last + 1]
        if has(goes_on, "VerbForm", "Fin") and start > complement.head.i and parse[start - 1].lower_ in AND:
            first, last = trimmed(parse, complement.first, start - 1)
            return replace(found, complement=replace(complement, first=first, last=last))
    for item in scene.reading.attributions:
        if item.cue_head is None or item.speaker_head is None:
            continue
        if item.speaker_head > complement.last:
            continue
        tag = parse.tokens[item.cue_head]
        ends = item.speaker_head < item.cue_head and tag.right_edge.i >= complement.last
        if tag.i <= complement.last and not (ends and _opens_nothing(tag)):
            continue  # within the words, and no tag at their end: "hideouts, the agency reported"
        start = _first_of(item, parse)
        opens = parse[start - 1].dep_ == "cc" or bool({parse[start - 1].text, parse[start].text} & BREAKS)
        if opens and complement.head.i < start <= item.speaker_head:
            first, last = trimmed(parse, complement.first, start - 1)
            return replace(found, complement=replace(complement, first=first, last=last))
    return found


def _opens_nothing(tag: Token) -> bool:
    """Whether a cue has no content behind it."""
    return not any(c.i > tag.i for c in children(tag, "ccomp", "obj", "parataxis"))


def _first_of(item: Attribution, parse: Doc) -> int:
    """The first token of whoever speaks."""
    head = parse[item.speaker_head or 0]
    if item.speaker is None:
        return head.left_edge.i
    return next((t.i for t in parse[head.sent.start : head.i] if t.idx >= item.speaker.start), head.left_edge.i)


def _is_light_for(verb: Found, noun: Found) -> bool:
    """Whether a verb only carries what a noun says: "upholds a promise" is the promise."""
    if noun.cue.frame is not Frame.NOUN or noun.token.head != verb.token or _is_of_other(noun, verb):
        return False
    return noun.token.dep_ == "obj" or (noun.token.dep_ == "obl" and noun.cue.needs == "duty")


def _says_more(verb: Found, adverb: Found) -> bool:
    """Whether the verb of "will never cede" is a cue of its own, which says more than the "never"."""
    return adverb.cue.frame is Frame.VOWS and verb.cue.frame is not Frame.VOWS and verb.token == adverb.predicate


def _gives_way(vow: Found, other: Found) -> bool:
    """Whether the verb of "we will reject it", or what goes on in "we will keep urging", is a cue that says more."""
    if vow.cue.frame is not Frame.COMMITS or other.cue.frame is Frame.COMMITS:
        return False
    return vow.predicate in (other.token, other.predicate, other.predicate.head)


def _is_of_other(noun: Found, outer: Found) -> bool:
    """Whether a noun within what one side holds has an owner of its own that is not that side."""
    owner = noun.holders[0]
    return owner.head == noun.token and owner.lower_ not in PRONOUNS and owner not in outer.holders


def _holds(outer: Found, inner: Found) -> bool:
    if outer.cue.reports or not outer.complement.first <= inner.token.i <= outer.complement.last:
        return False
    if outer.complement.last + 2 < outer.token.i and takes_up(outer.token.doc[outer.complement.last + 2]):
        return False  # "Italy demanded an apology, a move condemned by Spain"
    if inner.cue.frame is Frame.NOUN and _is_of_other(inner, outer):
        return False  # "rejected the Italian demand for the port": Italy demands it all the same
    told_of = inner.token.head.pos_ != "PRON" and not any(c.lower_ in ANY for c in children(inner.token.head, "det"))
    content = any(children(inner.token, "mark"))  # "its request | that Italy respect the accord"
    if inner.token.dep_ == "acl:relcl" and inner.holders[0].head == inner.token and told_of and not content:
        return False  # "denounced the wall that Italy wants"
    mutual = inner.complement.first <= outer.token.i <= inner.complement.last
    return not mutual or outer.token.i < inner.token.i


def is_part_of(one: Position, other: Position) -> bool:
    """Whether the same side holds the same of a longer proposition that takes this one in."""
    if one.holder.state != other.holder.state or one.stance is not other.stance:
        return False
    part, whole = one.proposition, other.proposition
    return whole.start <= part.start and part.end <= whole.end and part.end - part.start < whole.end - whole.start


def breaks_off(sign: Token) -> bool:
    """Whether a sign ends a proposition; a hyphen inside a word does not ("far-reaching")."""
    if sign.text not in BREAKS:
        return False
    before = sign.nbor(-1)
    return sign.text not in HYPHENS or before.idx + len(before) < sign.idx
