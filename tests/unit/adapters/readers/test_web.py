"""Addresses: only public ones are asked, whatever name, redirect or disguise leads elsewhere; answers are bounded."""

import contextlib
import gzip
import random
import socket
import threading

import pytest
from damage_for_tests import damaged
from sites_for_tests import Site, serving

from detente.adapters.readers import read_address
from detente.adapters.readers import web as reader
from detente.adapters.readers.limits import FILE_BYTES
from detente.cleaning import Draft
from detente.records import Problem

ARTICLE = (
    "<html><head><title>T</title></head><body><article><p>" + "China met the United States. " * 20 + "</p></article>"
)


HTML = {"Content-Type": "text/html; charset=utf-8"}
PACKED = HTML | {"Content-Encoding": "gzip"}


@pytest.fixture
def site(monkeypatch):
    with serving(Site()) as made:
        monkeypatch.setattr(reader, "PORTS", frozenset({None, made.port}))
        made.pages |= {
            "/article": (ARTICLE, HTML, 200),
            "/packed": (gzip.compress(ARTICLE.encode()), PACKED, 200),
            "/bomb": (gzip.compress(b"x" * (FILE_BYTES * 20)), PACKED, 200),
            "/brotli": (b"x", HTML | {"Content-Encoding": "br"}, 200),
            "/huge": (b"<p>" + b"x" * (FILE_BYTES + 10), HTML, 200),
            "/broken": (b"\x1f\x8bnothing", PACKED, 200),
            "/cut": (gzip.compress(ARTICLE.encode())[:-20], PACKED, 200),
            "/short": (ARTICLE, HTML | {"Content-Length": "99999"}, 200),
            "/moved": (b"", {"Location": "/article#below"}, 302),
            "/loop": (b"", {"Location": "/loop"}, 301),
            "/inside": (b"", {"Location": f"http://localhost:{made.port}/secret"}, 302),
            "/file": (b"", {"Location": "file:///etc/passwd"}, 302),
            "/nowhere": (b"", {}, 302),
            "/lying": (
                ARTICLE.replace("<head>", '<head><link rel="canonical" href="https://evil.example/x">'),
                HTML,
                200,
            ),
            "/secret": (ARTICLE, HTML, 200),
            "/film": (b"\0" * 100, {"Content-Type": "video/mp4"}, 200),
            "/program": (bytes(range(256)), {"Content-Type": "application/octet-stream"}, 200),
            "/ill": (b"", {}, 503),
        }
        yield made


@pytest.fixture
def at(site):
    return site.root


def anywhere(_):
    return True


def read(address, allowed=anywhere):
    (found,) = read_address(address, allowed=allowed)
    return found


@pytest.mark.parametrize("path", ["/article", "/packed", "/moved", "/article#below"])
def test_a_page_is_read(path, at):
    found = read(at + path)
    assert isinstance(found, Draft)
    assert found.text.startswith("China met the United States.")
    assert found.url == at + ("/packed" if path == "/packed" else "/article")


def test_a_page_cannot_say_that_it_stands_elsewhere(at):
    assert read(f"{at}/lying").url == f"{at}/lying"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/bomb", "more than"),
        ("/huge", "more than"),
        ("/brotli", "packed"),
        ("/broken", "its answer is damaged"),
        ("/loop", "more than 5 times"),
        ("/file", "http://"),
        ("/cut", "breaks off"),
        ("/short", "breaks off"),
        ("/film", "video/mp4, which is no text. Save the page"),
        ("/program", "is not text"),
        ("/none", "404. Check the address."),
        ("/ill", "503. Check the address and the network, or add it again later."),
    ],
)
def test_what_is_too_much_or_damaged_is_a_problem(path, told, at):
    found = read(at + path)
    assert isinstance(found, Problem)
    assert told in found.message


def test_what_keeps_from_a_server_is_told_in_words(at, monkeypatch):
    monkeypatch.setattr(reader, "PORTS", frozenset({None, 1, reader.urlsplit(at).port}))
    assert "nothing answers there" in read("http://127.0.0.1:1/").message
    assert "does not speak https" in read(at.replace("http://", "https://")).message
    assert "no host of that name is found" in read("http://no-such-host.invalid/").message


def test_a_server_that_is_silent_is_not_waited_for(site, at, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 0.2)
    called = threading.Event()
    monkeypatch.setattr(site, "answer", lambda *_: called.wait(5) and (b"", {}, 200))
    assert "nothing comes from it" in read(f"{at}/article").message
    called.set()


def test_a_page_that_comes_in_drops_is_left(at, monkeypatch):
    monkeypatch.setattr(reader, "ALL_SECONDS", -1.0)
    assert "It takes more than" in read(f"{at}/article").message


def test_a_damaged_answer_is_a_page_or_a_problem(monkeypatch):
    packed = gzip.compress(ARTICLE.encode())
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    answers = (
        head + b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\nRetry-After: 3\r\n\r\n" % len(ARTICLE) + ARTICLE.encode(),
        b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n",
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        monkeypatch.setattr(reader, "PORTS", frozenset({port}))
        monkeypatch.setattr(reader, "SECONDS", 1.0)
        sent = [b""]
        threading.Thread(target=_send, args=(listening, sent), daemon=True).start()
        for number in range(150):
            chance = random.Random(f"answer {number}")
            sent[0] = damaged(chance.choice(answers), chance, answers)
            with contextlib.suppress(reader.RefusedError):
                assert reader.fetch(f"http://127.0.0.1:{port}/", anywhere).address


def _send(listening, sent):
    """Answers every request with what `sent` holds just then."""
    while True:
        try:
            asking, _ = listening.accept()
        except OSError:
            return
        with asking:
            asking.settimeout(1)
            try:
                asking.recv(65_536)
                asking.sendall(sent[0])
            except OSError:
                continue


def test_nothing_is_asked_of_this_machine(site, at):
    found = read(f"{at}/article", reader.is_public)
    assert isinstance(found, Problem)
    assert "not public" in found.message
    assert site.asked == []


def test_a_redirect_leads_to_no_private_address(site, at):
    seen = []

    def first_alone(address):
        seen.append(address)
        return len(seen) == 1

    found = read(f"{at}/inside", first_alone)
    assert isinstance(found, Problem)
    assert "not public" in found.message
    assert site.asked == ["/inside"]


def test_a_name_that_points_inside_is_not_asked(site, at):
    found = read(at.replace("127.0.0.1", "localhost") + "/secret", reader.is_public)
    assert isinstance(found, Problem)
    assert site.asked == []


def test_a_name_with_one_public_and_one_private_address_is_not_asked(site, monkeypatch):
    real = reader.socket.getaddrinfo

    def both(host, port, *more, **options):
        found = real("127.0.0.1", port, *more, **options)
        return [(*found[0][:4], ("93.184.216.34", port)), *found]

    monkeypatch.setattr(reader.socket, "getaddrinfo", both)
    found = read(f"http://news.example:{site.port}/article", reader.is_public)
    assert isinstance(found, Problem)
    assert site.asked == []


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
