"""The formats that can be read, and how a file shows which it is in."""

import re
import zlib
from enum import StrEnum
from pathlib import Path

from detente.adapters.readers.feeds import is_feed
from detente.adapters.readers.html import HEAD, is_page


class Format(StrEnum):
    """What a file is in."""

    TEXT = "plain text"
    HTML = "web page"
    JSONL = "JSON Lines"
    CSV = "CSV"
    PARQUET = "Parquet"
    PDF = "PDF"
    DOCX = "DOCX"
    EML = "mail"
    MBOX = "mailbox"
    FEED = "feed"
    WARC = "WARC"


SUFFIXES = {
    Format.HTML: frozenset({".html", ".htm", ".xhtml", ".shtml"}),
    Format.JSONL: frozenset({".jsonl", ".ndjson", ".jsonlines"}),
    Format.CSV: frozenset({".csv", ".tsv"}),
    Format.PARQUET: frozenset({".parquet"}),
    Format.EML: frozenset({".eml"}),
    Format.MBOX: frozenset({".mbox"}),
    Format.FEED: frozenset({".rss", ".atom"}),
    Format.WARC: frozenset({".warc"}),
}
PACKED = frozenset({".gz", ".zst"})  # may stand behind such a suffix
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_JSON_OBJECT = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"[^"\n]{1,60}"\s*:')
_MBOX = re.compile(rb"^From \S+ .{0,60}\d{4}\r?\n[\w-]+: ")
_SITEMAP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:urlset|sitemapindex)\b", re.S)
# What other formats begin with, and what to do with them.
MAGIC = (
    (b"PK\x03\x04", "a zip archive or an office document", "Unpack it, or save it as plain text."),
    (GZIP, "a gzip archive within another", "Unpack it first: gunzip FILE"),
    (ZSTD, "a zstandard archive", "Unpack it first: unzstd FILE"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text."),
    (b"{\\rtf", "a rich-text document", "Save it as plain text."),
    (b"\x89PNG", "a picture", "Only text can be read."),
    (b"\xff\xd8\xff", "a picture", "Only text can be read."),
    (b"GIF8", "a picture", "Only text can be read."),
    (b"SQLite format 3", "a database", "Only text can be read."),
    (b"\x7fELF", "a program", "Only text can be read."),
)
_BEGINNINGS = ((b"%PDF", Format.PDF), (b"PAR1", Format.PARQUET), (b"WARC/1.", Format.WARC))


def find_format(name: str, head: bytes) -> Format:
    """The format of a file of this name that begins so: bytes that no other format has, then the suffix, then a guess.

    >>> find_format("a.htm", b"They met.").value, find_format("a", b'{"text": "They met."}').value
    ('web page', 'JSON Lines')
    """
    head = head[:HEAD]
    for beginning, format_ in _BEGINNINGS:
        if head.startswith(beginning):
            return format_
    if head.startswith(b"PK") and b"[Content_Types].xml" in head:
        return Format.DOCX
    path = Path(name.lower())
    if head.startswith(ZSTD) and Path(path.stem).suffix in SUFFIXES[Format.WARC]:
        return Format.WARC
    by_suffix = next((format_ for format_, suffixes in SUFFIXES.items() if path.suffix in suffixes), None)
    return by_suffix or _guess(head)


def _guess(head: bytes) -> Format:
    if is_feed(head):
        return Format.FEED
    if _JSON_OBJECT.match(head):
        return Format.JSONL
    if is_page(head):
        return Format.HTML
    return Format.MBOX if _MBOX.match(head) else Format.TEXT


def is_sitemap(head: bytes) -> bool:
    """Whether a file that begins so is a list of addresses for search engines."""
    return bool(_SITEMAP.match(head))


def begin_unpacking(head: bytes) -> bytes:
    """The first bytes of what a gzip archive that begins so holds; none where it is damaged there."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, HEAD)
    except zlib.error:
        return b""


def unpacked_name(name: str) -> str:
    """The name of what a packed file holds.

    >>> unpacked_name("news.jsonl.gz"), unpacked_name("news")
    ('news.jsonl', 'news')
    """
    return name[: -len(".gz")] if name.lower().endswith(".gz") else name
