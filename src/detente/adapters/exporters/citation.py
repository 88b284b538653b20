"""How a citation is printed: eight characters of the document's id and the offsets."""

from detente.telling.brief_page import Citation
from detente.telling.lines import Line
from detente.telling.words import day_words

ID_SHOWN = 8


def place(citation: Citation) -> str:
    """The place in the document: "3f9a12c4:1530-1705"."""
    return f"{citation.document[:ID_SHOWN]}:{citation.start}-{citation.end}"


def told_by(line: Line) -> str:
    """How many independent outlets tell it, where it is more than one."""
    number = line.independent_outlets or 0
    return f"{number} outlets" if number > 1 else ""


def citation_line(citation: Citation) -> str:
    """Number, day, outlet, title and place."""
    day = day_words(citation.published_on) if citation.published_on else "no date"
    title = f": {citation.title}" if citation.title else ""
    fate = f" ({citation.fate})" if citation.fate else ""
    return f"[{citation.number}] {day}, {citation.outlet or 'outlet not given'}{title}{fate}   {place(citation)}"
