"""Whether a deed is less than what was promised."""

import pytest

from detente.ledger.short_deeds import does_less


@pytest.mark.parametrize(
    ("promised", "done", "less"),
    [
        ("will lift its ban on wool", "eased its ban on wool", True),
        ("will lift its ban on wool", "lifted its ban on wool", False),
        ("will cut its duty on wool", "cut its duty on wool to 5 percent", False),
        ("will withdraw its troops", "withdrew some of its troops", True),
        ("will withdraw some of its troops", "withdrew some of its troops", False),
        ("will free 12 fishermen", "freed five fishermen", True),
        ("will free 12 fishermen", "freed the twelve fishermen", False),
        ("will free 12 fishermen within three months", "freed 12 fishermen two months later", False),
        ("will buy 500,000 tonnes of wool", "bought 499,000 tonnes of wool", False),
    ],
)
def test_a_part_is_less_than_the_whole(promised, done, less):
    assert does_less(promised, done) is less
