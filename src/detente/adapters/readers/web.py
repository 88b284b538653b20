"""A page of the web by its address. Nothing but public addresses is asked, however a name or a redirect leads there."""

import datetime as dt
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

from detente.adapters.readers.captures import captured
from detente.adapters.readers.files import read_stream
from detente.adapters.readers.limits import FILE_BYTES, unreadable
from detente.cleaning.draft import Read
from detente.screening import Screen
from detente.version import VERSION

if TYPE_CHECKING:
    import niquests

REDIRECTS = 5
SECONDS = 10.0  # for a connection, and between two pieces of an answer
ALL_SECONDS = 30.0  # for everything, redirects too
PIECE = 65_536  # bytes
PORTS = frozenset({None, 80, 443, 8080, 8443})
ADDRESS_CHARACTERS = 2_000
KIND_CHARACTERS = 40
MOVED = frozenset({301, 302, 303, 307, 308})
OK, UNCHANGED, BROKEN = 200, 304, 500  # from which on the server says that it is at fault
GONE = frozenset({404, 410})
ASKS_TO_WAIT = frozenset({408, 425, 429})
NOT_PUBLIC = "it leads to an address that is not public"
TYPES = {  # what a server says it sends, and the name that tells the readers
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
    "application/pdf": "page.pdf",
    "application/json": "page.jsonl",
    "application/x-ndjson": "page.jsonl",
    "application/jsonl": "page.jsonl",
    "application/rss+xml": "page.rss",
    "application/atom+xml": "page.atom",
    "application/feed+json": "page.rss",
}
NO_TEXT = frozenset({"audio", "font", "image", "video"})  # what such types begin with
HEADERS = {"User-Agent": f"detente/{VERSION}", "Accept-Encoding": "gzip", "Accept": "text/html, text/plain, */*;q=0.5"}

REASONS: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (socket.gaierror, "no host of that name is found"),
    (ssl.SSLCertVerificationError, "its certificate cannot be trusted"),
    (ssl.SSLError, "it does not speak https"),
    (TimeoutError, f"nothing comes from it for {SECONDS:.0f} seconds"),
    (ConnectionRefusedError, "nothing answers there"),
    (ConnectionError, "its answer breaks off"),
)

Allowed = Callable[[str], bool]


class RefusedError(Exception):
    """An address that is not asked, or an answer that is not taken; tells why.

    `may_pass` says whether the same may be answered later, `wait` after how many seconds, where the server says so.
    """

    def __init__(
        self, why: str, *, may_pass: bool = False, wait: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(why)
        self.may_pass, self.wait, self.status = may_pass, wait, status

    @property
    def remedy(self) -> str:
        """What its reader can do about it."""
        if self.may_pass:
            return "Check the address and the network, or add it again later."
        return "Check the address." if self.status in GONE else "Save the page, and add the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands at an address. `data` is None where it is the same as before."""

    data: bytes | None
    kind: str  # as the server says
    address: str  # after all redirects
    etag: str | None = None
    modified: str | None = None  # as the server writes it

    @property
    def name(self) -> str:
        """The name that tells the readers what it is."""
        return TYPES.get(self.kind, "page.html")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet: no private, local, shared or reserved one, in no disguise.

    >>> is_public("8.8.8.8"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def read_address(address: str, *, allowed: Allowed = is_public, at: dt.datetime | None = None) -> Iterator[Read]:
    """The drafts of what stands at a web address, or the problem that kept it from being read.

    `allowed` says which IP addresses may be asked, `at` when this is done.
    """
    try:
        answer = fetch(address, allowed)
    except RefusedError as error:
        yield unreadable(address[:ADDRESS_CHARACTERS], str(error), error.remedy)
        return
    yield from read_answer(answer, address, at)


def read_answer(answer: Answer, path: str, at: dt.datetime | None, screen: Screen | None = None) -> Iterator[Read]:
    """The drafts in an answer that was given at that instant; `path` is what problems call it."""
    data = answer.data or b""
    found = read_stream(data, answer.name, screen)
    yield from captured(found, address=answer.address, at=at, raw=data, path=path, raw_as=Path(answer.name).suffix)


def fetch(address: str, allowed: Allowed = is_public, conditions: Mapping[str, str] | None = None) -> Answer:
    """What stands at an address; raises RefusedError. `conditions` are headers that ask for what is new alone.

    A place within the page (`#…`) is no part of its address: the same page is one document wherever a link leads in it.
    """
    import niquests  # noqa: PLC0415 slow to import, and seldom needed
    from niquests.packages.urllib3.exceptions import HTTPError  # noqa: PLC0415 as above

    until = time.monotonic() + ALL_SECONDS
    with niquests.Session(resolver=_guarded(allowed), disable_http3=True, headers=HEADERS, timeout=SECONDS) as session:
        session.trust_env = False  # a proxy would look names up itself, where nothing is checked
        for _ in range(REDIRECTS + 1):
            check_address(address)
            address = urldefrag(address).url
            try:
                with session.get(address, headers=dict(conditions or {}), allow_redirects=False, stream=True) as answer:
                    if answer.status_code in MOVED:
                        address = urljoin(address, str(answer.headers.get("location") or ""))
                        continue
                    return _answer(answer, address, until)
            except (niquests.RequestException, HTTPError, zlib.error, OSError, ValueError) as error:
                cause = _first_cause(error)
                raise RefusedError(f"it cannot be fetched: {_reason(cause)}", may_pass=_may_pass(cause)) from error
    raise RefusedError(f"it leads on more than {REDIRECTS} times")


def _answer(answer: "niquests.Response", address: str, until: float) -> Answer:
    """The answer to the last of some redirects; raises RefusedError for one that brings no page."""
    status, told = answer.status_code or 0, {name.lower(): str(value) for name, value in answer.headers.items()}
    if status not in (OK, UNCHANGED):
        raise RefusedError(
            f"the server answers {status}",
            may_pass=status >= BROKEN or status in ASKS_TO_WAIT,
            wait=_wait(told.get("retry-after", ""), told.get("date", "")),
            status=status,
        )
    kind = told.get("content-type", "").partition(";")[0].strip().lower()
    if kind.partition("/")[0] in NO_TEXT:
        raise RefusedError(f"the server sends {kind[:KIND_CHARACTERS]}, which is no text")
    return Answer(
        data=_body(answer, until) if status == OK else None,
        kind=kind,
        address=address,
        etag=told.get("etag"),
        modified=told.get("last-modified"),
    )


def _wait(asked: str, now: str) -> float | None:
    """The seconds that a server asks to wait: it gives them, or the instant until which, beside its own clock.

    >>> _wait("33", ""), _wait("Sat, 02 Nov 2019 10:01:00 GMT", "Sat, 02 Nov 2019 10:00:00 GMT"), _wait("soon", "")
    (33.0, 60.0, None)
    """
    if asked.isascii() and asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(now)).total_seconds())
    except (ValueError, TypeError, IndexError):
        return None


def _may_pass(cause: BaseException) -> bool:
    """Whether the network, not the address, seems to be at fault."""
    return NOT_PUBLIC not in str(cause) and not isinstance(cause, ValueError | zlib.error)


def check_address(address: str) -> None:
    """Raises RefusedError for what is no plain address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise RefusedError("it is no address") from error
    if len(address) > ADDRESS_CHARACTERS or not address.isprintable():
        raise RefusedError("it is no address that can be right")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError("it is no address that begins with http:// or https://")
    if parts.username or parts.password:
        raise RefusedError("it carries a name or a password")
    if port not in PORTS:
        raise RefusedError(f"port {port} is none of the web")


def _guarded(allowed: Allowed) -> Any:
    """What looks names up and gives out allowed addresses alone: the very ones that are then connected to."""
    from niquests.packages.urllib3.contrib.resolver.system import SystemResolver  # noqa: PLC0415 as above

    class Guarded(SystemResolver):  # type: ignore[misc]
        def support(self, hostname: object) -> bool:  # noqa: ARG002 every name is looked up here
            return True

        def getaddrinfo(self, host: Any, *more: Any, **options: Any) -> Any:
            found = super().getaddrinfo(host, *more, **options)
            if not found or not all(allowed(str(entry[4][0])) for entry in found):
                raise socket.gaierror(NOT_PUBLIC)
            return found

    return Guarded()


def _body(answer: "niquests.Response", until: float) -> bytes:
    """The bytes of an answer, unpacked; raises RefusedError where they are too many or come too slowly."""
    packing = str(answer.headers.get("content-encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", ""):
        raise RefusedError(f"it is packed as {packing[:20]}")
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16) if packing == "gzip" else None
    found, raw = bytearray(), answer.raw
    while raw is not None and (piece := raw.read(PIECE, decode_content=False)):
        found += unpack.decompress(piece, FILE_BYTES + 1 - len(found)) if unpack else piece
        if len(found) > FILE_BYTES:
            raise RefusedError(f"it has more than {FILE_BYTES:,} bytes")
        if time.monotonic() > until:
            raise RefusedError(f"it takes more than {ALL_SECONDS:.0f} seconds")
    if unpack is not None and found and not unpack.eof:
        raise RefusedError("it cannot be fetched: its answer breaks off", may_pass=True)
    return bytes(found)


def _first_cause(error: BaseException) -> BaseException:
    """What an error goes back to; the libraries wrap it up to four times."""
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error


def _reason(cause: BaseException) -> str:
    """Why nothing can be fetched, for people."""
    if NOT_PUBLIC in str(cause):
        return NOT_PUBLIC
    return next((words for kind, words in REASONS if isinstance(cause, kind)), "its answer is damaged or breaks off")
