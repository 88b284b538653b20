"""A brief as Markdown."""

import re

from detente.adapters.exporters.citation import citation_line, told_by
from detente.telling.brief_page import Brief
from detente.telling.lines import Line

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")


def write_markdown(brief: Brief) -> str:
    """The page with a heading per section; signs of Markdown in the text are escaped."""
    out = [f"# {_plain(brief.title)}, {brief.asked}", "", _plain(brief.header)]
    for section in brief.sections:
        out += ["", f"## {section.name}", ""]
        out += [_line(line) for line in section.lines]
        if section.more:
            out += ["", f"and {section.more} more: `{section.command}`"]
    out += ["", "## Sources", "", *(f"- {_plain(citation_line(c))}" for c in brief.citations)]
    return "\n".join([*out, "", f"Made by: `{brief.command}`", ""])


def _line(line: Line) -> str:
    marks = "".join(f"\\[{number}\\]" for number in line.citations)
    date = f"**{_plain(line.date)}** " if line.date else ""
    note = f"*{_plain(line.note)}*" if line.note else ""
    return "  " * line.level + "- " + " ".join(filter(None, (date + _plain(line.text), note, marks, told_by(line))))


def _plain(text: str) -> str:
    return SIGNS.sub(r"\\\1", text)
