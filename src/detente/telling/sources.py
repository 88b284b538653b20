"""The outlets of a ledger: what each gave, on whose word, and what it alone reports."""

from typing import Any

import msgspec

from detente.ledger.sources import OutletShare, weigh_outlets
from detente.records import without_none
from detente.telling.known import Known
from detente.telling.table import Table

COLUMNS = (
    "outlet",
    "documents",
    "first",
    "last",
    "records",
    "reported",
    "attributed",
    "by no name",
    "author",
    "hedged",
    "loaded",
    "happenings",
    "told by it alone",
)


def tell_sources(known: Known) -> Table:
    """One row an outlet, the one with most records first; no single record stands behind a row."""
    shares = weigh_outlets(known.with_undated, known.outlets)
    return Table(
        columns=COLUMNS,
        rows=tuple(tuple("" if value is None else str(value) for value in _cells(share)) for share in shares),
        records=((),) * len(shares),
        derived=tuple(_plain(share) for share in shares),
    )


def _cells(share: OutletShare) -> tuple[object, ...]:
    return (
        share.outlet,
        share.documents,
        share.first,
        share.last,
        share.records,
        share.reported,
        share.attributed,
        share.unnamed,
        share.author,
        share.hedged,
        share.loaded,
        share.happenings,
        share.alone,
    )


def _plain(share: OutletShare) -> dict[str, Any]:
    told: dict[str, Any] = without_none(msgspec.to_builtins(share))
    return told
