"""Addresses: only public ones are asked, whatever name, redirect or disguise leads elsewhere; answers are bounded."""

import gzip
import http.server
import threading

import pytest

from detente.adapters.readers import read_address
from detente.adapters.readers import web as reader
from detente.adapters.readers.limits import FILE_BYTES
from detente.cleaning import Draft
from detente.records import Problem

ARTICLE = (
    "<html><head><title>T</title></head><body><article><p>" + "China met the United States. " * 20 + "</p></article>"
)


class Server(http.server.BaseHTTPRequestHandler):
    """Pages of all sorts."""

    asked: list[str] = []  # noqa: RUF012 a handler is made for each request

    def do_GET(self):
        self.asked.append(self.path)
        body, headers, status = self.answers().get(self.path, (b"", {}, 404))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the reader had enough

    def answers(self):
        html, port = {"Content-Type": "text/html; charset=utf-8"}, self.server.server_port
        huge = b"<p>" + b"x" * (FILE_BYTES + 10)
        return {
            "/article": (ARTICLE.encode(), html, 200),
            "/packed": (gzip.compress(ARTICLE.encode()), html | {"Content-Encoding": "gzip"}, 200),
            "/bomb": (gzip.compress(b"x" * (FILE_BYTES * 20)), html | {"Content-Encoding": "gzip"}, 200),
            "/brotli": (b"x", html | {"Content-Encoding": "br"}, 200),
            "/huge": (huge, html, 200),
            "/broken": (b"\x1f\x8bnothing", html | {"Content-Encoding": "gzip"}, 200),
            "/moved": (b"", {"Location": "/article"}, 302),
            "/loop": (b"", {"Location": "/loop"}, 301),
            "/inside": (b"", {"Location": f"http://localhost:{port}/secret"}, 302),
            "/file": (b"", {"Location": "file:///etc/passwd"}, 302),
            "/nowhere": (b"", {}, 302),
            "/lying": (
                ARTICLE.replace("<head>", '<head><link rel="canonical" href="https://evil.example/x">').encode(),
                html,
                200,
            ),
            "/secret": (ARTICLE.encode(), html, 200),
        }

    def log_message(self, *_):
        return


@pytest.fixture(scope="module")
def server():
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()


@pytest.fixture
def at(server, monkeypatch):
    monkeypatch.setattr(reader, "PORTS", frozenset({None, server.server_port}))
    Server.asked.clear()
    return f"http://127.0.0.1:{server.server_port}"


def anywhere(_):
    return True


def read(address, allowed=anywhere):
    (found,) = read_address(address, allowed=allowed)
    return found


@pytest.mark.parametrize("path", ["/article", "/packed", "/moved"])
def test_a_page_is_read(path, at):
    found = read(at + path)
    assert isinstance(found, Draft)
    assert found.text.startswith("China met the United States.")
    assert found.url == at + ("/article" if path == "/moved" else path)


def test_a_page_cannot_say_that_it_stands_elsewhere(at):
    assert read(f"{at}/lying").url == f"{at}/lying"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/bomb", "more than"),
        ("/huge", "more than"),
        ("/brotli", "packed"),
        ("/broken", "cannot be fetched"),
        ("/loop", "more than 5 times"),
        ("/file", "http://"),
        ("/none", "404"),
    ],
)
def test_what_is_too_much_or_damaged_is_a_problem(path, told, at):
    found = read(at + path)
    assert isinstance(found, Problem)
    assert told in found.message


def test_nothing_is_asked_of_this_machine(at):
    found = read(f"{at}/article", reader.is_public)
    assert isinstance(found, Problem)
    assert "not public" in found.message
    assert Server.asked == []


def test_a_redirect_leads_to_no_private_address(at):
    seen = []

    def first_alone(address):
        seen.append(address)
        return len(seen) == 1

    found = read(f"{at}/inside", first_alone)
    assert isinstance(found, Problem)
    assert "not public" in found.message
    assert Server.asked == ["/inside"]


def test_a_name_that_points_inside_is_not_asked(at, monkeypatch):
    found = read(at.replace("127.0.0.1", "localhost") + "/secret", reader.is_public)
    assert isinstance(found, Problem)
    assert Server.asked == []


def test_a_name_with_one_public_and_one_private_address_is_not_asked(at, server, monkeypatch):
    real = reader.socket.getaddrinfo

    def both(host, port, *more, **options):
        found = real("127.0.0.1", port, *more, **options)
        return [(*found[0][:4], ("93.184.216.34", port)), *found]

    monkeypatch.setattr(reader.socket, "getaddrinfo", both)
    found = read(f"http://news.example:{server.server_port}/article", reader.is_public)
    assert isinstance(found, Problem)
    assert Server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "gopher://example.org",
        "javascript:alert(1)",
        "http://",
        "http://user:password@example.org/",
        "http://example.org:22/",
        "http://example.org:6379/",
        "http://example.org:99999/",
        "http://[::1",
        "http://exa\nmple.org/",
        "http://example.org/" + "x" * 3_000,
    ],
)
def test_what_is_no_address_of_the_web_is_a_problem(address):
    assert isinstance(read(address, anywhere), Problem)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "0.0.0.0", "10.0.0.1", "172.16.0.1",
        "192.168.0.1", "169.254.169.254", "100.64.0.1", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255", "localhost",
    ],
)  # fmt: skip
def test_no_way_to_write_a_private_address_is_asked(host):
    assert isinstance(read(f"http://{host}/", reader.is_public), Problem)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_of_the_internet_are_public(address):
    assert reader.is_public(address)


@pytest.mark.parametrize(
    "address",
    ["", "x", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "fe80::1%eth0", "198.18.0.1"],
)
def test_others_are_not(address):
    assert not reader.is_public(address)
