"""Texts on their way in: cleaned, screened and coded, and what became of each."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from detente.cleaning import clean_draft
from detente.cleaning.draft import Draft, Passed, Read
from detente.flow import code_documents
from detente.kit import Kit
from detente.parcel import Capture, Coded, Details, Fate, Parcel
from detente.records import Document, Problem, Trouble
from detente.screening import screen_for
from detente.settings import Watch

REFUSALS = frozenset({Trouble.LANGUAGE, Trouble.EMPTY, Trouble.NO_PASSAGE, Trouble.TOO_LONG})


def take_in(
    read: Iterable[Read], kit: Kit, watch: Watch, details: Details, known: Collection[str] = ()
) -> Iterator[Parcel]:
    """One parcel per text read; coded in batches, so that what needs no coding may come before its turn.

    `known` are the ids of documents that need no coding.
    """
    return _Intake(watch, details, known).run(read, kit)


class _Intake:
    """What is on the way: drafts that wait for their parse, and parcels that need none."""

    def __init__(self, watch: Watch, details: Details, known: Collection[str]) -> None:
        self.watch, self.details = watch, details
        self.screen = screen_for(watch)
        self.known = set(known)
        self.waiting: dict[str, tuple[Draft, tuple[Problem, ...]]] = {}
        self.ready: list[Parcel] = []

    def run(self, read: Iterable[Read], kit: Kit) -> Iterator[Parcel]:
        """The parcels."""
        for coded in code_documents(self.fresh(read), kit, self.watch):
            yield from self.taken()
            yield self.coded(coded)
        yield from self.taken()

    def taken(self) -> list[Parcel]:
        """What is ready; none of it any more."""
        ready, self.ready = self.ready, []
        return ready

    def coded(self, coded: Coded) -> Parcel:
        """The parcel of a document that was coded."""
        draft, problems = self.waiting.pop(coded.document.id)
        every = (*problems, *coded.problems)
        id_ = coded.document.id
        return Parcel(
            fate=Fate.NEW,
            path=draft.path,
            document=id_,
            coded=coded,
            problems=every,
            raw=draft.raw,
            raw_as=draft.raw_as,
            capture=_capture(draft),
        )

    def fresh(self, read: Iterable[Read]) -> Iterator[Document]:
        """The documents to code; what becomes of the others is made ready on the way."""
        for item in read:
            if isinstance(item, Problem):
                self.ready.append(Parcel(fate=Fate.REFUSED, path=item.path, problems=(item,)))
            elif isinstance(item, Passed) or not self.is_wanted(item):
                self.ready.append(Parcel(fate=Fate.PASSED_OVER, path=item.path))
            else:
                yield from self.cleaned(item)

    def is_wanted(self, draft: Draft) -> bool:
        """Whether the draft is to be coded: it names a watched pair, or everything is coded."""
        return self.screen is None or self.screen.bears(f"{draft.title or ''}\n{draft.text}")

    def cleaned(self, draft: Draft) -> Iterator[Document]:
        """The document of a draft, if it can be coded and was not yet."""
        document, problems = clean(draft, self.details)
        if document is None:
            told = tuple(replace(problem, document=None) for problem in problems)
            self.ready.append(Parcel(fate=Fate.REFUSED, path=draft.path, problems=told))
        elif document.id in self.known:
            self.ready.append(Parcel(fate=Fate.KNOWN, path=draft.path, document=document.id))
        else:
            self.known.add(document.id)
            self.waiting[document.id] = draft, problems
            yield document


def clean(draft: Draft, details: Details) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document of a draft, with what the user says of it; None where it is refused."""
    if details.force_published:
        draft = replace(draft, published_on=details.published_on)
    document, problems = clean_draft(draft, published_on=details.published_on, outlet=details.outlet)
    refused = any(problem.trouble in REFUSALS for problem in problems)
    return (None if refused else document), problems


def _capture(draft: Draft) -> Capture | None:
    """What is known of how the bytes were taken down: at least their hash."""
    if draft.capture is not None or draft.raw is None:
        return draft.capture
    return Capture(digest=hashlib.sha256(draft.raw).hexdigest())
