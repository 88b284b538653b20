"""All six kinds of record out of one reading."""

from detente.extraction.agenda import extract_agenda
from detente.extraction.events import extract_events
from detente.extraction.measures import extract_measures
from detente.extraction.mechanisms import extract_mechanisms
from detente.extraction.opinions import extract_opinions
from detente.extraction.positions import extract_positions
from detente.extraction.reading import Reading
from detente.extraction.statements import extract_statements
from detente.records import Record

EXTRACTORS = (
    extract_events,
    extract_statements,
    extract_opinions,
    extract_positions,
    extract_measures,
    extract_agenda,
    extract_mechanisms,
)


def extract_records(reading: Reading) -> tuple[Record, ...]:
    """All records of a document in text order, each id once."""
    found: dict[str, Record] = {}
    for extract in EXTRACTORS:
        for record in extract(reading):
            found.setdefault(record.id, record)
    return tuple(sorted(found.values(), key=lambda r: (r.evidence[0].start, r.record, r.id)))
