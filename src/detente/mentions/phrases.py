"""Builds the names of actors from their pieces: state, organ, office and person in one noun phrase."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from detente.codebook.offices import OfficeKind, holders_by_name, offices_of
from detente.codebook.registry import Alias, AliasKind
from detente.mentions.drafts import OWN_NAME, Draft
from detente.mentions.following import Following
from detente.mentions.pieces import Piece, PieceKind, as_common, is_capitalised
from detente.mentions.tokens import Tokens
from detente.parsing.doc import Token

ACTING = frozenset({"nsubj", "nsubj:pass", "conj", "appos", "obj", "obl:agent"})  # where a full name is somebody's
POSSESSIVES = frozenset({"'s", "’s", "'", "’", "'S", "’S"})
STATES_IN_A_LIST = frozenset({AliasKind.NAME, AliasKind.CAPITAL})
ORGAN_LINKS = frozenset({"of", "for", "at", "from"})
MOST_OF_DEPARTMENT = 10  # words
IN_DEPARTMENTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "PART"})


class Builder(Following):
    """Reads drafts off one parse, left to right."""

    def __init__(self, tokens: Tokens, pieces: Mapping[int, Piece]) -> None:
        super().__init__(tokens, pieces)
        self.of_others: dict[str, str] = {}  # state by word: "Congress", of "Chile's Congress"

    def drafts(self) -> Iterator[Draft]:
        """Every draft, in text order, never overlapping."""
        at, size = 0, len(self.items)
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
        if piece.alias is not None and not piece.alias.names_actor():
            return None
        if piece.alias is not None and self.is_taking_sides(piece):
            return self.leaning(piece)
        piece = self.as_named_before(self.as_title(piece))
        draft = Draft(first=at, last=piece.last)
        draft.take(piece, self.parse)
        while self.grow(draft):
            pass
        self.add_apposition(draft)
        return draft if draft.names_anyone() else None

    def as_title(self, piece: Piece) -> Piece:
        """The piece, as an office where its letters are also one and a name follows: "NSA Jane Roe"."""
        after = self.piece_at(self.next_token(piece.last))
        common = as_common(piece, OfficeKind.POST) if after is not None and after.kind is PieceKind.NAME else None
        return common or piece

    def as_named_before(self, piece: Piece) -> Piece:
        """The piece as the organ of the state that the text named with it: "Congress" after "Chile's Congress"."""
        alias = piece.alias
        if alias is None or alias.words not in self.of_others:
            return piece
        others = (x.alias for x in self.pieces.values() if x.alias is not None and x.alias != alias)
        if any(other.state == alias.state for other in others):
            return piece
        return replace(piece, alias=replace(alias, state=self.of_others[alias.words]))

    def leaning(self, piece: Piece) -> Draft | None:
        """The bare name in "anti-American slogans"; None where it describes people, whose state it does not tell."""
        token = self.next_token(piece.last)
        if not self.is_leaning(piece) or self.after_fillers(token) is not None:
            return None
        return Draft(first=piece.first, last=piece.last, alias=piece.alias, seen=1)

    def grow(self, draft: Draft) -> bool:
        """Takes what follows into the draft, where it belongs to the same name; says whether it did."""
        token = self.next_token(draft.last)
        if token is None:
            return False
        piece = self.pieces.get(token.i)
        if piece is not None and self.takes(draft, piece):
            return True
        if token.text in POSSESSIVES:
            return self.take_possessed(draft, token)
        if piece is None and draft.person is None and self.is_filler(token):
            return self.take_after_fillers(draft, token)
        if token.lower_ in self.words.links:
            return self.take_served(draft, token)
        return self.take_second_office(draft, token) if token.lower_ == "and" else False

    def takes(self, draft: Draft, piece: Piece) -> bool:
        """Takes a piece where it fits; a state's own organ as a common word where the draft is of another state."""
        piece = self.past_body(draft, piece)
        if not self.fits(draft, piece):
            common = as_common(piece, OfficeKind.ORGAN) or as_common(piece, OfficeKind.POST)
            if common is None or not draft.is_bare_name or not self.fits(draft, common):
                return False
            if piece.alias is not None and draft.state is not None:
                self.of_others[piece.alias.words] = draft.state
            piece = common
        draft.take(piece, self.parse)
        return True

    def past_body(self, draft: Draft, piece: Piece) -> Piece:
        """The piece, or behind the body to which a state sends somebody the one sent: "Iran's UN ambassador"."""
        is_body = piece.alias is not None and piece.alias.kind is AliasKind.BODY
        sent = self.piece_at(self.next_token(piece.last)) if is_body and draft.is_bare_name else None
        office = sent.office if sent is not None else None
        return sent if sent is not None and office is not None and office.id in offices_of("sent to bodies") else piece

    def fits(self, draft: Draft, piece: Piece) -> bool:
        """Whether a piece may stand right after the draft in one name."""
        if piece.kind is PieceKind.NAME:
            return self.name_fits(draft, piece)
        if draft.person is not None:
            return draft.is_possessed_government(piece)
        if piece.kind is PieceKind.COURTESY:
            return draft.office is not None
        if piece.kind is PieceKind.FORMER:
            held = self.after_fillers(self.next_token(piece.last))  # "Tehran late on Friday" has no office
            return draft.alias is not None and draft.office is None and held is not None and held.office is not None
        if piece.office is not None:
            return draft.fits_office(piece.office)
        return piece.alias is not None and draft.fits_alias(piece.alias)

    def name_fits(self, draft: Draft, piece: Piece) -> bool:
        """After an office or a form of courtesy, or after a nationality where it is a full name."""
        if draft.person is not None:
            return False
        if draft.is_plural and (draft.office is None or draft.office.kind is not OfficeKind.POST):
            return False
        if draft.office is not None and draft.office.kind is OfficeKind.PEOPLE and draft.seen == 1:
            return not is_capitalised(self.items[draft.last])  # "Business Insider"
        if draft.is_courtesy or draft.office is not None:
            return True
        is_nationality = draft.is_bare_name and draft.alias is not None and draft.alias.kind is AliasKind.DEMONYM
        return is_nationality and piece.last > piece.first and self.items[piece.first + 1].dep_ == "flat"

    def take_after_fillers(self, draft: Draft, token: Token) -> bool:
        """Takes fillers and the office or own name that ends them."""
        piece = self.after_fillers(token)
        if piece is None or piece.kind not in (PieceKind.OFFICE, PieceKind.ALIAS):
            return False
        if piece.alias is not None and piece.alias.kind not in OWN_NAME:
            return False
        return self.takes(draft, piece)

    def take_possessed(self, draft: Draft, mark: Token) -> bool:
        """Takes what a state or a person has, where it is an office or an organ: "China's Commerce Ministry"."""
        token = self.next_token(mark.i)
        if token is None or token.lower_ in self.words.kin:
            return False
        named = self.pieces.get(token.i)
        if named is not None and named.kind is PieceKind.NAME and self.is_of_its_people(draft, named):
            draft.take(named, self.parse)
            return True
        piece, is_former = self.after_fillers(token), False
        if piece is not None and piece.kind is PieceKind.FORMER:
            piece, is_former = self.after_fillers(self.next_token(piece.last)), True
        if piece is None or not (piece.office or (piece.alias and piece.alias.kind in OWN_NAME)):
            return False
        if draft.person is not None:
            draft.possessor, draft.person = draft.person, None
            draft.office = draft.organ = None
            draft.is_former = False
            draft.take(piece, self.parse)
        elif draft.is_about(piece):
            draft.take(piece, self.parse)
        elif not self.takes(draft, piece):
            return False
        draft.is_former = draft.is_former or is_former
        return True

    def is_of_its_people(self, draft: Draft, piece: Piece) -> bool:
        """Whether a name behind a state's is of its people: "France's Macron", "Peru's Ana Rojas said"."""
        if not draft.is_bare_name or draft.state is None:
            return False
        name = " ".join(token.text for token in self.items[piece.first : piece.last + 1])
        if any(holder.state == draft.state for holder in holders_by_name().get(name, ())):
            return True
        first, is_full = self.items[piece.first], piece.last > piece.first and self.items[piece.last].dep_ == "flat"
        return is_full and first.dep_ in ACTING

    def take_served(self, draft: Draft, link: Token) -> bool:
        """Takes "of China", "for the foreign ministry", "in Beijing" after an office."""
        if draft.office is None and draft.person is None and draft.organ is None:
            return False
        piece = self.piece_at(self.past_form(self.next_token(link.i)), article=True)
        if link.lower_ == "of" and draft.office is not None and draft.office.id in offices_of("of departments"):
            link, piece = self.past_department(link, piece)
        if piece is None:
            return False
        if link.lower_ in ("to", "for") and self.take_sent(draft, piece):
            return True
        if piece.alias is not None and piece.alias.names_actor():
            return self.serve_alias(draft, link, piece, piece.alias)
        serves = draft.office is not None and draft.organ is None and draft.person is None
        if serves and piece.is_organ and link.lower_ in ORGAN_LINKS:
            draft.put_organ(piece, self.parse)
            return True
        return False

    def take_sent(self, draft: Draft, host: Piece) -> bool:
        """Takes the name behind the state or body to which somebody is sent: "ambassador to Russia Jane Roe"."""
        is_sent = draft.office is not None and draft.office.id in offices_of("sent")
        if not is_sent or draft.person is not None or host.alias is None:
            return False
        name = self.piece_at(self.next_token(host.last))
        if draft.is_plural or name is None or name.kind is not PieceKind.NAME:
            return False
        draft.person, draft.last = (name.first, name.last), name.last
        return True

    def past_department(self, link: Token, piece: Piece | None) -> tuple[Token, Piece | None]:
        """The link and the state behind a department: "head of the Asia desk at Japan's foreign ministry"."""
        if piece is not None and piece.alias is not None:
            return link, piece
        token = self.next_token(link.i)
        for _ in range(MOST_OF_DEPARTMENT):
            if token is None or token.pos_ not in IN_DEPARTMENTS:
                break
            after = self.piece_at(self.next_token(token.i), article=True)
            is_state = after is not None and after.alias is not None and after.alias.names_actor()
            if token.lower_ in ORGAN_LINKS and is_state:
                return link, after
            token = self.next_token(token.i)
        return link, piece

    def serve_alias(self, draft: Draft, link: Token, piece: Piece, alias: Alias) -> bool:
        """Takes the state, organ or body that an office serves, with what the state has there."""
        if not draft.may_serve(link.lower_, alias) or (alias.kind in OWN_NAME and draft.own_name is not None):
            return False
        if alias.kind not in OWN_NAME and draft.alias is not None:
            return False
        if link.lower_ == "of" and draft.awaits(self.piece_at(self.next_token(piece.last))):
            draft.alias, draft.last = alias, piece.last
            return True
        organ = self.served_organ(piece)
        own = self.served_own_name(draft, piece, alias)
        if own is not None and own.alias is not None:
            draft.alias, draft.own_name, draft.last = draft.alias or alias, own.alias, own.last
            return True
        if organ is None and self.is_modifier(piece, alias):
            master = self.piece_at(self.next_token(piece.last))
            if master is not None and master.office is not None and draft.alias is None:
                draft.alias = alias  # "spokesman for Canadian Foreign Minister ...": two actors of one state
            return False
        if alias.kind in OWN_NAME:
            draft.own_name = alias
        else:
            draft.alias = alias
        draft.last = piece.last
        if organ is not None:
            draft.put_organ(organ, self.parse)
        if draft.is_plural or (draft.organ and draft.office is None):
            self.add_more(draft)
        return True

    def is_modifier(self, piece: Piece, alias: Alias) -> bool:
        """Whether a served name only describes what follows it: "of the China Initiative", "of the Chinese side"."""
        after = self.next_token(piece.last)
        if alias.kind is AliasKind.DEMONYM:
            return after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ")
        is_name = after is not None and after.pos_ in ("PROPN", "ADJ", "NOUN") and is_capitalised(after)
        return alias.kind not in OWN_NAME and is_name

    def served_own_name(self, draft: Draft, piece: Piece, alias: Alias) -> Piece | None:
        """The own name after an adjective or a possessor: "for the British Foreign Office"."""
        after = self.next_token(piece.last)
        if after is not None and after.text in POSSESSIVES:
            after = self.next_token(after.i)
        own = self.piece_at(after)
        is_own = own is not None and own.alias is not None and own.alias.kind in OWN_NAME and alias.kind not in OWN_NAME
        return own if is_own and draft.own_name is None else None

    def served_organ(self, piece: Piece) -> Piece | None:
        """The organ after a state: "'s foreign ministry", "foreign ministry"."""
        after = self.next_token(piece.last)
        if after is not None and after.text in POSSESSIVES:
            organ = self.after_fillers(self.next_token(after.i))
        else:
            organ = self.piece_at(after)
        return organ if organ is not None and organ.is_organ else None

    def add_more(self, draft: Draft) -> None:
        """Takes "and Japan", ", Iran and Iraq" after "leaders of China"."""
        while True:
            token, linked = self.next_token(draft.last), False
            while token is not None and (token.text == "," or token.lower_ in ("and", "the")):
                linked = True
                token = self.next_token(token.i)
            piece = self.piece_at(token)
            if piece is None or piece.alias is None or not linked or piece.alias.kind not in STATES_IN_A_LIST:
                return
            draft.more.append(piece.alias)
            draft.last = piece.last

    def take_second_office(self, draft: Draft, link: Token) -> bool:
        """Takes "and Foreign Minister Wang Yi" after "State Councillor"."""
        if draft.office is None or draft.person is not None or draft.is_plural:
            return False
        piece = self.piece_at(self.next_token(link.i))
        if piece is None or piece.office is None or piece.office.kind is not OfficeKind.POST:
            return False
        name = self.piece_at(self.next_token(piece.last))
        if name is None or name.kind is not PieceKind.NAME:
            return False
        draft.last = piece.last
        return True

    def is_place_before_speaker(self, draft: Draft, office: Draft) -> bool:
        """Whether an office behind a name is that of the next one: "left Kosice, a Slovak envoy, Jan Novak, said"."""
        before = self.items[draft.first - 1] if draft.first else None
        if draft.person is None or before is None or before.pos_ != "ADP":
            return False
        comma = self.next_token(office.last)
        name = self.piece_at(self.next_token(comma.i)) if comma is not None and comma.text == "," else None
        return name is not None and name.kind is PieceKind.NAME and name.last > name.first

    def add_apposition(self, draft: Draft) -> None:
        """Takes ", China's president," after a name, and ", Xi Jinping," after an office."""
        comma = self.next_token(draft.last)
        if comma is None or comma.text != "," or draft.is_plural:
            return
        token = self.next_token(comma.i)
        piece = self.piece_at(token, article=True)
        if piece is None:
            if token is not None and token.pos_ == "DET":
                token = self.next_token(token.i)
            piece = self.after_fillers(token) if token is not None and self.is_filler(token) else None
        if piece is None:
            return
        is_rank = piece.kind is PieceKind.COURTESY or bool(piece.office and piece.office.is_rank)  # ", Prince X"
        if (piece.kind is PieceKind.NAME or is_rank) is (draft.person is not None):
            return
        other = Draft(first=piece.first, last=piece.last)
        other.take(piece, self.parse)
        while self.grow(other):
            pass
        if self.is_place_before_speaker(draft, other):
            return
        is_indefinite = self.items[piece.first - 1].lower_ in ("a", "an")
        if draft.is_one_with(other, self.next_token(other.last), is_indefinite=is_indefinite):
            draft.join(other)
