"""What can have become of a plan, and a word that tells it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from detente.ledger.subjects import Subject
from detente.records import Record, When


class Fate(StrEnum):
    """What became of an item, as far as is known on the day."""

    PENDING = "pending"  # its day has not come, or it has none and was told lately
    HAPPENED = "happened"  # a record tells the deed
    SLIPPED = "slipped"  # put off: a new date, or none yet
    CANCELLED = "cancelled"  # called off
    NO_WORD = "no word"  # its date has passed, or it was told long ago without a date, and nothing was heard


@dataclass(frozen=True, slots=True)
class Word:
    """A record that may tell what became of an item."""

    known_on: dt.date
    fate: Fate
    record: Record
    when: When | None
    reason: str
    basis: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldRecord:
    """A record, what it is about, and when its happening became known."""

    record: Record
    subject: Subject
    begun: dt.date
