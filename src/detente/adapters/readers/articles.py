"""The fields of an article, as a line of JSON, a row of a table or an entry of a feed gives them, to its draft."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from detente.adapters.readers.days import read_day
from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, empty, too_long, unreadable
from detente.adapters.readers.text import characters
from detente.cleaning import Draft
from detente.parcel import Fields
from detente.records import Problem

ARTICLE_FIELDS = ("text", "title", "published", "outlet", "url", "byline", "updated")
SHOWN = 8  # fields named in a hint
RAW_AS = ".jsonl"  # what a row is kept as: a line that can be read without the table
REMEDY = 'Each line is an object like {"url": …, "outlet": …, "published": "2019-11-02", "title": …, "text": …}.'


def read_article(
    given: Mapping[str, Any], where: str, *, fields: Fields = (), raw: bytes | None = None
) -> Iterator[Draft | Problem]:
    """The draft that an article's fields make; what cannot be used of them comes as a problem before it.

    `fields` says which of those given holds which of `ARTICLE_FIELDS`; others are taken by their own name. `raw` are
    the bytes to keep; without them the fields are kept as a line of JSON.
    """
    article = {**given, **{name: given.get(column) for name, column in fields}}
    text = article.get("text")
    if not isinstance(text, str):
        yield unreadable(where, *_lack(text, given, fields))
    elif not any(char.isalpha() for char in text):
        yield empty(where)
    elif len(text) > DOCUMENT_CHARACTERS:
        yield too_long(where, len(text), "characters", DOCUMENT_CHARACTERS)
    else:
        published = article.get("published")
        if published not in (None, "") and read_day(published) is None:
            yield unreadable(where, f'"published" is no date ({str(published)[:40]!r})', "Write it as 2019-11-02.")
        yield _draft(article, where, raw)


def _lack(text: Any, given: Mapping[str, Any], fields: Fields) -> tuple[str, str]:
    """What is wrong with an article without text, and what to do."""
    wanted = dict(fields).get("text", "text")
    what = f'the article {"lacks a" if text is None else f"has {type(text).__name__} for"} "{wanted}"'
    others = {str(name)[:40]: len(str(value)) for name, value in given.items() if name not in ARTICLE_FIELDS}
    if text is None and others:
        likely = max(others, key=lambda name: others[name])
        return what, f"Say which of its fields holds it ({', '.join([*others][:SHOWN])}): --fields text={likely}"
    return what, REMEDY


def _draft(article: Mapping[str, Any], where: str, raw: bytes | None) -> Draft:
    kept = {name: article[name] for name in ARTICLE_FIELDS if article.get(name) not in (None, "")}
    return Draft(
        text=characters(article["text"]),
        outlet=_words(article.get("outlet")),
        title=_words(article.get("title")),
        byline=_words(article.get("byline")) or _words(article.get("author")),
        published_on=read_day(article.get("published")),
        updated_on=read_day(article.get("updated")),
        url=_words(article.get("url")),
        path=where,
        raw=json.dumps(kept, default=str).encode() if raw is None else raw,
        raw_as=RAW_AS,
    )


def _words(value: Any) -> str | None:
    return characters(value).strip() or None if isinstance(value, str) else None
