"""Readers: what comes out of bytes, files and folders, and what is said of those that cannot be read."""

import datetime as dt
import io
import json
import os
import sys
from pathlib import Path

import pytest

from detente.adapters.readers import read_path, read_stdin, read_stream
from detente.adapters.readers.days import read_day
from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, FILE_BYTES, LINE_BYTES
from detente.adapters.readers.text import decode
from detente.cleaning import Draft
from detente.records import Problem, Trouble

STORY = "The two states reopened the bridge on Friday. Lorries crossed it at noon, and the king was glad."
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge reopens | The Daily Post</title>
<meta property="og:site_name" content="The Daily Post">
<meta property="og:title" content="Bridge reopens &amp; trade resumes">
<meta name="author" content="Jane Example"><link rel="canonical" href="https://example.org/bridge">
<meta property="article:published_time" content="2018-05-04T23:30:00+02:00">
<meta property="article:modified_time" content="2018-05-06T08:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/x">News</a></nav><article><h1>Bridge reopens</h1><p>{STORY}</p>
<p>{STORY.replace("Friday", "Monday")}</p><p>A third paragraph says that the toll stays as it is, drivers were told.</p>
</article><footer>© The Daily Post</footer></body></html>"""


def _draft(data: bytes, name: str = "a.txt") -> Draft:
    (found,) = read_stream(data, name)
    assert isinstance(found, Draft), found
    return found


def _trouble(data: bytes, name: str = "a.txt") -> Problem:
    (found,) = read_stream(data, name)
    assert isinstance(found, Problem), found
    assert "\n" not in found.message
    return found


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_encodings(encoding: str) -> None:
    text = "The café in Málaga was naïve. It cost twelve pounds."
    assert _draft(text.encode(encoding)).text == text


def test_typographic_quotes_stay() -> None:
    text = "“Yes,” he said – it’s over…"
    assert _draft(text.encode()).text == text
    assert _draft(text.encode("cp1252")).text == text


def test_mixed_encodings() -> None:
    assert (
        decode("“café” ".encode() + "“no”".encode("cp1252") + " “encore” — été".encode())
        == "“café” “no” “encore” — été"
    )


def test_line_ends_stay_as_they_are() -> None:
    assert _draft(b"They met.\r\nThey left.").text == "They met.\r\nThey left."


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"123 456"])
def test_empty(data: bytes) -> None:
    assert _trouble(data).trouble is Trouble.EMPTY


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04rest", "archive"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 8, "binary"),
    ],
)
def test_binary(data: bytes, what: str) -> None:
    problem = _trouble(data)
    assert problem.trouble is Trouble.UNREADABLE
    assert what in problem.message


def test_fifty_megabytes_of_one_line(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"word " * 10_000_000)
    (found,) = read_path(file)
    assert isinstance(found, Problem)
    assert found.trouble is Trouble.TOO_LONG


def test_more_characters_than_a_document_has() -> None:
    assert _trouble(b"a" * (DOCUMENT_CHARACTERS + 1)).trouble is Trouble.TOO_LONG
    assert DOCUMENT_CHARACTERS < FILE_BYTES


def test_html() -> None:
    draft = _draft(PAGE.encode(), "page.html")
    assert STORY in draft.text
    assert "Home" not in draft.text
    assert (draft.title, draft.outlet, draft.byline) == (
        "Bridge reopens & trade resumes",
        "The Daily Post",
        "Jane Example",
    )
    assert (draft.published_on, draft.updated_on) == (dt.date(2018, 5, 4), dt.date(2018, 5, 6))
    assert draft.url == "https://example.org/bridge"
    assert draft.raw == PAGE.encode()


def test_html_is_known_without_a_suffix() -> None:
    assert _draft(PAGE.encode(), "standard input").outlet == "The Daily Post"


def test_linked_data_wins_over_meta() -> None:
    linked = {
        "@graph": [
            {"@type": "Organization", "name": "Nobody"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge opens at last",
                "datePublished": "2018-05-03T10:00:00Z",
                "author": [{"@type": "Person", "name": "Jo Third"}, {"name": "Ann Other"}],
                "publisher": {"name": "The Evening Post"},
            },
        ]
    }
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{json.dumps(linked)}</script></head>')
    draft = _draft(page.encode(), "page.html")
    assert (draft.title, draft.byline, draft.outlet) == (
        "Bridge opens at last",
        "Jo Third, Ann Other",
        "The Evening Post",
    )
    assert draft.published_on == dt.date(2018, 5, 3)


@pytest.mark.parametrize(
    "linked", ["{broken", "[]", '"words"', "null", '{"@graph": null}', '[{"@type": "NewsArticle"}]']
)
def test_broken_linked_data_is_passed_over(linked: str) -> None:
    page = PAGE.replace("</head>", f'<script type="application/ld+json">{linked}</script></head>')
    assert _draft(page.encode(), "page.html").published_on == dt.date(2018, 5, 4)


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><script>1</script>", "<html><body><p>", "<div"])
def test_html_without_a_story(page: str) -> None:
    assert _trouble(page.encode(), "page.html").trouble in (Trouble.UNREADABLE, Trouble.EMPTY)


def test_damaged_html_is_read_as_far_as_it_goes() -> None:
    assert STORY in _draft(PAGE[: PAGE.index("A third")].encode(), "page.html").text


def test_json_lines() -> None:
    lines = [
        json.dumps(
            {
                "url": "https://example.org/a",
                "outlet": "Post",
                "published": "2018-05-04",
                "title": "T",
                "text": STORY,
                "pair": ["A", "B"],
            }
        ),
        "",
        "{broken",
        '["a list"]',
        '{"title": "no text"}',
        '{"text": 12}',
        '{"text": "  "}',
        json.dumps({"text": STORY, "published": "never"}),
        json.dumps({"text": STORY}),
    ]
    found = list(read_stream("\n".join(lines).encode(), "a.jsonl"))
    assert [item.path for item in found] == [f"a.jsonl:{n}" for n in (1, 3, 4, 5, 6, 7, 8, 8, 9)]
    assert [type(item) for item in found] == [Draft, *[Problem] * 6, Draft, Draft]
    first = found[0]
    assert isinstance(first, Draft)
    assert (first.url, first.outlet, first.title, first.text) == ("https://example.org/a", "Post", "T", STORY)
    assert first.published_on == dt.date(2018, 5, 4)


def test_json_lines_are_known_without_a_suffix() -> None:
    assert _draft(json.dumps({"text": STORY}).encode(), "standard input").text == STORY


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert _draft(b'{"text": "They met. \\ud83d They left."}', "a.jsonl").text == "They met. � They left."


def test_an_endless_line_is_passed_over_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "' + b"a" * (LINE_BYTES * 2) + b'"}\n' + json.dumps({"text": STORY}).encode())
    problem, draft = read_path(file)
    assert isinstance(problem, Problem)
    assert problem.trouble is Trouble.TOO_LONG
    assert isinstance(draft, Draft)
    assert draft.path == f"{file}:2"


def test_folders_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY)
    (tmp_path / "e.pdf").write_bytes(b"%PDF-1.4")
    found = list(read_path(tmp_path))
    assert [Path(item.path or "").name for item in found] == ["a.txt", "b.txt", "e.pdf", "c.txt"]
    assert [isinstance(item, Problem) for item in found] == [False, False, True, False]


def test_missing_and_empty_places(tmp_path: Path) -> None:
    for place in (tmp_path / "none.txt", tmp_path):
        (found,) = read_path(place)
        assert isinstance(found, Problem)
        assert found.trouble is Trouble.UNREADABLE


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY)
    file.chmod(0)
    (found,) = read_path(file)
    assert isinstance(found, Problem)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    (found,) = read_stdin()
    assert isinstance(found, Draft)
    assert found.text == STORY


@pytest.mark.parametrize(
    "value",
    [
        "2019-11-02",
        "2019-11-02T23:59:00+08:00",
        "2019-11-02 10:00:00",
        "20191102T100000Z",
        "Sat, 02 Nov 2019 10:00:00 GMT",
        "02 Nov 2019 10:00 +0000",
        "November 2, 2019",
        "2 November 2019",
        1572652800,
        1572652800000,
        "1572652800",
    ],
)
def test_days(value: object) -> None:
    assert read_day(value) == dt.date(2019, 11, 2)


@pytest.mark.parametrize(
    "value", [None, "", "never", True, [], {}, "2019-13-02", "0000-00-00", float("nan"), 1e300, "12"]
)
def test_no_days(value: object) -> None:
    assert read_day(value) is None
