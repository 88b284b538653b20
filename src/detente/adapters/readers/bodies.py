"""The body of an HTTP answer, unpacked: never more than a document can have."""

import io
import zlib

from detente.adapters.readers.limits import FILE_BYTES

GZIP_MAGIC = b"\x1f\x8b"
HEX = 16


class UnpackError(Exception):
    """A body that cannot be unpacked; tells why."""


def unpack_body(body: bytes, transfer: str | None, content: str | None) -> bytes:
    """The body without its transfer and content codings, as far as it has them: many crawlers take them off
    and leave the headers as they were.

    >>> unpack_body(b"4\\r\\nnews\\r\\n0\\r\\n\\r\\n", "chunked", None), unpack_body(b"news", "chunked", "gzip")
    (b'news', b'news')
    """
    if "chunked" in (transfer or "").lower():
        body = _joined(body)
    packing = (content or "").strip().lower()
    if packing in ("gzip", "x-gzip") and body.startswith(GZIP_MAGIC):
        return _inflated(body, zlib.MAX_WBITS | 16)
    if packing == "br":
        return _unbrotlied(body)
    return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body behind one another; the body itself where it is not in chunks."""
    out, at = bytearray(), 0
    while at < len(body):
        end = body.find(b"\r\n", at)
        try:
            size = int(body[at:end].partition(b";")[0], HEX) if end > at else -1
        except ValueError:
            size = -1
        if size < 0:
            return bytes(out) if out else body
        if size == 0:
            break
        out += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return bytes(out)


def _inflated(body: bytes, bits: int) -> bytes:
    try:
        found = zlib.decompressobj(wbits=bits).decompress(body, FILE_BYTES + 1)
    except zlib.error as error:
        raise UnpackError("its body cannot be unpacked") from error
    return _bounded(found)


def _unbrotlied(body: bytes) -> bytes:
    from fastwarc.stream_io import BrotliReader  # noqa: PLC0415 seldom needed

    try:
        return _bounded(BrotliReader(io.BytesIO(body)).read(FILE_BYTES + 1))
    except OSError:
        return body  # unpacked by the crawler, which left the header


def _bounded(found: bytes) -> bytes:
    if len(found) > FILE_BYTES:
        raise UnpackError(f"its body unpacks to more than {FILE_BYTES:,} bytes")
    return found
