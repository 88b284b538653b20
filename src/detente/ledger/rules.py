"""Rules that reject whole sorts of records: what a row of [[reject]] in detente.toml means."""

from collections.abc import Sequence

from detente.ledger.decision import label_of
from detente.records import Record
from detente.settings import RejectRule


def rejected_by(rules: Sequence[RejectRule], record: Record, outlet: str | None) -> RejectRule | None:
    """The first rule that the record fits in every part, None where there is none."""
    return next((rule for rule in rules if fits(rule, record, outlet)), None)


def fits(rule: RejectRule, record: Record, outlet: str | None) -> bool:
    """Whether all that the rule names is so; capitals do not matter in words and outlets."""
    if rule.kind and rule.kind != record.record:
        return False
    if rule.type and rule.type.lower() != label_of(record).lower():
        return False
    if rule.outlet and rule.outlet.lower() != (outlet or "").lower():
        return False
    return not rule.words or rule.words.lower() in record.evidence[0].quote.lower()
