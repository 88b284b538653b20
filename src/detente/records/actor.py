"""Who can act: a state, an office, a person, an organisation."""

from dataclasses import dataclass, field

from detente.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone who acts or is acted on, as far as the text lets us know.

    `state` is ISO 3166 alpha-3 or one of the registry's own codes (EUU, UNO ...); `sector` is a PLOVER sector
    (GOV LEG JUD MIL ...); `office` a key of the registry's offices ("president"); `organisation` the name of a company,
    party, armed group or international body; `person` the fullest form of the name that the document gives.
    """

    words: str  # as written where the record stands
    state: str | None = None
    sector: str | None = None
    office: str | None = None
    organisation: str | None = None
    person: str | None = None
    former: bool = False  # left office: does not act for the state
    start: int | None = field(default=None, compare=False)  # of `words` in the document's text
    end: int | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The most specific thing known, for comparing actors of different documents."""
        state, sector, office = self.state or "", self.sector or "", self.office or ""
        return f"{state}/{sector}/{office}/{self.organisation or ''}/{self.person or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """One link of the chain through which a claim came: who said so, in which outlet, by what word."""

    speaker: Actor | None = None
    outlet: str | None = None
    cue: Span | None = None

    def __post_init__(self) -> None:
        if self.speaker is None and self.outlet is None:
            raise ValueError("a teller is a speaker or an outlet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A theme and, where there is one, its subject: *arms sales / Taiwan*."""

    theme: str  # id of a row in data/codebook/themes.toml
    subject: str | None = None
    label: str  # as printed: "Arms sales / Taiwan"
