"""Feeds: RSS, Atom and JSON Feed to their entries, and each entry that holds text to a draft."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from resiliparse.extract.html2text import extract_plain_text

from detente.adapters.readers.articles import read_article
from detente.adapters.readers.limits import empty, unreadable
from detente.cleaning.draft import Read

JSON_FEED = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{[^{}]{0,1000}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', re.S)
XML_FEED = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S
)
RELATIVE = ("/", "./", "../", "?")  # how links begin that are no addresses; ids may be any words
_END = re.compile(rb"</(?:rss|(?:\w+:)?feed|rdf:RDF)\s*>")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>|&\w+;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one text; days as it writes them."""

    text: str = ""
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return bool(JSON_FEED.match(head) or XML_FEED.match(head))


def read_feed(data: bytes, name: str) -> Iterator[Read]:
    """A draft per entry, named by its number from 1; its text is what the feed holds, seldom the whole article.

    An entry without a date stays undated.
    """
    entries = find_entries(data)
    if entries is None:
        yield unreadable(name, "this feed is damaged", "Fetch it again.")
    elif not entries:
        yield empty(name)
    elif is_cut_short(data):
        yield unreadable(name, "this feed is cut short: entries at its end may be missing", "Fetch it again.")
    for number, entry in enumerate(entries or (), 1):
        given = {key: getattr(entry, key) for key in Entry.__slots__}
        yield from read_article(given, f"{name}:{number}")


def is_cut_short(data: bytes) -> bool:
    """Whether a feed in XML lacks its end; parsers make do with what is there.

    >>> is_cut_short(b"<rss><channel><item>"), is_cut_short(b"<rss><channel></channel></rss>")
    (True, False)
    """
    return bool(XML_FEED.match(data[:2_048])) and not _END.search(data)


def find_entries(data: bytes, address: str = "") -> list[Entry] | None:
    """The entries in the order of the feed; None where it is no feed, or so damaged that nothing is known of it.

    `address` is that of the feed, from which links that are relative go on.
    """
    if JSON_FEED.match(data[:2_048]):
        return _json_entries(data, address)
    import feedparser  # noqa: PLC0415 seldom needed

    try:
        # A stream, since feedparser fetches what looks like an address.
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    except Exception:  # a parser may raise anything on a damaged feed
        return None
    is_damaged = found.bozo and not found.feed
    if not found.entries and (is_damaged or not found.version):
        return None
    outlet = _words(found.feed.get("title"))
    return [_entry(item, outlet, address) for item in found.entries]


def _entry(item: Any, outlet: str | None, address: str) -> Entry:
    bodies = [part.get("value") or "" for part in item.get("content", ())] + [item.get("summary") or ""]
    told = item.get("source") or {}
    return Entry(
        text=_plain(max(bodies, key=len)),
        title=_words(item.get("title")),
        url=_address(item.get("link") or item.get("id"), address),
        outlet=_words(told.get("title")) or outlet,
        byline=_words(item.get("author")),
        published=item.get("published"),
        updated=dict.get(item, "updated"),  # feedparser would give `published` for it
    )


def _json_entries(data: bytes, address: str) -> list[Entry] | None:
    try:
        feed = json.loads(data)
        items = [item for item in feed.get("items") or () if isinstance(item, dict)]
        return [_json_entry(item, _words(feed.get("title")), address) for item in items]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _json_entry(item: dict[str, Any], outlet: str | None, address: str) -> Entry:
    authors = item.get("authors") or [item.get("author")]
    names = [_words(author.get("name")) for author in authors if isinstance(author, dict)]
    return Entry(
        text=_words(item.get("content_text")) or _plain(str(item.get("content_html") or item.get("summary") or "")),
        title=_words(item.get("title")),
        url=_address(item.get("external_url") or item.get("url") or item.get("id"), address),
        outlet=outlet,
        byline=", ".join(filter(None, names)) or None,
        published=_words(item.get("date_published")),
        updated=_words(item.get("date_modified")),
    )


def _plain(markup: str) -> str:
    """The text of an entry's HTML; text without tags as it is."""
    if not _TAG.search(markup):
        return markup.strip()
    return str(extract_plain_text(markup, main_content=False, preserve_formatting=True)).strip()


def _words(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(_plain(value).split()) or None


def _address(value: Any, feed: str) -> str | None:
    """The address of an entry; one that is relative goes on from that of the feed."""
    if not isinstance(value, str):
        return None
    if feed and value.startswith(RELATIVE):
        value = urljoin(feed, value)
    return value if value.startswith(("http://", "https://")) else None
