"""A brief as plain text for the terminal."""

import textwrap

from detente.adapters.exporters.citation import citation_line, told_by
from detente.telling.brief_page import Brief, Section
from detente.telling.lines import Line

WIDTH = 112
MARGIN = 2
DATE_WIDTH = 18
NOTE_GAP = 3
LEVEL_INDENT = 3


def write_text(brief: Brief) -> str:
    """The page, at most `WIDTH` characters wide."""
    out = [brief.title.ljust(WIDTH - len(brief.asked)) + brief.asked, brief.header]
    for section in brief.sections:
        out += ["", section.name, *_section(section)]
    out += ["", "Sources", *(f"  {citation_line(citation)}" for citation in brief.citations)]
    out += ["", f"Made by: {brief.command}"]
    return "\n".join(line.rstrip() for line in out) + "\n"


def _section(section: Section) -> list[str]:
    out = [row for line in section.lines for row in _line(line)]
    if section.more:
        out.append(f"{' ' * MARGIN}and {section.more} more: {section.command}")
    return out


def _line(line: Line) -> list[str]:
    indent = MARGIN + line.level * LEVEL_INDENT
    lead = " " * indent + (f"{line.date}  ".ljust(DATE_WIDTH) if line.date else "")
    marks = "".join(f"[{number}]" for number in line.citations)
    tail = "  ".join(filter(None, (line.note, marks, told_by(line))))
    rows = textwrap.wrap(
        line.text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    ) or [lead]
    if not tail:
        return rows
    if len(rows[-1]) + NOTE_GAP + len(tail) <= WIDTH:
        rows[-1] = f"{rows[-1]}{' ' * NOTE_GAP}{tail}"
        return rows
    return [*rows, " " * len(lead) + " " * NOTE_GAP + tail]
