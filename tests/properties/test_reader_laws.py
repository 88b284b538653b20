"""Readers on damaged files: whatever is broken, something is said, nothing is raised, and the same each time.

`DAMAGES` in the environment asks for more cases a format than a run of all tests takes.
"""

import gzip
import json
import os
import random

import pytest

from detente.adapters.readers import read_stream
from detente.adapters.readers.sitemaps import find_locations
from detente.cleaning import Draft

STORY = "The ferry between the two islands sailed again on Friday. The harbour master was glad of it."
PAGE = f"<!doctype html><html><head><title>Ferry</title></head><body><article><p>{STORY}</p></article></body></html>"
RECORD = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://isles.example/1\r\nWARC-Date: 2019-11-02T10:00:00Z\r\n"
    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(PAGE) + 44}\r\n\r\n"
    f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n\r\n"
).encode()
ITEM = f"<item><title>Ferry</title><link>https://isles.example/1</link><description>{STORY}</description></item>"
MAIL = f"From: Ann <ann@isles.example>\nSubject: Ferry\nDate: Sat, 02 Nov 2019 10:00:00 +0000\n\n{STORY}\n\n"
SEEDS = {
    "a.txt": STORY.encode(),
    "a.html": PAGE.encode(),
    "a.jsonl": json.dumps({"text": STORY, "published": "2019-11-02"}).encode(),
    "a.csv": f'text,title,published\n"{STORY}",Ferry,2019-11-02\n"{STORY}",,\n'.encode(),
    "a.eml": MAIL.encode(),
    "a.mbox": f"From ann Sat Nov  2 10:00:00 2019\n{MAIL}".encode() * 2,
    "a.rss": f"<rss version='2.0'><channel><title>Post</title>{ITEM}{ITEM}</channel></rss>".encode(),
    "a.warc": RECORD * 2,
    "a.warc.gz": gzip.compress(RECORD, mtime=0) * 2,
    "a.txt.gz": gzip.compress(STORY.encode(), mtime=0),
}
DAMAGES = int(os.environ.get("DAMAGES", "60"))


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, lost, doubled or put in."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        place, size = chance.randrange(len(out) + 1), chance.randrange(40)
        match chance.randrange(5):
            case 0:
                out[place : place + 1] = chance.randbytes(1)
            case 1:
                del out[place : place + size]
            case 2:
                out[place:place] = chance.randbytes(size)
            case 3:
                out[place:place] = out[place : place + size]
            case 4:
                del out[place:]
    return bytes(out)


@pytest.mark.parametrize("name", SEEDS)
def test_damage_is_told_and_never_raised(name):
    chance = random.Random(name)
    assert all(isinstance(item, Draft) for item in read_stream(SEEDS[name], name))
    for _ in range(DAMAGES):
        data = damaged(SEEDS[name], chance)
        found = list(read_stream(data, name))
        assert found, data
        assert found == list(read_stream(data, name)), data


def test_damaged_sitemaps_are_no_sitemaps_or_give_addresses():
    chance = random.Random(1)
    seed = b"<urlset><url><loc>https://isles.example/1</loc><lastmod>2019-11-02</lastmod></url></urlset>"
    assert [item.url for item in find_locations(seed) or ()] == ["https://isles.example/1"]
    for _ in range(DAMAGES * 10):
        found = find_locations(damaged(seed, chance))
        assert all(item.url.startswith("http") for item in found or ())
