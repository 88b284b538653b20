"""PDF: the text of its pages."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, too_long, unreadable
from detente.cleaning import Draft
from detente.records import Problem

if TYPE_CHECKING:
    import pypdfium2

PAGES = 300  # of one document: a long report
FULL_LINE = 0.85  # of the longest line, from which a line goes on in the next though it ends a sentence


def read_pdf(data: bytes, name: str) -> Iterator[Draft | Problem]:
    """One draft with the text of all pages, or the problem that kept it from being read."""
    import pypdfium2  # noqa: PLC0415 slow to import, and seldom needed

    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > PAGES:
                yield too_long(name, len(document), "pages", PAGES)
                return
            text = _text(document)
    except pypdfium2.PdfiumError:
        yield unreadable(name, "this PDF is damaged or locked by a password", "Save it as plain text.")
        return
    if not any(char.isalpha() for char in text):
        yield unreadable(name, "this PDF holds pictures of its pages and no text", "Let a program read the letters.")
    elif len(text) > DOCUMENT_CHARACTERS:
        yield too_long(name, len(text), "characters", DOCUMENT_CHARACTERS)
    else:
        yield Draft(text=text, path=name, raw=data)


def _text(document: "pypdfium2.PdfDocument") -> str:
    """The text of all pages, no more of it than is looked at; words that a line's end parted are joined."""
    found: list[str] = []
    size = 0
    for page in document:
        told = page.get_textpage().get_text_bounded()
        found.append(told.replace("\ufffe", "").replace("\r\n", "\n").replace("\r", "\n").strip())
        size += len(told)
        if size > DOCUMENT_CHARACTERS:
            break
    return _paragraphs("\n\n".join(found))


def _paragraphs(text: str) -> str:
    """The text with the lines of a paragraph joined: a printed line ends where the paper does.

    >>> _paragraphs("The two sides met\\nin Geneva.\\nThey will meet again.\\n\\nPage 2")
    'The two sides met in Geneva.\\n\\nThey will meet again.\\n\\nPage 2'
    """
    out: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        widest = max((len(line) for line in lines), default=0)
        whole = ""
        for at, line in enumerate(lines):
            whole = f"{whole} {line}" if whole else line
            ends = line.endswith((".", "!", "?", "”", '"', ":")) and len(line) < FULL_LINE * widest
            if ends and at + 1 < len(lines):
                out.append(whole)
                whole = ""
        out.append(whole)
    return "\n\n".join(filter(None, out))
