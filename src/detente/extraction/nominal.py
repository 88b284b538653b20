"""Finds attributions without a verb of saying: "his claim that ...", "they are willing to ..."."""

from collections.abc import Iterator

from detente.codebook.attribution import Cue, attribution_words
from detente.extraction.clause import OBLIQUES, case_of
from detente.extraction.content_edges import clause_range, extended, has_to
from detente.extraction.found import IN_PERSON, Found, overlap
from detente.extraction.speakers import (
    TokenRange,
    carrier_of,
    char_span,
    noun_phrase,
    speaker_of,
    trimmed,
    verb_group,
)
from detente.parsing.doc import Token

OF_WHOM = frozenset({"by", "from"})
POSSESSIVES = frozenset({"his", "her", "its", "their"})
MADE = "made"  # frame of what somebody makes clear
LINKS = frozenset({"cop", "aux:pass"})


def by_adjective(word: Token, cue: Cue) -> Iterator[Found]:
    """ "They are willing to talk", "she was sure that it would hold"."""
    links = [c for c in word.children if c.dep_ in LINKS and c.i < word.i]
    speaker = next((c for c in word.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    if not links or speaker is None or speaker.lower_ in attribution_words().no_speakers:
        return
    for child in word.children:
        content = _adjective_content(word, child, cue)
        phrase = noun_phrase(speaker, word)
        if content is None or content[0] > content[1] or phrase[0] > phrase[1] or overlap(phrase, content):
            continue
        yield Found(
            speaker=char_span(word.doc, phrase),
            cue=char_span(word.doc, (min(c.i for c in word.children if c.dep_ in ("cop", "aux", "aux:pass")), word.i)),
            content=(char_span(word.doc, content),),
            speaker_head=speaker.i,
            cue_head=word.i,
            rule=cue.id,
            in_person=speaker.lower_ in IN_PERSON,
        )
        return


def by_made(word: Token, cue: Cue) -> Iterator[Found]:
    """ "He made (it) clear that it would hold": who makes it so says it."""
    verb = word.head
    that = next((t for t in word.doc[word.i + 1 : min(word.i + 3, word.sent.end - 1)] if t.lower_ == "that"), None)
    speaker = speaker_of(carrier_of(verb))
    if that is None or that.dep_ != "mark" or speaker is None or MADE not in cue.frames:
        return
    content, phrase = extended((that.i, that.i), word), noun_phrase(speaker, verb)
    if phrase[0] > phrase[1] or overlap(phrase, content):
        return
    yield Found(
        speaker=char_span(word.doc, phrase),
        cue=char_span(word.doc, (verb_group(verb)[0], word.i)),
        content=(char_span(word.doc, content),),
        speaker_head=speaker.i,
        cue_head=verb.i,
        rule=cue.id,
        in_person=speaker.lower_ in IN_PERSON,
    )


def _adjective_content(word: Token, child: Token, cue: Cue) -> TokenRange | None:
    if child.i < word.i:
        return None
    if "that" in cue.frames and child.dep_ in ("ccomp", "advcl", "acl") and not has_to(child):
        introduced = [c.lower_ for c in child.children if c.dep_ == "mark"]
        return extended(clause_range(child, word), word) if introduced in ([], ["that"]) else None
    if "to" in cue.frames and child.dep_ in ("xcomp", "ccomp", "advcl", "acl") and has_to(child):
        return extended(clause_range(child, word), word)
    marks = [c for c in child.children if c.dep_ in ("case", "mark") and c.i < child.i]
    if marks and marks[0].lower_ in cue.prepositions:
        return extended(trimmed(word.doc, marks[0].i + 1, child.right_edge.i), word)
    return None


def by_noun(noun: Token, cue: Cue) -> Iterator[Found]:
    """Whose noun it is says what stands behind: "Spain's warning that it would leave", "warnings by Spain that"."""
    owner = next((c for c in noun.children if c.dep_ in ("nmod:poss", "nmod") and c.i < noun.i), None)
    if owner is None:  # "warnings by Spain that"
        behind = (c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i and case_of(c) in OF_WHOM)
        owner = next(behind, None) if "that" in cue.frames else None
    if owner is None:
        return
    if owner.lower_ in POSSESSIVES and noun.dep_ == "obj":  # "he uttered his claim that"
        owner = speaker_of(noun.head) or owner
    for child in (*noun.children, *_clauses_behind(noun)):
        content = _noun_content(noun, child, cue)
        if content is None or content[0] > content[1]:
            continue
        if owner.i > noun.i and content[0] < owner.i:
            return
        phrase = noun_phrase(owner)
        if noun.doc[phrase[1]].lower_ in ("'s", "’s", "’", "'"):
            phrase = (phrase[0], phrase[1] - 1)
        if phrase[0] > phrase[1] or overlap(phrase, content):
            continue
        yield Found(
            speaker=char_span(noun.doc, phrase),
            cue=char_span(noun.doc, (noun.i, noun.i)),
            content=(char_span(noun.doc, content),),
            speaker_head=owner.i,
            cue_head=noun.i,
            rule=cue.id,
        )
        return


def _clauses_behind(noun: Token) -> list[Token]:
    """The clause right behind an object that the parse hangs at its verb: "uttered his claim | that wars are good"."""
    if noun.dep_ != "obj":
        return []
    return [c for c in noun.head.children if c.dep_ == "ccomp" and c.left_edge.i == noun.i + 1]


def _noun_content(noun: Token, child: Token, cue: Cue) -> TokenRange | None:
    if child.i < noun.i:
        return None
    marks = [c.lower_ for c in child.children if c.dep_ in ("mark", "case") and c.i < child.i]
    opens = child.left_edge.lower_ == "that" or "that" in marks
    if "that" in cue.frames and opens and child.dep_ in ("acl", "ccomp", "acl:relcl"):
        return trimmed(noun.doc, child.left_edge.i, child.right_edge.i)
    if "to" in cue.frames and child.dep_ in ("acl", "xcomp", "advcl") and has_to(child):
        return trimmed(noun.doc, child.left_edge.i, child.right_edge.i)
    if marks and marks[0] in cue.prepositions and child.dep_ in OBLIQUES | {"acl"}:
        return trimmed(noun.doc, child.left_edge.i + 1, child.right_edge.i)
    return None
