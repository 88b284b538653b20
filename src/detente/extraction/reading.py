"""All that the extractors of records look at: one document, parsed, with its mentions."""

import datetime as dt
from dataclasses import dataclass, field

from detente.mentions.mention import ActorMention, DateMention
from detente.parsing.doc import Doc, Token
from detente.records import Document, Evidence, Passage, Provenance, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Someone is said to say, think or want something.

    `speaker` and `cue` are None where the text has none (a quotation that stands alone). `content` is in text order.
    `speaker_head` and `cue_head` are token indices; `rule` is the id of a row in data/lang/en/attribution.toml,
    "quotation" or "label" where no word decided.
    """

    speaker: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    speaker_head: int | None = None
    cue_head: int | None = None
    rule: str = "quotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document ready for coding. Token offsets (`token.idx`) are characters of `document.text`."""

    document: Document
    passages: tuple[Passage, ...]
    parse: Doc
    actors: tuple[ActorMention, ...]
    dates: tuple[DateMention, ...]
    attributions: tuple[Attribution, ...]
    pair: tuple[str, str] | None
    provenance: Provenance
    known_on: dt.date | None
    actor_at: dict[int, ActorMention] = field(default_factory=dict)  # by every token index inside a mention

    def span(self, first: Token, last: Token) -> Span:
        """The words from one token to another, both included."""
        return self.document.quote(first.idx, last.idx + len(last))

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence at characters start..end of the document."""
        return Evidence(document=self.document.id, start=start, end=end, quote=self.document.text[start:end])
