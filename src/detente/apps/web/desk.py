"""The workspace as the pages use it: an answer is worked out once, and again when a write bears on it."""

import contextlib
import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from detente.apps.web.asked import Asked
from detente.apps.web.jobs import Jobs
from detente.errors import DetenteError
from detente.ledger.decision import Decision
from detente.ledger.port import Query, ordered
from detente.records import Document
from detente.telling.dated import Choices, Dated, choices_of, tell_dated
from detente.telling.issue import issue_labels
from detente.telling.known import Known
from detente.telling.queue import Queue
from detente.telling.table import Table
from detente.telling.tables import tell_known
from detente.workspace import Workspace

KEPT = 24  # questions whose answer is kept: those of some five pairs or days, ten megabytes each
LAG = 10.0  # seconds for which an answer that a write made old is given to those who only read, while it is renewed
WRITER_FOR = 600.0  # seconds for which who wrote does not only read
Question = tuple[Hashable, ...]
T = TypeVar("T")


class Told:
    """What is known of a pair on a day, and what pages tell of it, each worked out when it is first asked for."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._made: dict[Hashable, Any] = {}
        self._wanted: dict[Hashable, Callable[[Told], Any]] = {}

    @property
    def dated(self) -> list[Dated]:
        """Everything that is told, by day."""
        return self.once("dated", lambda told: tell_dated(told.known))

    @property
    def choices(self) -> Choices:
        """What it can be narrowed by."""
        return self.once("choices", lambda told: choices_of(told.dated, told.known.outlets))

    @property
    def labels(self) -> list[str]:
        """The labels of the issues."""
        return self.once("labels", lambda told: issue_labels(told.known))

    @property
    def queue(self) -> Queue:
        """What is left to decide."""
        return self.once("queue", lambda told: Queue(told.known))

    @property
    def told_since(self) -> dt.date | None:
        """The day from which on it is told, where that is not all."""
        return self.known.material.told_since

    def table(self, name: str) -> Table:
        """One of the tables that the command line prints."""
        return self.once(("table", name), lambda told: tell_known(name, told.known))

    def once(self, name: Hashable, work: "Callable[[Told], T]") -> T:
        """What the work makes; two who ask at once may both do it, and come to the same."""
        self._wanted[name] = work
        if name not in self._made:
            self._made[name] = work(self)
        return cast(T, self._made[name])

    def tell_for_most_pages(self) -> None:
        """Works out what most pages are told from."""
        _ = self.choices, self.labels, self.queue.tasks

    def tell_what_was_asked_of(self, former: object) -> None:
        """Works out what was asked of the one that stood in its place."""
        for name, work in list(former._wanted.items()) if isinstance(former, Told) else ():
            self._made.setdefault(name, work(self))


@dataclass(slots=True)
class Held:
    """An answer, what it rests on, and when it was last seen to be so: seconds of a clock that only goes on."""

    rests_on: Hashable
    answer: Any
    seen_at: float


class Desk:
    """A workspace opened for many readers; texts are coded one after the other, in the background."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.jobs = Jobs(workspace)
        self._kept: OrderedDict[Question, Held] = OrderedDict()
        self._asked: dict[tuple[Question, Hashable], threading.Lock] = {}  # questions being worked on
        self._lock = threading.Lock()
        self._writers: dict[str, float] = {}  # when each user wrote last
        self._renewing: set[Question] = set()
        self._teller = ThreadPoolExecutor(max_workers=1, thread_name_prefix="teller")
        self._here = threading.local()  # whether this thread works out an answer

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been read yet."""
        return self.workspace.store.is_empty()

    def told(self, asked: Asked) -> Told:
        """What is known of the pair on the day: of much that which was told last, or lies ahead."""

        def known() -> Told:
            material = self.workspace.material(asked.pair, as_of=asked.as_of, since=asked.since, whole=False)
            return Told(Known(material, self.workspace.words))

        return self.of_pair("told", asked, known)

    def wrote(self, user: str) -> None:
        """Notes that a user writes: for a while whatever that user reads is of this very moment."""
        self._writers[user] = time.monotonic()

    def has_written(self, user: str) -> bool:
        """Whether the user wrote lately."""
        return time.monotonic() - self._writers.get(user, -WRITER_FOR) < WRITER_FOR

    def of_pair(self, question: Hashable, asked: Asked, answer: Callable[[], T]) -> T:
        """The answer to a question about a pair and days, kept until a write bears on what was known of it by then.

        What it rests on is asked for first: what is written while it is worked out has it worked out again. Who only
        reads, among many, is given the answer of some seconds ago while that happens.
        """
        key = (question, asked.pair, asked.as_of, asked.since)
        rests_on = self._rests_on(asked)
        former = self._former(key, rests_on) if asked.may_lag and not getattr(self._here, "is_telling", False) else None
        if former is None:
            return self.kept(key, rests_on, answer)
        with self._lock:
            is_new = key not in self._renewing
            self._renewing.add(key)
        if is_new:
            self._teller.submit(self._renew, key, asked, answer)
        return cast(T, former.answer)

    def _rests_on(self, asked: Asked) -> Hashable:
        day = self.workspace.as_of(asked.pair, asked.as_of)
        return day, self.workspace.store.stirred(Query(pair=ordered(asked.pair), as_of=asked.as_of))

    def _former(self, question: Question, rests_on: Hashable) -> Held | None:
        """The answer that was right until a moment ago; None where it is still, or there is none."""
        held = self._kept.get(question)
        if held is None or held.rests_on == rests_on or time.monotonic() - held.seen_at > LAG:
            return None
        return held

    def _renew(self, question: Question, asked: Asked, answer: Callable[[], Any]) -> None:
        with self._lock:
            self._renewing.discard(question)  # whoever finds it out of date from here on asks again
        former = self._kept.get(question)

        def ready() -> object:
            told = answer()
            if isinstance(told, Told) and former is not None:
                told.tell_what_was_asked_of(former.answer)
            return told

        with contextlib.suppress(DetenteError):  # who asks next is told of it
            self.kept(question, self._rests_on(asked), ready)

    def kept(self, question: Question, rests_on: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, worked out once for all who ask as long as what it rests on is the same."""
        with self._lock:
            held = self._held(question, rests_on)
            if held:
                return cast(T, held.answer)
            gate = self._asked.setdefault((question, rests_on), threading.Lock())  # who asks else does not wait
        with gate:
            try:
                held = self._held(question, rests_on)
                return cast(T, held.answer) if held else self._work_out(question, rests_on, answer)
            finally:
                self._asked.pop((question, rests_on), None)

    def _held(self, question: Question, rests_on: Hashable) -> Held | None:
        """What is kept and holds still."""
        held = self._kept.get(question)
        if held is None or held.rests_on != rests_on:
            return None
        held.seen_at = time.monotonic()
        with contextlib.suppress(KeyError):  # it may just have been dropped
            self._kept.move_to_end(question)
        return held

    def _work_out(self, question: Question, rests_on: Hashable, answer: Callable[[], T]) -> T:
        begun, was_telling = time.monotonic(), getattr(self._here, "is_telling", False)
        self._here.is_telling = True  # what it is made of must not lag
        try:
            told = answer()
        finally:
            self._here.is_telling = was_telling
        with self._lock:
            self._kept[question] = Held(rests_on, told, begun)
            self._kept.move_to_end(question)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return told

    def soon(self, work: "Callable[[Desk], None]") -> None:
        """Does it in the background, after what is being told anew there."""
        self._teller.submit(work, self)

    def decisions(self) -> list[Decision]:
        """All that was decided, by number."""
        store = self.workspace.store
        return self.kept(("decisions",), store.decided(), store.decisions)

    def mend(self, id_: str, *, outlet: str | None, published_on: dt.date | None) -> Document:
        """The document with outlet and day as given, coded anew when it is its turn."""
        set_details = self.workspace.set_details
        work = self.jobs.coding(lambda: set_details(id_, published_on=published_on, outlet=outlet))
        return work.result()[0]

    def close(self) -> None:
        """Lets go of the ledger, after the text that is being coded."""
        self._teller.shutdown(wait=True, cancel_futures=True)
        self.jobs.close()
        self.workspace.close()
