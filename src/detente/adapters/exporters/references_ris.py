"""The documents as RIS, which EndNote, Mendeley and Zotero read."""

from collections.abc import Iterator

from detente.adapters.exporters.account import Account, encoded, flat
from detente.adapters.exporters.references import Reference, references

LINE = "\r\n"


def write(account: Account) -> bytes:
    """One reference after the other, by day; N1 holds the first passages that records rest on."""
    blocks = (LINE.join(f"{tag}  - {value}" for tag, value in _fields(one)) for one in references(account))
    return encoded("".join(f"{block}{LINE}{LINE}" for block in blocks))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    document = reference.document
    yield "TY", "GEN" if reference.is_official else "NEWS"
    yield "ID", reference.key
    yield "TI", reference.title
    if document.byline:
        yield "AU", flat(document.byline)
    if document.outlet:
        yield "T2", flat(document.outlet)
    if document.published_on:
        yield "PY", f"{document.published_on:%Y}"
        yield "DA", f"{document.published_on:%Y/%m/%d}"
    if document.language:
        yield "LA", document.language
    if reference.url:
        yield "UR", reference.url
    yield "N1", reference.note
    yield "ER", ""
