"""Sitemaps: the addresses of a site's pages, or of further sitemaps, with what they say of each."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from detente.adapters.readers.formats import GZIP
from detente.adapters.readers.limits import FILE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """An address in a sitemap; days as it writes them."""

    url: str
    is_sitemap: bool = False
    changed: str | None = None
    published: str | None = None  # of a news sitemap, as the next two
    title: str | None = None
    outlet: str | None = None


def find_locations(data: bytes) -> list[Location] | None:
    """The addresses in the order of the sitemap, which may be packed; None where it is damaged, or none at all."""
    try:
        xml = _unpacked(data)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            return None  # a few lines could unfold to gigabytes
        root = ElementTree.fromstring(xml)  # noqa: S314 without entities there is nothing to unfold
    except (ElementTree.ParseError, zlib.error, ValueError):
        return None
    if _name(root) not in ("urlset", "sitemapindex"):
        return None
    return [location for element in root if (location := _location(element)) is not None]


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    found = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data, FILE_BYTES + 1)
    if len(found) > FILE_BYTES:
        raise ValueError("it unpacks to too much")
    return found


def _location(element: ElementTree.Element) -> Location | None:
    told: dict[str, str] = {}
    for name, words in _leaves(element):
        told.setdefault(name, words)
    url = told.get("loc", "")
    if not url.startswith(("http://", "https://")):
        return None
    return Location(
        url=url,
        is_sitemap=_name(element) == "sitemap",
        changed=told.get("lastmod"),
        published=told.get("publication_date"),
        title=told.get("title"),
        outlet=told.get("name"),
    )


def _leaves(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The words of an address, its own and those of the news in it; not those of its pictures."""
    for child in element:
        if _name(child) in ("news", "publication"):
            yield from _leaves(child)
        elif _name(child) not in ("image", "video") and (child.text or "").strip():
            yield _name(child), (child.text or "").strip()


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
