"""What follows a word in its sentence: the next word, the piece there, what stands between a state and its office."""

from collections.abc import Mapping

from detente.codebook.offices import ActorWords, load_actor_words
from detente.mentions.pieces import HYPHENS, Piece, PieceKind
from detente.mentions.tokens import Tokens
from detente.parsing.doc import Token

MOST_FILLERS = 5  # words between a state and its office: "Chinese senior foreign trade policy officials"
SEVERAL = frozenset({"both", "either", "all"})


class Following:
    """Walks the words and pieces of one parse."""

    def __init__(self, tokens: Tokens, pieces: Mapping[int, Piece]) -> None:
        self.parse = tokens.parse
        self.items = tokens.items
        self.pieces = pieces
        self.words: ActorWords = load_actor_words()

    def next_token(self, at: int) -> Token | None:
        """The next word of the same sentence after token `at`."""
        at += 1
        while at < len(self.items) and self.items[at].is_space:
            at += 1
        if at >= len(self.items) or self.items[at].is_sent_start:
            return None
        return self.items[at]

    def piece_at(self, token: Token | None, *, article: bool = False) -> Piece | None:
        """The piece that begins at a token; with `article`, also after an article; "both sides" are no one side."""
        if token is not None and article and token.pos_ == "DET" and token.lower_ not in SEVERAL:
            token = self.next_token(token.i)
        return self.pieces.get(token.i) if token is not None else None

    def is_filler(self, token: Token) -> bool:
        """Whether the word may stand between a state and its office."""
        if token.lower_ in self.words.fillers or token.text in HYPHENS or token.pos_ in ("ADJ", "NUM"):
            return True
        describes = token.dep_ in ("advmod", "amod") and token.head.i > token.i
        return describes and token.pos_ in ("ADV", "VERB") and token.text.islower()

    def after_fillers(self, token: Token | None) -> Piece | None:
        """The first piece after up to MOST_FILLERS fillers."""
        for _ in range(MOST_FILLERS):
            if token is None:
                return None
            piece = self.pieces.get(token.i)
            is_side = piece is not None and piece.alias is not None and self.is_taking_sides(piece)
            passes = is_side or self.is_filler(token)
            if piece is not None and not is_side and (piece.kind is not PieceKind.NAME or not passes):
                return piece
            if token.lower_ in self.words.kin or not (passes or self.joins_fillers(token)):
                return None
            token = self.next_token(token.i)
        return None

    def joins_fillers(self, token: Token) -> bool:
        """Whether "and" stands between two fillers: "civilian and military leaders"."""
        after = self.next_token(token.i)
        if token.lower_ != "and" or after is None or not self.is_filler(self.items[token.i - 1]):
            return False
        piece = self.pieces.get(after.i)
        return self.is_filler(after) if piece is None else piece.is_organ

    def is_taking_sides(self, piece: Piece) -> bool:
        """Whether a name only says whose side others take: "Iran-backed", "pro-Russian"."""
        after = self.items[piece.last + 1] if piece.last + 2 < len(self.items) else None
        is_joined = after is not None and after.text in HYPHENS
        backing = self.items[piece.last + 2].lower_ if is_joined else self.items[piece.last].lower_.rpartition("-")[2]
        return backing in self.words.foreign_hands or self.is_leaning(piece)

    def is_leaning(self, piece: Piece) -> bool:
        """Whether "pro-" or "anti-" stands before a name."""
        is_joined = piece.first > 1 and self.items[piece.first - 1].text in HYPHENS
        token = self.items[piece.first - 2 if is_joined else piece.first]
        return token.lower_.partition("-")[0] in self.words.leanings

    def past_form(self, token: Token | None) -> Token | None:
        """The token behind what kind of state it is: "Chad" of "the Republic of Chad"; else the token itself."""
        at, is_form = token, False
        while at is not None and (at.lower_ in self.words.forms_of_state or at.lower_ in ("the", "of")):
            is_form = is_form or at.lower_ in self.words.forms_of_state
            if is_form and at.lower_ == "of":
                return self.next_token(at.i)
            at = self.next_token(at.i)
        return token
