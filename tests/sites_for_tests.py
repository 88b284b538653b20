"""A server of this machine that answers as a test says, and who may ask it."""

import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import Message

from detente.adapters.readers.polite import Guest

Page = bytes | str | tuple[bytes | str, Mapping[str, str], int]  # a body, or a body with headers and status


class Site:
    """What a server answers by path: one page, or several in turn. Keeps what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | list[Page]] = {}
        self.asked: list[str] = []
        self.agent: str | None = None
        self.port = 0

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def answer(self, path: str, headers: Message) -> tuple[bytes, Mapping[str, str], int]:
        """The body, headers and status for a path; 304 where the asker has it by its ETag."""
        self.asked.append(path)
        self.agent = headers["User-Agent"]
        found = self.pages.get(path, (b"", {}, 404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        body, told, status = found if isinstance(found, tuple) else (found, {}, 200)
        if told.get("ETag") and headers.get("If-None-Match") == told["ETag"]:
            return b"", told, 304
        return body if isinstance(body, bytes) else body.encode(), told, status


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site, served on a free port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, headers, status = site.answer(self.path, self.headers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the reader had enough

        def log_message(self, *_: object) -> None:
            return

    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    site.port = served.server_port
    try:
        yield site
    finally:
        served.shutdown()
        served.server_close()


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.at = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        """Seconds."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Waits."""
        self.waits.append(seconds)
        self.at += seconds


def guest_of(clock: Time) -> Guest:
    """Who may ask servers of this machine too."""
    return Guest(allowed=lambda _: True, now=clock.now, sleep=clock.sleep)
