"""How records are worded in the data sets of others."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from detente.codebook.files import read_csv, read_toml

FILE = "codebook/exchange.toml"
NO_CONTEXT = "none"  # the row of themes that have none


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The words of PLOVER, POLECAT and FollowTheMoney for those of détente."""

    modality: Mapping[str, str]  # by factuality
    modes: Mapping[str, str]  # by "TYPE/mode"; what is missing has none there
    contexts: Mapping[str, str]  # by theme
    sanctions: frozenset[str]  # kinds of measure


@functools.cache
def load_exchange() -> Exchange:
    """The tables of the file. Raises CodebookError where it is missing or broken."""
    table = read_toml(FILE)
    return Exchange(
        modality=table["modality"],
        modes=table["modes"],
        contexts={
            theme: context for context, themes in table["contexts"].items() for theme in themes if context != NO_CONTEXT
        },
        sanctions=frozenset(table["follow_the_money"]["sanctions"]),
    )


@functools.cache
def alpha2_codes() -> Mapping[str, str]:
    """ISO 3166 alpha-2 by alpha-3, of the states and territories that have one."""
    return {row["code"]: row["alpha2"] for row in read_csv("registry/states.csv") if row["alpha2"]}
