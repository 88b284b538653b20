"""Chooses the reader by a file's suffix and, where that says nothing, by its first bytes."""

import dataclasses
import glob
import gzip
import io
import os
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from detente.adapters.objects import FileName, find_objects, is_object, open_file
from detente.adapters.readers.delimited import read_delimited
from detente.adapters.readers.docx import read_docx
from detente.adapters.readers.feeds import read_feed
from detente.adapters.readers.formats import (
    GZIP,
    MAGIC,
    PACKED,
    Format,
    begin_unpacking,
    find_format,
    is_sitemap,
    unpacked_name,
)
from detente.adapters.readers.html import HEAD, read_html
from detente.adapters.readers.jsonl import read_jsonl_lines
from detente.adapters.readers.limits import FILE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.mail import read_mailbox, read_message
from detente.adapters.readers.parquet import read_parquet
from detente.adapters.readers.pdf import read_pdf
from detente.adapters.readers.text import read_text
from detente.adapters.readers.warc import find_records, read_warc
from detente.cleaning.draft import Draft, Read
from detente.parcel import Fields
from detente.screening import Screen

WARC_STEP = 32  # times as long: it is packed, and most of a page is no text
SITEMAP_REMEDY = 'To have its pages read, watch it: [[watch]] and below it sitemap = "https://…" in detente.toml.'
STDIN_NAME = "standard input"


def read_path(path: FileName, screen: Screen | None = None, fields: Fields = ()) -> Iterator[Read]:
    """The drafts of a file, of all files under a folder in the order of their names, or of those that fit a pattern.

    The path may be an address in an object store, such as "s3://news/2019/*.jsonl"; such a store may raise StoreError.

    Hidden files of a folder are passed over. What cannot be read comes as a problem in its place, and the rest goes on.
    With a screen, texts whose bytes name no watched pair are passed over. `fields` as in `read_article`.
    """
    for file in find_files(path):
        yield from read_file(file, screen, fields)
    if not is_object(path) and Path(path).is_dir() and next(files_under(Path(path)), None) is None:
        yield unreadable(str(path), "the folder holds no file that can be read", "Give another folder or a file.")


def find_files(path: FileName) -> Iterator[FileName]:
    """The file itself, the files under a folder, or what fits a pattern with * ? [ or ** in it, by name."""
    if isinstance(path, str) and is_object(path):
        yield from find_objects(path)
        return
    path = Path(path)
    if not path.exists() and glob.has_magic(str(path)):
        fitting = [Path(name) for name in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 Path.glob takes no absolute one
        for found in fitting or [path]:
            yield from files_under(found) if found.is_dir() else [found]
    else:
        yield from files_under(path) if path.is_dir() else [path]


def files_under(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, by name; hidden ones are passed over."""
    for parent, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent, name)


def read_stdin(screen: Screen | None = None, fields: Fields = ()) -> Iterator[Read]:
    """The drafts of the standard input."""
    yield from read_stream(sys.stdin.buffer.read(), STDIN_NAME, screen, fields)


def read_stream(data: bytes, name: str, screen: Screen | None = None, fields: Fields = ()) -> Iterator[Read]:
    """The drafts in some bytes, such as the standard input; `name` is what problems call them."""
    yield from _read_open(io.BufferedReader(io.BytesIO(data)), name, screen, fields)


def read_file(path: FileName, screen: Screen | None = None, fields: Fields = ()) -> Iterator[Read]:
    """The drafts of one file; see `read_path`."""
    name = str(path)
    try:
        if isinstance(path, str) and is_object(path):
            with open_file(path) as stream:
                yield from _read_open(stream, name, screen, fields)
            return
        path = Path(path)
        if not path.is_file():
            what = "it is neither a file nor a folder" if path.exists() else "there is no such file"
            yield unreadable(name, what, "Check the path.")
            return
        with path.open("rb") as stream:
            if find_format(name, stream.peek(HEAD)) is Format.PARQUET:
                yield from read_parquet(path, name, fields=fields)
            else:
                yield from _read_open(stream, name, screen, fields)
    except OSError as error:
        yield unreadable(name, f"it cannot be opened ({error.strerror or error})", "Check its name and permissions.")


def read_lines(
    path: FileName, screen: Screen | None = None, fields: Fields = (), *, start: int, until: int, before: int
) -> Iterator[Read]:
    """The drafts of a part of a large file: of the lines, or the records of a WARC, that begin at bytes start..until.

    `before` lines come first.
    """
    with open_file(path) as stream:
        if find_format(str(path), stream.peek(HEAD)) is Format.JSONL:
            stream.seek(start)
            yield from read_jsonl_lines(stream, str(path), screen=screen, fields=fields, until=until, before=before)
        else:
            yield from read_warc(stream, str(path), screen, start=start, until=until)


def find_starts(path: FileName, step: int) -> Iterator[tuple[int, int]]:
    """The bytes, about `step` apart, at which a long file can be shared out, each with how many lines come before.

    Lines of JSON and records of a WARC stand by themselves; of other files there are none. The first is not told.
    """
    with open_file(path) as stream:
        format_ = find_format(unpacked_name(str(path)), stream.peek(HEAD))
        if format_ is Format.WARC:
            yield from ((start, 0) for start in find_records(stream, step * WARC_STEP))
        elif format_ is Format.JSONL and Path(path).suffix not in PACKED:
            line = 0
            while lines := stream.readlines(step):
                line += len(lines)
                if stream.peek(1):
                    yield stream.tell(), line


def _read_open(stream: io.BufferedReader, name: str, screen: Screen | None, fields: Fields) -> Iterator[Read]:
    """The drafts of an open file, in whatever format it is."""
    head = stream.peek(HEAD)
    if not head.startswith(GZIP):
        yield from _read_as(find_format(name, head), stream, name, screen, fields)
        return
    inner_name = unpacked_name(name)
    format_ = find_format(inner_name, begin_unpacking(head))
    if format_ is Format.WARC:  # it is read member by member
        yield from read_warc(stream, name, screen)
        return
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            for found in _read_as(format_, io.BufferedReader(packed), name, screen, fields):
                yield _kept_unpacked(found, inner_name)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield unreadable(name, "the gzip archive is damaged or cut short", "Fetch it again.")


def _kept_unpacked(found: Read, name: str) -> Read:
    """What was read of a packed file of that name within; the bytes to keep are unpacked ones."""
    if isinstance(found, Draft) and found.raw_as is None:
        return dataclasses.replace(found, raw_as=Path(name).suffix or ".txt")
    return found


def _read_as(
    format_: Format | None, stream: IO[bytes], name: str, screen: Screen | None, fields: Fields
) -> Iterator[Read]:
    """The drafts of a stream in a format; those of many texts are read as they come."""
    match format_:
        case Format.JSONL:
            yield from read_jsonl_lines(stream, name, screen=screen, fields=fields)
        case Format.CSV:
            yield from read_delimited(stream, name, fields=fields)
        case Format.WARC:
            yield from read_warc(stream, name, screen)
        case Format.MBOX:
            yield from read_mailbox(stream, name, screen)
        case Format.PARQUET:
            yield from _read_spooled(stream, name, fields)
        case _:
            data = stream.read(FILE_BYTES + 1)
            yield from _read_whole(format_, data, name, screen)


def _read_whole(format_: Format | None, data: bytes, name: str, screen: Screen | None) -> Iterator[Read]:
    """The drafts of what must be read at once."""
    refusal = next(((what, remedy) for magic, what, remedy in MAGIC if data.startswith(magic)), None)
    if not data.strip(b" \t\r\n\x00"):
        yield empty(name)
    elif len(data) > FILE_BYTES:
        yield too_long(name, len(data), "bytes", FILE_BYTES)
    elif format_ is Format.DOCX:
        yield from read_docx(data, name)
    elif refusal is not None:
        yield unreadable(name, *refusal)
    elif is_sitemap(data[:HEAD]):
        yield unreadable(name, "it is a sitemap: a list of addresses, and no text", SITEMAP_REMEDY)
    elif format_ is Format.PDF:
        yield from read_pdf(data, name)
    elif format_ is Format.HTML:
        yield from read_html(data, name, screen)
    elif format_ is Format.FEED:
        yield from read_feed(data, name)
    elif format_ is Format.EML:
        yield from read_message(data, name, screen)
    else:
        yield from read_text(data, name)


def _read_spooled(stream: IO[bytes], name: str, fields: Fields) -> Iterator[Read]:
    """The rows of a Parquet that is no file of its own."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        while piece := stream.read(FILE_BYTES):
            file.write(piece)
        file.flush()
        yield from read_parquet(Path(file.name), name, fields=fields)
