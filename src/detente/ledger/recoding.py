"""What a new coding of a document changed: records gone, new, and read otherwise, and which fields."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from detente.ledger.decision import label_of, parties_of
from detente.records import Problem, Provenance, Record

LONGEST = 60  # characters of a value in a line
# What follows from the coding as a whole, or moves with the text, is no change of what a record says.
NOT_TOLD = frozenset({"id", "evidence", "provenance", "decided"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record before and after; None where it was not, or is no longer."""

    before: Record | None
    after: Record | None

    @property
    def sort(self) -> str:
        """gone, new or changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def record(self) -> Record:
        """The record as it is now, else as it was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 one of the two is there
        return found

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """The fields that read otherwise: name, before, after."""
        if self.before is None or self.after is None:
            return ()
        names = [item.name for item in fields(self.after) if item.name not in NOT_TOLD]
        told, tells = self.before.to_dict(), self.after.to_dict()
        pairs = [(name, _short(told.get(name)), _short(tells.get(name))) for name in names]
        return tuple((name, old, new) for name, old, new in pairs if told.get(name) != tells.get(name))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rows of data that made it and no longer do, with a minus, and those that make it now, with a plus."""
        old = set(self.before.provenance.rules) if self.before else set()
        new = set(self.after.provenance.rules) if self.after else set()
        return (*(f"-{name}" for name in sorted(old - new)), *(f"+{name}" for name in sorted(new - old)))


@dataclass(slots=True, kw_only=True)
class Recoding:
    """What coding documents anew came to. `versions` counts documents by what
    differed between the versions that coded them."""

    documents: int = 0
    unchanged: int = 0  # records
    changes: list[Change] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)  # of decisions that lost what they rested on
    versions: Counter[str] = field(default_factory=Counter)

    def count(self, kind: str, sort: str) -> int:
        """How many records of a kind are gone, new or changed."""
        return sum(change.record.record == kind and change.sort == sort for change in self.changes)


def compare(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """The changes from one coding of a document to the next, in text order; records that say the same are left out.

    A record is the same where its id is; else where its kind and words are, and its type or its states.
    """
    left = {record.id: record for record in before}
    pairs: list[tuple[Record | None, Record]] = [(left.pop(record.id, None), record) for record in after]
    changes = []
    for old, new in pairs:
        match = old or _closest(new, left.values())
        if match:
            left.pop(match.id, None)
        if match is None or Change(before=match, after=new).fields:
            changes.append(Change(before=match, after=new))
    changes += [Change(before=old, after=None) for old in left.values()]
    return sorted(changes, key=lambda change: (change.record.evidence[0].start, change.record.id))


def versions_told(before: Provenance, after: Provenance) -> str:
    """What of the versions differs: "data 1a2b → 3c4d"; empty where nothing does."""
    names = ("coder", "model", "data")
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return ", ".join(f"{name} {old} → {new}" for name, old, new in pairs if old != new)


def _closest(new: Record, others: Iterable[Record]) -> Record | None:
    quote = " ".join(new.evidence[0].quote.split())
    same = [r for r in others if r.record == new.record and " ".join(r.evidence[0].quote.split()) == quote]
    alike = [r for r in same if label_of(r) == label_of(new)] or [r for r in same if parties_of(r) == parties_of(new)]
    return alike[0] if alike else None


def _short(value: object) -> str:
    if isinstance(value, dict) and "words" in value:
        value = value["words"]
    text = "–" if value is None or value == [] else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
