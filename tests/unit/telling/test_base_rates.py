"""Base rates as sentences."""

import pytest

from detente.ledger.base_rates import BaseRate
from detente.ledger.outcome_fate import Fate
from detente.telling.base_rates import tell_base_rates


@pytest.mark.parametrize(
    ("cancelled", "told"), [(1, "11 took place and 1 was called off"), (2, "11 took place and 2 were called off")]
)
def test_the_sentence_counts_what_became_of_the_items(cancelled, told):
    (sentence,) = tell_base_rates([BaseRate(kind="visit", fates=((Fate.HAPPENED, 11), (Fate.CANCELLED, cancelled)))])
    assert sentence == f"Of {11 + cancelled} announced items of the kind “visit” {told}."
