"""How much is known of a pair: documents, outlets, days, records by whose word they are, problems; in figures alone."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.ledger.sources import is_unnamed
from detente.records import Document, Position, Problem, Record, Voice

SUMS = ("documents", "undated", "records", "reported", "attributed", "unnamed", "author")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What lies behind a page. Voices, days and `held` are of dated documents; the rest counts undated ones too."""

    documents: int = 0
    undated: int = 0  # of the documents
    outlets: frozenset[str | None] = frozenset()  # None: not given
    first: dt.date | None = None  # publication days
    last: dt.date | None = None
    records: int = 0
    reported: int = 0
    attributed: int = 0
    unnamed: int = 0  # of those attributed
    author: int = 0
    held: frozenset[str] = frozenset()  # the sides of which a position is known
    problems: tuple[tuple[str, int], ...] = ()  # by trouble

    def plus(self, *others: "Coverage") -> "Coverage":
        """What they come to together, which share no document."""
        parts = (self, *others)
        problems: Counter[str] = Counter()
        for part in parts:
            problems.update(dict(part.problems))
        days = [day for part in parts for day in (part.first, part.last) if day]
        return Coverage(
            **{name: sum(getattr(part, name) for part in parts) for name in SUMS},
            outlets=frozenset().union(*(part.outlets for part in parts)),
            first=min(days, default=None),
            last=max(days, default=None),
            held=frozenset().union(*(part.held for part in parts)),
            problems=tuple(sorted(problems.items())),
        )

    def with_undated(self, other: "Coverage") -> "Coverage":
        """The same with what undated documents give."""
        counted = ("documents", "outlets", "records", "problems")
        return self.plus(Coverage(undated=other.documents, **{name: getattr(other, name) for name in counted}))


def cover(
    documents: Iterable[Document], records: Sequence[Record], pair: tuple[str, str], problems: Iterable[Problem] = ()
) -> Coverage:
    """The coverage of these documents, all dated or all undated, by their records on the pair."""
    found = list(documents)
    days = [document.published_on for document in found if document.published_on]
    voices = Counter(record.voice for record in records)
    return Coverage(
        documents=len(found),
        outlets=frozenset(document.outlet for document in found),
        first=min(days, default=None),
        last=max(days, default=None),
        records=len(records),
        reported=voices[Voice.REPORTED],
        attributed=voices[Voice.ATTRIBUTED],
        unnamed=sum(map(is_unnamed, records)),
        author=voices[Voice.AUTHOR],
        held=frozenset(s for r in records if isinstance(r, Position) and (s := r.holder.state) in pair and s),
        problems=tuple(sorted(Counter(problem.trouble.value for problem in problems).items())),
    )
