"""split_enumeration: which joints of a list count."""

import pytest

from detente.extraction.enumeration import split_enumeration


@pytest.mark.parametrize(
    ("words", "count", "parts"),
    [
        ("trade, law and order, and arts, sports and travel", 3, ("trade", "law and order", "arts, sports and travel")),
        ("trade, fish and crime", None, ("trade", "fish", "crime")),
        ("trade, law and order, and crime", None, ("trade", "law and order", "crime")),
        ("trade and fish", 2, ("trade", "fish")),
        ("law and order", 1, ("law and order",)),
        ("trade; fish; and crime", 3, ("trade", "fish", "crime")),
        ("trade, as well as fish", None, ("trade", "fish")),
        ("sand and islands", None, ("sand", "islands")),
        ("trade", 3, ("trade",)),
        ("", None, ()),
    ],
)
def test_parts(words, count, parts):
    assert split_enumeration(words, count) == parts
