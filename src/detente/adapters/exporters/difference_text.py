"""Accounts that differ, opened down to their passages, as plain text."""

from collections.abc import Sequence

from detente.records import Account, Difference
from detente.telling.difference_lines import value_words
from detente.telling.differences import outlet_names
from detente.telling.table import ID_SHOWN, place
from detente.telling.words import Words, day_words, quoted


def write_differences(differences: Sequence[Difference], words: Words) -> str:
    """Each difference with both sides; empty where there is none."""
    return "".join(f"\n{write_difference(difference, words)}" for difference in differences)


def write_difference(difference: Difference, words: Words) -> str:
    """In what the accounts differ, and of each side what it says, who tells it, and every passage."""
    day = f", since {day_words(difference.known_on)}" if difference.known_on else ""
    out = [f"Accounts differ on {difference.kind.value} ({difference.id[:ID_SHOWN]}){day}"]
    for side in (difference.one, difference.other):
        out += _side(side, f"{value_words(difference.kind, side.value, words)}, told by {outlet_names(side)}")
    return "\n".join(out) + "\n"


def _side(account: Account, said: str) -> list[str]:
    passages = zip(account.records, account.evidence, strict=True)
    return [
        f"  {said}",
        *(f"    {id_[:ID_SHOWN]}  {place(evidence)}  {quoted(evidence.quote)}" for id_, evidence in passages),
    ]
