"""What several records tell of one thing, as it was known on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from detente.ledger.grouping import group
from detente.ledger.likeness import Likeness, compare
from detente.ledger.remembered import remembered
from detente.ledger.subjects import Subject, told_in
from detente.ledger.traits import Traits, traits_of
from detente.records import Factuality, Record, When

KEPT = 4_000  # single records, and parts of happenings, that are remembered as happenings


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Records of one or several documents that tell of the same thing, earliest known first.

    `records` are those asked for; `began` is the record that the thing was first known by, where it is not among them.
    Without slots, so that what a page asks for again and again is worked out once.
    """

    records: tuple[Record, ...]
    began: str | None = None

    @property
    def id(self) -> str:
        """The id of the record known first."""
        return self.began or self.records[0].id

    @cached_property
    def head(self) -> Record:
        """The record that tells it best: no title, no denial, exactly dated, sure, long; whatever the order."""
        return max(
            self.records,
            key=lambda r: (
                not r.from_title,
                r.factuality is not Factuality.DENIED,
                r.when is not None,
                -_length(r.when),
                r.confidence,
                -len(r.hedges),
                len(r.evidence[0].quote),
                r.known_on or dt.date.min,
                r.id,
            ),
        )

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that tell it."""
        return tuple(dict.fromkeys(r.evidence[0].document for r in self.records))

    def part(self, ids: Collection[str]) -> "Happening | None":
        """The same with these of its records alone; None where none is left."""
        kept = tuple(record for record in self.records if record.id in ids)
        if len(kept) == len(self.records):
            return self
        return _part(self, kept) if kept else None

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """What each of its records is about, by the whole of its evidence."""
        return tuple(told_in(record) for record in self.records)

    @cached_property
    def when(self) -> When | None:
        """The days that all dated records allow, a date that cannot hold beside the earlier ones left out.

        Each record keeps the date that it gives; this is what they come to together, in the words of the most exact.
        """
        found: When | None = None
        for record in self.records:
            found = _narrowed(found, record.when)
        return found


@remembered(KEPT)
def _part(whole: Happening, kept: tuple[Record, ...]) -> Happening:
    return Happening(records=kept, began=whole.id)


@remembered(KEPT)
def alone(record: Record) -> Happening:
    """A record as a happening that nothing else tells."""
    return Happening(records=(record,))


def group_happenings(records: Iterable[Record]) -> list[Happening]:
    """The happenings that the records tell, by first knowledge. Each record is in exactly one."""
    by_id = {record.id: record for record in records}
    groups: dict[str, list[Record]] = defaultdict(list)
    for id_, happening in group(traits_of(record) for record in by_id.values()).items():
        groups[happening].append(by_id[id_])
    made = [Happening(records=tuple(sorted(members, key=first_known))) for members in groups.values()]
    return sorted(made, key=lambda happening: first_known(happening.records[0]))


def first_known(item: Record) -> tuple[dt.date, str]:
    """The order of knowledge: by publication day and id, the undated last."""
    return item.known_on or dt.date.max, item.id


def why_one(one: Record, other: Record) -> Likeness:
    """The reasons why two records tell of one thing, or not."""
    return compare(_traits(one), _traits(other))


@remembered(KEPT)
def _traits(record: Record) -> Traits:
    return traits_of(record)


def _length(when: When | None) -> int:
    if when is None or when.earliest is None or when.latest is None:
        return dt.date.max.toordinal()
    return (when.latest - when.earliest).days


def _narrowed(known: When | None, told: When | None) -> When | None:
    if known is None or told is None:
        return known or told
    if not known.overlaps(told):
        return known
    exact = min(known, told, key=_length)
    first = max((x.earliest for x in (known, told) if x.earliest), default=None)
    last = min((x.latest for x in (known, told) if x.latest), default=None)
    return When(earliest=first, latest=last, grain=exact.grain, words=exact.words)
