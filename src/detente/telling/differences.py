"""Accounts that differ as a table."""

from detente.records import Account, Difference
from detente.telling.difference_lines import passage_words, value_words
from detente.telling.known import Known
from detente.telling.table import ID_SHOWN, NO_OUTLET, Table, place
from detente.telling.words import Words

COLUMNS = ("differ on", "one account", "told by", "other account", "told otherwise by", "known on", "id", "places")


def tell_differences(known: Known) -> Table:
    """One row a difference, the one known last first, with the id by which `show` opens it."""
    found = known.differences
    return Table(
        columns=COLUMNS,
        rows=tuple(_row(difference, known.words) for difference in found),
        records=((),) * len(found),
        derived=tuple(difference.to_dict() for difference in found),
    )


def outlet_names(account: Account) -> str:
    """The outlets by name; of documents without one, that none was given."""
    ids = {evidence.document for evidence in account.evidence}
    return "; ".join(sorted({NO_OUTLET if name in ids else name for name in account.outlets}))


def _row(difference: Difference, words: Words) -> tuple[str, ...]:
    one, other = difference.one, difference.other
    return (
        difference.kind.value,
        _cell(one, difference, words),
        outlet_names(one),
        _cell(other, difference, words),
        outlet_names(other),
        difference.known_on.isoformat() if difference.known_on else "",
        difference.id[:ID_SHOWN],
        f"{place(one.evidence[0])} {place(other.evidence[0])}",
    )


def _cell(account: Account, difference: Difference, words: Words) -> str:
    return f"{value_words(difference.kind, account.value, words)}: {passage_words(account)}"
