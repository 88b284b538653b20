"""Mail: one message (EML), or a box of them (mbox)."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import IO

from detente.adapters.readers.days import read_day
from detente.adapters.readers.html import read_html
from detente.adapters.readers.limits import FILE_BYTES, empty, too_long, unreadable
from detente.adapters.readers.text import characters, in_utf8, read_text
from detente.cleaning import Draft
from detente.cleaning.draft import Read
from detente.screening import Screen

RAW_AS = ".eml"
BETWEEN = b"From "  # begins the line before each message of a box


def read_message(data: bytes, name: str, screen: Screen | None = None) -> Iterator[Read]:
    """One draft with the message's text: the plain part, else the HTML one; subject, sender and day from its header.

    Attachments are not read.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(preferencelist=("plain", "html"))
        content = body.get_payload(decode=True) if body is not None else None
        is_html = body is not None and body.get_content_type() == "text/html"
        charset = body.get_content_charset() if body is not None else None
        subject, sender, day = (_header(message, key) for key in ("subject", "from", "date"))
    except Exception as error:  # the parser of headers raises many things on a damaged message
        yield unreadable(name, f"this message is damaged ({type(error).__name__})", "Save its text by itself.")
        return
    if not isinstance(content, bytes) or not content.strip():
        yield empty(name)
        return
    text = in_utf8(content, charset)
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


def _header(message: EmailMessage, key: str) -> str | None:
    """The words of a header; of a sender the name, not the address."""
    value = message.get(key)
    if value is None:
        return None
    addresses = getattr(value, "addresses", None)
    words = addresses[0].display_name if addresses else str(value)
    return " ".join(characters(words).split()) or None
