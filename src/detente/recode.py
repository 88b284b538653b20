"""Reads and codes again what is in a ledger, from the bytes kept in raw/, else from the stored text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.adapters.readers import read_stream
from detente.cleaning import clean_draft
from detente.cleaning.draft import Draft
from detente.flow import code_documents
from detente.intake import REFUSALS
from detente.kit import Kit
from detente.ledger.port import Store
from detente.parcel import Coded
from detente.records import Document, Problem, Trouble
from detente.settings import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A document coded anew, and what cleaning it said."""

    before: Document
    coded: Coded
    problems: tuple[Problem, ...]


def recode_documents(store: Store, ids: Sequence[str], raw: Path, kit: Kit, watch: Watch) -> Iterator[Reread]:
    """Each document coded anew, in the order of the ids; parsed in batches."""
    waiting: dict[str, tuple[Document, tuple[Problem, ...]]] = {}

    def fresh() -> Iterator[Document]:
        for id_ in ids:
            old = store.document(id_)
            document, problems = reread(old, raw)
            waiting[id_] = old, problems
            yield document

    for coded in code_documents(fresh(), kit, watch):
        before, problems = waiting.pop(coded.document.id)
        yield Reread(before=before, coded=coded, problems=problems)


def reread(document: Document, raw: Path) -> tuple[Document, tuple[Problem, ...]]:
    """The document as today's reader and cleaning see it, and what they say; its id and known details stay.

    Where the bytes are not there, or no longer give one text that can be read, it is the stored text that is cleaned.
    """
    draft = _kept(document, raw)
    if draft is not None:
        mended, problems = _clean(document, draft)
        if not any(problem.trouble in REFUSALS for problem in problems):
            return mended, problems
    mended, problems = _clean(document, Draft(text=document.text, title=document.title, byline=document.byline))
    if any(problem.trouble in REFUSALS for problem in problems):
        return document, ()
    return mended, problems


def _kept(document: Document, raw: Path) -> Draft | None:
    """The draft of the bytes that are kept."""
    for path in sorted(raw.glob(f"{document.id}.*")):
        if path.suffix == ".part":
            continue
        drafts = list(read_stream(path.read_bytes(), path.name))
        if len(drafts) == 1 and isinstance(drafts[0], Draft):
            return drafts[0]
    return None


def _clean(document: Document, draft: Draft) -> tuple[Document, tuple[Problem, ...]]:
    """The draft cleaned; what is known of day, outlet and address is not asked of the text again."""
    told = replace(
        draft,
        published_on=document.published_on or draft.published_on,
        outlet=document.outlet or draft.outlet,
        url=document.url or draft.url,
        updated_on=document.updated_on or draft.updated_on,
        path=None,
    )
    cleaned, problems = clean_draft(told)
    # A conflict of days was told on entry, and the user may have settled it since.
    kept = (replace(p, document=document.id) for p in problems if p.trouble is not Trouble.CONFLICT)
    return replace(cleaned, id=document.id), tuple(kept)
