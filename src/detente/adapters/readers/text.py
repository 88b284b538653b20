"""Plain text: bytes of whatever encoding to the characters that were meant."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from detente.adapters.readers.limits import DOCUMENT_CHARACTERS, empty, too_long, unreadable
from detente.cleaning import Draft
from detente.records import Problem
from detente.screening import Screen

SAMPLE = 100_000  # bytes that an encoding is guessed from
BINARY_SAMPLE = 4_096  # bytes in which a binary file shows itself
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OTHER_ALPHABETS = frozenset(  # as charset-normalizer calls them
    {
        "Cyrillic",
        "Greek and Coptic",
        "Arabic",
        "Hebrew",
        "CJK Unified Ideographs",
        "Hiragana",
        "Katakana",
        "Hangul Syllables",
        "Thai",
    }
)
WINDOWS_1252 = "detente-windows-1252"  # what decodes bytes that are no UTF-8
_OFTEN_WRONG = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}
)
_HALF = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile("[\udc80-\udcff]+")  # bytes that Python could not decode
_CONTROLS = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}
CONTROL_SHARE = 0.02  # of a binary file's first bytes; text has none
WIDE_SHARE = 0.3  # of NUL bytes at odd or even places: two bytes a character


def read_text(data: bytes, name: str) -> Iterator[Draft | Problem]:
    """One draft with the decoded text, or the problem that kept it from being read."""
    text = decode(data)
    if text is None:
        yield unreadable(
            name, "it is not text (it looks like a binary file)", "Save it as plain text, HTML or JSON Lines."
        )
    elif not any(char.isalpha() for char in text):
        yield empty(name)
    elif len(text) > DOCUMENT_CHARACTERS:
        yield too_long(name, len(text), "characters", DOCUMENT_CHARACTERS)
    else:
        yield Draft(text=text, path=name, raw=data)


def decode(data: bytes) -> str | None:
    """The characters that the bytes mean, without byte order mark; None where they are no text.

    UTF-8 is tried first; single bytes that are none, as pasted pages have them, are read as Windows-1252. What is
    mostly not UTF-8 goes to charset-normalizer.

    >>> decode("naïve".encode("cp1252")), decode(b"caf\\xc3\\xa9 caf\\xc3\\xa9 \\x93ok\\x94")
    ('naïve', 'café café “ok”')
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    wide = _wide_encoding(data[:BINARY_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    if is_binary(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_mixed(data)


def characters(text: str) -> str:
    """The text without halves of surrogate pairs, which are no characters: nothing could store them.

    Bytes that Python hid in such halves, as it does with headers of mail, are read for what they are.

    >>> characters("M\udcc3\udcbcller \ud83d")
    'Müller �'
    """
    if not _HALF.search(text):
        return text
    shown = _HIDDEN.sub(lambda hidden: decode(hidden[0].encode("utf-8", "surrogateescape")) or "\ufffd", text)
    return _HALF.sub("\ufffd", shown)


def in_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8, where their container says truly what they are in; else as they are.

    What is said to be UTF-8, or in an encoding of Western letters, is as often the other: `decode` finds out.
    """
    if charset is None or charset.strip("\"' ").lower() in _OFTEN_WRONG:
        return data
    try:
        return data.decode(charset.strip("\"' ")).encode()
    except (LookupError, ValueError):
        return data


def bears_bytes(screen: Screen, data: bytes) -> bool:
    """Whether the bytes can name a watched pair: they do, or they are in an encoding that hides it."""
    return screen.bears_bytes(data) or b"\0" in data[:BINARY_SAMPLE]


def is_binary(data: bytes) -> bool:
    """Whether the first bytes have what no text has."""
    head = data[:BINARY_SAMPLE]
    return bool(head) and sum(byte in _CONTROLS for byte in head) > CONTROL_SHARE * len(head)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of English is NUL."""
    half = len(head) // 2
    if half and head[1::2].count(0) > WIDE_SHARE * half and head[::2].count(0) == 0:
        return "utf-16-le"
    if half and head[::2].count(0) > WIDE_SHARE * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _decode_mixed(data: bytes) -> str:
    text = data.decode("utf-8", WINDOWS_1252)
    strangers = sum(byte >= 0x80 for byte in data)  # noqa: PLR2004 (the first byte that is not ASCII)
    meant = len(data.decode("utf-8", "ignore").encode()) - (len(data) - strangers)  # bytes of true UTF-8 sequences
    if meant * 2 >= strangers:
        return text
    best = from_bytes(data[:SAMPLE]).best()
    # Of all encodings of Latin letters, English is in Windows-1252; the others differ in letters that it has not.
    if best is None or not any(name in OTHER_ALPHABETS for name in best.alphabets):
        return text
    try:
        return data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return text


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(WINDOWS_1252, _as_windows_1252)
