"""The name of an actor in the making, and which pieces may go together in one."""

from dataclasses import dataclass, field

from detente.codebook.offices import Office, OfficeKind, offices_of
from detente.codebook.registry import Alias, AliasKind
from detente.mentions.pieces import Piece, PieceKind
from detente.parsing.doc import Doc, Token

GOVERNMENT_OFFICE = "government"  # the row of offices.toml that may go by the name of its head
COUNTERPART = "counterpart"  # the row of offices.toml for who holds the same office elsewhere
APPOSITION_ENDS = frozenset({",", ".", ";", ")", "—", "–", "!", "?", ":", "who", "whose", '"', "”", "’"})
OWN_NAME = frozenset(
    {AliasKind.ORGAN, AliasKind.SEAT, AliasKind.COMPANY, AliasKind.GROUP, AliasKind.MEDIA, AliasKind.BODY}
)
APPOSED_NAMES = frozenset({AliasKind.COMPANY, AliasKind.GROUP, AliasKind.MEDIA})  # after another state's adjective


@dataclass(slots=True, kw_only=True)
class Draft:
    """An actor in the making. `first` and `last` (inclusive) are token indices."""

    first: int
    last: int
    alias: Alias | None = None  # the first that gave the state
    own_name: Alias | None = None  # of an organ, a company, a group, a body
    office: Office | None = None
    organ: Office | None = None
    organ_words: str | None = None
    person: tuple[int, int] | None = None  # token indices, inclusive
    possessor: tuple[int, int] | None = None  # a person whose office this is: "Trump's trade adviser"
    more: list[Alias] = field(default_factory=list)  # further states: "leaders of China and Japan"
    is_former: bool = False
    is_plural: bool = False
    is_courtesy: bool = False
    is_apposed: bool = False  # the office stands behind the name
    is_place: bool = False  # by what stands around it: "Hamburg, Germany"
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

    @property
    def is_bare_name(self) -> bool:
        """Whether a state or a place is named and nothing else."""
        return self.alias is not None and not (self.office or self.organ or self.own_name or self.person)

    def names_anyone(self) -> bool:
        """Whether it names anyone: a marker alone does not."""
        return bool(self.alias or self.own_name or self.office or self.organ or self.person)

    def take(self, piece: Piece, parse: Doc) -> None:
        """Puts a piece that fits into the draft."""
        self.last = piece.last
        self.seen += 1
        if piece.kind is PieceKind.FORMER:
            self.is_former = True
        elif piece.kind is PieceKind.COURTESY:
            self.is_courtesy = True
        elif piece.kind is PieceKind.NAME:
            self.person, self.is_plural = (piece.first, piece.last), False
        elif piece.alias is not None:
            self._take_alias(piece.alias)
        elif piece.office is not None:
            self._take_office(piece, piece.office, parse)

    def _take_alias(self, alias: Alias) -> None:
        if alias.kind in OWN_NAME:
            self.own_name = alias
        elif self.alias is None:
            self.alias = alias

    def _take_office(self, piece: Piece, office: Office, parse: Doc) -> None:
        if self.person is not None:
            self.possessor, self.person = self.person, None
        if office.kind is OfficeKind.ORGAN:
            self.put_organ(piece, parse)
        elif office.is_rank and self.office is not None and not self.office.is_rank and not piece.is_plural:
            pass  # "Defence Minister General X", "Foreign Minister Prince X"
        else:
            self.office, self.is_plural = office, piece.is_plural
        # The tokenizer leaves "ex-president" whole.
        if parse[piece.first].lower_.startswith(("ex-", "then-")):
            self.is_former = True

    def put_organ(self, piece: Piece, parse: Doc) -> None:
        """Names the organ that acts or that the office serves."""
        self.organ, self.organ_words = piece.office, parse[piece.first : piece.last + 1].text.lower()
        self.last = piece.last

    def join(self, other: "Draft") -> None:
        """Takes over all that the draft on the other side of a comma knows."""
        self.is_apposed = self.person is not None
        self.last = other.last
        self.alias = self.alias or other.alias
        self.own_name = self.own_name or other.own_name
        self.office = self.office or other.office
        self.organ, self.organ_words = self.organ or other.organ, self.organ_words or other.organ_words
        self.person = self.person or other.person
        self.possessor = self.possessor or other.possessor
        self.is_former = self.is_former or other.is_former

    def is_one_with(self, other: "Draft", end: Token | None, *, is_indefinite: bool) -> bool:
        """Whether two drafts around a comma are one actor; `end` is the token behind the other."""
        goes_on = end is not None and end.lower_ not in APPOSITION_ENDS
        tells = is_indefinite or (other.state is not None and self.person is not None and self.office is None)
        if end is not None and goes_on and not (end.pos_ == "ADP" or (tells and end.lower_ == "and")):
            return False
        if self.person is not None:
            is_one = other.person is None and other.office is not None and not other.is_plural
            return is_one and (self.office is None or self.state is None)
        is_plain = other.office is None or other.office.is_rank
        is_name = other.person is not None and is_plain and other.alias is None
        is_post = self.office is not None and self.office.kind is OfficeKind.POST
        return is_post and is_name

    def is_possessed_government(self, piece: Piece) -> bool:
        """Whether a government is called by the name of its head: "the Trump administration"."""
        return self.seen == 1 and piece.office is not None and piece.office.id == GOVERNMENT_OFFICE

    def fits_office(self, office: Office) -> bool:
        """Whether an office may follow: after a state, an organ or another office, not twice the same kind of organ."""
        if office.may_be_about_a_state and self.is_bare_name and self.is_full_state_name():
            return False
        if self.organ is not None and office.kind is OfficeKind.ORGAN:
            return self.organ.id != office.id
        return True

    def is_full_state_name(self) -> bool:
        """Whether the state is named by a noun ("China"), not by an adjective or letters ("Chinese", "US")."""
        alias = self.alias
        if alias is None or alias.kind is not AliasKind.NAME:
            return False
        return not alias.words.replace(".", "").isupper()

    def fits_alias(self, alias: Alias) -> bool:
        """Whether a name may follow: an own name after its state or a description, a state only after a marker."""
        if not alias.names_actor():
            return False
        if not self.names_anyone():
            return True
        if alias.kind not in OWN_NAME or self.own_name is not None:
            return False
        return self.state in (None, alias.state) or alias.kind in APPOSED_NAMES

    def is_about(self, piece: Piece) -> bool:
        """Whether a possessive makes an office that of the state after all: "China's envoy"."""
        return self.is_bare_name and piece.office is not None and piece.office.may_be_about_a_state

    def awaits(self, name: Piece | None) -> bool:
        """Whether a piece behind the state of an office names who holds it: "President of Chad [Ana Rojas]"."""
        is_post = self.office is not None and self.office.kind is OfficeKind.POST and not self.is_plural
        if not is_post or name is None or self.person is not None or self.alias is not None:
            return False
        return name.kind is PieceKind.COURTESY or (name.kind is PieceKind.NAME and name.last > name.first)

    def may_serve(self, link: str, alias: Alias) -> bool:
        """Whether such a link ties such a name to the office before it: "of China", "in Beijing", "from Iran"."""
        if self.state not in (None, alias.state) or self.possessor is not None:
            return False
        if link in ("of", "for"):
            return not alias.kind.is_place or self.person is None
        if link == "from":
            return self.person is None and (self.is_plural or alias.kind in OWN_NAME)
        if link == "in" and self.office is not None and self.office.id == COUNTERPART and self.is_plural:
            return alias.kind is AliasKind.NAME  # "his counterparts in Chad and Mali"
        if link == "in":
            # to that capital, by another state
            is_sent = self.office is not None and self.office.id in offices_of("sent")
            nobody_yet = self.person is None and self.state is None and not is_sent
            is_local = any(office is not None and office.is_local for office in (self.office, self.organ))
            is_seated = self.organ is None or self.organ.is_seated
            may_be = alias.kind is AliasKind.CAPITAL and is_seated
            return nobody_yet and (may_be or (is_local and alias.kind is AliasKind.NAME))
        return link == "at" and alias.kind in OWN_NAME and self.person is None
