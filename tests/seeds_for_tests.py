"""Valid files for each reader, small enough to be damaged ten thousand times."""

import functools
import gzip
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from fastwarc.stream_io import ZstdWriter
from pdf_for_tests import pdf_of

EVENT_DATA = Path(__file__).parent / "event_data"
STORIES = tuple(
    f"The {ship} sailed from the northern island on Friday, 1 November 2019. The harbour master was glad of it. "
    f"“Nobody was sick,” he said, “not even the {beast}.” The ministry plans a second ship for next month.\n\n"
    f"The mayor of the other island called it a naïve plan, and asked for €{price},000."
    for ship, beast, price in (("ferry", "dog", 7), ("mail boat", "goat", 12), ("barge", "hen", 40))
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A valid file. What is `inside` can be damaged before it is wrapped, and all of it afterwards."""

    name: str
    texts: int
    inside: bytes
    wrap: Callable[[bytes], bytes] = field(default=bytes)

    @property
    def data(self) -> bytes:
        """The file."""
        return self.wrap(self.inside)


def page(story: str) -> bytes:
    """A web page with all that one says of itself."""
    told = json.dumps(
        {"@type": "NewsArticle", "headline": "Ships", "datePublished": "2019-11-02", "author": [{"name": "Ann"}]}
    )
    paragraphs = "".join(f"<p>{part}</p>" for part in story.split("\n\n"))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ships</title>'
        '<meta property="og:site_name" content="Harbour Wire"><link rel="canonical" href="https://isles.example/1">'
        f'<script type="application/ld+json">{told}</script></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Ships</h1>{paragraphs}<table><tr><td>1 ship</td></tr></table></article></body></html>"
    ).encode()


def mail(story: str) -> bytes:
    """A message with two forms of its text and an attachment."""
    return (
        "From: =?utf-8?q?Ann_M=C3=BCller?= <ann@isles.example>\nSubject: Ships\nDate: Sat, 02 Nov 2019 10:00:00 +0000\n"
        "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{story}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n<p>{story}</p>\n"
        '--b\nContent-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n'
        "Content-Disposition: attachment\n\nAAAA\n--b--\n"
    ).encode()


def boxed() -> bytes:
    """The messages of a box."""
    return b"".join(b"From ann Sat Nov  2 10:00:00 2019\n" + mail(story) + b"\n" for story in STORIES)


def record(story: str, version: str = "1.1") -> bytes:
    """A record of a web archive."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(story)
    head = (
        f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Target-URI: https://isles.example/1\r\n"
        "WARC-Date: 2019-11-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def web_archive() -> bytes:
    """Three pages, and between them what holds none."""
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 4\r\n\r\na: b"
    again = b"WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Target-URI: https://isles.example/1\r\nContent-Length: 0\r\n\r\n"
    one, two, three = (record(story, version) for story, version in zip(STORIES, ("1.0", "1.1", "1.1"), strict=True))
    return b"".join((info, b"\r\n\r\n", one, two, again, b"\r\n\r\n", three))


def members(data: bytes) -> list[bytes]:
    """What is to become a member of its own: from one record's beginning to the next."""
    return re.split(rb"(?=WARC/1)", data)


def packed(data: bytes) -> bytes:
    """A gzip member for each record."""
    return b"".join(gzip.compress(member, mtime=0) for member in members(data) if member)


def zstandard(data: bytes) -> bytes:
    """A zstandard frame for each record."""
    out = io.BytesIO()
    for member in members(data):
        if member:
            writer = ZstdWriter(out)
            writer.write(member)
            writer.finish()
            writer.flush()
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """One gzip member."""
    return gzip.compress(data, mtime=0)


def document(story: bytes) -> bytes:
    """A DOCX around its story."""
    about = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Ships</dc:title><dc:creator>Ann</dc:creator></c>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in (("[Content_Types].xml", "<Types/>"), ("word/document.xml", story)):
            parts.writestr(zipfile.ZipInfo(name), data)
        parts.writestr(zipfile.ZipInfo("docProps/core.xml"), about)
    return out.getvalue()


def markup() -> bytes:
    """The story of a DOCX."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraphs = "".join(f"<w:p><w:r><w:t>{part}</w:t><w:br/></w:r></w:p>" for part in STORIES[0].split("\n\n"))
    return f'<?xml version="1.0"?><w:document {space}><w:body>{paragraphs}</w:body></w:document>'.encode()


def printed() -> bytes:
    """A PDF of two pages."""
    return pdf_of(("The ferry sailed on Friday.", "Nobody was sick."), pages=2)


def lines() -> bytes:
    """JSON Lines."""
    rows = ({"text": story, "published": "2019-11-02", "title": "Ships", "outlet": "Wire"} for story in STORIES)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def table() -> bytes:
    """A table of articles."""
    return ("text,title,published\n" + "".join(f'"{story}",Ships,2019-11-02\n' for story in STORIES)).encode()


@functools.cache
def columns() -> bytes:
    """The same as Parquet."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = Path(folder, "a.parquet")
        connection.execute("CREATE TABLE news (text VARCHAR, title VARCHAR, published DATE)")
        connection.executemany("INSERT INTO news VALUES (?, 'Ships', DATE '2019-11-02')", [[text] for text in STORIES])
        connection.execute(f"COPY news TO '{file}' (FORMAT parquet)")
        return file.read_bytes()


def rss() -> bytes:
    """A feed in RSS."""
    items = "".join(
        f"<item><title>Ships</title><link>https://isles.example/{at}</link><pubDate>Sat, 02 Nov 2019 10:00:00 GMT"
        f"</pubDate><description><![CDATA[<p>{story}</p>]]></description></item>"
        for at, story in enumerate(STORIES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


def atom() -> bytes:
    """A feed in Atom."""
    entries = "".join(
        f'<entry><title>Ships</title><link href="https://isles.example/{at}"/><published>2019-11-02T10:00:00Z'
        f'</published><content type="text">{story}</content></entry>'
        for at, story in enumerate(STORIES)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>{entries}</feed>'.encode()


def json_feed() -> bytes:
    """A feed in JSON."""
    items = [{"id": str(at), "url": f"https://isles.example/{at}", "content_text": s} for at, s in enumerate(STORIES)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": items}).encode()


SITEMAP = (
    b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://isles.example/1</loc>'
    b"<lastmod>2019-11-02</lastmod><news:news><news:title>Ships</news:title><news:publication_date>2019-11-02"
    b"</news:publication_date></news:news></url><url><loc>https://isles.example/2</loc></url></urlset>"
)


def text_seeds() -> dict[str, tuple[Seed, ...]]:
    """Valid files by reader."""
    story = STORIES[0].encode()
    return {
        "text": (Seed("a.txt", 1, story), Seed("a", 1, STORIES[1].encode("cp1252"))),
        "html": (Seed("a.html", 1, page(STORIES[0])), Seed("page", 1, page(STORIES[1]))),
        "jsonl": (Seed("a.jsonl", 3, lines()),),
        "csv": (Seed("a.csv", 3, table()), Seed("a.tsv", 3, table().replace(b",", b"\t"))),
        "parquet": (Seed("a.parquet", 3, columns()),),
        "pdf": (Seed("a.pdf", 1, printed()),),
        "docx": (Seed("a.docx", 1, markup(), document),),
        "eml": (Seed("a.eml", 1, mail(STORIES[0])),),
        "mbox": (Seed("a.mbox", 3, boxed()),),
        "feed": (Seed("a.rss", 3, rss()), Seed("a.atom", 3, atom()), Seed("a.json", 3, json_feed())),
        "warc": (Seed("a.warc", 3, web_archive()),),
        "warc-gz": (Seed("a.warc.gz", 3, web_archive(), packed), Seed("one.warc.gz", 3, web_archive(), gzipped)),
        "warc-zst": (Seed("a.warc.zst", 3, web_archive(), zstandard),),
        "gz": (Seed("a.txt.gz", 1, story, gzipped), Seed("a.jsonl.gz", 3, lines(), gzipped)),
    }


@dataclass(frozen=True, slots=True)
class EventSeed:
    """A valid file of event data, in a format that is imported."""

    format: str
    file: str
    mapping: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The file."""
        return (EVENT_DATA / self.file).read_bytes()


NAMED = {"id": "No", "day": "Date", "initiator": "From", "target": "To", "type": "What", "intensity": "Strength"}
BY_PLACE = {"id": "1", "day": "2", "initiator": "3", "target": "4", "cameo": "5"}
EVENT_SEEDS = {
    "gdelt": (
        *(EventSeed("gdelt", name) for name in ("gdelt2.export.CSV", "gdelt1-reduced.csv", "gdelt1.export.CSV.zip")),
    ),
    "gdelt-mentions": (EventSeed("gdelt-mentions", "gdelt2.mentions.CSV"),),
    "icews": (EventSeed("icews", "icews.tab"),),
    "polecat": (EventSeed("polecat", "polecat.tab"), EventSeed("polecat", "polecat-trailing.txt")),
    "ucdp": (EventSeed("ucdp", "ucdp.csv"),),
    "acled": (EventSeed("acled", "acled.csv"),),
    "own-csv": (EventSeed("csv", "own.csv", NAMED), EventSeed("csv", "own-bare.csv", BY_PLACE)),
}
