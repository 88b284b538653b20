"""HTML: the story as trafilatura reads it, title, outlet, writer and dates from the page's metadata."""

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from htmldate import find_date
from resiliparse.extract.html2text import extract_plain_text

from detente.adapters.readers.days import read_day
from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, empty, too_long, unreadable
from detente.adapters.readers.text import bears_bytes, decode
from detente.cleaning import Draft
from detente.cleaning.draft import Passed, Read
from detente.screening import Screen

LAST_DAY = "2099-12-31"  # htmldate refuses days after today unless told otherwise; no result may depend on today
ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "LiveBlogPosting",
    "WebPage",
)
PUBLISHED_META = (
    "article:published_time",
    "og:published_time",
    "datePublished",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
    "dc.date",
    "article.published",
)
UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "dateModified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "article.updated",
)
OUTLET_META = ("og:site_name", "application-name", "twitter:site:name")
TITLE_META = ("og:title", "twitter:title", "headline", "dc.title")
AUTHOR_META = ("author", "article:author_name", "byl", "parsely-author", "dc.creator", "sailthru.author")
URL_META = ("og:url",)
_META = re.compile(r"<meta\b[^>]{0,2000}>", re.I)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LD = re.compile(r"<script\b[^>]*application/ld\+json[^>]*>(.*?)</script>", re.I | re.S)
_CANONICAL = re.compile(r"<link\b[^>]*\brel=[\"']?canonical[\"']?[^>]*>", re.I)


_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
HEAD = 2_048  # bytes that show what a file without a telling suffix is


def is_page(data: bytes) -> bool:
    """Whether bytes that begin so are a web page."""
    return bool(_HTML.match(data[:HEAD]))


def page_charset(data: bytes) -> str | None:
    """The encoding that a page says it is in."""
    found = _CHARSET.search(data[:HEAD])
    return found[1].decode("ascii") if found else None


def read_html(data: bytes, name: str, screen: Screen | None = None) -> Iterator[Read]:
    """One draft with the text of the story, or the problem that kept it from being read.

    With a screen a page that names no watched pair is passed over before it is read with care: first by its bytes, then
    by its main text as resiliparse finds it in an eighth of the time.
    """
    if screen and not bears_bytes(screen, data):
        yield Passed(path=name)
        return
    page = decode(data)
    if page is None:
        yield unreadable(name, "it is named as a web page but is not text", "Save the page again as HTML.")
        return
    if screen and not screen.bears(extract_plain_text(page, main_content=True, comments=False)):
        yield Passed(path=name)
        return
    text = _story(page)
    if text is None or not any(char.isalpha() for char in text):
        yield (
            empty(name)
            if not page.strip()
            else unreadable(
                name,
                "no story was found in this web page (damaged, or only a frame filled by scripts)",
                "Save the article as plain text.",
            )
        )
    elif len(text) > DOCUMENT_CHARACTERS:
        yield too_long(name, len(text), "characters", DOCUMENT_CHARACTERS)
    else:
        yield _draft(page, text, name, data)


def _story(page: str) -> str | None:
    try:
        text: str | None = trafilatura.extract(page, fast=True, include_comments=False, include_tables=True)
    except Exception:  # a parser may raise anything on a damaged page
        return None
    return text


def _draft(page: str, text: str, name: str, data: bytes) -> Draft:
    linked, meta = _linked_data(page), _meta(page)
    published = read_day(linked.get("datePublished")) or _first_day(meta, PUBLISHED_META) or _guessed_day(page)
    return Draft(
        text=text,
        outlet=_name_of(linked.get("publisher")) or _first(meta, OUTLET_META),
        title=_plain(linked.get("headline")) or _first(meta, TITLE_META),
        byline=_name_of(linked.get("author")) or _first(meta, AUTHOR_META),
        published_on=published,
        updated_on=read_day(linked.get("dateModified")) or _first_day(meta, UPDATED_META),
        url=_url(page, linked, meta),
        path=name,
        raw=data,
    )


def _meta(page: str) -> dict[str, str]:
    """The content of the page's meta elements by their name, property or itemprop; the first of a name wins."""
    found: dict[str, str] = {}
    for tag in _META.findall(page):
        fields = {key.lower(): html.unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(tag)}
        key = fields.get("property") or fields.get("name") or fields.get("itemprop")
        if key and fields.get("content", "").strip():
            found.setdefault(key.lower(), fields["content"].strip())
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name.lower()] for name in names if name.lower() in meta), None)


def _first_day(meta: dict[str, str], names: tuple[str, ...]) -> dt.date | None:
    return next((day for name in names if (day := read_day(meta.get(name.lower())))), None)


def _guessed_day(page: str) -> dt.date | None:
    """What htmldate finds in the page's markup; it does not look at running text."""
    try:
        return read_day(find_date(page, extensive_search=False, original_date=True, max_date=LAST_DAY))
    except Exception:  # as above
        return None


def _linked_data(page: str) -> dict[str, Any]:
    """The JSON-LD object of the article, empty where there is none or it is broken."""
    candidates: list[dict[str, Any]] = []
    for block in _LD.findall(page):
        try:
            candidates.extend(_objects(json.loads(block.strip())))
        except (ValueError, RecursionError):
            continue
    for kind in ARTICLE_TYPES:
        for candidate in candidates:
            kinds = candidate.get("@type")
            if kind == kinds or (isinstance(kinds, list) and kind in kinds):
                return candidate
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph", []))


def _plain(value: Any) -> str | None:
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _name_of(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for item in value if (name := _name_of(item))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        return _name_of(value.get("name"))
    return _plain(value)


def _url(page: str, linked: dict[str, Any], meta: dict[str, str]) -> str | None:
    canonical = _CANONICAL.search(page)
    if canonical:
        fields = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(canonical[0])}
        if fields.get("href", "").startswith("http"):
            return str(fields["href"])
    return _first(meta, URL_META) or _plain(linked.get("url"))
