"""Finds indirect speech and its like by the parse: a cue verb or noun and the clause, infinitive or noun it governs."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.codebook.attribution import Cue, attribution_words
from detente.extraction.clause import OBLIQUES, case_of, has, is_passive
from detente.extraction.speakers import (
    TokenRange,
    carrier_of,
    char_span,
    noun_phrase,
    speaker_of,
    trimmed,
    verb_group,
)
from detente.extraction.tag_order import content_after_tag, says_more

CharSpan = tuple[int, int]
# Inside a quotation these are its own speaker or hearer: "I think" adds nobody to the chain.
IN_PERSON = frozenset({"i", "we", "you", "us", "me"})
GAP = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "SCONJ"})  # what a subject is made of
CLAUSE_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i", "there", "that", "whether"})
LONG_CLAUSE = 12  # tokens
MODALS = frozenset({"would", "could", "might", "should", "may", "must", "will", "can"})
SAY = "say"  # the one verb whose object is hardly ever a thing
SHORTEST_UNPARSED = 3  # tokens
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An attribution before its spans are cut out of the text: characters, half-open; heads are token indices."""

    speaker: CharSpan | None
    cue: CharSpan | None
    content: tuple[CharSpan, ...]
    speaker_head: int | None = None
    cue_head: int | None = None
    rule: str = ""
    in_person: bool = False  # the speaker is "I", "we" or "you"


def cue_of(token: Token) -> Cue | None:
    """The row for a token that is a verb of the lexicon, else None."""
    cue = attribution_words().verbs.get(token.lower_)
    if cue is None or token.pos_ not in VERBAL or token.dep_ in ("aux", "amod", "compound", "case", "fixed"):
        return None
    return cue


def find_reported(doc: Doc) -> list[Found]:
    """One per cue verb or noun that governs a content and has a speaker, in text order."""
    found: list[Found] = []
    for token in doc:
        cue = cue_of(token)
        if cue is not None:
            found += _by_verb(token, cue)
        elif token.lower_ in attribution_words().adjectives and token.pos_ in ("ADJ", "VERB"):
            found += _by_adjective(token, attribution_words().adjectives[token.lower_])
        elif token.lower_ in attribution_words().nouns and token.pos_ == "NOUN":
            found += _by_noun(token, attribution_words().nouns[token.lower_])
    return found


def _by_verb(verb: Token, cue: Cue) -> Iterator[Found]:
    for content, last_of_cue in _contents(verb, cue):
        pieces = [piece for piece in content if piece[0] <= piece[1]]
        speaker = speaker_of(carrier_of(verb), outside=pieces)
        if not pieces or speaker is None:
            continue
        phrase = noun_phrase(speaker, verb)
        if phrase[0] > phrase[1] or any(_overlap(phrase, piece) for piece in pieces):
            continue
        first, last = verb_group(verb)
        yield Found(
            speaker=char_span(verb.doc, phrase),
            cue=char_span(verb.doc, (first, max(last, last_of_cue))),
            content=tuple(char_span(verb.doc, piece) for piece in pieces),
            speaker_head=speaker.i,
            cue_head=verb.i,
            rule=cue.id,
            in_person=speaker.lower_ in IN_PERSON,
        )
        return


def _overlap(one: TokenRange, other: TokenRange) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _contents(verb: Token, cue: Cue) -> Iterator[tuple[list[TokenRange], int]]:
    """The contents that the frames of the cue allow, the surest first, each with the last token of the cue."""
    if "that" in cue.frames:
        yield from _clauses(verb, cue)
    if is_passive(verb):
        if "noun" in cue.frames:
            yield from _undergone(verb)
        return
    if "someone-to" in cue.frames:
        yield from _person_and_infinitive(verb, cue)
    if "to" in cue.frames:
        yield from _infinitives(verb)
    if cue.frames & {"as", "as-object"}:
        yield from _described(verb)
    if "on-to" in cue.frames:
        yield from _called_upon(verb)
    yield from _prepositional(verb, cue)
    if "noun" in cue.frames:
        yield from _objects(verb)


def _clauses(verb: Token, cue: Cue) -> Iterator[tuple[list[TokenRange], int]]:
    for child in verb.children:
        if child.dep_ == "ccomp" and child.pos_ != "PUNCT":
            content = _extended(_filled(_clause_range(child, verb), verb, cue), verb)
            if not _has_verb(verb.doc, content):
                continue
            rest = content_after_tag(verb) if content[1] < verb.i else None
            yield [content, *(rest or [])], verb.i
    if verb.dep_ in ("parataxis", "ccomp", "advcl") and verb.head.i < verb.i and _is_tag(verb):
        yield _around(verb), verb.i
    yield from _unparsed(verb, cue)


def _unparsed(verb: Token, cue: Cue) -> Iterator[tuple[list[TokenRange], int]]:
    """The rest of the sentence where the parse sees no clause: after "that", or a long object of "say"."""
    doc, after = verb.doc, verb.i + 1
    if after >= verb.sent.end or not cue.is_statement:
        return
    if doc[after].lower_ == "that" and after + 1 < verb.sent.end:
        yield [_extended((after, after), verb)], verb.i
    elif cue.id == SAY:
        content = _extended((after, after), verb)
        opens = doc[after].pos_ in GAP and doc[after].lower_ not in ("so", "as", "much")
        if opens and content[1] - content[0] >= SHORTEST_UNPARSED and _has_verb(doc, content):
            yield [content], verb.i


def _has_verb(doc: Doc, content: TokenRange) -> bool:
    """Whether the content can be a clause; long ones may hide their verb from the parser."""
    first, last = content
    return last - first > LONG_CLAUSE or any(token.pos_ in VERBAL for token in doc[first : last + 1])


def _is_tag(verb: Token) -> bool:
    """Whether the verb with its subject stands in the sentence it reports: "Talks, he said, would resume"."""
    first = verb.left_edge.i
    before = verb.doc[first - 1] if first else None
    inner = verb.doc[first] if first < verb.i else None
    return bool((before is not None and before.text == ",") or (inner is not None and inner.text == ","))


def _around(verb: Token) -> list[TokenRange]:
    """What the tag of `verb` interrupts or ends: the governing clause before it and after it."""
    doc, head = verb.doc, verb.head
    before = trimmed(doc, head.left_edge.i, verb.left_edge.i - 1)
    after = trimmed(doc, verb.right_edge.i + 1, head.right_edge.i)
    return [before] if after[0] > after[1] else [before, after]


def _clause_range(clause: Token, verb: Token) -> TokenRange:
    first, last = clause.left_edge.i, clause.right_edge.i
    group = verb_group(verb)
    if clause.i > verb.i:
        first = max(first, group[1] + 1)
    else:
        last = min(last, group[0] - 1)
    return trimmed(verb.doc, first, last)


def _filled(content: TokenRange, verb: Token, cue: Cue) -> TokenRange:
    """The content drawn back over a subject that the parse left between it and the verb."""
    doc, (first, last) = verb.doc, content
    gap = list(doc[verb_group(verb)[1] + 1 : first]) if first > verb.i else []
    if not gap or any(token.lower_ == "that" and token.dep_ == "mark" for token in doc[first : first + 1]):
        return content
    if any(token.lower_ in attribution_words().no_speakers - {"it", "this", "there", "what"} for token in gap):
        return content
    if gap[-1].lower_ in CLAUSE_PRONOUNS:
        return gap[-1].i, last
    takes_person = "someone-to" in cue.frames
    is_subject = gap[0].pos_ in GAP and not any(token.is_punct for token in gap)
    return (gap[0].i, last) if is_subject and not takes_person else content


def _extended(content: TokenRange, verb: Token) -> TokenRange:
    """The content drawn on to the end of the sentence, or to where the reporting clause takes the word again.

    Parsers cut long contents short; what follows belongs to them unless it is a second deed of the speaker, a
    participle after a comma ("adding ...", "citing ..."), a clause of time or reason after a comma, or another tag.
    """
    doc = verb.doc
    first, last = content
    if first < verb.i or first > last:
        return content
    end = verb.sent.end - 1
    at = first + 1
    while at <= end:
        token = doc[at]
        if token.lower_ == "according" or says_more(token):
            break
        if at > last and (token.text in ";)" or _takes_back(token, verb, last)):
            break
        at += 1
    return trimmed(doc, first, at - 1)


def _takes_back(token: Token, verb: Token, last: int) -> bool:
    """Whether the token opens something that is no longer content."""
    before = token.doc[token.i - 1]
    head = token
    while head.head.i > last and head.head.i != head.i:
        head = head.head
    outside = head.head.i <= verb.i or head.head == verb
    if not outside or token.i != head.left_edge.i:
        return False
    if head.dep_ in ("conj", "parataxis") and head.pos_ in VERBAL:
        # "said they had doubts but could not refuse": a modal verb without a subject goes on with the content.
        return not (head.dep_ == "conj" and any(c.dep_ == "aux" and c.lower_ in MODALS for c in head.children))
    if token.dep_ == "cc":
        return False
    return before.text in (",", "—", "–") and head.dep_ in ("advcl", "conj", "parataxis", "ccomp", "obl", "acl")


def _infinitives(verb: Token) -> Iterator[tuple[list[TokenRange], int]]:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl", "acl") and child.i > verb.i and has_to(child):
            yield [_extended(_clause_range(child, verb), verb)], verb.i


def has_to(token: Token) -> bool:
    """Whether the token is an infinitive with "to"."""
    return any(child.lower_ == "to" and child.dep_ in ("mark", "case") for child in token.children)


def _person_and_infinitive(verb: Token, cue: Cue) -> Iterator[tuple[list[TokenRange], int]]:
    infinitives = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and has_to(c)]
    if not infinitives:
        return
    people = [c for c in verb.children if c.dep_ in ("obj", "iobj") and verb.i < c.i < infinitives[0].i]
    if people:
        last = _extended(_clause_range(infinitives[0], verb), verb)[1]
        start = infinitives[0].left_edge.i if cue.id == "tell" else people[0].left_edge.i
        yield [trimmed(verb.doc, start, last)], verb.i


def _described(verb: Token) -> Iterator[tuple[list[TokenRange], int]]:
    """What is described and as what: "called the plan a gift", "described it as useful"."""
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in ("obj", "xcomp", "ccomp", "obl", "advcl")]
    things = [c for c in after if c.dep_ in ("obj", "xcomp")]
    if not things:
        return
    thing = things[0]
    said = [c for c in after if c.i > thing.i and (c.dep_ in ("xcomp", "ccomp", "obj") or case_of(c) == "as")]
    # "called the charges unfounded": the parser hangs the adjective below the noun, or the noun below the adjective.
    said += [c for c in thing.children if c.pos_ == "ADJ" and c.i > thing.i and c.dep_ in ("acl", "amod", "xcomp")]
    said += [thing for c in thing.children if thing.pos_ == "ADJ" and c.dep_ in ("compound", "nmod", "nsubj")]
    if said:
        last = max(c.right_edge.i for c in said)
        yield [_extended((thing.left_edge.i, max(last, thing.i)), verb)], verb.i


def _called_upon(verb: Token) -> Iterator[tuple[list[TokenRange], int]]:
    """ "called on both sides to talk": those called and what for."""
    for child in verb.children:
        if child.dep_ in OBLIQUES and child.i > verb.i and case_of(child) in ("on", "upon"):
            tail = [c for c in (*verb.children, *child.children) if c.i > child.i and has_to(c)]
            if tail:
                start = next(c.i for c in child.children if c.dep_ == "case") + 1
                yield [_extended((start, max(c.right_edge.i for c in tail)), verb)], start - 1


def _prepositional(verb: Token, cue: Cue) -> Iterator[tuple[list[TokenRange], int]]:
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in OBLIQUES | {"advcl", "ccomp", "xcomp"}:
            continue
        marks = [c for c in child.children if c.dep_ in ("case", "mark") and c.i < child.i]
        if marks and marks[0].lower_ in cue.prepositions:
            content = trimmed(verb.doc, marks[0].i + 1, child.right_edge.i)
            yield [_extended(content, verb)], marks[0].i if marks[0].i == verb.i + 1 else verb.i


def _objects(verb: Token) -> Iterator[tuple[list[TokenRange], int]]:
    for child in verb.children:
        if child.dep_ == "obj" and child.i > verb.i and not has(child, "PronType", "Rel"):
            yield [_extended((child.left_edge.i, max(child.i, noun_phrase(child)[1])), verb)], verb.i


def _undergone(verb: Token) -> Iterator[tuple[list[TokenRange], int]]:
    """The subject of a passive: "the plan was backed by Ghana"."""
    for child in verb.children:
        if child.dep_ in ("nsubj:pass", "nsubj"):
            yield [noun_phrase(child, verb)], verb.i


def _by_adjective(word: Token, cue: Cue) -> Iterator[Found]:
    """ "They are willing to talk", "she was sure that it would hold"."""
    links = [c for c in word.children if c.dep_ in ("cop", "aux:pass") and c.i < word.i]
    speaker = next((c for c in word.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
    if not links or speaker is None or speaker.lower_ in attribution_words().no_speakers:
        return
    for child in word.children:
        content = _adjective_content(word, child, cue)
        phrase = noun_phrase(speaker, word)
        if content is None or content[0] > content[1] or phrase[0] > phrase[1] or _overlap(phrase, content):
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


def _adjective_content(word: Token, child: Token, cue: Cue) -> TokenRange | None:
    if child.i < word.i:
        return None
    if "that" in cue.frames and child.dep_ in ("ccomp", "advcl", "acl") and not has_to(child):
        introduced = [c.lower_ for c in child.children if c.dep_ == "mark"]
        return _extended(_clause_range(child, word), word) if introduced in ([], ["that"]) else None
    if "to" in cue.frames and child.dep_ in ("xcomp", "ccomp", "advcl", "acl") and has_to(child):
        return _extended(_clause_range(child, word), word)
    marks = [c for c in child.children if c.dep_ in ("case", "mark") and c.i < child.i]
    if marks and marks[0].lower_ in cue.prepositions:
        return _extended(trimmed(word.doc, marks[0].i + 1, child.right_edge.i), word)
    return None


def _by_noun(noun: Token, cue: Cue) -> Iterator[Found]:
    owner = next((c for c in noun.children if c.dep_ in ("nmod:poss", "nmod") and c.i < noun.i), None)
    if owner is None:
        return
    for child in noun.children:
        content = _noun_content(noun, child, cue)
        if content is None or content[0] > content[1]:
            continue
        phrase = noun_phrase(owner)
        if noun.doc[phrase[1]].lower_ in ("'s", "’s", "’", "'"):
            phrase = (phrase[0], phrase[1] - 1)
        if phrase[0] > phrase[1] or _overlap(phrase, content):
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


def _noun_content(noun: Token, child: Token, cue: Cue) -> TokenRange | None:
    if child.i < noun.i:
        return None
    marks = [c.lower_ for c in child.children if c.dep_ in ("mark", "case") and c.i < child.i]
    if "that" in cue.frames and "that" in marks and child.dep_ in ("acl", "ccomp", "acl:relcl"):
        return trimmed(noun.doc, child.left_edge.i, child.right_edge.i)
    if "to" in cue.frames and child.dep_ in ("acl", "xcomp", "advcl") and has_to(child):
        return trimmed(noun.doc, child.left_edge.i, child.right_edge.i)
    if marks and marks[0] in cue.prepositions and child.dep_ in OBLIQUES | {"acl"}:
        return trimmed(noun.doc, child.left_edge.i + 1, child.right_edge.i)
    return None
