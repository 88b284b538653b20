"""What templates ask to show a line: where its sentence, its numbers and its citations lead."""

from collections.abc import Sequence
from urllib.parse import quote

from detente.apps.web.asked import Asked
from detente.records import Document
from detente.telling.brief_page import Citation, Section
from detente.telling.lines import Line
from detente.telling.table import NO_OUTLET
from detente.telling.words import day_words

FUNCTIONS = (
    "citation_name",
    "counts",
    "day_words",
    "document_name",
    "id_of",
    "obstacle_parts",
    "original",
    "place_of",
    "section_address",
    "slug",
    "trait_words",
)
ID_SHOWN = 8
FRAGMENT_WORDS = 6  # of a passage at either end, by which a browser finds it in the original
TRAIT_WORDS = {"unnamed": "by no name", "hedged": "with a hedge", "loaded": "in loaded words", "alone": "by one outlet"}
# Where the nouns of a header lead.
COUNTED = {"document": "/documents", "outlet": "/sources", "record": "/timeline", "problem": "/problems"}
# Where the rest of a section stands, by the command that prints it.
VIEWS = {"agenda": "/agenda", "obstacles": "/issues", "issues": "/issues", "sources": "/sources"}


def slug(label: str) -> str:
    """A label as it stands in an address.

    >>> slug("Arms sales / Taiwan")
    'arms-sales-taiwan'
    """
    kept = "".join(char if char.isalnum() else " " for char in label.lower())
    return "-".join(kept.split()) or "-"


def id_of(id_: str) -> str:
    """The beginning of an id, as it is printed."""
    return id_[:ID_SHOWN]


def place_of(document: str, start: int, end: int) -> str:
    """A place as it stands in addresses and under citations: "3f9a12c4:1530-1705"."""
    return f"{document[:ID_SHOWN]}:{start}-{end}"


def citation_name(citation: Citation) -> str:
    """Outlet, day and title of a citation, for who cannot see where the number stands."""
    day = day_words(citation.published_on) if citation.published_on else "no date"
    return f"{citation.outlet or NO_OUTLET}, {day}"


def document_name(document: Document) -> str:
    """The title of a document, else how its id begins."""
    return document.title or f"Document {document.id[:ID_SHOWN]}"


def obstacle_parts(line: Line) -> tuple[str, str]:
    """The number and the label of an issue that divides a pair."""
    number, _, label = line.text.partition("  ")
    return (number, label) if label else ("", number)


def trait_words(trait: str) -> str:
    """How it is told, in a reader's words."""
    return TRAIT_WORDS.get(trait, trait)


def counts(text: str, asked: Asked, sign: str = " · ") -> list[tuple[str, str | None]]:
    """The parts of a header, each with the address of what it counts."""
    told = []
    for part in text.split(sign):
        noun = part.rpartition(" ")[2].removesuffix("s")
        told.append((part, asked.address(COUNTED[noun]) if noun in COUNTED else None))
    return told


def section_address(section: Section, asked: Asked) -> str | None:
    """Where all lines of a section stand; None where it has no more than are shown."""
    words = section.command.split()
    if len(words) < 2:  # noqa: PLR2004 "detente agenda"
        return None
    return asked.address(VIEWS.get(words[1], f"/tables/{words[1]}"))


def original(document: Document, quote_: str = "") -> str | None:
    """The address of the original, at these words where the browser can; None where it is no address of the web."""
    if not document.url or not document.url.lower().startswith(("http://", "https://")):
        return None
    words = quote_.split()
    if not words:
        return document.url
    ends = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    return f"{document.url.partition('#')[0]}#:~:text={','.join(map(_fragment, ends))}"


def _fragment(words: Sequence[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
