"""The pieces that names of actors are built from: aliases, office words, markers of former office."""

import functools
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from detente.codebook.offices import (
    ActorWords,
    Office,
    OfficeKind,
    load_actor_words,
    load_topics,
    not_offices,
    office_words,
)
from detente.codebook.registry import Alias, AliasKind, Registry, is_whole_word
from detente.mentions.tokens import Tokens
from detente.parsing.doc import Doc, Token

LONG_ACRONYM = 5  # letters: longer than those of states and bodies
MOST_BEFORE = 60  # characters: "economy, trade and "
NOT_NOUNS = frozenset({"ADJ", "VERB", "ADV", "ADP"})
HYPHENS = frozenset("-‐‑")
NAMED_BY_WORDS = frozenset({AliasKind.ORGAN, AliasKind.SEAT})
MINISTRY = re.compile(r"(?:minister|ministry|secretary|department|ministers) (?:of|for) ")


class PieceKind(StrEnum):
    """What a piece is."""

    ALIAS = "alias"
    OFFICE = "office"
    FORMER = "former"
    COURTESY = "courtesy"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some tokens of one kind; `first` and `last` (inclusive) are token indices."""

    kind: PieceKind
    first: int
    last: int
    alias: Alias | None = None
    office: Office | None = None
    is_plural: bool = False

    @property
    def is_organ(self) -> bool:
        """Whether it is the word for an organ."""
        return self.office is not None and self.office.kind is OfficeKind.ORGAN


def find_aliases_and_offices(tokens: Tokens, registry: Registry) -> Iterator[Piece]:
    """Aliases and office words, the longer before the shorter, so that who comes first may stay."""
    found = (*find_alias_pieces(tokens, registry), *find_office_pieces(tokens))
    yield from sorted(found, key=lambda x: (x.first - x.last, x.kind is PieceKind.OFFICE, x.first))


def find_alias_pieces(tokens: Tokens, registry: Registry) -> Iterator[Piece]:
    """A piece per alias that stands for itself here."""
    found = [(*tokens.at(match.start, match.end), match.alias) for match in registry.find_aliases(tokens.said)]
    inside = {at for first, last, _ in found for at in range(first, last + 1)}
    for first, last, named in found:
        homonym = registry.homonyms.get(named.words)
        means_other = homonym is not None and any(sign in tokens.said for sign in homonym.signs)
        alias = homonym.alias if homonym is not None and means_other else named
        if alias.is_word and is_part_of_name(tokens.parse, first, last, alias, inside):
            continue
        if alias.kind in (AliasKind.CITY, AliasKind.CAPITAL) and is_surname(tokens.parse, first):
            continue
        if not is_acronym(tokens.parse, first, last):
            yield Piece(kind=PieceKind.ALIAS, first=first, last=last, alias=alias)


def is_part_of_name(parse: Doc, first: int, last: int, alias: Alias, inside: Container[int]) -> bool:
    """Whether a name that is also a word or a person's ("Jordan") stands beside another capitalised name here."""
    if alias.kind is AliasKind.COMPANY and parse[first].is_sent_start:
        return parse[first].pos_ != "PROPN"
    before = parse[first - 1] if first and not parse[first].is_sent_start else None
    after = parse[last + 1] if last + 1 < len(parse) and not parse[last + 1].is_sent_start else None
    offices = office_words()
    if before is not None and before.lower_ == "of" and before.i and is_capitalised(parse[before.i - 1]):
        return False  # "President of Jordan Ana Rojas"
    return any(
        token is not None
        and token.i not in inside
        and token.pos_ == "PROPN"
        and is_capitalised(token)
        and token.lower_ not in offices
        and token.text not in load_actor_words().not_persons
        and not token.text.isupper()
        for token in (before, after)
    )


def is_surname(parse: Doc, at: int) -> bool:
    """Whether a city's name ends a person's: "Trade Minister Ann Lincoln", "President George Washington"."""
    given = parse[at].head
    if parse[at].dep_ != "flat" or given.i >= at or given.pos_ != "PROPN":
        return False
    return any(child.dep_ == "nmod:desc" for child in given.children)


def describes(parse: Doc, at: int) -> bool:
    """Whether a word that may be an office is an adjective or verb here: "official visit", "in general"."""
    token = parse[at]
    if token.pos_ not in NOT_NOUNS or is_capitalised(token):
        return False
    after = parse[at + 1] if at + 1 < len(parse) else None
    if token.pos_ == "ADJ":
        return token.head.i > at and token.head.pos_ == "NOUN"
    return after is None or not is_capitalised(after)


def is_acronym(parse: Doc, first: int, last: int) -> bool:
    """Whether capitals in brackets abbreviate what stands before them ("(TAIPEI) Act")."""
    if first != last or not parse[first].text.isupper() or len(parse[first]) < LONG_ACRONYM or not first:
        return False
    closes = last + 1 < len(parse) and parse[last + 1].text == ")"
    return parse[first - 1].text == "(" and closes


def find_office_pieces(tokens: Tokens) -> Iterator[Piece]:
    """A piece per office word."""
    text = lowered(tokens.said)
    table = office_table()
    for index, start, end in office_matcher().find_matches_as_indexes(text):
        if index < len(table) and is_whole_word(text, start, end):
            begin = start if not text.endswith(" and ", 0, start) else topics_begin(tokens.said, start, end)
            first, last = tokens.at(begin, topics_end(text, start, end))
            if first == last and describes(tokens.parse, first):
                continue
            office, is_plural = table[index]
            yield Piece(kind=PieceKind.OFFICE, first=first, last=last, office=office, is_plural=is_plural)


def topics_end(text: str, start: int, end: int) -> int:
    """Where a ministry's or minister's name ends that goes on: "Minister of Water and Irrigation".

    >>> topics_end("minister of trade and industry jan novak", 0, 17)
    30
    """
    if not MINISTRY.match(text, start, end):
        return end
    more = more_topics().match(text, end)
    return more.end() if more else end


def topics_begin(text: str, start: int, end: int) -> int:
    """Where the name of one ministry or minister begins that stands behind several matters.

    >>> topics_begin("Peru's trade, industry and energy minister", 27, 42)
    7
    >>> topics_begin("talks on trade and energy ministers", 19, 35)  # several ministers
    19
    """
    if not text[start:end].lower().endswith(("ministry", "minister")):
        return start
    before = topics_before().search(lowered(text[max(0, start - MOST_BEFORE) : start]))
    if before is None:
        return start
    begin = start - (before.end() - before.start())
    return begin if text[begin].isupper() == text[start].isupper() else start


@functools.cache
def topics_before() -> re.Pattern[str]:
    """The matters of one ministry before the last."""
    topic = "|".join(sorted(map(re.escape, load_topics()), key=len, reverse=True))
    return re.compile(rf"\b(?:(?:{topic}), )*(?:{topic}),? and $")


@functools.cache
def more_topics() -> re.Pattern[str]:
    """Further topics of one ministry."""
    topic = "|".join(sorted(map(re.escape, load_topics()), key=len, reverse=True))
    return re.compile(rf"(?:(?:, | and |, and )(?:{topic})\b)+")


@functools.cache
def office_table() -> list[tuple[Office, bool]]:
    """The office of each pattern of the matcher, and whether the words are plural."""
    return list(office_words().values())


@functools.cache
def office_matcher() -> AhoCorasick:
    """Finds the longest office words in a text in lower case; behind them, words that only look like some."""
    return AhoCorasick(
        [*office_words(), *not_offices()], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )


def find_markers(tokens: Tokens, words: ActorWords) -> Iterator[Piece]:
    """Markers of former office, and forms of courtesy."""
    for at, low in enumerate(tokens.lower):
        if low in words.courtesy:
            if is_capitalised(tokens.items[at]) and tokens.items[at].dep_ != "flat":  # "Hassan Sheikh Mohamud"
                yield Piece(kind=PieceKind.COURTESY, first=at, last=at)
        elif low in words.former or f"{low}-" in words.former:
            hyphen = at + 1 < len(tokens.lower) and tokens.lower[at + 1] in HYPHENS and not tokens.items[at].whitespace_
            if hyphen or low in words.former:
                yield Piece(kind=PieceKind.FORMER, first=at, last=at + hyphen)


def is_capitalised(token: Token) -> bool:
    """Whether the word begins with a capital letter."""
    return bool(token.text[:1].isupper())


def lowered(text: str) -> str:
    """The text in lower case, every character in its place.

    >>> len(lowered("İstanbul"))
    8
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(x.lower() if len(x.lower()) == 1 else x for x in text)


def as_common(piece: Piece, kind: OfficeKind) -> Piece | None:
    """An organ's own name as the common word that it also is: "Senate" after "Canadian", "Congress" after "Chilean"."""
    if piece.alias is None or piece.alias.kind not in NAMED_BY_WORDS:
        return None
    found = office_words().get(piece.alias.words.lower())
    if found is None or found[0].kind is not kind:
        return None
    return Piece(kind=PieceKind.OFFICE, first=piece.first, last=piece.last, office=found[0])
