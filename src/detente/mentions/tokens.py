"""What is asked of every token of a parse, read once: spaCy builds token objects and texts anew at each access."""

import bisect
from dataclasses import dataclass

from detente.parsing.doc import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of a parse in order, with their first characters and small letters.

    `said` is the text as parsed, with blanks for what is no passage; `written` is the document's own, of equal length.
    """

    parse: Doc
    said: str
    written: str
    items: list[Token]
    starts: list[int]
    lower: list[str]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """First and last token that hold characters of start..end."""
        return bisect.bisect_right(self.starts, start) - 1, bisect.bisect_right(self.starts, end - 1) - 1

    def text(self, first: int, last: int) -> str:
        """The words from one token to another, both included, as the document has them."""
        return self.written[self.starts[first] : self.starts[last] + len(self.items[last])]


def tokens_of(parse: Doc, written: str) -> Tokens:
    """The tokens of a parse of the text `written`."""
    items = list(parse)
    return Tokens(
        parse=parse,
        said=parse.text,
        written=written,
        items=items,
        starts=[token.idx for token in items],
        lower=[token.lower_ for token in items],
    )
