"""The workspace as the pages use it: an answer is worked out once, and again when a write bears on it."""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from detente.apps.web.asked import Asked
from detente.apps.web.jobs import Jobs
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

KEPT = 32  # questions whose answer is kept
Question = tuple[Hashable, ...]
T = TypeVar("T")


class Told:
    """What is known of a pair on a day, and what pages tell of it, each worked out when it is first asked for."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._made: dict[Hashable, Any] = {}

    @property
    def dated(self) -> list[Dated]:
        """Everything that is told, by day."""
        return self.once("dated", lambda: tell_dated(self.known))

    @property
    def choices(self) -> Choices:
        """What it can be narrowed by."""
        return self.once("choices", lambda: choices_of(self.dated, self.known.outlets))

    @property
    def labels(self) -> list[str]:
        """The labels of the issues."""
        return self.once("labels", lambda: issue_labels(self.known))

    @property
    def queue(self) -> Queue:
        """What is left to decide."""
        return self.once("queue", lambda: Queue(self.known))

    @property
    def told_since(self) -> dt.date | None:
        """The day from which on it is told, where that is not all."""
        return self.known.material.told_since

    def table(self, name: str) -> Table:
        """One of the tables that the command line prints."""
        return self.once(("table", name), lambda: tell_known(name, self.known))

    def once(self, name: Hashable, work: Callable[[], T]) -> T:
        """What the work makes; two who ask at once may both do it, and come to the same."""
        if name not in self._made:
            self._made[name] = work()
        return cast(T, self._made[name])


class Desk:
    """A workspace opened for many readers; texts are coded one after the other, in the background."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.jobs = Jobs(workspace)
        self._kept: OrderedDict[Question, tuple[Hashable, Any]] = OrderedDict()  # answer, and what it rests on
        self._asked: dict[tuple[Question, Hashable], threading.Lock] = {}  # questions being worked on
        self._lock = threading.Lock()

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

    def of_pair(self, question: Hashable, asked: Asked, answer: Callable[[], T]) -> T:
        """The answer to a question about a pair and days, kept until a write bears on what was known of it by then.

        What it rests on is asked for first: what is written while it is worked out has it worked out again.
        """
        day = self.workspace.as_of(asked.pair, asked.as_of)
        stirs = Query(pair=ordered(asked.pair), as_of=asked.as_of)
        rests_on = (day, self.workspace.store.stirred(stirs))
        return self.kept((question, asked.pair, asked.as_of, asked.since), rests_on, answer)

    def kept(self, question: Question, rests_on: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, worked out once for all who ask as long as what it rests on is the same."""
        with self._lock:
            held = self._kept.get(question)
            if held and held[0] == rests_on:
                self._kept.move_to_end(question)
                return cast(T, held[1])
            gate = self._asked.setdefault((question, rests_on), threading.Lock())  # who asks else does not wait
        with gate:
            try:
                held = self._kept.get(question)
                return cast(T, held[1] if held and held[0] == rests_on else self._keep(question, rests_on, answer()))
            finally:
                self._asked.pop((question, rests_on), None)

    def _keep(self, question: Question, rests_on: Hashable, answer: T) -> T:
        with self._lock:
            self._kept[question] = rests_on, answer
            self._kept.move_to_end(question)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return answer

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
        self.jobs.close()
        self.workspace.close()
