"""News sites and the outlets behind them."""

import functools
from urllib.parse import urlsplit

from detente.codebook.files import read_csv

FILE = "registry/outlets.csv"


@functools.cache
def outlet_names() -> frozenset[str]:
    """The names of all outlets that have a site."""
    return frozenset(load_outlets().values())


@functools.cache
def load_outlets() -> dict[str, str]:
    """Outlet by host without "www." ("apnews.com"); raises CodebookError where the file is missing or broken."""
    return {row["host"]: row["outlet"] for row in read_csv(FILE)}


def outlet_of_url(url: str | None) -> str | None:
    """The outlet whose site an address belongs to, subdomains included; None where the registry has none.

    >>> outlet_of_url("https://uk.reuters.com/article/x"), outlet_of_url("https://example.org/")
    ('Reuters', None)
    """
    if not url:
        return None
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    outlets = load_outlets()
    parts = host.split(".")
    for first in range(len(parts)):
        found = outlets.get(".".join(parts[first:]))
        if found:
            return found
    return None
