"""JSON Lines: one article a line, with url, outlet, published, title and text."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from detente.adapters.readers.days import read_day
from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, LINE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.text import bears_bytes, decode
from detente.cleaning import Draft
from detente.cleaning.draft import Passed, Read
from detente.records import Problem
from detente.screening import Screen

_SURROGATE = re.compile("[\ud800-\udfff]")
REMEDY = 'Each line is an object like {"url": …, "outlet": …, "published": "2019-11-02", "title": …, "text": …}.'


def read_jsonl(data: bytes, name: str, screen: Screen | None = None) -> Iterator[Read]:
    """A draft per line, or its problem with the line's number; see `read_jsonl_lines`."""
    return read_jsonl_lines(io.BytesIO(data), name, screen=screen)


def read_jsonl_lines(
    stream: IO[bytes], name: str, *, screen: Screen | None = None, until: int | None = None, before: int = 0
) -> Iterator[Read]:
    """A draft per line, in order; a bad line is a problem and the rest goes on.

    Fields other than url, outlet, published, updated, byline (or author), title and text are ignored. Lines are read
    one by one, so that a file may be larger than memory; those that begin at `until` or later are left. `before` is how
    many lines of the file came before the first. With a screen, lines that name no watched pair are passed over.
    """
    number, told = before, False
    while (until is None or stream.tell() < until) and (line := stream.readline(LINE_BYTES + 1)):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LINE_BYTES:
            told = True
            yield too_long(where, len(line) + _skip_line(stream), "bytes", LINE_BYTES)
        elif line.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            told = True
            if screen and not bears_bytes(screen, line):
                yield Passed(path=where)
            else:
                yield from _read_line(line, where)
    if not told:
        yield empty(name)


def _skip_line(stream: IO[bytes]) -> int:
    """How many bytes the rest of the line had."""
    skipped = 0
    while piece := stream.readline(LINE_BYTES):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _read_line(line: bytes, where: str) -> Iterator[Draft | Problem]:
    words = decode(line)
    if words is None:
        yield unreadable(where, "the line is not text", REMEDY)
        return
    try:
        fields = json.loads(words)
    except (ValueError, RecursionError) as error:
        yield unreadable(where, f"the line is not JSON ({_short(error)})", REMEDY)
        return
    if isinstance(fields, dict):
        yield from _read_fields(fields, where, line)
    else:
        yield unreadable(where, "the line is JSON but no object", REMEDY)


def _read_fields(fields: dict[str, Any], where: str, raw: bytes) -> Iterator[Draft | Problem]:
    """The draft that an article's fields make; what cannot be used of them comes as a problem before it."""
    text = fields.get("text")
    if not isinstance(text, str):
        what = "lacks a" if text is None else f"has {type(text).__name__} for"
        yield unreadable(where, f'the article {what} "text"', REMEDY)
    elif not any(char.isalpha() for char in text):
        yield empty(where)
    elif len(text) > DOCUMENT_CHARACTERS:
        yield too_long(where, len(text), "characters", DOCUMENT_CHARACTERS)
    else:
        published = fields.get("published")
        day = read_day(published)
        if published not in (None, "") and day is None:
            yield unreadable(where, f'"published" is no date ({str(published)[:40]!r})', "Write it as 2019-11-02.")
        yield _draft(fields, text, day, where, raw)


def _draft(fields: dict[str, Any], text: str, day: dt.date | None, where: str, raw: bytes) -> Draft:
    return Draft(
        # Half a surrogate pair is no character; nothing could store it.
        text=_SURROGATE.sub("\ufffd", text),
        outlet=_words(fields.get("outlet")),
        title=_words(fields.get("title")),
        byline=_words(fields.get("byline")) or _words(fields.get("author")),
        published_on=day,
        updated_on=read_day(fields.get("updated")),
        url=_words(fields.get("url")),
        path=where,
        raw=raw,
    )


def _words(value: Any) -> str | None:
    return _SURROGATE.sub("�", value).strip() or None if isinstance(value, str) else None


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:80]
