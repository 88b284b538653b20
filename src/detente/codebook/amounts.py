"""Loads the words for amounts."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from detente.codebook.files import read_toml

FILE = "lang/en/amounts.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountWords:
    """What each word or sign of an amount means; keys in lower case except the signs."""

    scales: Mapping[str, float]
    number_words: Mapping[str, float]
    signs: Mapping[str, str]  # to ISO 4217
    currencies: Mapping[str, str]  # the same
    shares: Mapping[str, str]
    lengths: Mapping[str, str]
    counts: Mapping[str, str]
    share_verbs: frozenset[str]  # with which a percentage is a share, no rate
    covering_verbs: frozenset[str]  # with which a sum is what a measure strikes or brings


@functools.cache
def load_amount_words() -> AmountWords:
    """The words of `lang/en/amounts.toml`; raises CodebookError where the file is broken."""
    table = read_toml(FILE)
    fields = {name: table[name] for name in AmountWords.__dataclass_fields__}
    verbs = {name: frozenset(table[name]) for name in ("share_verbs", "covering_verbs")}
    return AmountWords(**{**fields, **verbs})
