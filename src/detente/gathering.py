"""Gathers from the ledger what a page is told from: records, documents and coverage of a pair as of a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from detente.ledger.coverage import Coverage, cover
from detente.ledger.happenings import Happening
from detente.ledger.issue_names import IssueNames
from detente.ledger.port import NO_DAY, Query, Store, ordered
from detente.ledger.remembered import remembered
from detente.records import Record
from detente.telling.material import Material

TOLD = 1_800  # records of a pair from which a page is told; of more, the newest and what lies ahead
COUNTED = 30_000  # records of a pair whose events an index is told from; of more, the newest
REMEMBERED = 4_000  # happenings whose records are remembered in order, and with the issues as the user calls them
Pair = tuple[str, str]  # two states' codes, in the order asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Reads one ledger; all of one page within a snapshot of the caller's."""

    store: Store
    names: IssueNames
    renames: tuple[tuple[str, str], ...]  # as the user set them, for the pages that say so

    def known(self, pair: Pair, query: Query, *, with_undated: bool, whole: bool) -> Material:
        """What is known of the pair by the query.

        Where not the `whole` is asked for and there is much, it is what was told last or lies ahead.
        """
        first = None if whole else self.store.window(query, TOLD)
        return self._material(pair, query, first, with_undated=with_undated)

    def deeds(self, pair: Pair, day: dt.date) -> Material:
        """The happenings that are events on the pair, and what was published meanwhile; of many, those told last."""
        query = Query(pair=ordered(pair), as_of=day, kinds=("event",))
        first = self.store.window(query, COUNTED)
        grouped = self._told(self.store.told_since(query, first) if first else self.store.happenings(query))
        published = self.store.published(replace(query, kinds=(), since=first))
        others = {id_ for happening in grouped for id_ in happening.documents} - published.keys()
        earlier = self.store.documents_named(others, ordered(pair))
        published |= {one.id: (one.published_on, one.outlet) for one in earlier if one.published_on}
        return Material(
            pair=pair,
            as_of=query.as_of or NO_DAY,
            since=None,
            records=(),
            undated=(),
            grouped=tuple(grouped),
            documents=(),
            published=published,
            told_since=first,
        )

    def _material(self, pair: Pair, query: Query, told_since: dt.date | None, *, with_undated: bool) -> Material:
        store, undated = self.store, replace(query, as_of=None, since=None, undated=True)
        grouped = self._told(store.told_since(query, told_since) if told_since else store.happenings(query))
        grouped_undated = self._told(store.happenings(undated)) if with_undated else []
        records, others = _in_order(grouped), _in_order(grouped_undated)
        ended = {record.evidence[0].document for record in store.lapsed(replace(query, since=None))}
        told = {id_ for happening in (*grouped, *grouped_undated) for id_ in happening.documents}
        texts = store.documents_named(told | ended, ordered(pair))
        documents = [document for document in texts if document.id in told]
        return Material(
            pair=pair,
            as_of=query.as_of or NO_DAY,
            since=query.since,
            without_decisions=query.without_decisions,
            records=records,
            undated=others,
            grouped=tuple(grouped),
            grouped_undated=tuple(grouped_undated),
            sources=store.sources(sorted(told | ended), None if with_undated else query.as_of, ordered(pair)),
            documents=tuple(documents),
            told_since=told_since,
            issue_names=self.renames,
        )

    def coverage(self, material: Material, *, with_undated: bool) -> Coverage:
        """The figures that the store keeps; of what was coded, which it does not count, those of the records."""
        pair = ordered(material.pair)
        if material.without_decisions:
            return self._counted(material)
        query = Query(pair=pair, as_of=material.as_of, since=material.since)
        known = self.store.coverage(query)
        if not with_undated:
            return known
        return known.with_undated(self.store.coverage(Query(pair=pair, undated=True)))

    def _counted(self, material: Material) -> Coverage:
        """The figures of the documents and records that are at hand."""
        pair, problems = ordered(material.pair), self.store.problems([document.id for document in material.documents])
        parts = []
        for is_dated, told in ((True, material.records), (False, material.undated)):
            mine = [document for document in material.documents if (document.published_on is not None) is is_dated]
            ids = {document.id for document in mine}
            parts.append(cover(mine, told, pair, (one for one in problems if one.document in ids)))
        return parts[0].with_undated(parts[1])

    def since(
        self, pair: Pair, query: Query, since: dt.date | None, *, with_undated: bool
    ) -> tuple[Material, Material]:
        """What was known before a day, and since; of more than is told from, since the day on which that began."""
        first = since or query.as_of or NO_DAY
        newest = None if query.without_decisions else self.store.window(query, TOLD)
        is_cut = newest is not None and since is not None and newest > since
        if is_cut:
            first = since = newest or first
        before = first if first == NO_DAY else first - dt.timedelta(days=1)
        after = self._until(pair, query, before, with_undated=with_undated)
        if is_cut:
            after = replace(after, told_since=after.told_since or first)
        kept = [record for record in after.records if record.known_on and record.known_on <= before]
        return after.keep(kept, before), self._changed(after, replace(query, since=first), since)

    def entered(
        self, pair: Pair, query: Query, posted_since: dt.datetime, *, with_undated: bool
    ) -> tuple[Material, Material]:
        """What was known before something was entered, and after."""
        query = replace(query, posted_since=posted_since)
        entered = self.store.records(query)
        fresh = {record.id for record in entered}
        first = min((record.known_on for record in entered if record.known_on), default=query.as_of or NO_DAY)
        before = first if first == NO_DAY else first - dt.timedelta(days=1)
        after = self._until(pair, replace(query, posted_since=None), before, with_undated=with_undated)
        kept = [record for record in after.records if record.id not in fresh]
        day = max((record.known_on for record in kept if record.known_on), default=after.as_of)
        return after.keep(kept, day), self._changed(after, query, None)

    def _until(self, pair: Pair, query: Query, before: dt.date, *, with_undated: bool) -> Material:
        """What is known, from the window of a day before on."""
        window = None if query.without_decisions else self.store.window(replace(query, as_of=before), TOLD)
        return self._material(pair, query, window, with_undated=with_undated)

    def _changed(self, after: Material, query: Query, since: dt.date | None) -> Material:
        """The material with what counts no longer by the query's days."""
        lapsed = tuple(self.store.lapsed(query))
        there = {document.id for document in after.documents}
        ended = {record.evidence[0].document for record in lapsed} - there
        documents = (*after.documents, *self.store.documents_named(ended))
        return replace(after, since=since, undated=(), grouped_undated=(), lapsed=lapsed, documents=documents)

    def _told(self, happenings: Iterable[Happening]) -> list[Happening]:
        """The happenings with their issues as the user calls them."""
        if not self.renames:
            return list(happenings)
        return [_renamed(self.names, found) for found in happenings]


@remembered(REMEMBERED)
def _renamed(names: IssueNames, found: Happening) -> Happening:
    """The happening with its issues as the user calls them."""
    return Happening(records=tuple(names.told(record) for record in found.records), began=found.id)


def _in_order(happenings: Iterable[Happening]) -> tuple[Record, ...]:
    """The records by publication day, document and place."""
    places = [place for happening in happenings for place in _places(happening)]
    return tuple(record for _, record in sorted(places))


@remembered(REMEMBERED)
def _places(happening: Happening) -> tuple[tuple[str, Record], ...]:
    """The records of a happening with their places, in order: words that sort as the places do, no two the same."""
    return tuple(sorted((_place(record), record) for record in happening.records))


def _place(record: Record) -> str:
    evidence = record.evidence[0]
    return f"{record.known_on or dt.date.min} {evidence.document} {evidence.start:09} {record.id}"
