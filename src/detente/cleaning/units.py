"""The lines and paragraphs of a text as they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_BLANK_LINE = re.compile(r"(?:\r\n|[\n\r\u2028\u2029])[^\S\n\r]*(?:\r\n|[\n\r\u2028\u2029])")
_TERMINAL = re.compile(r"[.!?…:;]['\"”’)\]»]*$")
_CONTINUES = re.compile(r"(?:\b(?:a|an|the|of|to|in|on|for|and|or|by|with|that|at|from|as|its|his|her|their)|,)$")
WRAP_MIN, WRAP_MAX = 40, 110  # characters: the usual widths of hard-wrapped text
WRAP_RUN = 3  # lines


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or several lines that a fixed width broke: characters start..end of the text, trimmed of blanks."""

    start: int
    end: int
    text: str
    gap: bool  # a blank line stands before it

    @property
    def words(self) -> list[str]:
        """The unit cut at blanks."""
        return self.text.split()


def find_units(text: str) -> list[Unit]:
    """The units of a text, in order; a text without line breaks is one unit, an empty one has none.

    >>> [unit.text for unit in find_units("Talks resume\\n\\nThey met on Friday.")]
    ['Talks resume', 'They met on Friday.']
    """
    units: list[Unit] = []
    for run in _runs(text):
        if _is_wrapped(run):
            units.append(_joined(text, run))
        else:
            units.extend(_join_broken(text, run))
    return units


def _runs(text: str) -> Iterator[list[Unit]]:
    """Lines that stand together without a blank line between them."""
    run: list[Unit] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        gap = _BLANK_LINE.search(text, last, start) is not None
        if gap and run:
            yield run
            run = []
        run.append(Unit(start, start + len(stripped), stripped, gap))
        last = start + len(stripped)
    if run:
        yield run


def _is_wrapped(run: Sequence[Unit]) -> bool:
    if len(run) < WRAP_RUN:
        return False
    lengths = sorted(len(unit.text) for unit in run)
    open_lines = sum(not _TERMINAL.search(unit.text) for unit in run[:-1])
    starts_small = sum(unit.text[0].islower() for unit in run[1:])
    return (
        WRAP_MIN <= lengths[len(lengths) // 2] <= WRAP_MAX
        and open_lines * 2 >= len(run) - 1
        and starts_small * 4 >= len(run) - 1
    )


def _join_broken(text: str, run: Sequence[Unit]) -> list[Unit]:
    groups: list[list[Unit]] = []
    for unit in run:
        if groups and _goes_on(groups[-1][-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return [_joined(text, group) for group in groups]


def _goes_on(before: Unit, after: Unit) -> bool:
    if len(before.text) < WRAP_MIN or _TERMINAL.search(before.text) or " " not in after.text:
        return False
    return after.text[0].islower() or bool(_CONTINUES.search(before.text))


def _joined(text: str, run: Sequence[Unit]) -> Unit:
    return Unit(run[0].start, run[-1].end, text[run[0].start : run[-1].end], run[0].gap)
