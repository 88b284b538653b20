"""Chooses the reader by a file's suffix and, where that says nothing, by its first bytes."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from detente.adapters.readers.html import read_html
from detente.adapters.readers.jsonl import read_jsonl, read_jsonl_lines
from detente.adapters.readers.limits import FILE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.pdf import read_pdf
from detente.adapters.readers.text import read_text
from detente.cleaning.draft import Read
from detente.screening import Screen

JSONL_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
STDIN_NAME = "standard input"
PDF = b"%PDF"
HEAD = 2_048  # bytes that show what a file without a telling suffix is
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I | re.S
)
_JSON_OBJECT = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"[^"\n]{1,60}"\s*:')
# What other formats begin with, and what to do with them.
MAGIC = (
    (b"PK\x03\x04", "a zip archive or an office document", "Unpack it, or save it as plain text."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first: gunzip FILE"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text."),
    (b"{\\rtf", "a rich-text document", "Save it as plain text."),
    (b"\x89PNG", "a picture", "Only text can be read."),
    (b"\xff\xd8\xff", "a picture", "Only text can be read."),
    (b"GIF8", "a picture", "Only text can be read."),
    (b"SQLite format 3", "a database", "Only text can be read."),
    (b"\x7fELF", "a program", "Only text can be read."),
)


def read_path(path: Path, screen: Screen | None = None) -> Iterator[Read]:
    """The drafts of a file, or of all files under a folder in the order of their names; hidden files are passed over.

    What cannot be read comes as a problem in its place, and the rest goes on. With a screen, texts whose bytes name no
    watched pair are passed over.
    """
    if not path.is_dir():
        yield from read_file(path, screen)
        return
    found = False
    for file in files_under(path):
        found = True
        yield from read_file(file, screen)
    if not found:
        yield unreadable(str(path), "the folder holds no file that can be read", "Give another folder or a file.")


def read_stream(data: bytes, name: str, screen: Screen | None = None) -> Iterator[Read]:
    """The drafts in some bytes, such as the standard input; `name` is what problems call them."""
    if not data.strip(b" \t\r\n\x00"):
        yield empty(name)
        return
    for magic, what, remedy in MAGIC:
        if data.startswith(magic):
            yield unreadable(name, f"it is {what}", remedy)
            return
    suffix = Path(name).suffix.lower()
    if is_jsonl(suffix, data[:HEAD]):
        yield from read_jsonl(data, name, screen)
    elif len(data) > FILE_BYTES:
        yield too_long(name, len(data), "bytes", FILE_BYTES)
    elif data.startswith(PDF):
        yield from read_pdf(data, name)
    elif suffix in HTML_SUFFIXES or _HTML.match(data[:HEAD]):
        yield from read_html(data, name, screen)
    else:
        yield from read_text(data, name)


def read_stdin(screen: Screen | None = None) -> Iterator[Read]:
    """The drafts of the standard input."""
    yield from read_stream(sys.stdin.buffer.read(), STDIN_NAME, screen)


def files_under(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it, by name; hidden ones are passed over."""
    for parent, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent, name)


def read_file(path: Path, screen: Screen | None = None) -> Iterator[Read]:
    """The drafts of one file; see `read_path`."""
    name = str(path)
    try:
        if not path.is_file():
            what = "it is neither a file nor a folder" if path.exists() else "there is no such file"
            yield unreadable(name, what, "Check the path.")
            return
        with path.open("rb") as stream:
            if is_jsonl(path.suffix.lower(), stream.peek(HEAD)):
                yield from read_jsonl_lines(stream, name, screen=screen)
                return
            data = stream.read(FILE_BYTES + 1)
        if len(data) > FILE_BYTES:
            yield too_long(name, path.stat().st_size, "bytes", FILE_BYTES)
            return
    except OSError as error:
        yield unreadable(name, f"it cannot be opened ({error.strerror or error})", "Check its permissions.")
        return
    yield from read_stream(data, name, screen)


def holds_lines(path: Path) -> bool:
    """Whether a file holds JSON Lines; raises OSError where it cannot be opened."""
    with path.open("rb") as stream:
        return is_jsonl(path.suffix.lower(), stream.read(HEAD))


def read_lines(path: Path, screen: Screen | None = None, *, start: int, until: int, before: int) -> Iterator[Read]:
    """The drafts of those lines of a file of JSON Lines that begin at bytes start..until; `before` lines come first."""
    with path.open("rb") as stream:
        stream.seek(start)
        yield from read_jsonl_lines(stream, str(path), screen=screen, until=until, before=before)


def is_jsonl(suffix: str, head: bytes) -> bool:
    """Whether a file of this suffix that begins so holds JSON Lines."""
    return suffix in JSONL_SUFFIXES or (suffix not in HTML_SUFFIXES and bool(_JSON_OBJECT.match(head)))
