"""Where a content begins and ends: the parse's clause, drawn on or back where the parse is known to err."""

from detente.codebook.attribution import Cue, attribution_words
from detente.extraction.clause import OBLIQUES, has
from detente.extraction.found import VERBAL, cue_of, outer_verb
from detente.extraction.speakers import QUOTES, TokenRange, trimmed, verb_group
from detente.extraction.tag_order import says_more
from detente.parsing.doc import Doc, Token

SUBJECT_PARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "SCONJ"})
CLAUSE_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i", "there", "that", "whether"})
ASIDES = frozenset({"however", "though", "meanwhile", "also", "nevertheless", "moreover", "too", "then", "again"})
ARTICLES = frozenset({"a", "an", "the", "another"})
LONG_CLAUSE = 12  # tokens
MEASURE = 6  # tokens from a comma to "after": ", just three days after"
CONTRASTS = frozenset({"although", "though", "whereas", "while"})
TIMES = frozenset({"after", "before", "when", "while", "since", "until", "because"})
SCENES = frozenset({"during", "in", "on", "at"})
MODALS = frozenset({"would", "could", "might", "should", "may", "must", "will", "can"})


def clause_range(clause: Token, verb: Token) -> TokenRange:
    """The first and last token of a clause that a verb of saying governs, without the words of the verb itself."""
    first, last = clause.left_edge.i, clause.right_edge.i
    group = verb_group(verb)
    if clause.i > verb.i:
        first = max(first, group[1] + 1)
        that = next((child.i for child in clause.children if child.dep_ == "mark" and child.lower_ == "that"), first)
        first = max(first, that)  # "told reporters after a meeting with Rossi that ..." may hang Rossi at the clause
    else:
        last = min(last, group[0] - 1)
    return trimmed(verb.doc, first, last)


def filled(content: TokenRange, verb: Token, cue: Cue) -> TokenRange:
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
    commas = [token for token in gap if token.is_punct]
    is_subject = gap[0].pos_ in SUBJECT_PARTS and len(commas) != 1
    return (gap[0].i, last) if is_subject and not takes_person else content


def from_sentence_start(content: TokenRange, verb: Token) -> TokenRange:
    """The content before a tag drawn back to the start of the sentence, unless another tag or a quotation is there."""
    doc, (first, last) = verb.doc, content
    before = doc[verb.sent.start : first]
    told = any((cue := cue_of(token)) is not None and cue.is_statement for token in before)
    if told or any(token.text in QUOTES or token.text in ";:" for token in before):
        return content
    return trimmed(doc, verb.sent.start, last)


def extended(content: TokenRange, verb: Token, *, is_thing: bool = False) -> TokenRange:
    """The content drawn on to the end of the sentence, or to where the reporting clause takes the word again.

    Parsers cut long contents short; what follows belongs to them unless it is a second deed of the speaker, a
    participle after a comma ("adding ...", "citing ..."), a clause of time or reason after a comma, or another tag.
    """
    doc = verb.doc
    first, last = content
    if first < verb.i or first > last:
        return content
    if doc[first].lower_ == "according":  # "said, according to the agency, that ..."
        comma = next((token.i for token in doc[first : last + 1] if token.text == ","), first)
        first = comma + 1 if comma > first else first
    first = _behind_aside(doc, first)
    end, verbs = min(verb.sent.end - 1, _before_main(verb)), attribution_words().verbs
    at = first + 1
    while at <= end:
        token = doc.tokens[at]
        if token.lower_ == "according" and at > first + 2:
            break
        if token.lower_ in verbs and (says_more(token) or _is_inverted_tag(token)):
            break
        if (
            takes_up(token)
            or _contrasts(token)
            or ((token.lower_ in verbs or token.dep_ == "cc") and _goes_back(token, verb))
        ):
            break
        if at > last and (token.text in ";)" or _takes_back(token, verb, last)):
            break
        if at > first and is_thing and (_is_clause_of(token, verb) or _is_scene_of(token, verb)):
            break
        if token.lower_ in TIMES and _is_reported_beside(token, verb):
            return trimmed(doc, first, _comma_before(token) - 1)
        at += 1
    return trimmed(doc, first, at - 1)


def _behind_aside(doc: Doc, first: int) -> int:
    """Where a clause begins behind an adverb in commas: "stressed, however, that", "added, though, that"."""
    words = [token.lower_ for token in doc[first : first + 3]]
    return first + 2 if len(words) == 3 and words[0] in ASIDES and words[1:] == [",", "that"] else first  # noqa: PLR2004


def before_taken_up(doc: Doc, first: int, last: int) -> int:
    """The last token before what takes up the words first..last and goes on about them."""
    return next((at - 1 for at in range(first + 2, last + 1) if takes_up(doc.tokens[at])), last)


def _before_main(verb: Token) -> int:
    """The last token of a clause of time that opens the sentence: "When he said that it failed, | she left"."""
    main = verb.head
    if verb.dep_ == "acl:relcl":  # "Peru, which says that the truce holds, | left"
        edge = verb.right_edge.i
        root = verb.sent.root.i
        return edge if verb.i < edge < root else verb.sent.end - 1
    if verb.dep_ != "advcl" or main.i < verb.i or not any(c.lower_ in TIMES for c in verb.children if c.i < verb.i):
        return verb.sent.end - 1
    subject = next((c for c in main.children if c.dep_ in ("nsubj", "nsubj:pass", "expl") and c.i > verb.i), None)
    start = subject.left_edge.i if subject is not None else main.i
    return start - 1 if start > verb.i + 1 and verb.doc[start - 1].text == "," else verb.sent.end - 1


def _goes_on_about(token: Token) -> bool:
    """Whether the writer takes the word again: "..., a move that", "..., although"."""
    return takes_up(token) or _contrasts(token)


def takes_up(token: Token) -> bool:
    """Whether a phrase behind a comma takes up what was said and goes on about it: "..., a move that angered Peru"."""
    if token.lower_ not in ARTICLES or token.i < 1 or token.nbor(-1).text not in (",", "—", "–"):
        return False
    noun = token.head
    if noun.i <= token.i or noun.lower_ not in attribution_words().resuming:
        return False
    if token.nbor(-1).text != "," and token.i > 1 and token.nbor(-2).text in QUOTES:
        return True  # "called it “lost” – a warning to Peru"
    return noun.i + 1 < len(token.doc) and any(c.dep_ in ("acl", "acl:relcl") and c.i > noun.i for c in noun.children)


def _goes_back(token: Token, verb: Token) -> bool:
    """Whether the token leads back to the speaker: "..., and claims that ..."."""
    if outer_verb(token) == verb:
        return True
    return token.dep_ == "cc" and token.i + 1 < len(token.doc) and outer_verb(token.nbor(1)) == verb


def _is_inverted_tag(token: Token) -> bool:
    """Whether another's tag begins: "..., said the envoy"."""
    cue = cue_of(token)
    if cue is None or not {"quote", "that"} <= cue.frames or token.doc[token.i - 1].text != ",":
        return False
    return has(token, "VerbForm", "Fin") and token.i + 1 < len(token.doc) and token.nbor(1).pos_ in ("PROPN", "DET")


def _is_reported_beside(mark: Token, verb: Token) -> bool:
    """Whether the writer dates an order by another's deed: "ordered Spain to leave, three days after Italy left"."""
    cue = cue_of(verb)
    is_order = cue is not None and "someone-to" in cue.frames and cue.kind == "urge"
    owned = any(child.dep_ == "nsubj" for child in mark.head.children)
    return is_order and mark.dep_ == "mark" and owned and _comma_before(mark) > verb.i


def _comma_before(mark: Token) -> int:
    """The comma that stands before a conjunction and its measure of time, -1 where there is none."""
    doc = mark.doc
    for at in range(mark.i - 1, max(mark.i - MEASURE, mark.sent.start), -1):
        if doc[at].text == ",":
            return at
        if doc[at].pos_ not in ("NUM", "NOUN", "DET", "ADV", "ADJ"):
            break
    return -1


def _contrasts(token: Token) -> bool:
    """Whether the writer sets something against the content: "..., although economists disagree"."""
    return token.lower_ in CONTRASTS and token.doc[token.i - 1].text == ","


def _is_clause_of(token: Token, verb: Token) -> bool:
    """Whether the token opens an adverbial clause of the cue: "announced the tariff after talks had failed"."""
    head = token
    while head.dep_ in ("mark", "advmod") and head.head.i > token.i:
        head = head.head
    marks = {child.lower_ for child in head.children if child.dep_ == "mark"}
    return head.dep_ == "advcl" and head.head == verb and token.i == head.left_edge.i and bool(marks & TIMES)


def _is_scene_of(token: Token, verb: Token) -> bool:
    """Whether the token opens where or when the cue was said: "called it a gift | during a visit", "| in a letter"."""
    noun = token.head
    if token.dep_ != "case" or token.lower_ not in SCENES or noun.dep_ not in OBLIQUES or noun.head != verb:
        return False
    words = attribution_words()
    told = token.lower_ == "during" or noun.lower_ in words.vehicles or noun.lower_ in words.no_speakers
    return told and token.i == noun.left_edge.i


def _takes_back(token: Token, verb: Token, last: int) -> bool:
    """Whether the token opens something that is no longer content."""
    before = token.doc[token.i - 1]
    head = token
    while head.head.i > last and head.head.i != head.i:
        head = head.head
    outside = head.head.i <= verb.i or head.head == verb
    if not outside or token.i != head.left_edge.i:
        return False
    if head.dep_ == "conj" and has(head, "VerbForm", "Inf") and not has(verb, "VerbForm", "Inf"):
        return False  # "told them to go home and stay there"
    if head.dep_ == "conj" and _goes_on_quoted(token, head, last):
        return False
    if head.dep_ in ("conj", "parataxis") and head.pos_ in VERBAL:
        # "said they had doubts but could not refuse": a modal verb without a subject goes on with the content.
        return not (head.dep_ == "conj" and any(c.dep_ == "aux" and c.lower_ in MODALS for c in head.children))
    if token.dep_ == "cc":
        return False
    return before.text in (",", "—", "–") and head.dep_ in ("advcl", "conj", "parataxis", "ccomp", "obl", "acl")


def _goes_on_quoted(token: Token, head: Token, last: int) -> bool:
    """Whether a second quotation follows what ended with one: "to “go and vote” and then “go again”"."""
    ends = any(word.text in QUOTES for word in token.doc[last + 1 : token.i])
    return ends and any(word.text in QUOTES for word in token.doc[token.i : head.i])


def has_to(token: Token) -> bool:
    """Whether the token is an infinitive with "to"."""
    return any(child.lower_ == "to" and child.dep_ in ("mark", "case") for child in token.children)


def has_verb(doc: Doc, content: TokenRange) -> bool:
    """Whether the content can be a clause; long ones may hide their verb from the parser."""
    first, last = content
    return last - first > LONG_CLAUSE or any(token.pos_ in VERBAL for token in doc[first : last + 1])
