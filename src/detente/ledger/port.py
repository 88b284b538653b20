"""What the ledger needs of a store."""

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from detente.ledger.coverage import Coverage
from detente.ledger.decision import Decision
from detente.ledger.happenings import Happening
from detente.ledger.overlay import Aside
from detente.ledger.witnesses import Source
from detente.parcel import Capture
from detente.records import Document, Passage, Problem, Provenance, Record
from detente.settings import RejectRule

Pair = tuple[str, str]  # two states' codes, in alphabetical order
NO_DAY = dt.date.min  # the day of a ledger whose documents are all undated: nothing is known by it, and nothing is past


def ordered(pair: tuple[str, str]) -> Pair:
    """The pair in alphabetical order, as it is kept.

    >>> ordered(("USA", "CHN"))
    ('CHN', 'USA')
    """
    first, second = sorted(pair)
    return first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One coded document on its way into the ledger, in one transaction."""

    document: Document
    passages: tuple[Passage, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    pair: Pair | None  # the pair that it was read for
    provenance: Provenance
    posted_at: dt.datetime
    path: str | None = None
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which records are asked for. All bounds are inclusive; None leaves a side open.

    `as_of` and `since` run on `known_on`, `posted_since` on entry. Records of undated documents come only with
    `undated` set, and then alone. `due_from` and `due_until` ask for records whose date can lie between them,
    `is_dated` for those that have one or have none; `labels` for those whose first issue is one of these. `between`
    asks for events in which both states of the pair take part. `limit` leaves the newest so many happenings.
    """

    pair: Pair | None = None
    kinds: tuple[str, ...] = ()
    as_of: dt.date | None = None
    since: dt.date | None = None
    posted_since: dt.datetime | None = None
    document: str | None = None
    undated: bool = False
    factualities: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    due_from: dt.date | None = None
    due_until: dt.date | None = None
    is_dated: bool | None = None
    between: bool = False
    limit: int | None = None
    without_decisions: bool = False  # the records as they were coded, whatever the user decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found by its words."""

    document: Document
    start: int
    end: int
    quote: str


class Store(Protocol):
    """Where a ledger is kept. Every method that writes is one transaction."""

    def post(self, posting: Posting) -> bool:
        """Whether it was new; a document that is there already changes nothing."""
        ...

    def replace(self, posting: Posting) -> None:
        """The document's details, records and problems become those of the posting."""
        ...

    def forget(self, document: str) -> None:
        """The document and all that rests on it is gone."""
        ...

    def note(self, problems: Iterable[Problem], posted_at: dt.datetime) -> None:
        """Keeps problems that belong to no document, each once."""
        ...

    def decide(self, decision: Decision) -> Decision:
        """The decision with its number, on the disk; the one in force that says the same, where there is one.

        Raises UnknownIdError where it undoes what is not there.
        """
        ...

    def decisions(self, document: str | None = None) -> list[Decision]:
        """The decisions about a document and those that undo them; without an argument all. By number."""
        ...

    def last_decision(self, by: str) -> Decision | None:
        """The last decision in force that somebody made; None where there is none."""
        ...

    def decided(self) -> tuple[int, int]:
        """How many decisions there are, and the number of the last: two that are kept alike are the same ones."""
        ...

    def decisions_on(self, record: str) -> list[Decision]:
        """The decisions in force that rest on the record."""
        ...

    def adopt(self, rules: Sequence[RejectRule]) -> None:
        """From now on these rules reject, and no others; nothing where they are laid already."""
        ...

    def rejected(self, rule: RejectRule) -> list[Record]:
        """The records that count and that this rule would take out."""
        ...

    def asides(self, document: str) -> list[Aside]:
        """The records of a document as they were coded, where others, or none, count in their place."""
        ...

    def codings(self, *, other_than: Provenance | None = None) -> list[tuple[str, Provenance]]:
        """The documents and the versions that coded them, by id; those of these versions left out."""
        ...

    def newer_version(self, document: str) -> str | None:
        """The id of the latest version of a document that is an older one; None for one that speaks."""
        ...

    def check(self, limit: int | None = None) -> list[str]:
        """What is wrong with the ledger, a sentence each; of records and texts the first `limit` are compared."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """What is read within it by one thread is of one moment, whatever is written meanwhile."""
        ...

    def stirred(self, query: Query) -> int:
        """A number that grows with every write that bears on what is known of the query's pair on its day."""
        ...

    def is_empty(self) -> bool:
        """Whether there is no document."""
        ...

    def known_ids(self) -> set[str]:
        """The ids of all documents."""
        ...

    def document(self, id_: str) -> Document:
        """The document with that id, or with an id that begins so; raises UnknownIdError."""
        ...

    def capture(self, document: str) -> Capture | None:
        """When and where the bytes of a document were taken down; None where nobody told."""
        ...

    def documents(self, query: Query) -> list[Document]:
        """The documents that have records of the query, by publication day and id; their text is left empty."""
        ...

    def documents_named(self, ids: Iterable[str], pair: Pair | None = None) -> list[Document]:
        """The documents with these ids, by publication day and id, the undated last; their text is left empty.

        Of those that bear on a pair, a store may have at hand what was read before.
        """
        ...

    def newest_documents(self, outlet: str | None, limit: int, offset: int = 0) -> tuple[list[Document], int]:
        """So many documents, without their text, and how many there are: the undated, then the newest first.

        Those of the outlet; all with None, those without an outlet with an empty one.
        """
        ...

    def record(self, id_: str) -> Record:
        """The record with that id, or with an id that begins so, one that was rejected too; raises UnknownIdError."""
        ...

    def records(self, query: Query) -> list[Record]:
        """The records asked for, by `known_on`, document and place."""
        ...

    def lapsed(self, query: Query) -> list[Record]:
        """The records that stopped counting in the days of the query: their article was corrected or withdrawn."""
        ...

    def happenings(self, query: Query) -> list[Happening]:
        """What the records asked for tell, by first knowledge; of each happening the records asked for alone."""
        ...

    def happening(self, id_: str, as_of: dt.date | None = None) -> Happening:
        """The happening that a record is in, by the record's id or its beginning, with all records known on the day."""
        ...

    def window(self, query: Query, most: int) -> dt.date | None:
        """The day from which on more than so many records of the query's pair became known; None with fewer."""
        ...

    def told_since(self, query: Query, first: dt.date) -> list[Happening]:
        """What was told of the query's pair on that day or later, by first knowledge, each happening whole.

        What was told before and is planned for days after `as_of` is among it. With `since` each happening has the
        records known from then on alone.
        """
        ...

    def coverage(self, query: Query) -> Coverage:
        """How much is known of the query's pair, of its days; of undated documents alone with `undated`."""
        ...

    def sources(
        self, documents: Iterable[str], as_of: dt.date | None = None, pair: Pair | None = None
    ) -> dict[str, Source]:
        """Where the texts of these documents come from as far as was known on the day, by id: outlet, story, credit.

        Of those that bear on a pair, a store may have at hand what was read before.
        """
        ...

    def published(self, query: Query) -> dict[str, tuple[dt.date, str | None]]:
        """By its id the day and the outlet of each dated document that bears on the query's pair, of its days."""
        ...

    def count(self, query: Query) -> int:
        """How many happenings `happenings` would give without a limit."""
        ...

    def problems(self, documents: Sequence[str] | None = None) -> list[Problem]:
        """The problems of these documents; without an argument all, those of no document included."""
        ...

    def newest_problems(self, limit: int, offset: int = 0) -> tuple[list[Problem], int]:
        """So many problems, those met last first, and how many there are."""
        ...

    def latest_known_on(self, pair: Pair | None = None) -> dt.date | None:
        """The newest publication day among the records (of the pair); None where none is dated."""
        ...

    def search(self, words: str, query: Query, limit: int) -> list[Hit]:
        """Passages that hold all the words, best first; of words that thousands of passages hold those read last."""
        ...

    def close(self) -> None:
        """Lets go of the store."""
        ...
