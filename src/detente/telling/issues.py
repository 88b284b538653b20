"""The issues as a table, and the names that could become issues."""

from collections.abc import Sequence

from detente.ledger.issue_candidates import find_candidates
from detente.ledger.remembered import remembered
from detente.records import Issue, Position, Record
from detente.telling.known import Known
from detente.telling.table import Table

MOST_CANDIDATES = 20
KEPT = 1_000  # rows that are remembered
CANDIDATE = "candidate"
CANDIDATE_NOTE = (
    "A candidate is a name or phrase that recurs. To make it an issue, or part of one, write it under "
    '[issues.rename] in detente.toml: "name" = "label".'
)


def tell_issues(known: Known) -> Table:
    """The issues with what bears on each, most told first; below them candidates: names that no issue is called by."""
    material = known.material
    records = (*material.records, *material.undated)
    gathered: dict[Issue, list[Record]] = {}
    for record in records:
        for issue in record.issues:
            gathered.setdefault(issue, []).append(record)
    counted = sorted(gathered.items(), key=lambda entry: (-len(entry[1]), entry[0].label))
    candidates = find_candidates(records, MOST_CANDIDATES)
    renamed = _renamed(material.issue_names)
    rows = [_issue_row(issue.label, tuple(items), renamed.get(issue.label, "")) for issue, items in counted]
    rows += [_issue_row(one.name, one.records, CANDIDATE) for one in candidates]
    return Table(
        columns=("issue", "records", "positions", "documents", "latest", "note"),
        rows=tuple(rows),
        records=tuple(
            tuple(items) for items in (*(found for _, found in counted), *(one.records for one in candidates))
        ),
        derived=tuple({"issue": row[0], "is_candidate": row[-1] == CANDIDATE, "count": int(row[1])} for row in rows),
        notes=(CANDIDATE_NOTE,) if candidates else (),
    )


@remembered(KEPT)
def _issue_row(label: str, records: tuple[Record, ...], note: str) -> tuple[str, ...]:
    documents = {evidence.document for record in records for evidence in record.evidence}
    positions = sum(isinstance(record, Position) for record in records)
    latest = max((record.known_on for record in records if record.known_on), default=None)
    return (label, str(len(records)), str(positions), str(len(documents)), latest.isoformat() if latest else "", note)


def _renamed(names: Sequence[tuple[str, str]]) -> dict[str, str]:
    """By the label that the user gave, what is told under it."""
    by_label: dict[str, list[str]] = {}
    for name, label in names:
        by_label.setdefault(label, []).append(name)
    return {label: f"your name for: {', '.join(found)}" for label, found in by_label.items()}
