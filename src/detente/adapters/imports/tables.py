"""Rows of files with a header: cells by name, whatever is too much in the header or at the end of a row."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import Check, Deed, Layout, Read, Refused, RowError

Cells = Mapping[str, str]
Make = Callable[[Cells], Deed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns that a format has, in order, and what tells that a row is put together rightly."""

    names: tuple[str, ...]
    checks: Mapping[str, Check]
    free: tuple[str, ...]  # of free text, in which tabs stray
    same: Mapping[str, str]  # other names of columns, in small letters

    def named(self, header: Sequence[str]) -> list[str]:
        """The names of a header as the format writes them; unknown ones as they are, empty ones at the end dropped."""
        known = {name.casefold(): name for name in self.names} | dict(self.same)
        names = [known.get(" ".join(name.split()).casefold(), name.strip()) for name in header]
        while names and not names[-1]:
            names.pop()
        return names

    def layout(self, names: Sequence[str]) -> Layout:
        """Where tabs can stray, and what must stand where."""
        checks = {at: self.checks[name] for at, name in enumerate(names) if name in self.checks}
        free = tuple(at for at, name in enumerate(names) if name in self.free)
        return Layout(width=len(names), free=free, checks=checks)


def read_tabs(lines: Iterator[Line], member: str, columns: Columns, make: Make) -> Iterator[Read]:
    """What `make` gives for each row below the header.

    Where the header has more names than the format, rows as wide as the names that the format knows have those.
    """
    names: list[str] | None = None
    plain = wide = columns.layout(columns.names)
    for line in lines:
        if line.fault:
            yield Read(member, line.number, Refused(line.fault, line.text))
            continue
        cells = line.text.split("\t")
        if names is None:
            names = columns.named(cells)
            if len(set(names) & set(columns.names)) <= len(columns.names) // 2:
                names = list(columns.names)  # no header: by position
            else:
                plain, wide = columns.layout([n for n in names if n in columns.names]), columns.layout(names)
                continue
        yield Read(member, line.number, _row(cells, line.text, (names, wide), plain, columns, make))


def _row(
    cells: list[str], text: str, whole: tuple[list[str], Layout], plain: Layout, columns: Columns, make: Make
) -> Deed | Refused:
    names, layout = whole
    if plain.width < len(cells) < layout.width and not any(cell.strip() for cell in cells[plain.width :]):
        cells = cells[: plain.width]
    if len(cells) == plain.width < layout.width:
        names, layout = [name for name in names if name in columns.names], plain
    try:
        return make(dict(zip(names, layout.fit(cells), strict=True)))
    except RowError as error:
        return Refused(str(error), text)


def read_commas(lines: Iterator[Line], member: str, make: Make, *, delimiter: str | None = None) -> Iterator[Read]:
    """What `make` gives for each row below the header, by name in small letters; cells may hold line breaks."""
    header: list[str] | None = None
    for number, cells, fault in comma_rows(lines, delimiter):
        if fault is None and header is None:
            header = [cell.strip().casefold() for cell in cells]
            continue
        found = Refused(fault or "no header", "") if fault or header is None else made(cells, header, make)
        yield Read(member, number, found)


def made(cells: list[str], header: list[str], make: Make) -> Deed | Refused:
    """What `make` gives for the cells by the names of the header; a row with too few or too many is refused."""
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    try:
        if len(cells) != len(header):
            raise RowError(f"{len(cells)} columns instead of {len(header)}")
        return make(dict(zip(header, cells, strict=True)))
    except RowError as error:
        return Refused(str(error), ",".join(cells))


def comma_rows(lines: Iterator[Line], delimiter: str | None) -> Iterator[tuple[int, list[str], str | None]]:
    """Line number, cells and fault of each row; without a delimiter the one of which the first line has most."""
    faults: list[Line] = []
    numbers = [0]

    def texts() -> Iterator[str]:
        for line in lines:
            if line.fault:
                faults.append(line)
                continue
            numbers[0] = line.number
            yield line.text + "\n"

    source = texts()
    first = next(source, "")
    told = delimiter or max(",;\t", key=first.count)
    reader = csv.reader(_again(first, source), delimiter=told)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield numbers[0], [], str(error)
            continue
        if row is None:
            break
        if row:
            yield numbers[0], row, None
    for line in faults:
        yield line.number, [], line.fault


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest
