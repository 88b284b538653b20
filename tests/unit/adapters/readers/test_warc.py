"""WARC: pages with address and instant; what is damaged is left out and told, and the rest is read."""

import gzip
import io
import itertools
from pathlib import Path

import pytest
from fastwarc.stream_io import ZstdWriter

from detente.adapters.readers import read_path, read_stream
from detente.adapters.readers.files import find_starts, read_lines
from detente.adapters.readers.warc import read_warc
from detente.cleaning import Draft
from detente.cleaning.draft import Passed
from detente.records import Problem
from detente.screening import build_screen

PAGE = (
    "<!doctype html><html><head><title>Ferry {0}</title></head><body><article><h1>Ferry {0}</h1><p>{1}</p>"
    "</article></body></html>"
)
STORY = (
    "The ferry number {0} between the two islands sailed again on Friday, and the harbour master was glad of it. " * 4
)


def record(number, page=None, *, kind="response", headers="Content-Type: text/html; charset=utf-8", status=200):
    """One record of a WARC."""
    body = PAGE.format(number, STORY.format(number)).encode() if page is None else page
    type_ = "application/http; msgtype=response"
    if kind in ("response", "revisit"):
        body = f"HTTP/1.1 {status} X\r\n{headers}\r\n\r\n".encode() + body
    else:
        type_ = headers.removeprefix("Content-Type: ")
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://isles.example/{number}\r\n"
        f"WARC-Date: 2019-11-02T10:0{number % 10}:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: {type_}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def packed(*records):
    return b"".join(gzip.compress(each) for each in records)


def zstandard(*records):
    out = io.BytesIO()
    for each in records:
        writer = ZstdWriter(out)
        writer.write(each)
        writer.finish()
        writer.flush()
    return out.getvalue()


def read(data, name="a.warc.gz", screen=None):
    return list(read_stream(data, name, screen))


def addresses(found):
    return [item.url for item in found if isinstance(item, Draft)]


def at(*numbers):
    return [f"https://isles.example/{number}" for number in numbers]


def troubles(found):
    return [item for item in found if isinstance(item, Problem)]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (packed(record(1), record(2)), "a.warc.gz"),
        (packed(record(1), record(2)), "standard input"),
        (gzip.compress(record(1) + record(2)), "a.warc.gz"),
        (record(1) + record(2), "a.warc"),
        (zstandard(record(1), record(2)), "a.warc.zst"),
    ],
    ids=["a member a record", "standard input", "one member", "plain", "zstandard"],
)
def test_pages_come_with_address_and_instant(data, name):
    first, second = read(data, name)
    assert (first.url, second.url) == tuple(at(1, 2))
    assert first.text.startswith("The ferry number 1") or first.text.startswith("Ferry 1")
    assert first.capture.at.isoformat() == "2019-11-02T10:01:00+00:00"
    assert len(first.capture.digest) == 64
    assert first.path == f"{name}:0"
    assert first.raw_as == ".html"


def test_what_is_no_page_is_passed_over():
    others = (
        record(1, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(2, b"", kind="revisit"),
        record(3, b"gone", status=404),
        record(4, b"\x89PNG", headers="Content-Type: image/png"),
        record(5, b"a: b", kind="metadata", headers="Content-Type: application/warc-fields"),
    )
    found = read(packed(*others, record(6)))
    assert addresses(found) == at(6)
    assert not troubles(found)


def test_a_resource_is_a_page_without_an_answer():
    assert addresses(read(packed(record(1, kind="resource", headers="Content-Type: text/html")))) == at(1)


@pytest.mark.parametrize(
    ("headers", "meta", "encoding"),
    [
        ("Content-Type: text/html; charset=utf-16-le", "", "utf-16-le"),
        ("Content-Type: text/html; charset=cp1250", "", "cp1250"),
        ("Content-Type: text/html", '<meta charset="cp1250">', "cp1250"),
        ("Content-Type: text/html; charset=iso-8859-1", "", "utf-8"),  # a frequent lie
        ("Content-Type: text/html; charset=nonsense", "", "utf-8"),
    ],
)
def test_the_encoding_is_the_one_told_unless_it_is_a_lie(headers, meta, encoding):
    page = PAGE.format(1, "Prime Minister Babiš crossed the bridge. " * 9).replace("<head>", f"<head>{meta}")
    (found,) = read(packed(record(1, page.encode(encoding), headers=headers)))
    assert "Babiš" in found.text


def test_bodies_are_unpacked_where_the_crawler_did_not():
    page = PAGE.format(1, STORY.format(1)).encode()
    zipped = gzip.compress(page)
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(zipped), zipped)
    coded = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"
    first, second = read(packed(record(1, chunked, headers=coded), record(2, page, headers=coded)))
    assert first.text == second.text


def test_a_body_that_unpacks_without_end_is_told():
    bomb = gzip.compress(b"<p>" + b"x" * 20_000_000)
    coded = "Content-Type: text/html\r\nContent-Encoding: gzip"
    problem, draft = read(packed(record(1, bomb, headers=coded), record(2)))
    assert "more than" in problem.message
    assert draft.url == at(2)[0]


@pytest.mark.parametrize("pack", [packed, zstandard, lambda *records: b"".join(records)])
def test_after_damage_it_goes_on_at_the_next_record(pack):
    pieces = [pack(record(number)) for number in range(1, 6)]
    start = len(pieces[0]) + len(pieces[1])
    damaged = bytearray(b"".join(pieces))
    for place in range(start, start + 40):
        damaged[place] ^= 0x5A
    found = read(bytes(damaged), "a.warc")
    assert addresses(found) in (at(1, 2, 4, 5), at(1, 4, 5))  # the one before may be taken along
    (problem,) = troubles(found)
    assert "left out" in problem.message


def test_a_file_cut_anywhere_gives_what_is_whole_and_says_so():
    pieces = [packed(record(number)) for number in (1, 2)] + [packed(record(3, b"x: y", kind="metadata"))]
    whole, ends = b"".join(pieces), (len(pieces[0]), len(pieces[0]) + len(pieces[1]))
    texts = {item.text for item in read(whole)}
    for end in range(1, len(whole), 7):
        found = read(whole[:end])
        assert set(at(*[number for number, last in enumerate(ends, 1) if end >= last])) <= set(addresses(found)), end
        assert {item.text for item in found if isinstance(item, Draft)} <= texts
        assert bool(troubles(found)) == (end not in ends), end


def test_what_names_no_watched_pair_is_passed_over_unread():
    page = PAGE.format(2, "Serbia and Hungary opened a bridge on Friday. " * 9).encode()
    found = read(packed(record(1), record(2, page)), screen=build_screen((("SRB", "HUN"),)))
    assert [type(item) for item in found] == [Passed, Draft]


def test_a_long_file_is_shared_out_without_losing_a_page(tmp_path: Path):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(packed(*[record(number, kind=("response", "request")[number % 3 == 0]) for number in range(40)]))
    with file.open("rb") as stream:
        whole = list(read_warc(stream, str(file)))
    starts = [start for start, _ in find_starts(file, 60)]
    assert len(starts) > 3
    bounds = [0, *starts, file.stat().st_size]
    parts = [
        item for start, end in itertools.pairwise(bounds) for item in read_lines(file, start=start, until=end, before=0)
    ]
    assert [item.path for item in parts] == [item.path for item in whole]


def test_a_file_that_cannot_be_shared_out_is_one_piece(tmp_path: Path):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(gzip.compress(b"".join(record(number) for number in range(40))))
    assert list(find_starts(file, 10)) == []
    assert len(list(read_path(file))) == 40
