"""Readers on damaged files: whatever is broken, something is said, nothing is raised, and the same each time.

`make fuzz` looks at fifty times as many.
"""

import pytest
from fuzz import fuzz, readers
from seeds_for_tests import SITEMAP, text_seeds

from detente.adapters.readers import read_stream
from detente.adapters.readers.sitemaps import find_locations
from detente.cleaning import Draft

CASES = 200


@pytest.mark.parametrize("reader", text_seeds())
def test_what_is_whole_is_read_whole(reader):
    for seed in text_seeds()[reader]:
        found = list(read_stream(seed.data, seed.name))
        assert [type(item) for item in found] == [Draft] * seed.texts


def test_a_whole_sitemap_gives_its_addresses():
    assert [item.url for item in find_locations(SITEMAP) or ()] == [
        "https://isles.example/1",
        "https://isles.example/2",
    ]


@pytest.mark.parametrize("reader", readers())
def test_damage_is_told_and_never_raised(reader):
    tally = fuzz(reader, CASES)
    assert tally.files == CASES
    assert tally.read
    assert tally.refused
