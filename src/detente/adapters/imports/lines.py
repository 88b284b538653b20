"""A file as lines of text: plain, gzip or zip; what is damaged is said."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

LONGEST = 1 << 20  # bytes of a line; a longer one is no row of event data
BOM = b"\xef\xbb\xbf"
DAMAGE = (EOFError, OSError, ValueError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class Line(NamedTuple):
    """A line of a file, without its end. `fault` says why there is no (whole) line to read."""

    number: int  # from 1
    text: str
    fault: str | None = None


def members(path: Path) -> Iterator[tuple[str, Iterator[Line]]]:
    """The name and the lines of each text in the file: of a zip each member, else the file alone."""
    if path.suffix.lower() == ".zip":
        yield from _zipped(path)
        return
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as opened:
        yield path.name, lines(cast(IO[bytes], opened))


def _zipped(path: Path) -> Iterator[tuple[str, Iterator[Line]]]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        yield path.name, iter([Line(1, "", f"the zip file is damaged: {error}")])
        return
    with archive:
        for member in archive.infolist():
            if member.filename.endswith("/"):  # a folder; a damaged name may be empty
                continue
            try:
                opened = archive.open(member)
            except DAMAGE as error:
                yield member.filename, iter([Line(1, "", f"the zip file is damaged: {error}")])
                continue
            with opened:
                yield member.filename, lines(opened)


def lines(opened: IO[bytes]) -> Iterator[Line]:
    """The lines that hold anything: UTF-8, and where one is not, ISO 8859-1. Ends at the first damage, and says so."""
    number = 0
    try:
        while raw := opened.readline(LONGEST):
            number += 1
            if number == 1:
                raw = raw.removeprefix(BOM)
            if len(raw) == LONGEST and not raw.endswith(b"\n"):
                _skip_line(opened)
                yield Line(number, decoded(raw[:200]), f"longer than {LONGEST} bytes")
            elif raw.strip(b"\r\n\0"):
                yield Line(number, decoded(raw.rstrip(b"\r\n")))
    except DAMAGE as error:
        yield Line(number + 1, "", f"the file is damaged from here on: {error}")


def _skip_line(opened: IO[bytes]) -> None:
    while (raw := opened.readline(LONGEST)) and not raw.endswith(b"\n"):
        pass


def decoded(raw: bytes) -> str:
    """The text of a line, without NUL characters.

    >>> decoded("Côte".encode("iso-8859-1")), decoded("Côte".encode())
    ('Côte', 'Côte')
    """
    try:
        return raw.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return raw.decode("iso-8859-1").replace("\0", "")
