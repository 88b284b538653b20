"""What records are asked by: actors, issues, the pairs they bear on; and what each document comes to for a pair."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from detente.adapters.stores.rows import issue_rows, party_rows
from detente.adapters.stores.schema import bearing, coverage, issue, party
from detente.adapters.stores.writing import insert
from detente.ledger.port import Posting
from detente.ledger.sources import is_unnamed
from detente.records import Event, Position, Record

UNDATED = "undated"  # sorts after every ISO date
MOST_STATES = 6  # of a record, whose pairs are listed
COUNTED = ("records", "reported", "attributed", "unnamed", "author", "first_held", "second_held")


def list_parts(
    connection: sa.Connection,
    records: Sequence[Record],
    fresh: Sequence[Record],
    numbers: Mapping[str, int],
    posting: Posting,
) -> None:
    """Lists the parts of the fresh ones among the records of a document, and counts what all of them come to."""
    pair, id_ = "-".join(posting.pair) if posting.pair else None, posting.document.id
    insert(connection, party, [row for item in fresh for row in party_rows(item, numbers[item.id])])
    insert(connection, issue, [row for item in fresh for row in issue_rows(item, numbers[item.id])])
    insert(connection, bearing, [row for item in fresh for row in bearing_rows(item, numbers[item.id], pair)])
    connection.execute(sa.delete(coverage).where(coverage.c.document == id_))
    bearings = [(item, row) for item in records for row in bearing_rows(item, numbers[item.id], pair)]
    insert(connection, coverage, coverage_rows(bearings, id_, posting.document.outlet))


def bearing_rows(item: Record, number: int, read_for: str | None) -> list[dict[str, Any]]:
    """A row per pair that the record bears on: pairs of its states, and the pair that its document was read for."""
    states = sorted({row["state"] for row in party_rows(item, number) if row["state"]})[:MOST_STATES]
    between = {"-".join(pair) for pair in combinations(states, 2)}
    pairs = between | ({read_for} if item.on_pair and read_for else set())
    return [
        {
            "pair": pair,
            "kind": item.record,
            "known_on": item.known_on.isoformat() if item.known_on else UNDATED,
            "record": number,
            "factuality": item.factuality.value,
            "voice": item.voice.value,
            "earliest": item.when.earliest.isoformat() if item.when and item.when.earliest else None,
            "latest": item.when.latest.isoformat() if item.when and item.when.latest else None,
            "happening": None,
            "label": item.issues[0].label if item.issues else None,
            "between": pair in between and isinstance(item, Event),
            "from_title": item.from_title,
        }
        for pair in sorted(pairs)
    ]


def coverage_rows(
    bearings: Iterable[tuple[Record, Mapping[str, Any]]], id_: str, outlet: str | None
) -> list[dict[str, Any]]:
    """A row per pair that a document bears on, from its records and their rows in `bearing`."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item, row in bearings:
        counted = counts[row["pair"], row["known_on"]]
        first, second = row["pair"].split("-")
        counted["records"] += 1
        counted[item.voice.value] += 1
        counted["unnamed"] += is_unnamed(item)
        if isinstance(item, Position):
            counted["first_held"] += item.holder.state == first
            counted["second_held"] += item.holder.state == second
    return [
        {"pair": pair, "known_on": known_on, "document": id_, "outlet": outlet}
        | {name: counted[name] for name in COUNTED}
        for (pair, known_on), counted in counts.items()
    ]
