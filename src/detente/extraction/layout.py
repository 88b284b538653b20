"""A parsed text with its paragraphs and quotations, looked up by character."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from detente.extraction.quotation import Quotation, find_quotations
from detente.parsing.doc import Doc, Token
from detente.records import Passage


class Layout:
    """One text: `doc` its parse, `passages` its sentences, `quotations` what stands between marks, in text order."""

    def __init__(self, doc: Doc, text: str, passages: Sequence[Passage]) -> None:
        self.doc = doc
        self.text = text
        self.passages = sorted(passages, key=lambda passage: passage.start)
        self.quotations = find_quotations(text, self.passages)
        self._starts = [passage.start for passage in self.passages]
        self._quoted = [quotation.start for quotation in self.quotations]

    @cached_property
    def _offsets(self) -> list[int]:
        return [token.idx for token in self.doc]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that begin inside start..end, blanks left out."""
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        return [token for token in self.doc[first:last] if not token.is_space]

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """First and last index of the tokens that begin inside start..end; first > last where there is none."""
        return bisect_left(self._offsets, start), bisect_left(self._offsets, end) - 1

    def passage_index(self, at: int) -> int | None:
        """The index of the passage that holds the character, None between passages."""
        number = bisect_right(self._starts, at) - 1
        return number if number >= 0 and at < self.passages[number].end else None

    def passage_at(self, at: int) -> Passage | None:
        """The passage that holds the character, None between passages."""
        number = self.passage_index(at)
        return None if number is None else self.passages[number]

    def quotation_at(self, at: int) -> Quotation | None:
        """The quotation that holds the character, its marks included; None outside."""
        number = bisect_right(self._quoted, at) - 1
        if number >= 0 and at < self.quotations[number].end:
            return self.quotations[number]
        return None
