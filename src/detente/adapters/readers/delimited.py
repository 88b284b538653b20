"""CSV and its kin: one article a row, the first row names the columns."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from detente.adapters.readers.articles import read_article
from detente.adapters.readers.limits import LINE_BYTES, empty, unreadable
from detente.adapters.readers.text import WINDOWS_1252
from detente.cleaning.draft import Read
from detente.parcel import Fields

DELIMITERS = ",;\t|"
HEADER = 8_192  # characters in which the names of the columns stand
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_delimited(stream: IO[bytes], name: str, *, fields: Fields = ()) -> Iterator[Read]:
    """A draft per row, in order; a bad row is a problem and the rest goes on. Rows are read one by one.

    The delimiter is the one of comma, semicolon, tab and bar that the first row has most of. `fields` as in
    `read_article`; what is named by the line at which its row ends.
    """
    head = stream.read(HEAD_BYTES)
    wide = head.startswith(_WIDE)
    text = io.TextIOWrapper(
        io.BufferedReader(_Again(head, stream)),
        encoding="utf-16" if wide else "utf-8-sig",
        errors="replace" if wide else WINDOWS_1252,
        newline="",
    )
    first = text.readline(HEADER)
    csv.field_size_limit(LINE_BYTES)
    delimiter = max(DELIMITERS, key=first.count)
    columns = [column.strip() for column in next(csv.reader([first], delimiter=delimiter), [])]
    rows = csv.reader(text, delimiter=delimiter)
    told = False
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            told = True
            yield unreadable(
                f"{name}:{rows.line_num + 1}", f"the row is damaged ({error})", "Mend its quotation marks."
            )
            continue
        if row is None:
            break
        if any(cell.strip() for cell in row):
            told = True
            given = dict(zip(columns, row, strict=False))
            yield from read_article(given, f"{name}:{rows.line_num + 1}", fields=fields)
    if not told:
        yield empty(name)


HEAD_BYTES = 2  # of a mark that says two bytes make a character


class _Again(io.RawIOBase):
    """A stream whose first bytes were taken already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, into: "bytearray | memoryview") -> int:  # type: ignore[override]
        piece = self.head or self.rest.read(len(into))
        self.head = b""
        into[: len(piece)] = piece
        return len(piece)
