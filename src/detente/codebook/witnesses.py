"""Who owns which outlet, and the signs of credits, corrections and withdrawals."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.codebook.files import read_csv, read_toml

OWNERS = "registry/owners.csv"
CREDITS = "lang/en/credits.toml"
OTHER_NAMES = ";"  # between the other names of an outlet


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern, with a text in which it is found and one in which it is not.

    `fate` and `itself` are of corrections alone: the text in which it stands is meant, not another.
    """

    id: str
    pattern: re.Pattern[str]
    example: str
    near_miss: str
    fate: str = ""
    itself: bool = False


@functools.cache
def load_owners() -> Mapping[str, str]:
    """Owner by outlet, under each of the outlet's names in small letters, the article left out."""
    owners = {}
    for row in read_csv(OWNERS):
        for name in (row["outlet"], *filter(None, row["other_names"].split(OTHER_NAMES))):
            owners[plain_name(name)] = row["owner"]
    return owners


def owner_of(outlet: str) -> str:
    """The owner of an outlet; the outlet itself where the registry has none.

    >>> owner_of("the Associated Press"), owner_of("AP"), owner_of("The Village Voice")
    ('Associated Press', 'Associated Press', 'village voice')
    """
    return load_owners().get(plain_name(outlet)) or plain_name(outlet)


def plain_name(outlet: str) -> str:
    """The name of an outlet in small letters, without its article."""
    return " ".join(outlet.lower().split()).removeprefix("the ")


@functools.cache
def load_credits() -> tuple[Sign, ...]:
    """The signs by which a text names the outlet it is from; their pattern has the group "name"."""
    return _signs("credit")


@functools.cache
def load_corrections() -> tuple[Sign, ...]:
    """The signs by which a text says that it mends or takes back another."""
    return _signs("correction")


def _signs(table: str) -> tuple[Sign, ...]:
    return tuple(Sign(**row | {"pattern": re.compile(row["pattern"])}) for row in read_toml(CREDITS)[table])
