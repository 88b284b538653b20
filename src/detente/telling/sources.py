"""The outlets of a ledger: what each gave, on whose word, and what it alone reports."""

from collections.abc import Iterator
from typing import Any

import msgspec

from detente.ledger.sources import OutletShare, weigh_outlets
from detente.records import without_none
from detente.telling.known import Known
from detente.telling.table import ID_SHOWN, NO_OUTLET, Table
from detente.telling.words import day_words

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
        notes=tuple(_fates(known)),
    )


def _fates(known: Known) -> Iterator[str]:
    """A line for each article that was corrected, withdrawn or updated."""
    for id_, source in sorted(known.material.sources.items(), key=lambda item: (str(item[1].fate_on), item[0])):
        if source.fate and source.fate_on:
            yield f"{source.fate} {day_words(source.fate_on)}: {source.outlet or NO_OUTLET}, {id_[:ID_SHOWN]}"


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
