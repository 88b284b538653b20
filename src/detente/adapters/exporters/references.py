"""The documents as references: what the three formats of citation managers share."""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.adapters.exporters.account import Account, flat, web_address
from detente.records import Document, Genre

QUOTES = 3  # passages noted under a reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document to cite and the first passages that records rest on, as they stand there but on one line."""

    key: str  # letters and digits, the same in every export
    document: Document
    url: str | None
    quotes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title; the id where there is none."""
        return flat(self.document.title or f"Untitled document {self.document.id[:8]}")

    @property
    def is_official(self) -> bool:
        """Whether a government or body published it itself, and no paper."""
        return self.document.genre is Genre.READOUT

    @property
    def note(self) -> str:
        """The passages in quotation marks."""
        return " ".join(f"“{quote}”" for quote in self.quotes)


def references(account: Account) -> Iterator[Reference]:
    """The documents that records stand in, by day and id."""
    quotes: dict[str, list[tuple[int, str]]] = {}
    for _, record in account.records:
        for evidence in record.evidence:
            quotes.setdefault(evidence.document, []).append((evidence.start, flat(evidence.quote)))
    for document in sorted(account.documents, key=lambda d: (str(d.published_on or ""), d.id)):
        first = list(dict.fromkeys(quote for _, quote in sorted(quotes[document.id])))[:QUOTES]
        yield Reference(
            key=f"{_word(document)}{document.published_on.year if document.published_on else ''}{document.id[:8]}",
            document=document,
            url=web_address(document),
            quotes=tuple(first),
        )


def _word(document: Document) -> str:
    """The outlet as a word of plain letters."""
    letters = "".join(letter for letter in document.outlet or "document" if letter.isascii() and letter.isalnum())
    return letters.lower() or "document"
