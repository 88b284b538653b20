"""Two accounts that cannot both hold."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import msgspec

from detente.records.document import ID_LENGTH
from detente.records.record import Record, without_none
from detente.records.span import Evidence


class DifferenceKind(StrEnum):
    """In what two accounts differ."""

    DATE = "date"
    PLACE = "place"
    PARTICIPANTS = "participants"
    OUTCOME = "outcome"  # what one tells another denies, or it ended otherwise
    AMOUNT = "amount"  # a sum or a rate
    NUMBER = "number"  # a count: of dead, of ships
    DIRECTION = "direction"  # who did it to whom, who began
    WHO_ASKED = "who asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of the two sides: what it says, and the records and passages that say so, the one known first at the head.

    `value` is in words: an ISO date, a sum as written, the code of a state, "told" and "denied".
    """

    value: str
    records: tuple[str, ...]  # ids
    evidence: tuple[Evidence, ...]  # of each record the passage
    outlets: tuple[str, ...]  # as printed, in alphabetical order
    known_on: dt.date | None = None  # when it was told first


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two accounts that cannot both hold, side by side; derived from records, decided for neither.

    `basis` are the records by which it can be found again: those of both sides, and those that say who is meant.
    """

    record: ClassVar[str] = "difference"

    id: str
    kind: DifferenceKind
    one: Account  # known first
    other: Account
    known_on: dt.date | None = None  # when both were told
    basis: tuple[str, ...] = ()

    def rests_on(self, record: Record) -> bool:
        """Whether the record was coded from a passage of either side."""
        own = record.evidence[0]
        passages = (*self.one.evidence, *self.other.evidence)
        return any(e.document == own.document and e.start < own.end and own.start < e.end for e in passages)

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain JSON values; absent fields are left out."""
        fields: dict[str, Any] = without_none(msgspec.to_builtins(self))
        return {"record": self.record} | fields


def difference_id(kind: DifferenceKind, records: Sequence[str]) -> str:
    """32 hexadecimal characters from the kind and the record that each side was known by first, in either order.

    >>> difference_id(DifferenceKind.DATE, ["b", "a"]) == difference_id(DifferenceKind.DATE, ["a", "b"])
    True
    """
    key = "\x1f".join(("difference", kind.value, *sorted(records)))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
