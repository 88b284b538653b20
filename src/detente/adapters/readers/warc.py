"""WARC 1.0 and 1.1, plain, gzip or zstandard: the web pages that a crawler took down.

Where a file is damaged the reading goes on at the next member that can be unpacked, and says what was left out.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from detente.adapters.readers.bodies import UnpackError, unpack_body
from detente.adapters.readers.captures import captured
from detente.adapters.readers.html import is_page, page_charset, read_html
from detente.adapters.readers.limits import FILE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.text import in_utf8
from detente.cleaning.draft import Read
from detente.records import Problem
from detente.screening import Screen

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", ""})
OK = 200
BLOCK = 1 << 20  # bytes in which the next member is looked for at a time
# What a record, or the member that holds it, begins with.
GZIP, ZSTD, PLAIN = (
    re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    re.compile(rb"\x28\xb5\x2f\xfd"),
    re.compile(rb"WARC/1\.\d"),
)
LONGEST = 8  # bytes of such a beginning
REMEDY = "Fetch the file again if these pages matter."


@dataclass(frozen=True, slots=True)
class WebPage:
    """The answer that a record holds, as it came over the wire."""

    at: int  # the byte of the file at which the record begins
    record: "WarcRecord"
    body: bytes


def read_warc(
    stream: IO[bytes], name: str, screen: Screen | None = None, *, start: int = 0, until: int | None = None
) -> Iterator[Read]:
    """A draft per web page, in order, named by the byte at which its record begins ("crawl.warc.gz:4711").

    Read are the records `response` and `resource` that hold HTML and, over HTTP, were answered with 200; a `revisit`
    has no page of its own. Left are those before byte `start`, where a record must begin, and from `until` on.
    """
    told = start > 0
    for found in find_pages(stream, name, start, until):
        for item in _read_page(found, f"{name}:{found.at}", screen) if isinstance(found, WebPage) else [found]:
            told = True
            yield item
    if not told:
        yield empty(name)


def find_records(stream: IO[bytes], step: int) -> Iterator[int]:
    """Bytes, about `step` apart, at which a record surely begins; the first of the file is not told."""
    at, marker = step, _marker(stream)
    while (found := _next_start(stream, marker, at)) is not None:
        if _is_record(stream, found):
            yield found
            at = found + step
        else:
            at = found + 1


def find_pages(stream: IO[bytes], name: str, start: int = 0, until: int | None = None) -> Iterator[WebPage | Problem]:
    """The pages; after damage those from the next record on that can be read, with one problem for the gap."""
    marker, gap = _marker(stream), None
    at: int | None = start
    while at is not None:
        last = at
        try:
            for record in _records(stream, at):
                last = record.stream_pos
                if until is not None and last >= until:
                    break
                page = _page(record, name)
                if gap is not None:
                    yield _damage(name, gap, last)
                    gap = None
                if page is not None:
                    yield page
            if until is None:
                _check_end(stream, marker, last)
            at = None
        except (OSError, ValueError, zlib.error):
            gap = last if gap is None else gap
            at = _next_start(stream, marker, last + 1, until)
    if gap is not None:
        yield _damage(name, gap, until)


def _records(stream: IO[bytes], at: int) -> "Iterator[WarcRecord]":
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 seldom needed

    stream.seek(at)
    kinds = WarcRecordType.response | WarcRecordType.resource
    return iter(ArchiveIterator(stream, record_types=kinds, parse_http=False))


def _page(record: "WarcRecord", name: str) -> WebPage | Problem | None:
    """The page that a record holds, None where it holds none; raises OSError where it is cut short."""
    if record.is_http:
        record.parse_http()
        if record.http_headers.status_code != OK or (record.http_content_type or "") not in PAGE_TYPES:
            return None
    elif (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower() not in PAGE_TYPES:
        return None
    size = record.content_length
    if size > FILE_BYTES:
        return too_long(f"{name}:{record.stream_pos}", size, "bytes", FILE_BYTES)
    body = record.reader.read()
    if len(body) < size:
        raise OSError("the file ends, or is damaged, within a record")
    return WebPage(record.stream_pos, record, body)


def _read_page(page: WebPage, where: str, screen: Screen | None) -> Iterator[Read]:
    headers: Any = page.record.http_headers if page.record.is_http_parsed else {}
    try:
        body = unpack_body(page.body, headers.get("Transfer-Encoding"), headers.get("Content-Encoding"))
    except UnpackError as error:
        yield unreadable(where, str(error), REMEDY)
        return
    charset = page.record.http_charset if page.record.is_http_parsed else None
    data = in_utf8(body, charset or page_charset(body))
    if not is_page(data) and not (page.record.is_http_parsed and page.record.http_content_type):
        return
    yield from captured(
        read_html(data, where, screen),
        address=(page.record.headers.get("WARC-Target-URI") or "").strip("<>"),  # as WARC 1.0 wrote them
        at=page.record.record_date,
        raw=page.body,
        path=where,
    )


def _marker(stream: IO[bytes]) -> re.Pattern[bytes]:
    """What a record of this file begins with."""
    stream.seek(0)
    head = stream.read(LONGEST)
    return next((marker for marker in (GZIP, ZSTD) if marker.match(head)), PLAIN)


def _next_start(stream: IO[bytes], marker: re.Pattern[bytes], at: int, until: int | None = None) -> int | None:
    """The byte from `at` on, and before `until`, at which a record may begin."""
    stream.seek(at)
    kept = b""
    while block := stream.read(BLOCK):
        held = kept + block
        if found := marker.search(held):
            start = at - len(kept) + found.start()
            return start if until is None or start < until else None
        at += len(block)
        kept = held[-LONGEST:]
    return None


def _is_record(stream: IO[bytes], at: int) -> bool:
    """Whether a record begins there that can be read."""
    try:
        return next(_records(stream, at), None) is not None
    except (OSError, ValueError):
        return False


def _check_end(stream: IO[bytes], marker: re.Pattern[bytes], at: int) -> None:
    """Raises OSError or zlib.error where the members from byte `at` on are not whole.

    FastWARC ends in silence where a gzip file is cut short.
    """
    if marker is not GZIP:
        return
    stream.seek(at)
    member = None
    while block := stream.read(BLOCK):
        rest = block
        while rest.strip(b"\0"):  # what pads a file is no loss
            member = member or zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            member.decompress(rest)
            rest = member.unused_data
            member = None if member.eof else member
    if member is not None:
        raise OSError("the file ends within a record")


def _damage(name: str, start: int, end: int | None) -> Problem:
    where = f"from byte {start:,} to byte {end:,}" if end is not None else f"from byte {start:,} on"
    return unreadable(f"{name}:{start}", f"the file is damaged or cut short {where}: that was left out", REMEDY)
