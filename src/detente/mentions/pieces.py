"""The pieces that names of actors are built from: aliases, office words, markers of former office, names of persons."""

import bisect
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from spacy.tokens import Doc, Token

from detente.codebook.offices import ActorWords, Office, holders_by_name, load_actor_words, office_words
from detente.codebook.registry import Alias, AliasKind, Registry, is_whole_word

LONGEST_NAME = 5  # words
LONG_ACRONYM = 5  # letters: longer than those of states and bodies
NOT_IN_NAMES = frozenset({"ADP", "AUX", "CCONJ", "DET", "NUM", "PRON", "PUNCT", "SCONJ", "PART", "SYM"})
NOT_NOUNS = frozenset({"ADJ", "VERB", "ADV", "ADP"})
HYPHENS = frozenset("-‐‑")


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


def find_pieces(parse: Doc, registry: Registry) -> dict[int, Piece]:
    """Every piece by its first token; they never overlap."""
    words = load_actor_words()
    starts = [token.idx for token in parse]
    pieces: dict[int, Piece] = {}
    taken = bytearray(len(parse) + 1)

    def put(piece: Piece) -> None:
        if not any(taken[piece.first : piece.last + 1]):
            taken[piece.first : piece.last + 1] = b"\x01" * (piece.last + 1 - piece.first)
            pieces[piece.first] = piece

    aliases = sorted(find_alias_pieces(parse, starts, registry), key=lambda piece: piece.first)
    offices = list(find_office_pieces(parse, starts))
    for piece in chosen(aliases, offices):
        put(piece)
    for piece in find_markers(parse, words):
        put(piece)
    for piece in find_organisations(parse, taken, words):
        put(piece)
    for piece in find_names(parse, taken, words):
        put(piece)
    return pieces


def chosen(aliases: Sequence[Piece], offices: Sequence[Piece]) -> Iterator[Piece]:
    """Aliases, then office words; where both cover the same tokens the longer first."""
    yield from sorted((*aliases, *offices), key=lambda x: (x.first - x.last, x.kind is PieceKind.OFFICE, x.first))


def find_alias_pieces(parse: Doc, starts: list[int], registry: Registry) -> Iterator[Piece]:
    """A piece per alias that stands for itself here."""
    text = parse.text
    for match in registry.find_aliases(text):
        first, last = tokens_at(starts, match.start, match.end)
        alias = match.alias
        homonym = registry.homonyms.get(alias.words)
        if homonym and any(sign in text for sign in homonym.signs):
            alias = homonym.alias
        if (alias.is_word and is_part_of_name(parse, first, last, alias)) or is_acronym(parse, first, last):
            continue
        yield Piece(kind=PieceKind.ALIAS, first=first, last=last, alias=alias)


def is_part_of_name(parse: Doc, first: int, last: int, alias: Alias) -> bool:
    """Whether a name that is also a word or a person's ("Jordan") stands beside another capitalised name here."""
    if alias.kind is AliasKind.COMPANY and parse[first].is_sent_start:
        return parse[first].pos_ != "PROPN"
    before = parse[first - 1] if first and not parse[first].is_sent_start else None
    after = parse[last + 1] if last + 1 < len(parse) and not parse[last + 1].is_sent_start else None
    offices = office_words()
    return any(
        token is not None
        and token.pos_ == "PROPN"
        and is_capitalised(token)
        and token.lower_ not in offices
        and token.text not in load_actor_words().not_persons
        and not token.text.isupper()
        for token in (before, after)
    )


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


def find_office_pieces(parse: Doc, starts: list[int]) -> Iterator[Piece]:
    """A piece per office word."""
    text = lowered(parse.text)
    table = list(office_words().values())
    for index, start, end in office_matcher().find_matches_as_indexes(text):
        if is_whole_word(text, start, end):
            first, last = tokens_at(starts, start, end)
            if first == last and describes(parse, first):
                continue
            office, is_plural = table[index]
            yield Piece(kind=PieceKind.OFFICE, first=first, last=last, office=office, is_plural=is_plural)


@functools.cache
def office_matcher() -> AhoCorasick:
    """Finds the longest office words in a text in lower case."""
    return AhoCorasick(list(office_words()), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def find_markers(parse: Doc, words: ActorWords) -> Iterator[Piece]:
    """Markers of former office, and forms of courtesy."""
    for token in parse:
        if token.lower_ in words.courtesy and is_capitalised(token):
            yield Piece(kind=PieceKind.COURTESY, first=token.i, last=token.i)
        elif token.lower_ in words.former or f"{token.lower_}-" in words.former:
            hyphen = token.i + 1 < len(parse) and parse[token.i + 1].text in HYPHENS and not token.whitespace_
            if hyphen or token.lower_ in words.former:
                yield Piece(kind=PieceKind.FORMER, first=token.i, last=token.i + hyphen)


def find_organisations(parse: Doc, taken: bytearray, words: ActorWords) -> Iterator[Piece]:
    """Runs of capitalised words that end in a word for organisations: "Semiconductor Industry Association"."""
    for token in parse:
        sector = words.organisations.get(token.text)
        if sector is None or taken[token.i] or token.is_sent_start:
            continue
        first = token.i
        while first > 0 and not parse[first].is_sent_start and is_in_title(parse[first - 1]) and not taken[first - 1]:
            first -= 1
        while first < token.i and parse[first].pos_ in NOT_IN_NAMES:
            first += 1
        if all(word.text in words.organisations for word in parse[first : token.i]):
            continue  # "Co Ltd"
        name = parse[first : token.i + 1].text
        alias = Alias(words=name, state="", kind=AliasKind.COMPANY, sector=sector, organisation=name)
        yield Piece(kind=PieceKind.ALIAS, first=first, last=token.i, alias=alias)


def is_in_title(token: Token) -> bool:
    """Whether a word may stand inside the name of an organisation."""
    return (is_capitalised(token) and token.pos_ in ("PROPN", "NOUN", "ADJ", "VERB")) or token.text in ("&", "'s", "’s")


def find_names(parse: Doc, taken: bytearray, words: ActorWords) -> Iterator[Piece]:
    """Runs of capitalised words that nothing else has taken: names of persons, or so it may turn out."""
    at, size = 0, len(parse)
    while at < size:
        if taken[at] or not begins_name(parse[at], words):
            at += 1
            continue
        last = at
        while last - at < 2 * LONGEST_NAME and (end := name_goes_on(parse, last, taken, words)) is not None:
            last = end
        yield Piece(kind=PieceKind.NAME, first=at, last=last)
        at = last + 1


def begins_name(token: Token, words: ActorWords) -> bool:
    """Whether a name of a person may begin with the token."""
    if not is_capitalised(token) or token.text in words.not_persons or len(token) == 1:
        return False
    if token.pos_ == "PROPN":
        return True
    return token.text in holders_by_name() and (token.text not in words.word_surnames or acts(token, words))


def acts(token: Token, words: ActorWords) -> bool:
    """Whether a name that is also a month does something here: "May will meet", not "in May"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.text in words.month_names and after is not None and after.pos_ in ("AUX", "VERB")


def name_goes_on(parse: Doc, last: int, taken: bytearray, words: ActorWords) -> int | None:
    """The last token of the next part of a name whose part ends at `last`; None where it ends there."""
    at = last + 1
    if at >= len(parse) or taken[at] or parse[at].is_sent_start:
        return None
    token, before = parse[at], parse[last]
    if not before.whitespace_:
        return name_after_hyphen(parse, last, taken, words)
    if token.text in words.not_persons:
        return at if before.text in words.family_first and token.lower_ == "he" else None
    if is_capitalised(token) and token.pos_ not in NOT_IN_NAMES:
        return at
    if token.lower_ in words.name_particles:
        following = name_goes_on(parse, at, taken, words)
        return following if following is not None and token.pos_ != "AUX" else None
    return None


def name_after_hyphen(parse: Doc, last: int, taken: bytearray, words: ActorWords) -> int | None:
    """The last token of what a hyphen joins to a name ("Moon Jae-in"); None for "Trump-led"."""
    at = last + 2
    if at >= len(parse) or parse[last + 1].text not in HYPHENS or parse[last + 1].whitespace_ or taken[at]:
        return None
    token, before = parse[at], parse[last - 1] if last else None
    family_first = before is not None and before.text in words.family_first
    return at if token.text.isalpha() and (family_first or (token.pos_ == "PROPN" and is_capitalised(token))) else None


def tokens_at(starts: list[int], start: int, end: int) -> tuple[int, int]:
    """First and last token that hold characters of start..end."""
    return bisect.bisect_right(starts, start) - 1, bisect.bisect_right(starts, end - 1) - 1


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
