"""JSON Lines: one article a line, with url, outlet, published, title and text."""

import io
import json
from collections.abc import Iterator
from typing import IO

from detente.adapters.readers.articles import REMEDY, read_article
from detente.adapters.readers.limits import LINE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.text import bears_bytes, decode
from detente.cleaning import Draft
from detente.cleaning.draft import Passed, Read
from detente.parcel import Fields
from detente.records import Problem
from detente.screening import Screen


def read_jsonl(data: bytes, name: str, screen: Screen | None = None) -> Iterator[Read]:
    """A draft per line, or its problem with the line's number; see `read_jsonl_lines`."""
    return read_jsonl_lines(io.BytesIO(data), name, screen=screen)


def read_jsonl_lines(
    stream: IO[bytes],
    name: str,
    *,
    screen: Screen | None = None,
    fields: Fields = (),
    until: int | None = None,
    before: int = 0,
) -> Iterator[Read]:
    """A draft per line, in order; a bad line is a problem and the rest goes on.

    Lines are read one by one, so that a file may be larger than memory; those that begin at `until` or later are left.
    `before` is how many lines of the file came before the first. With a screen, lines that name no watched pair are
    passed over. `fields` as in `read_article`; other fields are ignored.
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
                yield from _read_line(line, where, fields)
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


def _read_line(line: bytes, where: str, fields: Fields) -> Iterator[Draft | Problem]:
    words = decode(line)
    if words is None:
        yield unreadable(where, "the line is not text", REMEDY)
        return
    try:
        given = json.loads(words)
    except (ValueError, RecursionError) as error:
        yield unreadable(where, f"the line is not JSON ({_short(error)})", REMEDY)
        return
    if isinstance(given, dict):
        # A line with fields of its own names is kept under the common ones, so that it can be read again.
        yield from read_article(given, where, fields=fields, raw=None if fields else line)
    else:
        yield unreadable(where, "the line is JSON but no object", REMEDY)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:80]
