"""Mail: one message (EML), or a box of them (mbox)."""

import email
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, MessageError, StartBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import IO

from detente.adapters.readers.days import read_day
from detente.adapters.readers.html import read_html
from detente.adapters.readers.limits import FILE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.text import characters, in_utf8, read_text
from detente.cleaning import Draft
from detente.cleaning.draft import Read
from detente.screening import Screen

RAW_AS = ".eml"
CUT_SHORT = (StartBoundaryNotFoundDefect, CloseBoundaryNotFoundDefect)
HEADER = 2_000  # characters of a header that are looked at
BETWEEN = b"From "  # begins the line before each message of a box


def read_message(data: bytes, name: str, screen: Screen | None = None) -> Iterator[Read]:
    """One draft with the message's text: the plain part, else the HTML one; subject, sender and day from its header.

    Attachments are not read. Where the end of the message is missing, a problem says so.
    """
    try:
        message = email.message_from_bytes(data)
        body = _body(message)
        content, charset = (body.get_payload(decode=True), body.get_content_charset()) if body else (None, None)
    except Exception as error:  # the parser raises many things on a damaged message
        yield unreadable(name, f"this message is damaged ({type(error).__name__})", "Save its text by itself.")
        return
    if any(isinstance(defect, CUT_SHORT) for part in message.walk() for defect in part.defects):
        yield unreadable(name, "this message is cut short: what is left of it was read", "Fetch it again.")
    if not isinstance(content, bytes) or body is None:
        yield empty(name)
        return
    subject, sender, day = (_header(message, key) for key in ("subject", "from", "date"))
    text, is_html = in_utf8(content, charset), body.get_content_type() == "text/html"
    for found in read_html(text, name, screen) if is_html else read_text(text, name):
        if isinstance(found, Draft):
            yield Draft(
                text=found.text,
                title=subject,
                byline=sender,
                published_on=read_day(day),
                url=found.url,
                path=name,
                raw=data,
                raw_as=RAW_AS,
            )
        else:
            yield found


def _body(message: Message) -> Message | None:
    """The first plain part with words, else the first HTML one; not of attachments, nor of messages attached."""
    parts = [part for part in _leaves(message) if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            words = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(words, bytes) and words.strip():
                return part
    return None


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that have none themselves, in order."""
    if not message.is_multipart():
        yield message
    elif message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part)


def read_mailbox(stream: IO[bytes], name: str, screen: Screen | None = None) -> Iterator[Read]:
    """The messages of a box, one by one, named by their number from 1."""
    number = 0
    for data, size in _messages(stream):
        number += 1
        where = f"{name}:{number}"
        if size > FILE_BYTES:
            yield too_long(where, size, "bytes", FILE_BYTES)
        else:
            yield from read_message(data, where, screen)
    if not number:
        yield empty(name)


def _messages(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Each message with its size; of one that is too large only its beginning."""
    held: list[bytes] = []
    size = 0
    is_after_gap = True
    for line in iter(lambda: stream.readline(FILE_BYTES), b""):
        if is_after_gap and line.startswith(BETWEEN):
            if size:
                yield b"".join(held), size
            held, size = [], 0
        else:
            size += len(line)
            if size <= FILE_BYTES:
                held.append(line[1:] if line.lstrip(b">").startswith(BETWEEN) and line.startswith(b">") else line)
        is_after_gap = not line.strip()
    if size:
        yield b"".join(held), size


def _header(message: Message, key: str) -> str | None:
    """The words of a header; of a sender the name, not the address."""
    given = next((str(value) for name, value in message.raw_items() if name.lower() == key), "")[:HEADER]
    try:
        words = str(make_header(decode_header(parseaddr(given)[0] if key == "from" else given)))
    except (
        MessageError,
        ValueError,
        LookupError,
        RecursionError,
    ):  # an unknown encoding, bytes that are not in it, or hostile
        words = given
    return " ".join(characters(words).split()) or None
