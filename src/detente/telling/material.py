"""What pages and tables are told from: the records of a pair on a day, the happenings they tell, and their figures."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detente.ledger.happenings import Happening, group_happenings
from detente.ledger.port import Pair
from detente.ledger.witnesses import Source
from detente.records import Document, Record

Published = Mapping[str, tuple[dt.date, str | None]]  # by the id of a document its day and outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a page is told from: what is known of the pair on the day. `sources` say where the texts come from.

    Of much that is known the records are those of what was told from `told_since` on or lies ahead; without that day
    they are all.
    """

    pair: Pair
    as_of: dt.date
    since: dt.date | None
    records: tuple[Record, ...]
    undated: tuple[Record, ...]  # of documents without a publication date; empty where a date was asked for
    documents: tuple[Document, ...]  # their text is not needed
    told_since: dt.date | None = None
    published: Published | None = None  # on the pair, where that is known without the documents
    issue_names: tuple[tuple[str, str], ...] = ()  # as the user set them: what is renamed, and the label
    without_decisions: bool = False  # the records are those coded, whatever the user decided
    grouped: tuple[Happening, ...] | None = None  # what the records tell, where the ledger has grouped them
    grouped_undated: tuple[Happening, ...] | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)  # of the documents, by id
    lapsed: tuple[Record, ...] = ()  # that counted before and do no longer: their article was corrected or withdrawn

    @property
    def happenings(self) -> list[Happening]:
        """What the dated records tell, by first knowledge."""
        return group_happenings(self.records) if self.grouped is None else list(self.grouped)

    def keep(self, kept: Sequence[Record], as_of: dt.date) -> "Material":
        """The same with these of its dated records alone, as of that day."""
        ids = {record.id for record in kept}
        parts = None if self.grouped is None else tuple(filter(None, (h.part(ids) for h in self.grouped)))
        return dataclasses.replace(
            self, as_of=as_of, records=tuple(kept), grouped=parts, undated=(), grouped_undated=()
        )

    @property
    def with_undated(self) -> list[Happening]:
        """What the records tell, those of undated documents last."""
        undated = group_happenings(self.undated) if self.grouped_undated is None else list(self.grouped_undated)
        return [*self.happenings, *undated]
