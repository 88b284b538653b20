"""A parse as plain Python objects, with the names that spaCy gives the same things.

Rules ask a token for its words, relation and neighbours a few hundred times. spaCy makes a new object and decodes a
string at every question; here all is worked out once, so that coding costs a fraction of parsing, and tokens of one
parse can be told apart by identity.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, overload

PLACE = attrgetter("i")  # of a token in its parse


class Morph(dict[str, list[str]]):
    """Features and their values: `{"Tense": ["Past"]}`; an absent feature gives an empty list."""

    def get(self, feature: str, default: Any = ()) -> Any:  # as spaCy's, which gives [] and not None
        """The values of a feature, else the default."""
        return super().get(feature, default)

    def __str__(self) -> str:
        return "|".join(f"{name}={','.join(values)}" for name, values in self.items())


@cache
def read_morph(features: str) -> Morph:
    """The features that "Mood=Ind|Tense=Past" writes out; nobody may change what comes out.

    >>> read_morph("Mood=Ind|Tense=Past").get("Tense")
    ['Past']
    """
    pairs = (pair.partition("=") for pair in features.split("|") if "=" in pair)
    return Morph({name: value.split(",") for name, _, value in pairs})


class Token:
    """A word or mark of a parse. `idx` is its place in the text, `i` its number; `len()` gives its characters."""

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "is_quote",
        "is_sent_start",
        "is_space",
        "is_title",
        "left_edge",
        "lemma_",
        "like_num",
        "lower_",
        "memo",
        "morph",
        "pos_",
        "right_edge",
        "sent",
        "text",
        "whitespace_",
    )

    doc: "Doc"
    i: int
    idx: int
    text: str
    lower_: str
    whitespace_: str  # the blank behind it, if any
    pos_: str
    lemma_: str
    morph: Morph
    dep_: str
    head: "Token"  # of a root the token itself
    children: "list[Token]"  # in text order
    left_edge: "Token"  # the first and last token of what hangs at it, itself included
    right_edge: "Token"
    sent: "Span"
    ent_type_: str  # of pipelines that find names
    is_sent_start: bool
    is_space: bool
    is_punct: bool
    is_quote: bool
    is_alpha: bool
    is_title: bool
    like_num: bool
    memo: dict[str, Any]  # what was worked out about it once

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    def take_word(self, word: tuple[str, str, bool, bool, bool, bool, bool, bool]) -> None:
        """Sets what the word is for its own sake."""
        (
            self.text,
            self.lower_,
            self.is_space,
            self.is_punct,
            self.is_quote,
            self.is_alpha,
            self.is_title,
            self.like_num,
        ) = word

    def nbor(self, offset: int = 1) -> "Token":
        """The token so many places on; raises IndexError outside the parse."""
        at = self.i + offset
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]

    @property
    def ancestors(self) -> "Iterator[Token]":
        """The tokens above it, nearest first."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    @property
    def subtree(self) -> "list[Token]":
        """The token and all that hangs below it, in text order."""
        if self._subtree is None:
            below = [token for child in self.children for token in child.subtree]
            self._subtree = sorted([self, *below], key=PLACE) if below else [self]
        return self._subtree

    _subtree: "list[Token] | None"


class Span(Sequence[Token]):
    """Neighbouring tokens of a parse, from `start` up to but without `end`."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: "Doc", start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> "Span": ...
    def __getitem__(self, at: int | slice) -> "Token | Span":
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self))
            return Span(self.doc, self.start + first, self.start + max(first, last))
        return self.doc.tokens[self.start : self.end][at]

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Where its first token begins in the text."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where its last token ends in the text."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its characters, without the blank behind."""
        return self.doc.text[self.start_char : self.end_char] if len(self) else ""

    @property
    def sent(self) -> "Span":
        """The sentence of its first token."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """Its uppermost token: the one nearest to the root, first of equals; a mark only if alone."""
        outside = [t for t in self if t.head is t or not self.start <= t.head.i < self.end]
        return outside[0] if len(outside) == 1 else min(outside, key=_depth)


def _depth(token: Token) -> tuple[bool, int]:
    """How far a token stands from the root; marks and blanks come after words."""
    is_mark = (token.is_punct or token.is_space) and not token.children and token.head is not token
    return is_mark, sum(1 for _ in token.ancestors)


class Doc:
    """The tokens of a text. `user_data` keeps what is worked out once about the parse."""

    __slots__ = ("sentences", "starts", "text", "tokens", "user_data")

    def __init__(self, text: str, tokens: list[Token]) -> None:
        """The heads, relations and flags of `tokens` are set already; the rest is worked out here."""
        self.text = text
        self.tokens = tokens
        self.starts = [token.idx for token in tokens]
        self.user_data: dict[str, Any] = {}
        for token in tokens:
            token.doc, token.memo = self, {}
        self.sentences = self._cut()
        self.link()

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self.tokens))
            return Span(self, first, max(first, last))
        return self.tokens[at]

    @property
    def sents(self) -> list[Span]:
        """The sentences, in order."""
        return self.sentences

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Span | None:
        """The tokens at characters start..end (half-open): "strict" only if their edges are those of tokens, "expand"
        with the tokens that begin or end outside; None where there are none.
        """
        if not self.tokens or start < 0 or end > len(self.text) or start > end:
            return None
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = max(bisect_left(self.starts, end) - 1, first)
        span = Span(self, first, last + 1)
        if alignment_mode == "strict" and (span.start_char, span.end_char) != (start, end):
            return None
        return span

    def link(self) -> None:
        """Works out anew what follows from the heads: children and edges. To be called when heads have changed."""
        for token in self.tokens:
            token.children, token._subtree = [], None
            token.left_edge = token.right_edge = token
        for token in self.tokens:
            if token.head is not token:
                token.head.children.append(token)
        for sentence in self.sentences:
            for token in sentence:
                if token.head is token:
                    _widen(token)

    def release(self) -> None:
        """Lets go of all tokens, which point at each other: memory is free at once, not when the collector comes."""
        for token in self.tokens:
            del token.head, token.children, token.left_edge, token.right_edge, token._subtree, token.memo
        self.tokens, self.sentences = [], []
        self.user_data.clear()

    def _cut(self) -> list[Span]:
        starts = [token.i for token in self.tokens if token.is_sent_start or token.i == 0]
        spans = [Span(self, *edges) for edges in itertools.pairwise([*starts, len(self.tokens)])]
        for span in spans:
            for token in span:
                token.sent = span
        return spans


def _widen(root: Token) -> None:
    """Sets the edges of a token and of all below it."""
    order = [root]
    for token in order:  # grows while it is read: parents come before children
        order += token.children
    for token in reversed(order):
        head = token.head
        if token.left_edge.i < head.left_edge.i:
            head.left_edge = token.left_edge
        if token.right_edge.i > head.right_edge.i:
            head.right_edge = token.right_edge
