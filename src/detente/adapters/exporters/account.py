"""What an export is written from: what is known of a pair, with its lines, documents and safe addresses."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife
from detente.ledger.outcomes import Course
from detente.records import Document, Evidence, Record
from detente.telling.known import Known
from detente.telling.lines import Line
from detente.telling.table import place

FOREIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
WEB = frozenset({"http", "https"})


@dataclass(frozen=True)
class Account:
    """What is known of a pair on a day; with `issue`, the label or theme of one, what bears on it alone.

    With `only`, the ids of records, what one of them tells alone.
    """

    known: Known
    text_of: Callable[[str], str]  # a document's id to its whole text
    issue: str | None = None
    only: Collection[str] | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The two states, in the order asked."""
        return self.known.material.pair

    @property
    def title(self) -> str:
        """The two states and the issue, by name."""
        names = " – ".join(self.known.words.state(code) for code in self.pair)
        return f"{names}: {self.issue}" if self.issue else names

    @cached_property
    def happenings(self) -> list[Happening]:
        """What is told, by first knowledge, the undated last; with a `since`, what became known from then on."""
        return [kept for happening in self.known.with_undated if (kept := self._kept(happening))]

    @cached_property
    def records(self) -> list[tuple[Happening, Record]]:
        """Each record with the happening that it tells of, in the order of the happenings."""
        return [(happening, record) for happening in self.happenings for record in happening.records]

    @cached_property
    def courses(self) -> list[Course]:
        """The agenda items and what became of each."""
        return [course for course in self.known.courses if self._kept(course.item)]

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that the records stand in, by id; their text is left empty."""
        used = {record.evidence[0].document for _, record in self.records}
        return sorted((d for d in self.known.material.documents if d.id in used), key=lambda d: d.id)

    def _kept(self, happening: Happening) -> Happening | None:
        """What is exported of the happening; None where it is nothing."""
        since = self.known.material.since
        is_wanted = self.only is None or any(record.id in self.only for record in happening.records)
        if not is_wanted or not self.bears(happening.records):
            return None
        return happening.part(
            [r.id for r in happening.records if since is None or (r.known_on and r.known_on >= since)]
        )

    def document(self, record: Record) -> Document:
        """The document that a record stands in; its text is left empty."""
        return self._by_id[record.evidence[0].document]

    def bears(self, records: Iterable[Record]) -> bool:
        """Whether one of the records names the issue that is asked for; with none asked for, always."""
        wanted = (self.issue or "").casefold()
        named = (name.casefold() for r in records for issue in r.issues for name in (issue.label, issue.theme))
        return not wanted or wanted in named

    def line(self, happening: Happening) -> Line:
        """The line that tells a happening, what became of it included."""
        narrator = self.known.narrator
        if happening.id in self._courses:
            return narrator.agenda(self._courses[happening.id])
        life = self._lives.get(happening.head.id)
        return narrator.measure(life) if life else narrator.happening(happening)

    def labels(self, records: Iterable[Record]) -> list[str]:
        """The labels of the issues that the records name, in order of the alphabet."""
        return sorted({issue.label for record in records for issue in record.issues})

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.known.material.documents}

    @cached_property
    def _courses(self) -> dict[str, Course]:
        return {course.item.id: course for course in self.known.courses}

    @cached_property
    def _lives(self) -> dict[str, MeasureLife]:
        return {record.id: life for life in self.known.lives for record in life.records}


def web_address(document: Document) -> str | None:
    """The address of the document where it is one of the web: what else stands there is never handed on.

    >>> web_address(Document(id="1", text="", url="javascript:alert(1)")) is None
    True
    """
    url = (document.url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[" is no address
        return None
    return url if parts.scheme.lower() in WEB and parts.netloc and url.isprintable() and " " not in url else None


def cited(document: Document, evidence: Evidence) -> str:
    """A passage as it is quoted elsewhere: the words, the outlet, the day, the place."""
    day = document.published_on.isoformat() if document.published_on else "no date"
    return f"“{flat(evidence.quote)}” ({document.outlet or 'outlet not given'}, {day}, {place(evidence)})"


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def clean(text: str) -> str:
    """The text without characters that XML cannot hold.

    >>> clean("a\\x00b")
    'ab'
    """
    return FOREIGN.sub("", text)


def encoded(text: str) -> bytes:
    """The text as UTF-8; a lone half of a surrogate pair, which UTF-8 lacks, becomes a question mark."""
    return text.encode("utf-8", "replace")


def day_of(records: Iterable[Record]) -> dt.date | None:
    """The newest day on which one of the records became known; None where none is dated."""
    return max((record.known_on for record in records if record.known_on), default=None)
