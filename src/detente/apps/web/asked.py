"""What a page is asked for: which pair, as of which day, since when; and the addresses that ask for it again."""

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from detente.errors import UsageError
from detente.gathering import Pair
from detente.workspace import Workspace

KEPT = 2_000  # paths, and queries, of addresses that are remembered
EXAMPLE_DAY = "2019-11-02"
FIRST_YEAR, LAST_YEAR = 1800, 2200  # of what can be asked for: a chart has a place for every day between


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The pair and the days of a page. `named` is the pair as the address has it, None for the default.

    `may_lag`: an answer of some seconds ago will do, since who asks only reads, among many others.
    """

    pair: Pair
    named: str | None = None
    as_of: dt.date | None = None
    since: dt.date | None = None
    may_lag: bool = False

    def address(self, path: str, **more: object) -> str:
        """The path with what is asked and these further values; None and empty ones are left out."""
        told: dict[str, object] = {"pair": self.named, "as_of": self.as_of, "since": self.since} | more
        return address(path, told)


def address(path: str, values: Mapping[str, object]) -> str:
    """The path with these values; None and empty ones are left out.

    >>> address("/search", {"q": "two words", "page": None})
    '/search?q=two+words'
    """
    given = tuple((name, str(value)) for name, value in values.items() if value not in (None, ""))
    return f"{_path(path)}?{_query(given)}" if given else _path(path)


# The same for hundreds of links of a page.


@functools.lru_cache(maxsize=KEPT)
def _path(path: str) -> str:
    return quote(path)


@functools.lru_cache(maxsize=KEPT)
def _query(given: tuple[tuple[str, str], ...]) -> str:
    return urlencode(given)


def read_asked(workspace: Workspace, pair: str | None, as_of: str | None, since: str | None) -> Asked:
    """What these words of an address ask for; the first watched pair where none is named. Raises UsageError."""
    if pair:
        first, sign, second = pair.replace(" ", "-").partition("-")
        if not sign or not first or not second:
            raise UsageError(f"{pair} is no pair.", hint="Write it as pair=USA-CHN")
        chosen = workspace.pair((first, second))
    elif workspace.settings.pairs:
        chosen = workspace.settings.pairs[0]
    else:
        raise UsageError("This workspace watches no pair.", hint="Write pairs into detente.toml, or add pair=USA-CHN")
    return Asked(pair=chosen, named=pair or None, as_of=read_day(as_of), since=read_day(since))


def read_day(words: str | None) -> dt.date | None:
    """The day that a field holds; None where it is empty. Raises UsageError with how to write it."""
    if not words or not words.strip():
        return None
    try:
        found = dt.date.fromisoformat(words.strip())
    except ValueError as error:
        raise UsageError(f"{words} is no day.", hint=f"Write it as {EXAMPLE_DAY}") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise UsageError(f"{words} is too far away.", hint=f"Name a day from {FIRST_YEAR} to {LAST_YEAR}.")
    return found
