"""The documents as BibTeX."""

from collections.abc import Iterator

from detente.adapters.exporters.account import Account, encoded, flat
from detente.adapters.exporters.references import Reference, references

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts an escaped brace too, and would lose the end of the field
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}  # braces would end the field


def write(account: Account) -> bytes:
    """One entry after the other, by day, in UTF-8; double braces keep capitals and names as they are."""
    return encoded("".join(_entry(reference) for reference in references(account)))


def _entry(reference: Reference) -> str:
    kind = "misc" if reference.is_official else "article"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@{kind}{{{reference.key},\n{fields}}}\n\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    document = reference.document
    yield "title", _braced(reference.title)
    if document.byline:
        yield "author", _braced(flat(document.byline))
    if document.outlet:
        yield "howpublished" if reference.is_official else "journal", _braced(flat(document.outlet))
    if document.published_on:
        yield "year", f"{{{document.published_on.year}}}"
        yield "month", f"{{{document.published_on.month}}}"
        yield "day", f"{{{document.published_on.day}}}"
    if reference.url:
        yield "url", "{" + _replaced(reference.url, IN_ADDRESS) + "}"
    yield "note", "{" + _replaced(reference.note, SPECIAL) + "}"


def _braced(words: str) -> str:
    return "{{" + _replaced(words, SPECIAL) + "}}"


def _replaced(words: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in words)
