"""Builds the names of actors from their pieces: state, organ, office and person in one noun phrase."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from detente.codebook.offices import ActorWords, Office, OfficeKind, load_actor_words
from detente.codebook.registry import Alias, AliasKind
from detente.mentions.pieces import HYPHENS, Piece, PieceKind

MOST_FILLERS = 5  # words between a state and its office: "Chinese senior foreign trade policy officials"
GOVERNMENT_OFFICE = "government"  # the row of offices.toml that may go by the name of its head
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
APPOSITION_ENDS = frozenset({",", ".", ";", ")", "—", "–", "!", "?", ":", "who", "whose", '"', "”", "’"})
OWN_NAME = frozenset(
    {AliasKind.ORGAN, AliasKind.SEAT, AliasKind.COMPANY, AliasKind.GROUP, AliasKind.MEDIA, AliasKind.BODY}
)


@dataclass(slots=True, kw_only=True)
class Draft:
    """An actor in the making. `first` and `last` (inclusive) are token indices."""

    first: int
    last: int
    alias: Alias | None = None  # the first that gave the state
    own_name: Alias | None = None  # of an organ, a company, a group, a body
    office: Office | None = None
    office_words: str | None = None
    organ: Office | None = None
    organ_words: str | None = None
    person: tuple[int, int] | None = None  # token indices, inclusive
    possessor: tuple[int, int] | None = None  # a person whose office this is: "Trump's trade adviser"
    more: list[Alias] = field(default_factory=list)  # further states: "leaders of China and Japan"
    is_former: bool = False
    is_plural: bool = False
    is_courtesy: bool = False
    office_at: int | None = None
    seen: int = 0  # pieces

    @property
    def state(self) -> str | None:
        """The state as far as the words alone give it."""
        for source in (self.alias, self.own_name):
            if source is not None and source.state:
                return source.state
        for office in (self.office, self.organ):
            if office is not None and office.state:
                return office.state
        return None


class Builder:
    """Reads drafts off one parse, left to right."""

    def __init__(self, parse: Doc, pieces: Mapping[int, Piece]) -> None:
        self.parse = parse
        self.pieces = pieces
        self.words: ActorWords = load_actor_words()

    def drafts(self) -> Iterator[Draft]:
        """Every draft, in text order, never overlapping."""
        at, size = 0, len(self.parse)
        while at < size:
            draft = self.read(at) if at in self.pieces else None
            if draft is None:
                at += 1
                continue
            yield draft
            at = draft.last + 1

    def read(self, at: int) -> Draft | None:
        """The draft that begins with the piece at a token; None where that piece begins none."""
        piece = self.pieces[at]
        draft = Draft(first=at, last=piece.last)
        if piece.kind is PieceKind.ALIAS and piece.alias is not None and not piece.alias.names_actor():
            return None
        self.take(draft, piece)
        while self.grow(draft):
            pass
        self.add_apposition(draft)
        return draft if self.is_whole(draft) else None

    def is_whole(self, draft: Draft) -> bool:
        """Whether it names anyone: a marker or an office of a thing alone does not."""
        return bool(draft.alias or draft.own_name or draft.office or draft.organ or draft.person)

    def take(self, draft: Draft, piece: Piece) -> None:
        """Puts a piece into the draft."""
        draft.last = piece.last
        draft.seen += 1
        if piece.kind is PieceKind.FORMER:
            draft.is_former = True
        elif piece.kind is PieceKind.COURTESY:
            draft.is_courtesy = True
        elif piece.kind is PieceKind.NAME:
            draft.person = (piece.first, piece.last)
        elif piece.alias is not None:
            self.take_alias(draft, piece.alias)
        elif piece.office is not None:
            self.take_office(draft, piece, piece.office)
        self.note_former(draft, piece)

    def note_former(self, draft: Draft, piece: Piece) -> None:
        """Marks "ex-president" where the tokenizer left it whole."""
        token = self.parse[piece.first]
        if piece.kind is PieceKind.OFFICE and token.lower_.startswith(("ex-", "then-")):
            draft.is_former = True

    @staticmethod
    def take_alias(draft: Draft, alias: Alias) -> None:
        """A state first, then the own name of an organ or company."""
        if alias.kind in OWN_NAME:
            draft.own_name = alias
        elif draft.alias is None:
            draft.alias = alias

    def take_office(self, draft: Draft, piece: Piece, office: Office) -> None:
        """The last post counts, the organ beside it."""
        said = self.parse[piece.first : piece.last + 1].text.lower()
        if office.kind is OfficeKind.ORGAN:
            draft.organ, draft.organ_words = office, said
        else:
            draft.office, draft.office_words, draft.is_plural = office, said, piece.is_plural
        draft.office_at = piece.last

    def next_token(self, at: int) -> Token | None:
        """The next word of the same sentence after token `at`."""
        at += 1
        while at < len(self.parse) and self.parse[at].is_space:
            at += 1
        if at >= len(self.parse) or self.parse[at].is_sent_start:
            return None
        return self.parse[at]

    def grow(self, draft: Draft) -> bool:
        """Takes what follows into the draft, where it belongs to the same name; says whether it did."""
        token = self.next_token(draft.last)
        if token is None:
            return False
        piece = self.pieces.get(token.i)
        if piece is not None and self.fits(draft, piece):
            if draft.person is not None:
                draft.possessor, draft.person = draft.person, None
            self.take(draft, piece)
            return True
        if token.text in POSSESSIVES:
            return self.take_possessed(draft, token)
        if piece is None and draft.person is None and self.is_filler(token):
            return self.take_after_fillers(draft, token)
        if token.lower_ in self.words.links:
            return self.take_served(draft, token)
        return self.take_second_office(draft, token) if token.lower_ == "and" else False

    def fits(self, draft: Draft, piece: Piece) -> bool:
        """Whether a piece may stand right after the draft in one name."""
        if piece.kind is PieceKind.NAME:
            return self.name_fits(draft, piece)
        if draft.person is not None:
            return self.is_possessed_government(draft, piece)
        if piece.kind is PieceKind.COURTESY:
            return draft.office is not None
        if piece.kind is PieceKind.FORMER:
            return draft.alias is not None and draft.office is None
        if piece.office is not None:
            return self.office_fits(draft, piece.office)
        return piece.alias is not None and self.alias_fits(draft, piece.alias)

    @staticmethod
    def is_possessed_government(draft: Draft, piece: Piece) -> bool:
        """Whether a government is called by the name of its head: "the Trump administration"."""
        is_bare = draft.seen == 1 and piece.office is not None
        return is_bare and piece.office is not None and piece.office.id == GOVERNMENT_OFFICE

    def name_fits(self, draft: Draft, piece: Piece) -> bool:
        """After an office or a form of courtesy, or after a nationality where it is a full name."""
        if draft.person is not None or draft.is_plural:
            return False
        if draft.is_courtesy or (draft.office is not None and draft.office.kind is not OfficeKind.ORGAN):
            return True
        if draft.is_former and draft.seen == 1:
            return False
        is_nationality = draft.alias is not None and draft.alias.kind is AliasKind.DEMONYM and draft.organ is None
        return is_nationality and piece.last > piece.first and self.parse[piece.first + 1].dep_ == "flat"

    @staticmethod
    def office_fits(draft: Draft, office: Office) -> bool:
        """After a state, an organ or another office, not twice the same kind of organ."""
        if draft.alias is not None and draft.alias.kind.is_place and office.kind is OfficeKind.PEOPLE:
            return True
        if draft.organ is not None and office.kind is OfficeKind.ORGAN:
            return draft.organ.id != office.id
        return True

    @staticmethod
    def alias_fits(draft: Draft, alias: Alias) -> bool:
        """An own name after its state or a description; a state only after a marker."""
        if not alias.names_actor():
            return False
        if draft.alias is None and draft.own_name is None and draft.office is None and draft.organ is None:
            return True
        if alias.kind not in OWN_NAME or draft.own_name is not None:
            return False
        return draft.state in (None, alias.state) or alias.kind in (AliasKind.COMPANY, AliasKind.GROUP, AliasKind.MEDIA)

    def is_filler(self, token: Token) -> bool:
        """Whether the word may stand between a state and its office."""
        return token.lower_ in self.words.fillers or token.text in HYPHENS or token.pos_ in ("ADJ", "NUM")

    def after_fillers(self, token: Token | None) -> Piece | None:
        """The first piece after up to MOST_FILLERS fillers."""
        for _ in range(MOST_FILLERS):
            if token is None:
                return None
            piece = self.pieces.get(token.i)
            if piece is not None and (piece.kind is not PieceKind.NAME or not self.is_filler(token)):
                return piece
            if not self.is_filler(token) or token.lower_ in self.words.kin:
                return None
            token = self.next_token(token.i)
        return None

    def take_after_fillers(self, draft: Draft, token: Token) -> bool:
        """Takes fillers and the office or own name that ends them."""
        piece = self.after_fillers(token)
        if piece is None or piece.kind not in (PieceKind.OFFICE, PieceKind.ALIAS):
            return False
        if piece.alias is not None and piece.alias.kind not in OWN_NAME:
            return False
        if not self.fits(draft, piece):
            return False
        self.take(draft, piece)
        return True

    def take_possessed(self, draft: Draft, mark: Token) -> bool:
        """Takes what a state or a person has, where it is an office or an organ: "China's Commerce Ministry"."""
        token = self.next_token(mark.i)
        piece = self.after_fillers(token)
        if token is None or piece is None or token.lower_ in self.words.kin:
            return False
        if piece.kind is PieceKind.FORMER:
            draft.is_former, piece = True, self.after_fillers(self.next_token(piece.last))
        if piece is None or not (piece.office or (piece.alias and piece.alias.kind in OWN_NAME)):
            return False
        if draft.person is not None:
            draft.possessor, draft.person = draft.person, None
            draft.office = draft.organ = None
            draft.is_former = False
        elif not self.fits(draft, piece):
            return False
        self.take(draft, piece)
        return True

    def take_served(self, draft: Draft, link: Token) -> bool:
        """Takes "of China", "for the foreign ministry", "in Beijing" after an office."""
        if draft.office is None and draft.person is None and draft.organ is None:
            return False
        token = self.next_token(link.i)
        if token is not None and token.pos_ == "DET":
            token = self.next_token(token.i)
        piece = self.pieces.get(token.i) if token is not None else None
        if piece is None:
            return False
        if piece.alias is not None and piece.alias.names_actor():
            return self.serve_alias(draft, link, piece, piece.alias)
        organ = piece.office if piece.office and piece.office.kind is OfficeKind.ORGAN else None
        if (
            organ
            and draft.office
            and draft.organ is None
            and draft.person is None
            and link.lower_ in ("of", "for", "at", "from")
        ):
            draft.organ, draft.organ_words = organ, self.parse[piece.first : piece.last + 1].text.lower()
            draft.last = piece.last
            return True
        return False

    def serve_alias(self, draft: Draft, link: Token, piece: Piece, alias: Alias) -> bool:
        """Takes a state or own name that an office serves; "to" and "with" only for bodies without members' states."""
        if not self.may_serve(draft, link.lower_, alias):
            return False
        if alias.kind in OWN_NAME:
            if draft.own_name is not None:
                return False
            draft.own_name = alias
        elif draft.alias is not None:
            return False
        else:
            draft.alias = alias
        draft.last = piece.last
        self.add_possessed_organ(draft)
        if draft.is_plural or (draft.organ and draft.office is None):
            self.add_more(draft)
        return True

    @staticmethod
    def may_serve(draft: Draft, link: str, alias: Alias) -> bool:
        """Whether such a link ties such a name to the office before it."""
        if draft.state not in (None, alias.state):
            return False
        if link in ("of", "for"):
            return not alias.kind.is_place or draft.person is None
        if link == "from":
            return draft.person is None and (draft.is_plural or alias.kind in OWN_NAME)
        if link == "in":
            return (
                alias.kind is AliasKind.CAPITAL and draft.person is None and draft.state is None and draft.organ is None
            )
        return link == "at" and alias.kind in OWN_NAME and draft.person is None

    def add_possessed_organ(self, draft: Draft) -> None:
        """After "for China": "'s foreign ministry"."""
        mark = self.next_token(draft.last)
        if mark is None or mark.text not in POSSESSIVES:
            if mark is not None and (piece := self.pieces.get(mark.i)) and self.is_organ(piece):
                self.put_organ(draft, piece)
            return
        piece = self.after_fillers(self.next_token(mark.i))
        if piece is not None and self.is_organ(piece):
            self.put_organ(draft, piece)

    @staticmethod
    def is_organ(piece: Piece) -> bool:
        """Whether the piece is the word for an organ."""
        return piece.office is not None and piece.office.kind is OfficeKind.ORGAN

    def put_organ(self, draft: Draft, piece: Piece) -> None:
        """Names the organ that the office serves."""
        draft.organ, draft.organ_words = piece.office, self.parse[piece.first : piece.last + 1].text.lower()
        draft.last = piece.last

    def add_more(self, draft: Draft) -> None:
        """Takes "and Japan", ", Iran and Iraq" after "leaders of China"."""
        while True:
            token = self.next_token(draft.last)
            while token is not None and (token.text == "," or token.lower_ in ("and", "the")):
                token = self.next_token(token.i)
            piece = self.pieces.get(token.i) if token is not None else None
            between = self.parse[draft.last + 1 : token.i].text if token is not None else ""
            if piece is None or piece.alias is None or not between.strip() or piece.alias.kind in OWN_NAME:
                return
            if piece.alias.kind not in (AliasKind.NAME, AliasKind.CAPITAL):
                return
            draft.more.append(piece.alias)
            draft.last = piece.last

    def take_second_office(self, draft: Draft, link: Token) -> bool:
        """Takes "and Foreign Minister Wang Yi" after "State Councillor"."""
        if draft.office is None or draft.person is not None or draft.is_plural:
            return False
        token = self.next_token(link.i)
        piece = self.pieces.get(token.i) if token is not None else None
        if piece is None or piece.office is None or piece.office.kind is not OfficeKind.POST:
            return False
        after = self.next_token(piece.last)
        name = self.pieces.get(after.i) if after is not None else None
        if name is None or name.kind is not PieceKind.NAME:
            return False
        draft.last = piece.last
        return True

    def add_apposition(self, draft: Draft) -> None:
        """Takes ", China's president," after a name, and ", Xi Jinping," after an office."""
        comma = self.next_token(draft.last)
        if comma is None or comma.text != "," or draft.is_plural:
            return
        token = self.next_token(comma.i)
        if token is not None and token.pos_ == "DET":
            token = self.next_token(token.i)
        piece = self.pieces.get(token.i) if token is not None else None
        if piece is None and token is not None and self.is_filler(token):
            piece = self.after_fillers(token)
        if piece is None or (piece.kind is PieceKind.NAME) is (draft.person is not None):
            return
        other = Draft(first=piece.first, last=piece.last)
        self.take(other, piece)
        while self.grow(other):
            pass
        if self.joins(draft, other):
            self.join(draft, other)

    def joins(self, draft: Draft, other: Draft) -> bool:
        """Whether two drafts around a comma are one actor."""
        end = self.next_token(other.last)
        if end is not None and end.lower_ not in APPOSITION_ENDS:
            return False
        if draft.person is not None:
            return draft.office is None and other.person is None and other.office is not None and not other.is_plural
        is_post = draft.office is not None and draft.office.kind is OfficeKind.POST
        return is_post and other.person is not None and other.office is None and other.alias is None

    @staticmethod
    def join(draft: Draft, other: Draft) -> None:
        """Gives the draft all that the other knows."""
        draft.last = other.last
        draft.alias = draft.alias or other.alias
        draft.own_name = draft.own_name or other.own_name
        draft.office, draft.office_words = draft.office or other.office, draft.office_words or other.office_words
        draft.organ, draft.organ_words = draft.organ or other.organ, draft.organ_words or other.organ_words
        draft.person = draft.person or other.person
        draft.possessor = draft.possessor or other.possessor
        draft.is_former = draft.is_former or other.is_former
