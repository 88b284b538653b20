"""DOCX: the paragraphs of a word processor's document, with its title, writer and dates."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, empty, too_long, unreadable
from detente.cleaning import Draft
from detente.records import Problem

STORY, ABOUT = "word/document.xml", "docProps/core.xml"
PART_BYTES = 40_000_000  # of the story unpacked: markup is many times its text
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "byline": "{http://purl.org/dc/elements/1.1/}creator",
}
BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
DAMAGE = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, ValueError, OSError, RuntimeError)
LEFT_OUT = frozenset({f"{_WORD}del", f"{_WORD}instrText", f"{_WORD}delText"})  # struck out, or a field's code


class _TooLargeError(Exception):
    """More than a document can have."""


def read_docx(data: bytes, name: str) -> Iterator[Draft | Problem]:
    """One draft with a line for each paragraph, or the problem that kept it from being read.

    The day a file was written is not the day a text was published: it is not taken for one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            text = _text(_part(packed, STORY))
            about = _about(packed)
    except KeyError:
        yield unreadable(
            name, "it is a zip archive without a story of a DOCX in it", "Unpack it, and add what is in it."
        )
        return
    except _TooLargeError as error:
        yield unreadable(name, f"it unpacks to too much ({error})", "Save it as plain text.")
        return
    except DAMAGE as error:
        yield unreadable(name, f"this DOCX is damaged ({type(error).__name__})", "Save it as plain text.")
        return
    if not any(char.isalpha() for char in text):
        yield empty(name)
    elif len(text) > DOCUMENT_CHARACTERS:
        yield too_long(name, len(text), "characters", DOCUMENT_CHARACTERS)
    else:
        yield Draft(
            text=text, title=about.get("title"), byline=about.get("byline"), path=name, raw=data, raw_as=".docx"
        )


def _part(packed: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """The XML of a part; what it says it unpacks to is not trusted."""
    with packed.open(part) as stream:
        xml = stream.read(PART_BYTES + 1)
    if len(xml) > PART_BYTES:
        raise _TooLargeError(part)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise _TooLargeError("it defines words of its own")  # a few lines can unfold to gigabytes
    return ElementTree.fromstring(xml)  # noqa: S314 without entities there is nothing to unfold


def _text(story: ElementTree.Element) -> str:
    paragraphs = ("".join(_words(paragraph)).strip() for paragraph in story.iter(f"{_WORD}p"))
    return "\n\n".join(filter(None, paragraphs))


def _words(element: ElementTree.Element) -> Iterator[str]:
    """The words of a paragraph, in order; those of a paragraph inside it (a text box) come by themselves."""
    for child in element:
        if child.tag in LEFT_OUT or child.tag == f"{_WORD}p":
            continue
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        else:
            yield from _words(child)


def _about(packed: zipfile.ZipFile) -> dict[str, str]:
    """Title and writer, where the document tells them."""
    try:
        core = _part(packed, ABOUT)
    except KeyError:
        return {}
    found = {key: (core.findtext(tag) or "").strip() for key, tag in _CORE.items()}
    return {key: words for key, words in found.items() if words}
