"""Places in a document's text: plain spans, and evidence that a record rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some words of a document.

    `start` and `end` are characters in `Document.text`: from 0, half-open.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        check_extent(self.start, self.end, self.quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words a record rests on.

    `start` and `end` are characters in `Document.text`: from 0, half-open.
    """

    document: str  # its id
    start: int
    end: int
    quote: str  # kept, so that a citation survives without the document

    def __post_init__(self) -> None:
        check_extent(self.start, self.end, self.quote)


def check_extent(start: int, end: int, quote: str) -> None:
    """Nothing; raises ValueError where the offsets cannot hold the quote."""
    if start < 0 or end - start != len(quote) or not quote:
        raise ValueError(f"{start}:{end} cannot hold a quote of {len(quote)} characters")
