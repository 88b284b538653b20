"""A plan as the records of an agenda item tell it: its days, its parties, its matter."""

import datetime as dt
from functools import cached_property

from detente.codebook.issues import load_themes
from detente.codebook.outcomes import Family, load_families
from detente.codebook.registry import body_codes
from detente.ledger.happenings import Happening
from detente.ledger.hosts import host_of
from detente.ledger.subjects import STEM, Subject, first_known, subject_of
from detente.records import AgendaItem, Basis, Grain, Outcome, When

PROMISE = "promise due"  # the kind of agenda item that a promise is
REMEMBERED = dt.timedelta(days=365)  # how long a plan without a date can still come true
VAGUE = dt.timedelta(days=3)  # by which a date of more than a day may be missed
EXACT = frozenset({Grain.DAY, Grain.YEAR})
ALIKE = 0.5  # share of the item's words that another telling must have, where the date does not decide


def later_day(day: dt.date, by: dt.timedelta) -> dt.date:
    """The day so much later, at the end of the calendar its last."""
    return day + by if day < dt.date.max - by else dt.date.max


class Plan:
    """An item with what is needed to find what became of it."""

    def __init__(self, happening: Happening) -> None:
        head = happening.head
        assert isinstance(head, AgendaItem)  # noqa: S101 narrows the type; only such heads are plans
        self.happening = happening
        self.head = head
        self.items = [r for r in happening.records if isinstance(r, AgendaItem)]
        self.ids = {r.id for r in self.items}
        self.told = first_known(happening.records[0])
        self.first_documents = {r.evidence[0].document for r in self.items if first_known(r) == self.told}
        self.first_ids = {r.id for r in self.items if first_known(r) == self.told}
        self.first_due = next((r.when for r in self.items if r.when), None)
        self.told_last = max((r.known_on for r in self.items if r.known_on), default=self.told)
        self.family: Family = load_families()[head.kind]
        self.due = happening.when
        self.subject: Subject = subject_of(head)
        nations = self.subject.states - body_codes()
        alone = len(nations) > 1 or (self.family.heard and bool(nations))
        self.needed = nations if alone else self.subject.states  # a body may only be where they meet

    @cached_property
    def first(self) -> dt.date:
        """The first day on which it can come true: none before it was told."""
        return max(self.due.earliest or self.told, self.told) if self.due else self.told

    @cached_property
    def last(self) -> dt.date:
        """The last such day; "at the end of November" is not over with November."""
        if self.due is None:
            return later_day(self.told_last, REMEMBERED)
        return later_day(self.due.latest or dt.date.max, dt.timedelta() if self.due.grain in EXACT else VAGUE)

    @cached_property
    def moved_to(self) -> tuple[When, ...]:
        """The days that texts tell it was put off to."""
        moved = (item.when for item in self.items if item.outcome is Outcome.SLIPPED)
        return tuple(when for when in moved if when is not None and self.is_late(when))

    @cached_property
    def host(self) -> str | None:
        """The state that a visit goes to, where it is named as a place."""
        return host_of(self.head)

    @cached_property
    def is_only_put_off(self) -> bool:
        """Whether every text tells of it only that it is put off."""
        return all(item.outcome is Outcome.SLIPPED for item in self.items)

    @cached_property
    def is_only_asked(self) -> bool:
        """Whether it has no day and one side asks for it."""
        return self.due is None and self.head.basis is Basis.PROPOSED

    def is_ahead(self, day: dt.date) -> bool:
        """Whether the days planned for last beyond that day."""
        return self.due is not None and (self.due.latest or day) > day

    def is_late(self, when: When | None) -> bool:
        """Whether a deed of that date came after the days planned for."""
        return bool(self.due and when and when.earliest and when.earliest > self.last)

    def is_told_after(self, day: dt.date) -> bool:
        """Whether a text of a later day tells the plan as still standing."""
        return any(item.outcome is Outcome.PENDING and first_known(item) > day for item in self.items)

    def agrees(self, other: Subject) -> bool:
        """Whether the other telling is of this subject by its words, not by its date alone."""
        if self.subject.contradicts(other):
            return False
        if self.subject.is_of_one_mechanism(other):
            return True
        if len(self.subject.stems) == 1 and (not self.family.people or self.is_only_asked):
            return False  # "tariffs" alone can be any, and so can talks that somebody asks for
        return self.subject.covered_by(other) >= ALIKE

    def is_only_of_its_kind(self, other: Subject) -> bool:
        """Whether the other telling has none of the words that tell this plan from another of its kind."""
        kinds = {word[:STEM] for kind in self.family.kinds for word in kind.split()}
        telling = self.subject.stems - kinds
        return bool(telling) and telling.isdisjoint(other.stems)

    def is_of_its_field(self, other: Subject) -> bool:
        """Whether the other telling is on the themes of the plan or on the wider ones that take them in."""
        known = load_themes()
        mine = {wider for name in self.subject.themes if name in known and (wider := known[name].within)}
        mine |= self.subject.themes
        return bool(other.themes) and other.themes <= mine

    def meets(self, other: Subject) -> bool:
        """Whether the same states are there and, where the plan names people or offices, one of them."""
        if not self.needed or not self.needed <= other.states:
            return False
        return not self.family.people or not self.subject.people or bool(self.subject.people & other.people)

    def may_be_of(self, other: Subject) -> bool:
        """Whether the parties of another telling of the plan do not stand against it: it may name fewer."""
        mine, theirs = self.subject.states, other.states
        return not mine or not theirs or mine <= theirs or theirs <= mine
