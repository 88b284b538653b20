"""Blind spots as a table."""

from collections.abc import Iterator

from detente.ledger.blindspots import Blindness, BlindSpot, find_blind_spots
from detente.telling.difference_lines import difference_line
from detente.telling.known import Known
from detente.telling.table import ID_SHOWN, Table, outlets_of, place
from detente.telling.words import day_words

COLUMNS = ("why", "about", "side", "last word", "outlets", "id", "place")


def tell_blindspots(known: Known) -> Table:
    """What is known from one side's press alone, on nobody's name, long ago or no more."""
    found = find_blind_spots(
        known.happenings, known.courses, known.obstacles, known.outlets, known.material.pair, known.as_of
    )
    found += _contested(known)
    return Table(
        columns=COLUMNS,
        rows=tuple(_row(spot, known) for spot in found),
        records=tuple(spot.records for spot in found),
        derived=tuple({"blind_spot": spot.why.value} for spot in found),
    )


def _contested(known: Known) -> Iterator[BlindSpot]:
    by_id = {record.id: record for happening in known.with_undated for record in happening.records}
    for difference in known.differences:
        line = difference_line(difference, known.words)
        records = tuple(by_id[id_] for id_ in line.records)
        yield BlindSpot(why=Blindness.CONTESTED, about=line.text, since=difference.known_on, records=records)


def _row(spot: BlindSpot, known: Known) -> tuple[str, ...]:
    head = spot.records[0] if spot.happening is None else spot.happening.head
    about = spot.about
    if spot.happening is not None:
        course = next((c for c in known.courses if c.item is spot.happening), None)
        about = (known.narrator.agenda(course) if course else known.narrator.happening(spot.happening)).text
    shown = spot.why is not Blindness.UNHEARD  # of a side not heard there is nothing to open
    return (
        spot.why.value,
        about,
        known.words.state(spot.state) if spot.state else "",
        day_words(last) if shown and (last := spot.since or head.known_on) else "",
        outlets_of(spot.records, known.outlets) if shown else "",
        head.id[:ID_SHOWN] if shown else "",
        place(head.evidence[0]) if shown else "",
    )
