"""What is known of a page because of where it was taken down: its address, when, and which bytes."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from detente.cleaning import Draft
from detente.cleaning.draft import Passed, Read
from detente.parcel import Capture
from detente.records import Problem


def captured(
    found: Iterable[Read], *, address: str, at: dt.datetime | None, raw: bytes, path: str, raw_as: str = ".html"
) -> Iterator[Read]:
    """What was read of the bytes that an address gave, with the address, the instant and their hash.

    A page may say of itself that it stands elsewhere only within its own host.
    """
    for item in found:
        if isinstance(item, Draft):
            url = item.url if item.url and _host(item.url) == _host(address) else address
            capture = Capture(at=at, place=address, digest=hashlib.sha256(raw).hexdigest())
            yield dataclasses.replace(item, url=url, path=path, capture=capture, raw_as=item.raw_as or raw_as)
        elif isinstance(item, Problem | Passed):
            yield dataclasses.replace(item, path=path)


def _host(address: str) -> str | None:
    """The host of an address; none where it is damaged."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
