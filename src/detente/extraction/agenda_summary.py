"""What an agenda item is about, in the text's own words."""

import itertools
import re
from collections.abc import Iterable, Iterator

from detente.codebook.constructions import words_for
from detente.extraction.agenda_names import name_behind, name_for_possessive
from detente.extraction.clause import children, has, is_passive
from detente.extraction.parties import of_own_country
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Document

LONGEST = 160  # characters: one line of a brief
LEFT_OUT = frozenset(
    {"advcl", "acl:relcl", "parataxis", "ccomp", "discourse", "aux", "aux:pass", "mark", "cc", "conj", "nsubj", "expl"}
    | {"nsubj:pass", "csubj", "dislocated", "vocative", "advcl:relcl", "dep"}
)
LEFT_OUT_OF_NOUNS = frozenset({"acl:relcl", "parataxis", "appos", "case", "mark", "discourse", "cc:preconj", "dep"})
# Prepositions that tie other happenings to this one: not part of what it is.
ASIDE = frozenset(
    {"according", "ahead", "after", "before", "despite", "amid", "following", "since", "as", "prior", "because"}
)
CLAUSES_OF_NOUNS = frozenset({"acl:relcl", "parataxis", "acl", "case", "discourse", "cc:preconj", "dep"})
FURTHER = "another"  # no mere article: "another meeting"
UNMARKED = "obl:unmarked"
LONGEST_QUOTE = 6  # tokens
LONGEST_TAIL = 12  # tokens
CLOSING_QUOTES, OPENING_QUOTES = "”\"’'", "“\"‘'"
RELATIVE = re.compile(r"^(?:whose|which|that|who)\s+")
JOINED = re.compile(r"^(?:and|or)\s+")
POSSESSIVE = re.compile(r"[’']s$")
ABBREVIATED = re.compile(r"\b[A-Z]\.[A-Z]$")  # "the U.S"
LOOSE_END = re.compile(
    r"(?:(?:^|\s+)(?:within|by|in|on|at|for|from|of|to|until|before|after|with|and|or|but|the|a|an|during|aimed|as|than"
    r"|what|which|who|that|how|later|early|soon|late|when|while|over|about|including|such|amid|this|next|including ones"
    r"|in the (?:coming )?(?:hours|days|weeks|months|years)))+$"
)
LOOSE_START = re.compile(
    r"^(?:(?:that|when|and|or|but|if|while|as|whether|which|because|though|soon|shortly|immediately|just|right)\s+)+"
)
HALF_BRACKET = re.compile(r"\s*\([^()\s]*(?![^(]*\))")
EDGES = " ,;:–—-."
QUOTES = re.compile(r"[“”\"]|(?<!\w)[‘']|[’'](?!\w)")
SUBJECT_RELATIONS = frozenset({"nsubj", "nsubj:pass"})
PAIRED = 2  # quotation marks


def summary_of_noun(noun: Token, reading: Reading) -> str:
    """The noun phrase without its article, date and clauses: "Talks between the general staffs"."""
    owners = {t.i for c in children(noun, "nmod:poss") if c.pos_ == "PRON" for t in c.subtree}
    below = _below(noun, LEFT_OUT_OF_NOUNS, reading)
    tokens = [t for t in below if t.dep_ != "det" or t.head != noun or t.lower_ == FURTHER]
    kept = [t for t in tokens if t.i not in owners]
    kept += _torn_off(noun)
    return _finished(_written([*_quoted_before(noun), *kept], reading.document))


def summary_of_limit(noun: Token, reading: Reading) -> str:
    """A limit of time with what is to be done by then: "Deadline for Chad to answer the letter"."""
    kept = [t for t in noun.subtree if not t.is_space and (t.dep_ != "det" or t.head != noun)]
    return _finished(_written(kept, reading.document))


def _torn_off(noun: Token) -> list[Token]:
    """The end of a phrase that the parse made a second subject: "a review of the phase | one agreement"."""
    if noun.dep_ not in SUBJECT_RELATIONS or noun.right_edge.i + 1 >= noun.sent.end:
        return []
    after = noun.right_edge.nbor(1)
    twin = next((t for t in (after, *after.ancestors) if t.head == noun.head and t.dep_ == noun.dep_), None)
    if twin is None or twin.left_edge != after or any(t.is_punct for t in twin.subtree):
        return []
    return list(twin.subtree)


def summary_of_clause(verb: Token, doers: Iterable[Token], reading: Reading) -> str:
    """Who is to do what: "Trump to meet Xi in Hamburg"; without doers the verb phrase alone."""
    subject = _subject([doer for doer in doers if doer.lemma_ not in words_for("aims")], reading)
    body = [t for t in _below(verb, LEFT_OUT, reading) if t.i > verb.i] or _right_after(verb, reading)
    word = f"be {verb.text}" if is_passive(verb) or verb.pos_ == "ADJ" else _infinitive(verb)
    after = _written(body, reading.document)
    return _finished(f"{subject} to {word} {after}".strip() if subject else f"{word} {after}".strip())


def summary_of_stay(place: Token, doers: Iterable[Token], reading: Reading) -> str:
    """Who is to be where: "Trump to be in Hamburg"."""
    subject = _subject(list(doers), reading)
    return _finished(f"{subject} to be in {place.text}".strip())


def _finished(text: str) -> str:
    """A line of its own: no loose conjunction, bracket or quotation mark, a capital first, at most `LONGEST` long."""
    text = LOOSE_START.sub("", HALF_BRACKET.sub("", text) if text.count("(") > text.count(")") else text)
    if len(QUOTES.findall(text)) % PAIRED:
        text = QUOTES.sub("", text)
    text = LOOSE_END.sub("", _shortened(re.sub(r"\s+", " ", text).strip(" ,;:"))).rstrip(" ,;:")
    return text[:1].upper() + text[1:]


def _subject(doers: list[Token], reading: Reading) -> str:
    """Those who are to do it, as they stand in the text, without relative and other clauses; pronouns by name."""
    if any(doer.pos_ == "PRON" for doer in doers):
        named = [_named(doer, reading) for doer in doers]
        return " and ".join(dict.fromkeys(name for name in named if name))
    if doers and any(c.pos_ == "PRON" for c in children(doers[0], "nmod:poss")):
        return " and ".join(_named(doer, reading) or "" for doer in doers)
    return _as_written(doers, reading)


def _named(doer: Token, reading: Reading) -> str | None:
    """A pronoun by who it stands for, "its minister" by whose; other words as they stand."""
    if doer.pos_ == "PRON":
        return name_behind(doer, reading) or (doer.text if doer.lower_ == "both" else None)
    owner = name_for_possessive(doer, reading)
    if owner is not None and of_own_country(doer, reading):
        return owner
    tokens = _below(doer, CLAUSES_OF_NOUNS, reading)
    kept = [t for t in tokens if not (t.pos_ == "PRON" and t.dep_ == "nmod:poss" and t.head == doer)]
    if len(kept) == len(tokens):
        return _as_written([doer], reading)
    phrase = _written(kept, reading.document)
    several = owner is not None and " and " in owner
    if owner is None or owner in phrase or any(t.pos_ in ("PROPN", "ADJ") and t.text[:1].isupper() for t in kept):
        return f"the {phrase}" if doer.pos_ == "NOUN" else phrase
    return f"the {phrase} of {owner}" if several else f"{owner}’s {phrase}"


def _as_written(doers: list[Token], reading: Reading) -> str:
    tokens = {t.i: t for doer in doers for t in _below(doer, CLAUSES_OF_NOUNS, reading)}
    quoted = _quoted_before(doers[0]) if doers else []
    written = _written([*quoted, *(tokens[i] for i in sorted(tokens))], reading.document)
    return POSSESSIVE.sub("", JOINED.sub("", RELATIVE.sub("", written)))


def _right_after(verb: Token, reading: Reading) -> list[Token]:
    """The words after a verb up to the next stop, where the parse tied none to it."""
    found: list[Token] = []
    for i in range(verb.i + 1, min(verb.i + LONGEST_TAIL, verb.sent.end)):
        token = verb.doc[i]
        if token.text in ',.;:”"' or token.dep_ == "mark" or _is_date(token, reading):
            break
        found += [] if token.is_space else [token]
    return found


def _quoted_before(noun: Token) -> list[Token]:
    """A quoted name right before a noun phrase that the parse left out of it: the one of "“phase two” talks"."""
    edge, start = noun.left_edge.i, noun.sent.start
    if edge - 1 < start or noun.doc[edge - 1].text not in CLOSING_QUOTES:
        return []
    for i in range(edge - 2, max(start, edge - LONGEST_QUOTE) - 1, -1):
        if noun.doc[i].text in OPENING_QUOTES:
            return [noun.doc[k] for k in range(i, edge)]
    return []


def _infinitive(verb: Token) -> str:
    if has(verb, "VerbForm", "Inf"):
        return verb.text
    return verb.lemma_.lower()


def _below(head: Token, left_out: frozenset[str], reading: Reading) -> list[Token]:
    """The tokens of a phrase in text order, without what is left out, its dates and its asides."""
    found, todo = [head], [head]
    end = _tag_behind(head, reading)
    while todo:
        at = todo.pop()
        for child in at.children:
            dropped = (at == head and child.dep_ in left_out and not _asks(child)) or child.idx >= end
            if child.is_space or dropped or child.dep_ in ("acl:relcl", "parataxis") or _hangs_loose(child):
                continue
            if _is_aside(child, head) or _is_comment(child, head):
                continue
            if _is_date(child, reading) or _is_dated_clause(child, reading):
                continue
            found.append(child)
            todo.append(child)
    return sorted(_contiguous(_without_torn_dates(found, head, reading), head), key=lambda token: token.i)


def _without_torn_dates(found: list[Token], head: Token, reading: Reading) -> list[Token]:
    """Without the rest of a date of which a part was left out: "to leave | at the end | over a row"."""
    kept = {token.i for token in found}
    for date in reading.dates:
        first, last = head.left_edge.i, head.right_edge.i
        inside = [t for t in head.doc[first : last + 1] if date.start <= t.idx < date.end]
        if head in inside or all(t.i in kept for t in inside):
            continue
        kept -= {t.i for t in inside}
        if inside and inside[0].i > first and inside[0].nbor(-1).pos_ == "ADP":
            kept.discard(inside[0].i - 1)
    return [token for token in found if token.i in kept]


def _tag_behind(head: Token, reading: Reading) -> int:
    """Where the words for who said it begin behind what was said: ", the minister said"; else the sentence's end."""
    last = head.sent.end_char
    for told in reading.attributions:
        speaker = told.speaker
        if speaker and any(span.start <= head.idx < span.end <= speaker.start for span in told.content):
            last = min(last, speaker.start)
    return last


def _contiguous(tokens: list[Token], head: Token) -> Iterator[Token]:
    """Without punctuation at the edges of what was left out."""
    kept = {token.i for token in tokens}
    for token in tokens:
        at_edge = token.i - 1 not in kept or token.i + 1 not in kept
        if not (token.is_punct and token != head and token.text not in "-’'" and at_edge):
            yield token


def _hangs_loose(token: Token) -> bool:
    """Whether a clause only adds a circumstance: "hoping for better ties"."""
    return token.dep_ == "advcl" and token.left_edge.lower_ != "to"


def _asks(token: Token) -> bool:
    """Whether a clause is the matter itself: "decide whether to go"."""
    return token.dep_ == "ccomp" and token.left_edge.lower_ in ("whether", "how", "if")


def _is_aside(child: Token, head: Token) -> bool:
    if child.head != head:
        return False
    if child.dep_ == UNMARKED and child.right_edge.i + 1 < child.sent.end:
        return child.right_edge.nbor(1).lower_ in ASIDE  # "half a year after it had suspended the case"
    return child.lower_ in ASIDE or any(c.lower_ in ASIDE for c in child.children if c.dep_ == "case")


def _is_comment(child: Token, head: Token) -> bool:
    """Whether a noun phrase behind a comma says what to think of a deed: "to scrap the pact, a move that"."""
    if child.dep_ != "appos" or child.pos_ != "NOUN" or head.pos_ != "VERB":
        return False
    words = child.doc[max(0, child.left_edge.i - 1) : child.i]
    return any(a.text == "," and b.lower_ in ("a", "an", "the") for a, b in itertools.pairwise(words))


def _is_dated_clause(token: Token, reading: Reading) -> bool:
    """Whether a participle clause gives a date of its own: without the date it would say something else."""
    if token.dep_ != "acl":
        return False
    first, last = token.left_edge, token.right_edge
    return any(first.idx <= d.start and d.end <= last.idx + len(last) for d in reading.dates)


def _is_date(token: Token, reading: Reading) -> bool:
    """Whether a phrase is a date, with its preposition."""
    inner = [t for t in token.subtree if t.dep_ not in ("case", "det", "punct", "advmod") and not t.is_space]
    if not inner:
        return False
    start, end = inner[0].idx, inner[-1].idx + len(inner[-1])
    return any(d.start <= start and end <= d.end for d in reading.dates)


def _written(tokens: list[Token], document: Document) -> str:
    """The tokens as they stand in the text, white space run together."""
    pieces: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and (token.idx > before.idx + len(before)):
            pieces.append(" ")
        pieces.append(document.text[token.idx : token.idx + len(token)])
    text = re.sub(r"\s+", " ", "".join(pieces)).strip(EDGES)
    if ABBREVIATED.search(text):
        text += "."
    return LOOSE_END.sub("", re.sub(r"\s+([,.;])", r"\1", text))


def _shortened(text: str) -> str:
    """At most `LONGEST` characters, cut between words."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]
