"""Finds indirect speech by the order of words where the parse hangs the tag wrongly: ", the minister said"."""

from collections.abc import Iterator

from detente.codebook.attribution import attribution_words
from detente.codebook.constructions import words_for
from detente.extraction.apposed import NOMINAL, is_name, is_one
from detente.extraction.clause import has, is_passive
from detente.extraction.content_edges import has_verb
from detente.extraction.found import IN_PERSON, Found, cue_of
from detente.extraction.layout import Layout
from detente.extraction.speakers import QUOTES, TokenRange, char_span, trimmed, verb_group
from detente.extraction.tag_order import content_after_tag
from detente.parsing.doc import Doc, Token
from detente.parsing.doc import Span as TokenSpan

LONGEST_NAME = 25  # tokens between a comma and the verb of a tag
SHORTEST_CONTENT = 3  # tokens
ABOUT = frozenset({"who", "which", "whose"})  # open a clause about the one before
INNER = frozenset({"amod", "compound", "acl"})
DESCRIBING = frozenset({"amod", "acl", "acl:relcl"})  # verbs about a noun: "a diplomat who attended it"


def find_loose(layout: Layout, used: set[int | None]) -> list[Found]:
    """One per verb of saying that no content has been found for and that stands as a tag; `used` are the other cues."""
    found: list[Found] = []
    verbs = attribution_words().verbs
    for passage in layout.passages:
        first, last = layout.token_range(passage.start, passage.end)
        if first <= last:
            sentence = layout.doc[first : last + 1]
            telling = [verb for verb in sentence if verb.lower_ in verbs and verb.i not in used]
            for verb in telling:
                found += (_by_quoting if verb.lower_.endswith("ing") else _by_verb)(layout, sentence, verb)
    return found


def _quoted_as(sentence: TokenSpan, verb: Token) -> tuple[TokenRange, list[TokenRange], int] | None:
    """Who is quoted behind his words, the words, and where the cue begins.

    "Talks will resume, an aide was quoted [as saying] by the paper", "..., the agency quoted an aide [as saying]".
    """
    doc, at = sentence.doc, verb.i - 1
    if at <= sentence.start or doc[at].lower_ != "as":
        return None
    nearest = range(at - 1, max(sentence.start, at - LONGEST_NAME), -1)
    quoting = next((doc[i] for i in nearest if doc[i].lower_ in words_for("quoting another")), None)
    if quoting is None:
        return None
    first = verb_group(quoting)[0]
    comma = next((i for i in range(first - 1, sentence.start, -1) if doc[i].text in (",", "—", "–")), None)
    if comma is None or first - comma < 2 or not _ends_tag(doc, verb.i + 1):  # noqa: PLR2004 - a name has a word
        return None
    if any(_is_predicate(token) or token.text in QUOTES for token in doc[comma + 1 : first]):
        return None
    content = _long_enough([trimmed(doc, sentence.start, comma - 1)])
    if is_passive(quoting):
        return trimmed(doc, comma + 1, first - 1), content, first
    return trimmed(doc, quoting.i + 1, at - 1), content, at


def _ends_tag(doc: Doc, at: int) -> bool:
    """Whether nothing that is said follows the verb of a tag: a stop, or by whom, when and where."""
    return at >= len(doc) or doc[at].text in (".", ",", ";") or doc[at].pos_ == "ADP"


def _by_quoting(layout: Layout, sentence: TokenSpan, verb: Token) -> Iterator[Found]:
    parts = _quoted_as(sentence, verb)
    cue = attribution_words().verbs.get(verb.lower_)
    if parts is None or cue is None or layout.quotation_at(verb.idx) is not None:
        return
    speaker, content, first = parts
    if speaker[0] > speaker[1] or not content:
        return
    head = layout.doc[speaker[0] : speaker[1] + 1].root
    yield Found(
        speaker=char_span(layout.doc, speaker),
        cue=char_span(layout.doc, (first, verb.i)),
        content=tuple(char_span(layout.doc, piece) for piece in content),
        speaker_head=head.i,
        cue_head=verb.i,
        rule=cue.id,
    )


def _by_verb(layout: Layout, sentence: TokenSpan, verb: Token) -> Iterator[Found]:
    cue = attribution_words().verbs.get(verb.lower_)
    if cue is None or not {"quote", "that"} <= cue.frames or cue_of(verb) is None:
        return
    if layout.quotation_at(verb.idx) is not None or has(verb, "VerbForm", "Inf"):
        return
    parts = (None if cue.addressed else _inverted(sentence, verb)) or _plain(sentence, verb)
    if parts is None:
        return
    speaker, content = parts
    if speaker[0] > speaker[1] or not content:
        return
    head = layout.doc[speaker[0] : speaker[1] + 1].root
    if head.pos_ not in NOMINAL or head.lower_ in attribution_words().no_speakers:
        return
    yield Found(
        speaker=char_span(layout.doc, speaker),
        cue=char_span(layout.doc, verb_group(verb)),
        content=tuple(char_span(layout.doc, piece) for piece in content),
        speaker_head=head.i,
        cue_head=verb.i,
        rule=cue.id,
        in_person=head.lower_ in IN_PERSON,
    )


def _inverted(sentence: TokenSpan, verb: Token) -> tuple[TokenRange, list[TokenRange]] | None:
    """ "Talks will resume, said the minister": a comma right before the verb, a name right after it."""
    doc = sentence.doc
    if verb.i <= sentence.start + SHORTEST_CONTENT or doc[verb.i - 1].text not in (",", "—", "–"):
        return None
    if verb.i + 1 >= sentence.end or not _opens_name(doc[verb.i + 1]):
        return None
    end = verb.i + 1
    while end < sentence.end and not _ends_name(doc[end]):
        end += 1
    if end < sentence.end and doc[end].pos_ in ("VERB", "AUX"):  # ", said the deal was dead": a clause, no name
        return None
    content = trimmed(doc, sentence.start, verb.i - 2)
    return trimmed(doc, verb.i + 1, end - 1), _long_enough([content])


def _opens_name(token: Token) -> bool:
    return token.pos_ in ("DET", "PROPN", "NOUN", "ADJ", "NUM") or token.lower_ in ("he", "she", "they")


def _ends_name(token: Token) -> bool:
    if token.text in ".;:?!" or token.text in QUOTES or token.pos_ in ("AUX", "SCONJ"):
        return True
    if token.text == ",":
        return token.i + 1 < len(token.doc) and token.doc[token.i + 1].pos_ not in ("DET", "NOUN", "PROPN")
    return token.pos_ == "VERB" and token.dep_ not in ("amod", "acl", "acl:relcl", "compound")


def _plain(sentence: TokenSpan, verb: Token) -> tuple[TokenRange, list[TokenRange]] | None:
    """ "Talks, the minister said, will resume": a comma, a name, the verb; then a comma, a stop or a date."""
    doc = sentence.doc
    first = _before_aside(sentence, verb_group(verb)[0])
    comma = first - 1
    while comma > sentence.start and first - comma <= LONGEST_NAME and doc[comma].text not in (",", "—", "–"):
        if doc[comma].text in QUOTES and doc[comma - 1].text == ",":  # the comma stands inside the quotation
            break
        if _is_predicate(doc[comma]) or doc[comma].text in QUOTES or doc[comma].text in ":;":
            return None
        comma -= 1
    is_pause = doc[comma].text in (",", "—", "–") or doc[comma].text in QUOTES
    if not is_pause or first - comma < 2:  # noqa: PLR2004 - a name has a word
        return None
    if doc[comma + 1].dep_ == "cc" or doc[comma + 1].pos_ == "CCONJ":  # "..., and he responded with force"
        return None
    content = [trimmed(doc, sentence.start, comma - 1)]
    rest = content_after_tag(verb)
    if rest is None:
        return None
    named, last = first, verb_group(verb)[0] - 1
    if first <= last and doc[first + 1].lower_ not in ABOUT:
        told = any(has_verb(doc, piece) for piece in (*content, *rest))
        if not (told and is_one(doc, (comma + 1, first), (first + 1, last))):
            return None
        named = named if is_name(doc, comma + 1, first) else last
    return trimmed(doc, comma + 1, named - 1), _long_enough([*content, *rest])


def _is_predicate(token: Token) -> bool:
    """Whether the token is a verb with a clause of its own, not one that tells about a noun."""
    if token.pos_ not in ("VERB", "AUX") or _is_reduced(token):
        return False
    return token.dep_ not in DESCRIBING and (token.pos_ != "AUX" or token.head.dep_ not in DESCRIBING)


def _is_reduced(verb: Token) -> bool:
    """Whether a participle behind a noun tells about it: two verbs of one clause do not follow on one subject.

    "Three people [briefed] on the decision said", whatever the parse makes of it.
    """
    bare = not any(child.dep_ in ("aux", "aux:pass", "obj", "mark") for child in verb.children)
    return bare and verb.lower_.endswith("ed") and verb.i > verb.sent.start and verb.nbor(-1).pos_ == "NOUN"


def _before_aside(sentence: TokenSpan, first: int) -> int:
    """Where words about the speaker begin that stand in commas before the verb at `first`, else `first`.

    A clause or a title: ", Ann Lee, who led the talks, said", ", Ann Lee, the Peruvian envoy, said".
    """
    doc = sentence.doc
    if doc[first - 1].text != ",":
        return first
    opening = first - 2
    while opening > sentence.start and first - opening <= LONGEST_NAME and doc[opening].text != ",":
        if doc[opening].text in QUOTES or doc[opening].text in ":;":
            return first
        opening -= 1
    if doc[opening].text != ",":
        return first
    about = doc[opening + 1].lower_ in ABOUT
    return opening if about or _is_title(doc, opening + 1, first - 1) else first


def _is_title(doc: Doc, start: int, end: int) -> bool:
    """Whether the words only name a role: "the Peruvian envoy to the UN"."""
    if start >= end:
        return False
    words = doc[start:end]
    return words.root.pos_ in NOMINAL and not any(w.pos_ in ("VERB", "AUX") and w.dep_ not in INNER for w in words)


def _long_enough(pieces: list[TokenRange]) -> list[TokenRange]:
    kept = [piece for piece in pieces if piece[0] <= piece[1]]
    return kept if sum(last - first + 1 for first, last in kept) >= SHORTEST_CONTENT else []
