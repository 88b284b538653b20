"""What a cue verb may have for its content: a clause, an infinitive, a noun, a description of something."""

from collections.abc import Iterator

from detente.codebook.attribution import Cue, attribution_words
from detente.extraction.clause import OBLIQUES, case_of, has, is_negated, is_passive
from detente.extraction.content_edges import (
    SUBJECT_PARTS,
    before_taken_up,
    clause_range,
    extended,
    filled,
    from_sentence_start,
    has_to,
    has_verb,
)
from detente.extraction.speakers import NAMING, QUOTES, TokenRange, noun_phrase, trimmed
from detente.extraction.tag_order import content_after_tag
from detente.parsing.doc import Token

Content = tuple[list[TokenRange], int]  # its pieces, and the last token of the cue ("for" of "called for")
ACCUSE = "accuse"  # the kind of charging somebody
SAY = "say"  # the one verb whose object is hardly ever a thing
NEAR_THAT = 4  # tokens after the verb in which a "that" opens its content
FAR_THAT = 14  # the same behind phrases of place and time
FAR_WORDS = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON", "PART"})
FAR_CASES = frozenset(
    {"in", "at", "on", "before", "after", "during", "to", "with", "from", "of", "by", "late", "early"}
)
SHORTEST_UNPARSED = 3  # tokens
DESCRIBED = frozenset({"obj", "iobj", "xcomp", "ccomp", "obl", "advcl"})
# What joins a clause that tells when or why; "as he told reporters" is a tag all the same.
JOINED_BY = frozenset(
    {"after", "before", "when", "since", "while", "because", "until", "although", "though", "if", "once", "unless"}
)
RELATIVES = frozenset({"who", "whom", "whose", "which"})
INDIRECT_QUESTIONS = frozenset({"when", "how", "why", "where", "what", "who", "whether", "which"})


def contents_of(verb: Token, cue: Cue) -> Iterator[Content]:
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
    if "ing" in cue.frames:
        yield from _deeds(verb)
    if cue.frames & {"as", "as-object"}:
        yield from _described(verb)
    if "on-to" in cue.frames:
        yield from _called_upon(verb)
    yield from _prepositional(verb, cue)
    if "noun" in cue.frames:
        yield from _objects(verb)


def _clauses(verb: Token, cue: Cue) -> Iterator[Content]:
    that = _that_after(verb, takes_hearer="someone-to" in cue.frames)
    if that is not None and cue.is_statement:
        yield [extended((that, that), verb)], verb.i
        return
    if _is_gapped(verb):
        yield [_gapped(verb)], verb.i
        return
    for child in verb.children:
        if child.dep_ == "ccomp" and child.pos_ != "PUNCT":
            around_edge = verb.doc[max(child.left_edge.i - 1, 0) : child.left_edge.i + 1]
            if _is_joined(verb) and child.i > verb.i and "," in (token.text for token in around_edge):
                continue  # the main clause, hung below its temporal one
            content = extended(filled(clause_range(child, verb), verb, cue), verb)
            beside = [c.right_edge.i for c in verb.children if c.dep_ == "ccomp" and child.i < c.i < verb.i]
            content = trimmed(verb.doc, content[0], max([content[1], *beside]))  # "unclear | whether Chad would go"
            if not has_verb(verb.doc, content):
                continue
            content = from_sentence_start(content, verb) if content[1] < verb.i else _within_comparison(verb, content)
            rest = content_after_tag(verb) if content[1] < verb.i else None
            yield [*_before_tag(verb, content), content, *(rest or [])], verb.i
    has_object = any(child.dep_ == "obj" for child in verb.children)
    if verb.dep_ in ("parataxis", "ccomp", "advcl") and verb.head.i < verb.i and _is_tag(verb) and not has_object:
        yield _around(verb), verb.i
    if "noun" not in cue.frames and (whole := _clause_cut(verb)) is not None:
        yield [extended(whole, verb)], verb.i
    yield from _unparsed(verb, cue)


def _within_comparison(verb: Token, content: TokenRange) -> TokenRange:
    """What is said in a comparison up to the next pause: "more than Oslo says [it needs] but less than ..."."""
    doc = verb.doc
    if verb.dep_ != "advcl" or all(token.lower_ != "than" for token in doc[verb.left_edge.i : verb.i]):
        return content
    stop = next((t.i for t in doc[content[0] : content[1] + 1] if t.text == "," or t.dep_ == "cc"), content[1] + 1)
    return trimmed(doc, content[0], stop - 1)


def _clause_cut(verb: Token) -> TokenRange | None:
    """A clause of which the parse takes the subject for an object: "suggested | parts of it | could be dropped"."""
    thing = next((c for c in verb.children if c.dep_ == "obj" and c.i > verb.i), None)
    if thing is None or thing.pos_ == "PRON":
        return None
    for clause in verb.children:
        if clause.dep_ in ("advcl", "ccomp", "conj", "parataxis") and clause.i > thing.i and _is_headless(clause):
            between = verb.doc[thing.right_edge.i + 1 : clause.left_edge.i]
            if all(token.pos_ in ("ADV", "PART") for token in between):
                return thing.left_edge.i, clause.right_edge.i
    return None


def _is_headless(clause: Token) -> bool:
    """Whether a finite clause has neither subject nor what joins it."""
    if any(c.dep_ in ("nsubj", "nsubj:pass", "expl", "mark", "cc", "csubj") for c in clause.children):
        return False
    verbs = [clause, *(c for c in clause.children if c.dep_ in ("aux", "aux:pass", "cop"))]
    return any(has(one, "VerbForm", "Fin") for one in verbs)


def _is_gapped(verb: Token) -> bool:
    """Whether the verb stands in a relative clause whose predicate follows at once: "ships that Oslo says broke"."""
    doc, after = verb.doc, verb.i + 1
    if verb.dep_ != "acl:relcl" or after >= verb.sent.end - 1 or not has(doc[after], "VerbForm", "Fin"):
        return False
    return any(c.dep_ == "nsubj" and c.i < verb.i and not has(c, "PronType", "Rel") for c in verb.children)


def _gapped(verb: Token) -> TokenRange:
    """The predicate behind such a verb, up to the main verb or the next pause."""
    doc, named = verb.doc, False
    at = verb.i + 1
    while at < verb.sent.end and doc[at].text not in ",;:.—–":
        token = doc[at]
        if named and has(token, "VerbForm", "Fin") and doc[at - 1].pos_ in NAMING:
            break
        named = named or token.pos_ in NAMING
        at += 1
    return trimmed(doc, verb.i + 1, at - 1)


def _before_tag(verb: Token, content: TokenRange) -> list[TokenRange]:
    """What a tag in commas interrupts: "The museum" of "The museum, she said, would open"."""
    doc, sentence = verb.doc, verb.sent
    if content[0] != verb.i + 2 or doc[verb.i + 1].text != ",":
        return []
    first = min([verb.i, *(child.left_edge.i for child in verb.children if child.dep_ in ("nsubj", "aux"))])
    if first - 1 <= sentence.start or doc[first - 1].text != ",":
        return []
    before = trimmed(doc, sentence.start, first - 2)
    return (
        [before]
        if before[0] <= before[1] and not any(token.text in QUOTES for token in doc[before[0] : before[1] + 1])
        else []
    )


def _that_after(verb: Token, *, takes_hearer: bool) -> int | None:
    """The index of a "that" which opens the content, with nothing but a date or a hearer between it and the verb."""
    passed = attribution_words().no_speakers | {"on", "late", "early"}
    following = [token.lower_ for token in verb.doc[verb.i + 1 : min(verb.i + 3, verb.sent.end)]]
    if following == [",", "according"]:  # "said, according to the agency, that ..."
        rest = verb.doc[verb.i + 3 : verb.sent.end - 1]
        return next((token.i for token in rest if token.lower_ == "that" and token.nbor(-1).text == ","), None)
    for token in verb.doc[verb.i + 1 : min(verb.i + 1 + NEAR_THAT, verb.sent.end - 1)]:
        if token.lower_ == "that" and token.dep_ in ("mark", "obj", "nsubj", "det") and token.pos_ in ("SCONJ", "PRON"):
            return token.i if token.nbor(1).pos_ not in ("VERB", "AUX") else None
        is_hearer = takes_hearer and token.head.i == verb.i and token.dep_ in ("iobj", "obj")
        if token.lower_ not in passed and not is_hearer:
            break
    return _far_that(verb, takes_hearer=takes_hearer)


def _far_that(verb: Token, *, takes_hearer: bool) -> int | None:
    """The same behind where, when or before whom it was said: "told the council in Lima at noon that"."""
    hears = takes_hearer and any(c.dep_ in ("obj", "iobj") and c.i > verb.i for c in verb.children)
    at = verb.i + 1
    for token in verb.doc[at : min(at + FAR_THAT, verb.sent.end - 1)]:
        if token.lower_ == "that" and token.dep_ == "mark" and token.pos_ == "SCONJ" and token.i > at:
            return token.i if token.nbor(1).pos_ not in ("VERB", "AUX") else None
        if token.pos_ not in FAR_WORDS or (token.pos_ == "ADP" and token.lower_ not in FAR_CASES):
            return None
        if token.i == at and not hears and token.pos_ != "ADP":
            return None
    return None


def _unparsed(verb: Token, cue: Cue) -> Iterator[Content]:
    """The rest of the sentence where the parse sees no clause: after "that", "whether", or a long object of "say"."""
    doc, after = verb.doc, verb.i + 1
    if after >= verb.sent.end or not cue.is_statement:
        return
    hearer = next((c for c in verb.children if c.dep_ in ("iobj", "obj") and c.i >= after), None)
    clause = next((c for c in hearer.children if c.dep_ == "acl:relcl"), None) if hearer is not None else None
    opens = doc[after].lower_
    asks = cue.id != SAY or is_negated(verb) or has(verb, "VerbForm", "Inf")
    told = clause is not None and (clause.left_edge.lower_ == "that" or any(c.dep_ == "nsubj" for c in clause.children))
    if clause is not None and told and "someone-to" in cue.frames and clause.left_edge.lower_ not in RELATIVES:
        yield [extended((clause.left_edge.i, clause.right_edge.i), verb)], verb.i
    elif (opens == "that" and after + 1 < verb.sent.end) or (opens in INDIRECT_QUESTIONS and asks):
        yield [extended((after, after), verb)], verb.i
    elif cue.id == SAY and ((doc[after].pos_ in SUBJECT_PARTS | {"VERB"} and opens != "much") or opens == "both"):
        content = extended((after, after), verb)
        if content[1] - content[0] >= SHORTEST_UNPARSED and has_verb(doc, content):
            yield [content], verb.i


def _is_tag(verb: Token) -> bool:
    """Whether the verb with its subject stands in the sentence it reports: "Talks, he said, would resume"."""
    first = verb.left_edge.i
    if _is_joined(verb):
        return False
    before = verb.doc[first - 1] if first else None
    inner = verb.doc[first] if first < verb.i else None
    return bool((before is not None and before.text == ",") or (inner is not None and inner.text == ","))


def _is_joined(verb: Token) -> bool:
    """Whether the verb stands in a clause that tells when or why: "two weeks after she told them to leave, ..."."""
    return any(child.dep_ in ("mark", "advmod") and child.lower_ in JOINED_BY for child in verb.children)


def _around(verb: Token) -> list[TokenRange]:
    """What the tag of `verb` interrupts or ends: the governing clause before it and after it."""
    doc, head = verb.doc, verb.head
    before = trimmed(doc, head.left_edge.i, verb.left_edge.i - 1)
    after = trimmed(doc, verb.right_edge.i + 1, head.right_edge.i)
    return [before] if after[0] > after[1] else [before, after]


def _infinitives(verb: Token) -> Iterator[Content]:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl", "acl") and child.i > verb.i and has_to(child):
            first, last = extended(clause_range(child, verb), verb)
            yield [(first, _before_predicate(child, last))], verb.i


def _before_predicate(infinitive: Token, last: int) -> int:
    """The last token before a finite "were" right behind the infinitive: "pledges to pay were enough", misread."""
    end = infinitive.right_edge.i
    after = infinitive.doc[end + 1] if end + 1 <= last else None
    if after is not None and after.pos_ == "AUX" and has(after, "VerbForm", "Fin"):
        return end
    return last


def _person_and_infinitive(verb: Token, cue: Cue) -> Iterator[Content]:
    people = [c for c in verb.children if c.dep_ in ("obj", "iobj") and c.i > verb.i]
    below = [c for person in people for c in person.children if c.dep_ == "acl"]  # "urged states to spend", misread
    told = [noun for noun in verb.children if people and noun.dep_ in OBLIQUES and noun.i > people[0].i]
    below += [c for noun in told for c in noun.children if c.dep_ == "acl" and _is_told_to(c)]
    infinitives = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl")] + below
    infinitives = [c for c in infinitives if c.i > verb.i and has_to(c)]
    if not infinitives:
        return
    if people and people[0].i < infinitives[0].i:
        last = before_taken_up(verb.doc, infinitives[0].left_edge.i, infinitives[0].right_edge.i)
        if not _is_joined(verb):
            last = extended(clause_range(infinitives[0], verb), verb)[1]
        start = infinitives[0].left_edge.i if cue.id == "tell" else people[0].left_edge.i
        yield [trimmed(verb.doc, start, last)], verb.i


def _deeds(verb: Token) -> Iterator[Content]:
    """What somebody owns to or denies, as a verb in -ing: "denied [sending troops]"."""
    for deed in verb.children:
        if deed.dep_ in ("xcomp", "advcl") and deed.i == verb.i + 1 and deed.lower_.endswith("ing"):
            yield [extended(clause_range(deed, verb), verb)], verb.i


def _is_told_to(infinitive: Token) -> bool:
    """Whether an infinitive hung below where it was said is what was said: "asked them in a letter to “wait”"."""
    to = next((c for c in infinitive.children if c.lower_ == "to" and c.i < infinitive.i), None)
    is_quoted = to is not None and to.nbor(1).text in QUOTES
    return is_quoted or infinitive.head.lower_ in attribution_words().vehicles


def _described(verb: Token) -> Iterator[Content]:
    """What is described and as what: "called the plan a gift", "described it as useful"."""
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in DESCRIBED]
    things = [c for c in after if c.dep_ in ("obj", "iobj", "xcomp")]
    if not things:
        return
    thing = things[0]
    said = [c for c in after if c.i > thing.i and (c.dep_ in ("xcomp", "ccomp", "obj") or case_of(c) == "as")]
    # "called the charges unfounded": the parser hangs the adjective below the noun, or the noun below the adjective.
    said += [c for c in thing.children if c.pos_ == "ADJ" and c.i > thing.i and c.dep_ in ("acl", "amod", "xcomp")]
    said += [thing for c in thing.children if thing.pos_ == "ADJ" and c.dep_ in ("compound", "nmod", "nsubj")]
    if verb.doc[thing.i + 1 : thing.i + 2].text in QUOTES:  # "called the plan “a gift”", whatever the parse says
        said.append(verb.doc[min(thing.i + 2, verb.sent.end - 1)])
    if said:
        last = max(c.right_edge.i for c in said)
        yield [extended((thing.left_edge.i, max(last, thing.i)), verb, is_thing=True)], verb.i


def _called_upon(verb: Token) -> Iterator[Content]:
    """ "called on both sides to talk": those called and what for."""
    for child in verb.children:
        if child.dep_ in OBLIQUES and child.i > verb.i and case_of(child) in ("on", "upon"):
            tail = [c for c in (*verb.children, *child.children) if c.i > child.i and has_to(c)]
            if tail:
                start = next(c.i for c in child.children if c.dep_ == "case") + 1
                yield [extended((start, max(c.right_edge.i for c in tail)), verb)], start - 1


def _prepositional(verb: Token, cue: Cue) -> Iterator[Content]:
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in OBLIQUES | {"advcl", "ccomp", "xcomp"}:
            continue
        marks = [c for c in child.children if c.dep_ in ("case", "mark") and c.i < child.i]
        if marks and marks[0].lower_ in cue.prepositions:
            content = trimmed(verb.doc, marks[0].i + 1, child.right_edge.i)
            content = extended(content, verb, is_thing=child.dep_ in OBLIQUES)
            yield [content], marks[0].i if marks[0].i == verb.i + 1 else verb.i
    if cue.kind == ACCUSE:
        yield from _charges(verb, cue)


def _charges(verb: Token, cue: Cue) -> Iterator[Content]:
    """What somebody is accused of, hung below him: "accused Peru of firing"."""
    for person in verb.children:
        below = [c for c in person.children if person.dep_ in ("obj", "iobj") and c.i > person.i]
        for charge in below:
            marks = [c for c in charge.children if c.dep_ in ("case", "mark") and c.i < charge.i]
            if marks and marks[0].lower_ in cue.prepositions:
                yield [extended(trimmed(verb.doc, marks[0].i + 1, charge.right_edge.i), verb)], verb.i


def _objects(verb: Token) -> Iterator[Content]:
    for child in verb.children:
        if child.dep_ == "obj" and child.i > verb.i and not has(child, "PronType", "Rel"):
            yield [extended((child.left_edge.i, max(child.i, noun_phrase(child)[1])), verb, is_thing=True)], verb.i


def _has_as(clause: Token) -> bool:
    """Whether a clause is opened by "as"."""
    return any(mark.lower_ == "as" for mark in clause.children if mark.i < clause.i)


def _undergone(verb: Token) -> Iterator[Content]:
    """The subject of a passive: "the plan was backed by Ghana"; not of "was quoted by Reuters as saying"."""
    if any(c.dep_ == "advcl" and c.lower_.endswith("ing") and _has_as(c) for c in verb.children):
        return
    for child in verb.children:
        if child.dep_ in ("nsubj:pass", "nsubj"):
            yield [noun_phrase(child, verb)], verb.i
