"""The closed lists of words that records use."""

from enum import IntEnum, StrEnum


class EventType(StrEnum):
    """The sixteen event types of PLOVER; `data/codebook/event_types.toml` explains each."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    CONCEDE = "CONCEDE"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Quad(IntEnum):
    """Verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


class Factuality(StrEnum):
    """Whether what is told took place. Only `happened` and `ongoing` count as happenings."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    EXPECTED = "expected"
    THREATENED = "threatened"
    DEMANDED = "demanded"
    PROPOSED = "proposed"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    CANCELLED = "cancelled"
    HISTORICAL = "historical"

    @property
    def is_actual(self) -> bool:
        """Whether it counts as a happening of its time."""
        return self in (Factuality.HAPPENED, Factuality.ONGOING)


class Voice(StrEnum):
    """Who answers for what is told."""

    REPORTED = "reported"  # the outlet's own reporting
    ATTRIBUTED = "attributed"  # someone is quoted or paraphrased
    AUTHOR = "author"  # opinion, forecast, loaded wording of the writer


class Manner(StrEnum):
    """How a statement is rendered."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """How a holder stands to a proposition."""

    DEMANDS = "demands"
    OFFERS = "offers"
    PROMISES = "promises"
    SUPPORTS = "supports"
    ACCEPTS = "accepts"
    OPPOSES = "opposes"
    REJECTS = "rejects"
    REGRETS = "regrets"
    RED_LINE = "red line"


class Basis(StrEnum):
    """On what an agenda item rests."""

    INVITED = "invited"
    PROPOSED = "proposed"
    EXPECTED = "expected"
    PLANNED = "planned"
    AGREED = "agreed"


class Outcome(StrEnum):
    """What became of an agenda item, as far as its own document says."""

    PENDING = "pending"
    HAPPENED = "happened"
    SLIPPED = "slipped"
    CANCELLED = "cancelled"


class Genre(StrEnum):
    """What kind of text a document is."""

    REPORT = "report"
    EXPLAINER = "explainer"
    OPINION = "opinion"
    READOUT = "readout"
    BRIEF = "brief"


class BlockKind(StrEnum):
    """What a stretch of a document is; only `body` and `title` are coded."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    STANDFIRST = "standfirst"
    KICKER = "kicker"
    STAMP = "stamp"
    BYLINE = "byline"
    DATELINE = "dateline"
    TEASER = "teaser"
    CAPTION = "caption"
    COMMENT_FORM = "comment form"
    SUBSCRIPTION = "subscription line"
    AUTHOR_BOX = "author box"
    METADATA = "metadata"
    REPEATED = "repeated"


class Trouble(StrEnum):
    """What kind of problem a `Problem` tells of."""

    UNREADABLE = "unreadable"  # the bytes are no text, no JSON object or no web page with a story; nothing was added
    EMPTY = "empty"  # a file or line without a letter; nothing was added
    TOO_LONG = "too long"  # more than one piece of news can be; nothing was added
    LANGUAGE = "language"  # in a language without data; nothing was added
    UNDATED = "undated"  # no publication date: relative dates stay open; set one with `detente set`
    UNRESOLVED_DATE = "unresolved date"  # "on Friday" of a text without a publication date
    UNRESOLVED_ACTOR = "unresolved actor"  # "the two sides" and nobody says whose
    NO_PASSAGE = "no passage"  # only headlines or page furniture; nothing was added
    LOST_EVIDENCE = "lost evidence"  # the words of a record are no longer found in its document
    NOT_CODED = "not coded"  # the program failed on this text: it is kept, searched and shown, without records
    CONFLICT = "conflict"  # the day given and the day printed differ; the one given is used
