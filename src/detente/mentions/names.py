"""Finds the pieces of a text, among them names that no list holds: organisations, acronyms, persons."""

from collections.abc import Iterator, Mapping

from detente.codebook.offices import ActorWords, holders_by_name, load_actor_words, plain
from detente.codebook.registry import Alias, AliasKind, Registry
from detente.mentions.pieces import (
    HYPHENS,
    Piece,
    PieceKind,
    find_aliases_and_offices,
    find_markers,
    is_capitalised,
)
from detente.mentions.tokens import Tokens
from detente.parsing.doc import Doc, Token

LONGEST_NAME = 5  # words
MISTAKEN = frozenset({"NOUN", "ADJ", "X", "VERB"})  # what the tagger takes rare surnames for
NOT_IN_NAMES = frozenset({"ADP", "AUX", "CCONJ", "DET", "NUM", "PRON", "PUNCT", "SCONJ", "PART", "SYM"})


def find_pieces(tokens: Tokens, registry: Registry) -> dict[int, Piece]:
    """Every piece by its first token; they never overlap."""
    words = load_actor_words()
    pieces: dict[int, Piece] = {}
    taken = bytearray(len(tokens.items) + 1)

    def put(piece: Piece) -> None:
        if not any(taken[piece.first : piece.last + 1]):
            taken[piece.first : piece.last + 1] = b"\x01" * (piece.last + 1 - piece.first)
            pieces[piece.first] = piece

    for piece in (*find_aliases_and_offices(tokens, registry), *find_markers(tokens, words)):
        put(piece)
    for piece in find_organisations(tokens, taken, words):
        put(piece)
    for piece in find_acronyms(tokens, pieces, taken):
        put(piece)
    for piece in find_names(tokens, taken, words):
        put(piece)
    return pieces


def find_organisations(tokens: Tokens, taken: bytearray, words: ActorWords) -> Iterator[Piece]:
    """Runs of capitalised words that end in a word for organisations: "Semiconductor Industry Association"."""
    parse = tokens.parse
    for at, low in enumerate(tokens.lower):
        if low not in words.organisation_words or taken[at]:
            continue
        token = tokens.items[at]
        sector = words.organisations.get(token.text)
        if sector is None or token.is_sent_start:
            continue
        first = at
        while first > 0 and not parse[first].is_sent_start and is_in_title(parse[first - 1]) and not taken[first - 1]:
            first -= 1
        while first < token.i and parse[first].pos_ in NOT_IN_NAMES:
            first += 1
        if all(word.text in words.organisations for word in parse[first : token.i]):
            continue  # "Co Ltd"
        name = parse[first : token.i + 1].text
        alias = Alias(words=name, state="", kind=AliasKind.COMPANY, sector=sector, organisation=name)
        yield Piece(kind=PieceKind.ALIAS, first=first, last=token.i, alias=alias)


def find_acronyms(tokens: Tokens, pieces: Mapping[int, Piece], taken: bytearray) -> Iterator[Piece]:
    """Letters that the text introduces in brackets, wherever they stand: "Fair Trade League (FTL)", then "the FTL"."""
    meant: dict[str, Alias] = {}
    for piece in pieces.values():
        at = piece.last + 1
        if piece.alias is None or not piece.alias.names_actor() or at + 2 >= len(tokens.items):
            continue
        letters = tokens.items[at + 1].text
        is_in_brackets = tokens.lower[at] == "(" and tokens.lower[at + 2] == ")"
        if is_in_brackets and letters.isupper() and letters.isalpha() and not taken[at + 1]:
            meant[letters] = piece.alias
    if meant:
        for token in tokens.items:
            if token.text in meant and not taken[token.i]:
                yield Piece(kind=PieceKind.ALIAS, first=token.i, last=token.i, alias=meant[token.text])


def is_in_title(token: Token) -> bool:
    """Whether a word may stand inside the name of an organisation."""
    return (is_capitalised(token) and token.pos_ in ("PROPN", "NOUN", "ADJ", "VERB")) or token.text in ("&", "'s", "’s")


def find_names(tokens: Tokens, taken: bytearray, words: ActorWords) -> Iterator[Piece]:
    """Runs of capitalised words that nothing else has taken: names of persons, or so it may turn out."""
    parse, at, size = tokens.parse, 0, len(tokens.items)
    family: set[str] = set()  # last words of the full names so far
    while at < size:
        token = tokens.items[at]
        is_known = not taken[at] and token.text in family and token.pos_ in MISTAKEN and is_name_again(token, words)
        if taken[at] or not (is_known or begins_name(token, words)):
            at += 1
            continue
        last = at
        while last - at < 2 * LONGEST_NAME and (end := name_goes_on(parse, last, taken, words)) is not None:
            last = end
        if last > at:
            family.add(tokens.items[last].text)
        yield Piece(kind=PieceKind.NAME, first=at, last=last)
        at = last + 1


def is_name_again(token: Token, words: ActorWords) -> bool:
    """Whether a surname met before is a name here; at the head of a sentence it may be a common word."""
    return not token.is_sent_start or (token.dep_ == "nsubj" and token.text not in words.word_surnames)


def begins_name(token: Token, words: ActorWords) -> bool:
    """Whether a name of a person may begin with the token."""
    if not is_capitalised(token):
        return False
    if token.text in words.not_persons:
        if token.text in words.month_names:
            return any(child.dep_ == "flat" and child.i == token.i + 1 for child in token.children)  # "June Roe"
        return token.text in words.family_first and is_known_with_next(token)  # "He Lifeng"
    if len(token) == 1:
        return is_initial(token, words)
    if token.pos_ == "PROPN":
        return True
    return plain(token.text) in holders_by_name() and (token.text not in words.word_surnames or acts(token, words))


def is_known_with_next(token: Token) -> bool:
    """Whether a token and the next are the full name of an office-holder."""
    return token.i + 1 < len(token.doc) and f"{token.text} {token.doc[token.i + 1].text}" in holders_by_name()


def is_initial(token: Token, words: ActorWords) -> bool:
    """Whether a single capital stands for a first name: "S Jaishankar"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is None or token.is_sent_start or token.pos_ in ("PRON", "DET") or not token.text.isalpha():
        return False
    return after.pos_ == "PROPN" and is_capitalised(after) and len(after) > 1 and after.text not in words.not_persons


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
    is_given = is_given_name(parse, at, words)
    if token.text in words.not_persons and not is_given:
        return at if before.text in words.family_first and token.lower_ == "he" else None
    is_flat = token.dep_ == "flat" and token.head.i <= last  # whatever the tagger takes a rare surname for
    if is_given or (is_capitalised(token) and (is_flat or token.pos_ not in NOT_IN_NAMES)):
        return at
    if token.lower_ in words.name_particles:
        following = name_goes_on(parse, at, taken, words)
        return following if following is not None and token.pos_ != "AUX" else None
    return None


def is_given_name(parse: Doc, at: int, words: ActorWords) -> bool:
    """Whether a word that reads as another is the first part of a given name: "Kim You-geun"."""
    if parse[at - 1].text not in words.family_first or at + 2 >= len(parse) or not is_capitalised(parse[at]):
        return False
    second = parse[at + 2]
    return (
        not parse[at].whitespace_ and parse[at + 1].text in HYPHENS and second.text.isalpha() and second.text.islower()
    )


def name_after_hyphen(parse: Doc, last: int, taken: bytearray, words: ActorWords) -> int | None:
    """The last token of what a hyphen joins to a name ("Moon Jae-in"); None for "Trump-led"."""
    at = last + 2
    if at >= len(parse) or parse[last + 1].text not in HYPHENS or parse[last + 1].whitespace_ or taken[at]:
        return None
    token, before = parse[at], parse[last - 1] if last else None
    family_first = before is not None and before.text in words.family_first
    return at if token.text.isalpha() and (family_first or (token.pos_ == "PROPN" and is_capitalised(token))) else None
