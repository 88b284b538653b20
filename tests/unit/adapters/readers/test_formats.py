"""Tables, mail, documents, feeds and packed files: what comes out, and what is said of damage."""

import datetime as dt
import gzip
import io
import json
import zipfile
from pathlib import Path

import duckdb
import pytest

from detente.adapters.readers import read_path, read_stream
from detente.adapters.readers.limits import FILE_BYTES, LINE_BYTES
from detente.cleaning import Draft
from detente.records import Problem, Trouble

STORY = "The ferry between the two islands sailed again on Friday. The harbour master was glad of it."
MAPPED = (("text", "body"), ("title", "headline"), ("published", "date"))
DAY = dt.date(2019, 11, 2)


def read(data, name, fields=()):
    return list(read_stream(data if isinstance(data, bytes) else data.encode(), name, None, fields))


def drafts(found):
    return [item for item in found if isinstance(item, Draft)]


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_is_an_article(delimiter, encoding):
    lines = [["published", "title", "text"], ["2019-11-02", "Fährboot", f'"{STORY}\n\nA second paragraph, “so”."']]
    (found,) = read("\r\n".join(delimiter.join(row) for row in lines).encode(encoding), "a.csv")
    assert (found.published_on, found.title) == (DAY, "Fährboot")
    assert found.text == f"{STORY}\n\nA second paragraph, “so”."


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"date,headline,body\n2019-11-02,Ferry,{STORY}\n", "a.csv"),
        (json.dumps({"date": "2019-11-02", "headline": "Ferry", "body": STORY}), "a.jsonl"),
        (json.dumps({"date": "2019-11-02", "headline": "Ferry", "body": STORY, "text": None}), "a.jsonl"),
    ],
)
def test_columns_of_other_names_are_mapped_and_kept_under_the_common_ones(data, name):
    (found,) = read(data, name, MAPPED)
    assert (found.text, found.title, found.published_on) == (STORY, "Ferry", DAY)
    (again,) = read(found.raw, f"kept{found.raw_as}")
    assert (again.text, again.title, again.published_on) == (STORY, "Ferry", DAY)


def test_a_table_without_text_says_which_columns_there_are():
    (problem,) = read("date,headline,body\n2019-11-02,Ferry,words about a ferry\n", "a.csv")
    assert problem.path == "a.csv:2"
    assert "date, headline, body" in problem.message
    assert "--fields text=body" in problem.message


def test_bad_rows_of_a_table_are_told_and_the_others_read():
    rows = ["text,title", f"{STORY},one", "", ",no text", f"{STORY}", f"{STORY},four,too,many", '"' + "x" * LINE_BYTES]
    found = read("\n".join(rows), "a.csv")
    assert [item.title for item in drafts(found)] == ["one", None, "four"]
    assert next(item.path for item in found if isinstance(item, Problem)) == "a.csv:4"
    assert isinstance(found[-1], Problem)


@pytest.mark.parametrize("data", ["text,title\n", "\n\n", "text"])
def test_a_table_without_rows_is_empty(data):
    (problem,) = read(data, "a.csv")
    assert problem.trouble is Trouble.EMPTY


def test_parquet(tmp_path: Path):
    file = tmp_path / "a.parquet"
    row = f"SELECT '{STORY}' AS body, 'Ferry' AS headline, DATE '2019-11-02' AS date"
    duckdb.execute(f"COPY ({row} UNION ALL SELECT NULL, 'None', NULL) TO '{file}' (FORMAT parquet)")
    for found in (list(read_path(file, None, MAPPED)), read(file.read_bytes(), "a.parquet", MAPPED)):
        assert [(item.text, item.title, item.published_on) for item in drafts(found)] == [(STORY, "Ferry", DAY)]
        assert len(found) == 2
    damaged = tmp_path / "b.parquet"
    damaged.write_bytes(file.read_bytes()[:-40])
    (problem,) = read_path(damaged)
    assert problem.trouble is Trouble.UNREADABLE


# Mail

MAIL = (
    "From: Ann Writer <ann@isles.example>\r\n"
    "Subject: =?utf-8?q?F=C3=A4hrboot?=\r\n"
    "Date: Sat, 02 Nov 2019 10:00:00 +0000\r\n"
)


def test_mail():
    (found,) = read(f"{MAIL}Content-Type: text/plain; charset=utf-8\r\n\r\n{STORY}\r\n", "a.eml")
    assert (found.title, found.byline, found.published_on) == ("Fährboot", "Ann Writer", DAY)
    assert found.text.strip() == STORY


def test_the_plain_part_of_a_mail_is_taken_and_attachments_are_left():
    parts = (
        "--b\r\nContent-Type: text/html\r\n\r\n<p>markup</p>\r\n"
        f"--b\r\nContent-Type: text/plain; charset=cp1250\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{STORY} Babiš.\r\n"
        '--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="x"\r\n\r\nattached\r\n--b--\r\n'
    )
    head = f"{MAIL}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    (found,) = read((head + parts).encode("cp1250", "replace"), "a.eml")
    assert found.text.strip() == f"{STORY} Babiš."


def test_a_mail_without_words_is_empty():
    (problem,) = read(f"{MAIL}\r\n", "a.eml")
    assert problem.trouble is Trouble.EMPTY


def test_a_mail_whose_end_is_missing_is_read_and_told():
    head = f"{MAIL}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    problem, found = read(f"{head}--b\r\nContent-Type: text/plain\r\n\r\n{STORY}", "a.eml")
    assert "cut short" in problem.message
    assert found.text.strip() == STORY


def test_headers_in_bytes_of_their_own_are_read_for_what_they_are():
    raw = f"{MAIL}\r\n{STORY}".replace("=?utf-8?q?F=C3=A4hrboot?=", "Fährboot").replace("Ann Writer", "Ann Müller")
    for encoding in ("utf-8", "cp1252"):
        (found,) = read(raw.encode(encoding), "a.eml")
        assert (found.title, found.byline) == ("Fährboot", "Ann Müller")


@pytest.mark.parametrize("junk", ["(" * 50_000, "=?utf-8?q?" * 5_000, '"' * 50_000, "<" * 50_000])
@pytest.mark.parametrize("header", ["From", "Subject", "Content-Type", "Content-Disposition"])
def test_a_hostile_header_holds_nobody_up(header, junk):
    (found,) = read(f"{header}: {junk}\r\n\r\n{STORY}", "a.eml")
    assert found.text.strip() == STORY


def test_a_header_in_an_encoding_that_is_none_is_left_as_it_is():
    raw = f"Subject: =?utf-\ufef8?q?Ferry?=\r\n\r\n{STORY}".encode()
    (found,) = read(raw, "a.eml")
    assert "Ferry" in found.title


def test_a_box_gives_each_mail():
    one = f"From ann@isles.example Sat Nov  2 10:00:00 2019\n{MAIL}\n{STORY}\n>From here it went on.\n\n".replace(
        "\r", ""
    )
    for name in ("a.mbox", "standard input"):
        first, second = read(one + one.replace("Friday", "Monday"), name)
        assert "\nFrom here" in first.text
        assert "Monday" in second.text
        assert (first.path, second.path) == (f"{name}:1", f"{name}:2")


# Documents


def docx(story, **parts):
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        if story is not None:
            packed.writestr("word/document.xml", f"<w:document {space}><w:body>{story}</w:body></w:document>")
        for name, text in parts.items():
            packed.writestr(f"docProps/{name}.xml", text)
    return out.getvalue()


ABOUT = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Ferry</dc:title><dc:creator>Ann</dc:creator></c>'


def test_docx():
    half = STORY.split(". ")
    story = (
        f"<w:p><w:r><w:t>{half[0]}. </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        f"<w:p/><w:p><w:hyperlink><w:r><w:t>The harbour</w:t><w:tab/><w:t>master</w:t></w:r></w:hyperlink></w:p>"
    )
    (found,) = read(docx(story, core=ABOUT), "a.docx")
    assert found.text == f"{half[0]}.\n\nThe harbour\tmaster"
    assert (found.title, found.byline, found.published_on) == ("Ferry", "Ann", None)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (docx(None), "without a story"),
        (docx("<w:p>")[:-30], "damaged"),
        (docx("<w:p><w:r>&nbsp;"), "damaged"),
        (docx("<w:t>" + "x" * 41_000_000 + "</w:t>"), "too much"),
        (docx('<!DOCTYPE x [<!ENTITY a "b">]>'), "too much"),
        (docx("<w:p/>"), "no text"),
    ],
)
def test_a_damaged_docx_is_told(data, told):
    (problem,) = read(data, "a.docx")
    assert told in problem.message


# Feeds

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Isles Post</title><item><title>Ferry sails</title><link>https://isles.example/1</link>
<pubDate>Sat, 02 Nov 2019 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>A second &amp; last paragraph.</p>]]></content:encoded></item>
<item><title>Undated</title><guid>x</guid><description>{STORY}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Isles Post</title><entry><title>Ferry sails</title>
<link href="https://isles.example/1"/><published>2019-11-02T10:00:00Z</published><content type="html">
&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Isles Post",
        "items": [
            {"id": "1", "url": "https://isles.example/1", "title": "Ferry sails", "content_html": f"<p>{STORY}</p>",
             "date_published": "2019-11-02T10:00:00Z", "authors": [{"name": "Ann"}]},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(("data", "name"), [(RSS, "a.xml"), (RSS, "a.rss"), (ATOM, "a.atom"), (JSON, "a.json")])
def test_feeds(data, name):
    first, *_ = read(data, name)
    assert first.text.startswith(STORY)
    assert "<" not in first.text
    assert (first.title, first.outlet, first.url, first.published_on) == (
        "Ferry sails",
        "Isles Post",
        "https://isles.example/1",
        DAY,
    )


def test_an_entry_without_a_date_stays_undated():
    assert drafts(read(RSS, "a.rss"))[1].published_on is None


@pytest.mark.parametrize(
    "data", ["<rss", "<rss></rss>", "<feed></feed>", '{"version": "https://jsonfeed.org/", "items": 3}']
)
def test_a_damaged_feed_is_told(data):
    (problem,) = read(data, "a.rss")
    assert isinstance(problem, Problem)


def test_a_feed_cut_short_gives_the_entries_before():
    assert len(drafts(read(RSS[: RSS.index("<item><title>Undated")], "a.rss"))) == 1


# Packed files and patterns


def test_packed_files_are_read_and_kept_unpacked():
    (text,) = read(gzip.compress(STORY.encode()), "a.txt.gz")
    assert (text.text, text.path, text.raw, text.raw_as) == (STORY, "a.txt.gz", STORY.encode(), ".txt")
    first, second = read(gzip.compress((json.dumps({"text": STORY}) + "\n").encode() * 2), "a.jsonl.gz")
    assert (first.path, second.path) == ("a.jsonl.gz:1", "a.jsonl.gz:2")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (gzip.compress(STORY.encode())[:-9], "cut short"),
        (gzip.compress(gzip.compress(STORY.encode())), "gunzip"),
        (gzip.compress(b"x " * FILE_BYTES), "more than"),
        (b"\x28\xb5\x2f\xfdx", "unzstd"),
    ],
    ids=["cut short", "packed twice", "too much", "another packing"],
)
def test_damaged_packed_files_are_told(data, told):
    (problem,) = read(data, "a.txt.gz")
    assert told in problem.message


def test_patterns_in_the_order_of_names(tmp_path: Path):
    for name in ("b.txt", "a.txt", "c.md", "sub/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY)
    assert [Path(item.path).name for item in read_path(tmp_path / "*.txt")] == ["a.txt", "b.txt"]
    assert [Path(item.path).name for item in read_path(tmp_path / "**" / "*.txt")] == ["a.txt", "b.txt", "d.txt"]
    (problem,) = read_path(tmp_path / "*.none")
    assert isinstance(problem, Problem)


def test_a_feed_that_is_cut_short_is_read_and_told():
    item = f"<item><title>Ferry</title><description>{STORY}</description></item>"
    whole = f"<rss version='2.0'><channel><title>Post</title>{item}{item}</channel></rss>"
    assert [type(item) for item in read(whole, "a.rss")] == [Draft, Draft]
    problem, *found = read(whole[: -len("</item></channel></rss>")], "a.rss")
    assert "cut short" in problem.message
    assert [draft.text for draft in found] == [STORY, STORY]


@pytest.mark.parametrize("name", ["sitemap.xml", "page.html", "standard input"])
def test_a_sitemap_is_no_text(name):
    (problem,) = read('<?xml version="1.0"?><urlset><url><loc>https://isles.example/1</loc></url></urlset>', name)
    assert "[[watch]]" in problem.message
