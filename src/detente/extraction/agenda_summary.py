"""What an agenda item is about, in the text's own words."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.extraction.clause import has, is_passive
from detente.extraction.reading import Reading
from detente.records import Document

LONGEST = 160  # characters: one line of a brief
LEFT_OUT = frozenset(
    {"advcl", "acl:relcl", "parataxis", "ccomp", "discourse", "aux", "aux:pass", "mark", "cc", "conj", "nsubj", "expl"}
    | {"nsubj:pass", "csubj", "dislocated", "vocative", "advcl:relcl", "dep"}
)
LEFT_OUT_OF_NOUNS = frozenset({"acl:relcl", "parataxis", "appos", "case", "discourse", "cc:preconj", "dep"})
# Prepositions that tie other happenings to this one: not part of what it is.
ASIDE = frozenset(
    {"according", "ahead", "after", "before", "despite", "amid", "following", "since", "as", "prior", "because"}
)
EDGES = " ,;:–—-.“”\"'‘"


def summary_of_noun(noun: Token, reading: Reading) -> str:
    """The noun phrase without its article, date and clauses: "talks between the general staffs"."""
    tokens = [t for t in _below(noun, LEFT_OUT_OF_NOUNS, reading) if t.dep_ != "det" or t.head != noun]
    return _written(tokens, reading.document)


def summary_of_clause(verb: Token, doers: Iterable[Token], reading: Reading) -> str:
    """Who is to do what: "Trump to meet Xi in Hamburg"; without doers the verb phrase alone."""
    subject = _list_of(
        [_written(_below(t, LEFT_OUT_OF_NOUNS | {"conj", "cc"}, reading), reading.document) for t in doers]
    )
    body = [t for t in _below(verb, LEFT_OUT, reading) if t.i > verb.i]
    word = f"be {verb.text}" if is_passive(verb) else _infinitive(verb)
    after = _written(body, reading.document)
    return _shortened(f"{subject} to {word} {after}".strip())


def _infinitive(verb: Token) -> str:
    if has(verb, "VerbForm", "Inf"):
        return verb.text
    return verb.lemma_.lower()


def _below(head: Token, left_out: frozenset[str], reading: Reading) -> list[Token]:
    """The tokens of a phrase in text order, without what is left out, its dates and its asides."""
    found, todo = [head], [head]
    while todo:
        at = todo.pop()
        for child in at.children:
            if child.is_space or (at == head and child.dep_ in left_out) or child.dep_ in ("acl:relcl", "parataxis"):
                continue
            if _is_aside(child, head) or _is_date(child, reading):
                continue
            found.append(child)
            todo.append(child)
    return sorted(_contiguous(found, head), key=lambda token: token.i)


def _contiguous(tokens: list[Token], head: Token) -> Iterator[Token]:
    """Without punctuation at the edges of what was left out."""
    kept = {token.i for token in tokens}
    for token in tokens:
        if token.is_punct and token != head and token.text not in "-’'":
            if token.i - 1 not in kept or token.i + 1 not in kept:
                continue
        yield token


def _is_aside(child: Token, head: Token) -> bool:
    cases = [c for c in child.children if c.dep_ == "case"]
    return child.head == head and any(c.lower_ in ASIDE for c in cases)


def _is_date(token: Token, reading: Reading) -> bool:
    """Whether a phrase is a date, with its preposition."""
    first = next((t for t in token.subtree if t.dep_ not in ("case", "det", "punct")), token)
    last = token.right_edge
    return any(
        (d.start <= first.idx
        and last.idx + len(last) <= d.end + 1)
        or (d.start <= token.idx < d.end and token.dep_ != "nmod:poss")
        for d in reading.dates
    )


def _written(tokens: list[Token], document: Document) -> str:
    """The tokens as they stand in the text, white space run together."""
    pieces: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and (token.idx > before.idx + len(before)):
            pieces.append(" ")
        pieces.append(document.text[token.idx : token.idx + len(token)])
    text = re.sub(r"\s+", " ", "".join(pieces)).strip(EDGES)
    return re.sub(r"\s+([,.;])", r"\1", text)


def _list_of(names: list[str]) -> str:
    names = [name for name in dict.fromkeys(names) if name]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}" if names else ""


def _shortened(text: str) -> str:
    """At most `LONGEST` characters, cut between words."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]
