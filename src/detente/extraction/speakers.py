"""Finds who says it and by which words: the noun phrase of the speaker, the verb group of the cue."""

from collections.abc import Iterable

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.apposed import is_name, office_before_name
from detente.extraction.clause import CLAUSES, SUBJECTS, base, case_of, has, is_passive
from detente.parsing.doc import Doc, Token

TokenRange = tuple[int, int]  # first and last token index, both included
QUOTES = frozenset('"“”«»„')
GROUP = frozenset({"aux", "aux:pass", "advmod", "neg", "cop"})  # what may stand in the verb group before the verb
# Verbs that carry an infinitive of saying as one cue: "declined to say", "continued to call for".
BORROWING = frozenset({"conj", "xcomp", "advcl", "parataxis", "ccomp"})  # relations over which a subject is shared
LONGEST_CHAIN = 6  # governing verbs climbed for a shared subject
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "X"})  # what a name with its apposition is made of
JOINING = frozenset({"of", "for", "from", "'s", "’s", "and", "&"})
CARRIED = 3  # tokens at most from such a verb to its infinitive: "declined even to say"
PLACING = frozenset({"at", "in", "on", "during", "when", "while", "after", "before", "speaking", "as", "over", "by"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
WIDEST_SPEAKER = 45  # tokens: a longer noun phrase is a broken parse


def speaker_of(verb: Token, *, outside: Iterable[TokenRange] = ()) -> Token | None:
    """The head of the subject of the verb, of the governing verb for participles, infinitives and second verbs.

    None where the sentence has none. `outside`: token ranges (quotations, contents) in which no speaker is looked for.
    """
    blocked = list(outside)
    quoted = _quoted_person(verb)
    if quoted is not None:
        return quoted
    if is_passive(verb):
        return _own_subject(verb, blocked)
    at = verb
    for _ in range(LONGEST_CHAIN):
        subject = _own_subject(at, blocked) or _undergoer(at, verb) or _lent_subject(at, blocked)
        if subject is not None:
            return subject
        if at.dep_ == "acl" and at.head.pos_ in ("NOUN", "PROPN", "PRON") and not is_passive(at):
            return None if _is_inside(at.head, blocked) or _is_purpose(at) else _described(at.head, blocked)
        if at.dep_ not in BORROWING or at.head == at or (at.dep_ == "ccomp" and at.head.i < at.i):
            return None
        at = at.head
    return None


def _described(noun: Token, blocked: list[TokenRange]) -> Token:
    """The noun that a participle goes with, or whom it describes: "[Roe] is a liar for stating that"."""
    named = _own_subject(noun, blocked) if any(c.dep_ == "cop" for c in noun.children) else None
    return named or noun


def _is_purpose(infinitive: Token) -> bool:
    """Whether a noun only tells what for: "an effort to link the two"; "the first envoy to say so" does say it."""
    if not any(c.lower_ == "to" and c.dep_ == "mark" for c in infinitive.children):
        return False
    return not any(c.lower_ in words_for("ranks") for c in infinitive.head.children)


def _quoted_person(verb: Token) -> Token | None:
    """The one quoted: "quoted an aide as saying", "an aide was quoted as saying"."""
    governor = verb.head
    if governor.i >= verb.i or not any(child.lower_ == "as" for child in verb.children):
        return None
    if is_passive(governor):
        return next((c for c in governor.children if c.dep_ == "nsubj:pass"), None)
    return next((c for c in governor.children if c.dep_ == "obj" and governor.i < c.i < verb.i), None)


def _lent_subject(verb: Token, blocked: list[TokenRange]) -> Token | None:
    """The subject that the parse hangs at a participle before the verb: "Reuters, citing officials, said ..."."""
    lenders = [c for c in verb.children if c.dep_ == "advcl" and c.i < verb.i and c.lower_.endswith("ing")]
    found = [_own_subject(lender, blocked) for lender in lenders if not any(c.dep_ == "mark" for c in lender.children)]
    return next((subject for subject in found if subject is not None), None)


def _undergoer(governor: Token, verb: Token) -> Token | None:
    """The subject of a passive that governs the verb: "was forced to admit that ..."."""
    if governor == verb:
        return None
    return next((c for c in governor.children if c.dep_ == "nsubj:pass"), None)


def _own_subject(verb: Token, blocked: list[TokenRange]) -> Token | None:
    if is_passive(verb):
        agents = [c for c in verb.children if c.dep_ == "obl:agent" or (c.dep_ == "obl" and case_of(c) == "by")]
        return agents[0] if agents else None
    calendar = attribution_words().no_speakers
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS and not _is_inside(c, blocked)]
    subjects = [c for c in subjects if c.lower_ not in calendar and c.pos_ != "PUNCT"]
    cue = attribution_words().verbs.get(verb.lower_)
    if cue is not None and cue.addressed:
        subjects = [c for c in subjects if c.i < verb.i]  # ", told reporters"
    if subjects:
        return _beside(subjects[-1], verb)
    apposed = office_before_name(verb.doc, verb.sent.start, verb_group(verb)[0]) if cue is not None else None
    return apposed if apposed is not None and not _is_inside(apposed, blocked) else _misread_subject(verb, blocked)


def _beside(subject: Token, verb: Token) -> Token:
    """Who speaks where the parse takes a name behind a comma for an apposition: "In Lima, [an aide] said ...".

    An apposition closes with a comma before its verb; what stands right before the verb is its subject. Behind a full
    name the comma is often left out: "Ann Lee, the envoy of Peru said".
    """
    if any(child.dep_ in ("flat", "nmod:desc") for child in subject.children):
        return subject
    first = verb_group(verb)[0]
    for named in subject.children:
        if named.dep_ == "appos" and subject.i < named.i < verb.i and named.right_edge.i == first - 1:
            edge = named.left_edge  # the parse may hang the comma below what it opens
            if "," in (edge.text, verb.doc[edge.i - 1].text):
                return named
    return subject


def _misread_subject(verb: Token, blocked: list[TokenRange]) -> Token | None:
    """A noun phrase before the verb that the parse takes for a clause: "For his part, the envoy, Ann Lee, said"."""
    for child in verb.children:
        if child.i > verb.i or child.dep_ not in ("ccomp", "advcl") or child.pos_ not in ("NOUN", "PROPN"):
            continue
        says_something = any(c.dep_ in ("cop", "mark", "case", "aux", *SUBJECTS) for c in child.children)
        if not says_something and not _is_inside(child, blocked):
            return child
    return _named_before(verb, blocked)


def _named_before(verb: Token, blocked: list[TokenRange]) -> Token | None:
    """A name between a comma and the verb, read as part of what opens: "Speaking in Lima on Monday, Ann Lee said"."""
    before = verb.doc[verb_group(verb)[0] - 1] if verb_group(verb)[0] > verb.sent.start else verb
    if verb.dep_ != "ROOT" or before.pos_ not in ("PROPN", "NOUN") or _is_inside(before, blocked):
        return None
    noun = before
    while noun.head.right_edge == before and noun.head.pos_ in ("PROPN", "NOUN"):
        noun = noun.head
    opens = noun.left_edge.i > verb.sent.start and noun.left_edge.nbor(-1).text == ","
    participle = noun.dep_ in ("obl", "obj", "appos") and noun.head.dep_ in ("advcl", "obl")
    return noun if opens and participle and not any(c.dep_ == "case" for c in noun.children) else None


def _is_inside(token: Token, ranges: list[TokenRange]) -> bool:
    return any(first <= token.i <= last for first, last in ranges)


def noun_phrase(head: Token, cue: Token | None = None) -> TokenRange:
    """The whole phrase around a head with titles, apposition and relative clauses, punctuation at its ends left out.

    It ends at a quotation mark, and before the cue where a bad parse hangs the cue below it.
    """
    doc = head.doc
    first, last = head.left_edge.i, head.right_edge.i
    if cue is not None and first <= cue.i <= last:
        group = verb_group(cue)
        first, last = (first, group[0] - 1) if head.i < cue.i else (group[1] + 1, last)
    for token in doc[first : last + 1]:
        if token.text in QUOTES and len(token.text) == 1:
            if token.i < head.i:
                first = token.i + 1
            elif token.i > head.i:
                last = token.i - 1
                break
    first, last = _without_edges(head, first, last)
    if last > first and doc[last].lower_ in RELATIVES:
        last -= 1
    last = _with_name_behind(head, _without_time(doc, head.i, last), cue)
    if last - first > WIDEST_SPEAKER:
        first, last = _narrow(head, first, last)
    return trimmed(doc, first, last)


def _with_name_behind(head: Token, last: int, cue: Token | None) -> int:
    """The last token of the name in commas between an office and its verb: "the envoy, [Ann Lee], said"."""
    if cue is None or head.i > cue.i or head.pos_ != "NOUN":
        return last
    doc, end = head.doc, verb_group(cue)[0] - 1  # the comma before the verb
    if not last + 2 < end or doc[last + 1].text != "," or doc[end].text != ",":
        return last
    return end - 1 if is_name(doc, last + 2, end) and doc[end - 1].pos_ == "PROPN" else last


def _without_edges(head: Token, first: int, last: int) -> TokenRange:
    """Without a preposition, a dateline or a participle at its edges; with the name before a bracket."""
    doc = head.doc
    while first < head.i and (doc[first].dep_ in ("case", "mark", "cc") or doc[first].text == ","):
        first += 1
    if first + 1 < head.i and doc[first].pos_ == "ADV" and doc[first + 1].text == ",":  # "Similarly, the envoy"
        first += 2
    for token in doc[first : head.i]:
        if token.text in ("—", "–", "--"):
            first = token.i + 1
    for token in doc[head.i + 1 : last + 1]:
        if token.dep_ == "acl" and has(token, "VerbForm", "Ger") and doc[token.left_edge.i - 1].text == ",":
            last = token.left_edge.i - 1
            break
    return with_name_before(doc, *_without_place(doc, head.i, first, last))


def _without_time(doc: Doc, head: int, last: int) -> int:
    """The last word before a date at the end: "The council in Lima on Monday", "Serbia last month"."""
    if last <= head or doc[last].lower_ not in attribution_words().no_speakers:
        return last
    before = last - 1
    while before > head and doc[before].dep_ in ("amod", "det", "case", "nummod", "compound"):
        before -= 1
    return before if before >= head and doc[last].head.i <= before else last


def _without_place(doc: Doc, head: int, first: int, last: int) -> TokenRange:
    """Without where and when it was said, after a comma: "the envoy, at a later meeting"."""
    for token in doc[head + 1 : last]:
        if token.text == "," and doc[token.i + 1].lower_ in PLACING:
            return first, token.i - 1
    return first, last


def with_name_before(doc: Doc, first: int, last: int) -> TokenRange:
    """ "Rep. Ann Lee (D-Ohio), a panel member" whole where the parse takes only its last part for the speaker.

    Walks back over names, nouns and what joins them, and counts only if that reaches the start of the clause.
    """
    at = first
    while at > 0 and not doc[at].is_sent_start and first - at < WIDEST_SPEAKER:
        before = doc[at - 1]
        if before.text in QUOTES or before.text in ";:—–":
            break
        if before.text == "," and doc[last + 1 : last + 2].text and doc[last + 1].pos_ in ("VERB", "AUX"):
            return first, last  # "For Peru, an aide said": an apposition would close with a comma
        joins = before.lower_ in JOINING or (before.text in ",()-'’./" and not doc[at - 1].is_sent_start)
        if before.pos_ not in NAMING and not joins:
            return first, last
        if before.lower_ in attribution_words().no_speakers or before.pos_ == "PRON":
            return first, last
        at -= 1
    return trimmed(doc, at, last)


def _narrow(head: Token, first: int, last: int) -> TokenRange:
    """The head with its close modifiers only."""
    near = [head.i]
    for child in head.children:
        if base(child.dep_) not in CLAUSES | {"appos", "conj", "punct", "cc"}:
            near += [child.left_edge.i, child.right_edge.i]
    return max(first, min(near)), min(last, max(near))


def trimmed(doc: Doc, first: int, last: int) -> TokenRange:
    """The range without punctuation, blanks and conjunctions at its ends; may be empty (first > last).

    A bracket that closes one inside stays.
    """
    tokens = doc.tokens
    while first <= last and _is_edge(tokens[first]):
        first += 1
    while last >= first and _is_edge(tokens[last]):
        last -= 1
    brackets = [token.text for token in tokens[first : last + 1]]
    if brackets.count("(") > brackets.count(")") and last + 1 < len(tokens) and tokens[last + 1].text == ")":
        last += 1
    return first, last


def _is_edge(token: Token) -> bool:
    return (token.is_punct and token.text not in "%#&") or token.is_space or token.dep_ == "cc"


def verb_group(verb: Token) -> TokenRange:
    """The verb with auxiliaries, adverbs before it and the verb that carries it: "has twice declined to say"."""
    first = verb.i
    top = carrier_of(verb)
    if top != verb:
        first = top.i
    while first > 0:
        before = verb.doc[first - 1]
        if before.dep_ not in GROUP or before.head not in (verb, top) or has(before, "PronType", "Int"):
            break
        first -= 1
    last = verb.i
    for token in verb.doc[verb.i + 1 : verb.i + 2]:
        if token.dep_ == "compound:prt" and token.head == verb:
            last = token.i
    return first, last


def carrier_of(verb: Token) -> Token:
    """The verb that carries the verb as its infinitive ("declined" of "declined to say"), else the verb itself."""
    carried = verb.dep_ == "xcomp" and 0 < verb.i - verb.head.i <= CARRIED
    return verb.head if carried and verb.head.lemma_ in words_for("carrying speech") else verb


def char_span(doc: Doc, span: TokenRange) -> tuple[int, int]:
    """Characters of a token range."""
    first, last = span
    end = doc.tokens[last]
    return doc.tokens[first].idx, end.idx + len(end.text)
