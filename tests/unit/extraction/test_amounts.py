"""Amounts with their value and unit."""

import pytest

from detente.codebook.files import read_toml
from detente.extraction.amounts import find_amounts

CASES = read_toml("lang/en/amounts.toml")["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_row_fires_on_its_example_and_not_on_its_near_miss(case):
    (found,) = find_amounts(f"They spoke of {case['example']} of it.")
    assert (found.amount.value, found.amount.unit) == (case["value"], case["unit"])
    assert found.amount.words == case["example"]
    assert find_amounts(case["near_miss"]) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from 10 per cent to 25 per cent", [(10.0, "percent"), (25.0, "percent")]),
        ("US$1.5 billion and €300m", [(1.5e9, "USD"), (300e6, "EUR")]),
        ("five Chinese companies", [(5.0, "company")]),
        ("a 90-day truce for another 30 days", [(90.0, "day"), (30.0, "day")]),
        ("about 60 Russian diplomats", [(60.0, "person")]),
        ("on 25 May 2019", []),
        ("Resolution 2375", []),
    ],
)
def test_values_and_units(text, values):
    assert [(found.amount.value, found.amount.unit) for found in find_amounts(text)] == values


def test_offsets_are_of_the_text():
    text = "tariffs of 25 percent on $50bn of goods"
    for found in find_amounts(text):
        assert text[found.start : found.end] == found.amount.words
    assert find_amounts(text, 10, 22)[0].amount.unit == "percent"
    assert len(find_amounts(text, 10, 22)) == 1
