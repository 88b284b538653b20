"""Texts on their way into the ledger: read one after the other in the background, and what became of each."""

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from detente.errors import DetenteError
from detente.parcel import Details
from detente.records import Problem
from detente.workspace import Workspace

if TYPE_CHECKING:
    from detente.cleaning.draft import Read

KEPT = 50  # finished jobs that can still be looked at
T = TypeVar("T")
Drafts = Callable[[], "Iterable[Read]"]


class Progress(StrEnum):
    """How far a text has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True, kw_only=True)
class Item:
    """A file, an address or a pasted text, and what became of it."""

    name: str
    progress: Progress = Progress.WAITING
    new: list[str] = field(default_factory=list)  # ids of documents
    known: list[str] = field(default_factory=list)
    refused: int = 0
    passed_over: int = 0  # texts that name no watched pair
    coded: int = 0  # documents coded so far
    problems: list[Problem] = field(default_factory=list)
    failure: str = ""


@dataclass(slots=True, kw_only=True)
class Job:
    """What was given to be read in one go."""

    id: str
    items: list[Item]

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left to do."""
        return all(item.progress in (Progress.DONE, Progress.FAILED) for item in self.items)

    @property
    def finished(self) -> int:
        """How many of its items are done."""
        return sum(item.progress in (Progress.DONE, Progress.FAILED) for item in self.items)


class Jobs:
    """The jobs of one workspace. One thread codes, since the language pipeline is one."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._coder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coder")
        self._numbers = itertools.count(1)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, given: Iterable[tuple[str, Drafts]], details: Details) -> Job:
        """A job that reads and codes these; each is a name and what gives its drafts."""
        pairs = [(Item(name=name), drafts) for name, drafts in given]
        with self._lock:
            job = Job(id=str(next(self._numbers)), items=[item for item, _ in pairs])
            self._jobs[job.id] = job
            self._drop()
        for item, drafts in pairs:
            self._coder.submit(self._read, item, drafts, details)
        return job

    def job(self, id_: str) -> Job | None:
        """The job of that id; None where there is none, or it is long done."""
        return self._jobs.get(id_)

    def coding(self, work: Callable[[], T]) -> Future[T]:
        """Does what needs the language pipeline when it is its turn."""
        return self._coder.submit(work)

    def close(self) -> None:
        """Waits for the text that is being coded; those that wait are left out."""
        self._coder.shutdown(wait=True, cancel_futures=True)

    def _drop(self) -> None:
        done = [id_ for id_, job in self._jobs.items() if job.is_done]
        for id_ in done[: max(0, len(done) - KEPT)]:
            del self._jobs[id_]

    def _read(self, item: Item, drafts: Drafts, details: Details) -> None:
        item.progress = Progress.READING

        def progress(_name: str, _what: str) -> None:
            item.coded += 1

        try:
            added = self.workspace.add(drafts(), details, progress)
        except DetenteError as error:
            item.failure, item.progress = f"{error.message} {error.hint}", Progress.FAILED
        except Exception as error:  # whatever a text does to the program, the next one is read
            item.failure, item.progress = f"It could not be read ({type(error).__name__}).", Progress.FAILED
        else:
            item.new, item.known, item.refused = added.new, added.known, added.refused
            item.passed_over = added.passed_over
            item.problems, item.progress = added.problems, Progress.DONE
