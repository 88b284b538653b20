"""The workspace as the pages use it: what is known is worked out once for each state of the ledger."""

import dataclasses
import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

from detente.apps.web.asked import Asked
from detente.apps.web.jobs import Jobs
from detente.ledger.port import Query
from detente.records import Document
from detente.telling.dated import Choices, Dated, choices_of, tell_dated
from detente.telling.issue import issue_labels
from detente.telling.known import Known
from detente.telling.queue import Queue
from detente.workspace import LEDGER_FILE, Workspace

KEPT = 24  # questions whose answer is kept until the ledger changes
Stamp = tuple[tuple[int, int], ...]
T = TypeVar("T")


class Told:
    """What is known of a pair on a day, and what pages tell of it, each worked out when it is first asked for."""

    def __init__(self, known: Known) -> None:
        self.known = known

    @cached_property
    def dated(self) -> list[Dated]:
        """Everything that is told, by day."""
        return tell_dated(self.known)

    @cached_property
    def choices(self) -> Choices:
        """What it can be narrowed by."""
        return choices_of(self.dated, self.known.outlets)

    @cached_property
    def labels(self) -> list[str]:
        """The labels of the issues."""
        return issue_labels(self.known)

    @cached_property
    def queue(self) -> Queue:
        """What is left to decide."""
        return Queue(self.known)


class Desk:
    """A workspace opened for many readers; texts are coded one after the other, in the background."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.jobs = Jobs(workspace)
        self._kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._asked: dict[tuple[object, ...], threading.Lock] = {}  # questions being worked on
        self._lock = threading.Lock()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been read yet."""
        return self.kept(("empty",), lambda: not self.workspace.store.known_ids())

    def stamp(self) -> Stamp:
        """What changes when anybody writes into the ledger, this process or another."""
        found = []
        for name in (LEDGER_FILE, f"{LEDGER_FILE}-wal"):
            path = self.workspace.folder / name
            told = path.stat() if path.exists() else None
            found.append((told.st_mtime_ns, told.st_size) if told else (0, 0))
        return tuple(found)

    def told(self, asked: Asked) -> Told:
        """All that is known of the pair on the day."""

        def known() -> Told:
            material = self.workspace.material(asked.pair, as_of=asked.as_of, since=asked.since)
            return Told(Known(material, self.workspace.words))

        return self.kept(("told", asked.pair, asked.as_of, asked.since), known)

    def kept(self, question: tuple[object, ...], answer: Callable[[], T]) -> T:
        """The answer to a question, worked out once for each state of the ledger, whoever else asks meanwhile."""
        key = (*question, self.stamp())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
            gate = self._asked.setdefault(key, threading.Lock())  # who asks something else does not wait
        with gate:
            try:
                return cast(T, self._kept[key] if key in self._kept else self._keep(key, answer()))
            finally:
                self._asked.pop(key, None)

    def _keep(self, key: tuple[object, ...], answer: T) -> T:
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer

    def all_documents(self) -> list[Document]:
        """Every document without its text, the newest first, those without a day before them."""

        def documents() -> list[Document]:
            store = self.workspace.store
            found = {d.id: d for undated in (True, False) for d in store.documents(Query(undated=undated))}
            rest = (store.document(id_) for id_ in store.known_ids() - found.keys())  # those without a record
            told = [*found.values(), *(dataclasses.replace(document, text="") for document in rest)]
            return sorted(told, key=_newest_first)

        return self.kept(("documents",), documents)

    def mend(self, id_: str, *, outlet: str | None, published_on: dt.date | None) -> Document:
        """The document with outlet and day as given, coded anew when it is its turn."""
        set_details = self.workspace.set_details
        work = self.jobs.coding(lambda: set_details(id_, published_on=published_on, outlet=outlet))
        return work.result()[0]

    def close(self) -> None:
        """Lets go of the ledger, after the text that is being coded."""
        self.jobs.close()
        self.workspace.close()


def _newest_first(document: Document) -> tuple[int, str]:
    day = document.published_on
    return (-day.toordinal() if day else -dt.date.max.toordinal(), document.id)
