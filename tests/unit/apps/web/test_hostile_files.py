"""Files that were made to harm: each is refused or read as harmless words, and the desk works on."""

import gzip
import io
import json
import time
import zipfile

import pytest
from pages_for_tests import bad_in, mark_of

pytestmark = pytest.mark.model

MUCH = 60_000_000  # bytes that a packed file of some kilobytes holds
WORDS = "China demanded on Friday that the United States lift its tariffs. "
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


def office(story: str) -> bytes:
    """A DOCX whose story is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", story)
    return out.getvalue()


def archive(name: str) -> bytes:
    """A zip archive with one file of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, WORDS)
    return out.getvalue()


FILES = {
    "bomb.txt.gz": gzip.compress(b"x " * (MUCH // 2)),
    "bomb.html.gz": gzip.compress(b"<p>" * (MUCH // 3)),
    "twice.txt.gz": gzip.compress(gzip.compress(b"\0" * MUCH)),
    "bomb.docx": office("<w:t>" + " " * MUCH + "</w:t>"),
    "laughs.docx": office(f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><w:t>&a11;</w:t>'),
    "outside.docx": office('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:t>&a;</w:t>'),
    "laughs.xml": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><rss><channel><item>&a11;</item></channel></rss>'.encode(),
    "outside.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
    "climbs.zip": archive("../../../../etc/cron.d/harm"),
    "absolute.zip": archive("/etc/cron.d/harm"),
    "deep.html": b"<div>" * 200_000 + WORDS.encode(),
    "attributes.html": b"<p " + b"a=1 " * 300_000 + b">" + WORDS.encode(),
    "unclosed.html": b"<!--" * 200_000,
    "deep.json": b"[" * 200_000,
    "deep.jsonl": b'{"text":' * 100_000,
    "long.jsonl": b'{"text": "' + b"x" * 5_000_000 + b'"}\n',
    "types.jsonl": b'{"text": 1}\n{"text": {"a": []}}\nnull\n{"text": "x", "published": 1e400}\n',
    "formula.csv": b'title,text\n"=cmd|\' /C calc\'!A0","=HYPERLINK(""https://evil.example"")"\n',
    "wide.csv": b"a," * 500_000,
    "loop.eml": b"".join(b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' for _ in range(2_000)),
    "header.eml": b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\n" + WORDS.encode(),
    "locked.pdf": b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >> endobj\n" * 1_000 + b"trailer << /Root 1 0 R >>",
    "cut.parquet": b"PAR1" + b"\xff" * 1_000 + b"PAR1",
    "cut.warc.gz": gzip.compress(b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx"),
    "surrogates.txt": b"\xed\xa0\x80\xed\xb0\x80" * 1_000,
    "marks.txt": ("“" * 50_000 + WORDS).encode(),
    "combining.txt": ("a" + "\u0301" * 100_000 + WORDS).encode(),
    "blank.txt": b"\0" * 100_000,
    "one-word.txt": b"a" * 400_000,
    "dots.txt": b"." * 400_000,
}


def read(client, name: str, data: bytes) -> str:
    """What the desk tells of the file once it is done."""
    form = {"csrf": mark_of(client.get("/add").text), "published": "2019-11-02"}
    begun = client.post("/add", data=form, files=[("files", (name, data))], follow_redirects=False)
    assert begun.status_code == 303
    ends = time.monotonic() + 120
    while "Done:" not in (page := client.get(begun.headers["location"]).text):
        assert time.monotonic() < ends, "still reading"
        time.sleep(0.05)
    return page


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_does_no_harm(name, empty, ask):
    client = ask(empty)
    page = read(client, name, FILES[name])
    assert bad_in(page) == []
    texts = [empty.store.document(id_).text for id_ in empty.store.known_ids()]
    assert sum(map(len, texts)) <= 1_000_000
    assert not any("root:" in text for text in texts)
    whole = json.dumps(client.get("/api/brief").json())
    assert "root:" not in whole
    assert client.get("/").status_code == 200
    assert [*empty.folder.parent.rglob("harm")] == []
