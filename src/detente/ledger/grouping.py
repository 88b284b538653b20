"""Puts each record into the happening it tells of, in the order of knowledge; a change touches what it bears on."""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from detente.codebook.happenings import load_meanings
from detente.ledger.likeness import LATER_WORD, LENGTHY, MOVED, SAME, Likeness, compare, may_say_the_same
from detente.ledger.likeness_measures import ON_ONE_MATTER, SPOKEN_OF
from detente.ledger.traits import NEVER_KNOWN, Traits
from detente.ledger.twins import prints_of
from detente.ledger.word_marks import marks_of

ASKED = 4  # members of a happening that are compared with, of the earliest and of the latest; keeps large ones cheap
CONTRADICTED = 0.34  # share of them that may exclude a record, so that one misread report keeps no other away
LONGEST = 400  # days that a planned thing spans at most, where its days are looked up by
LIFE = 1500  # days over which a name or a sum points at one measure
LONG_OFF = 31  # days by which the day of a plan may be over when a text tells, without it, that it was called off
WIDTHS = (14, 60, 160, LONGEST + 4, LIFE)  # days; listings are kept apart by length, so that a look-up passes few
MOST_FIGURES = 3  # figures and bodies by which one record is listed
MOST_TOGETHER = 4  # words of what a measure is on that are listed two by two
MOST_HAPPENINGS = 40  # that one record is compared with: those told of last
MOST_PAIRS = 6  # listings of a record with many states
NO_DAYS = (0, 0)  # of what is listed without a day


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a record is listed: two records can be of one happening only if they share a key and their days meet."""

    key: str
    first: int
    last: int

    @property
    def width(self) -> int:
        """The first of `WIDTHS` that it does not exceed, by its place."""
        return bisect_left(WIDTHS, self.last - self.first)

    def meets(self, other: "Listing") -> bool:
        """Whether the two share a key and a day."""
        return self.key == other.key and self.first <= other.last and other.first <= self.last


Rank = tuple[int, str]  # the day on which it became known, and its id


@dataclass(frozen=True, slots=True)
class Ties:
    """What a user decided of one record: the ids of those it belongs with, and of those it does not belong with."""

    together: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


UNTIED = Ties()


class Members(Protocol):
    """The records that are grouped, and the happening each is in; a happening is the id of its first record."""

    def near(self, item: Traits) -> Mapping[str | None, list[tuple[Rank, int]]]:
        """The other records that share a listing with it, rank and number, by happening: None of those in none yet."""
        ...

    def traits(self, number: int) -> Traits:
        """The traits of a record."""
        ...

    def first(self, happening: str) -> Traits:
        """The record that a happening began with."""
        ...

    def happening(self, id_: str) -> str | None:
        """The happening of a record."""
        ...

    def assign(self, id_: str, happening: str) -> None:
        """The record is in that happening from now on."""
        ...

    def later(self, item: Traits) -> Iterable[Traits]:
        """The records known later than the item that share a listing with it."""
        ...

    def lead(self, id_: str) -> str | None:
        """The record known before it that stands for it, its twin; None where it stands for itself."""
        ...

    def ties(self, id_: str) -> Ties:
        """What a user decided of a record."""
        ...

    def known(self, ids: Iterable[str]) -> Iterable[Traits]:
        """The traits of those of the records that are there."""
        ...


def settle(members: Members, changed: Iterable[Traits]) -> None:
    """Assigns the changed records, and again each later one whose choice depended on what thereby changed.

    A choice rests on the earlier records that share a listing, and on where these are: so only those that share one
    with a record that has moved choose again. Records choose in the order of (known_on, id), each by those before it
    alone, so that the result is the same whatever the order of entry, and that of a day is the beginning of that of a
    later day.
    """
    waiting = {item.id: item for item in changed}
    queue = [item.rank for item in waiting.values()]
    heapq.heapify(queue)
    while queue:
        item = waiting.pop(heapq.heappop(queue)[1])
        lead = members.lead(item.id)
        if lead is not None:
            members.assign(item.id, members.happening(lead) or lead)
            continue  # nothing is compared with it
        before = members.happening(item.id)
        chosen = choose(item, members)
        if chosen == before:
            continue
        members.assign(item.id, chosen)
        ties = members.ties(item.id)
        tied = [other for other in members.known(ties.together | ties.apart) if other.rank > item.rank]
        for other in (*members.later(item), *tied):
            if other.id not in waiting:
                waiting[other.id] = other
                heapq.heappush(queue, other.rank)


def choose(item: Traits, members: Members) -> str:
    """The happening that the record tells of, among those begun before it; its own id where it opens one.

    A user's decision comes first: the record goes where the earliest of those it belongs with is, and never where one
    is that it does not belong with.
    """
    ties = members.ties(item.id)
    partners = sorted(members.known(ties.together), key=lambda other: other.rank)
    joined = (members.happening(other.id) for other in partners if other.rank < item.rank)
    decided = next((happening for happening in joined if happening is not None), None)
    if decided is not None:
        return decided
    shut = {members.happening(other.id) for other in members.known(ties.apart) if other.rank < item.rank}
    earlier: dict[str, list[tuple[Rank, int]]] = {}
    for happening, told in members.near(item).items():
        if happening is not None and happening not in shut:
            told.sort()
            before = told[: bisect_left(told, (item.rank, -1))]
            if before:
                earlier[happening] = before
    best: tuple[float, str] | None = None
    for happening in heapq.nlargest(MOST_HAPPENINGS, earlier, key=lambda id_: earlier[id_][-1]):
        points = _fit(item, happening, earlier[happening], members)
        if points is not None and (best is None or points > best[0]):
            best = points, happening
    return best[1] if best else item.id


def _fit(item: Traits, happening: str, told: Sequence[tuple[Rank, int]], members: Members) -> float | None:
    """The points of the member most like the record; None where it does not belong among them."""
    first = members.first(happening)
    begun = compare(item, first)
    may_be_moved = item.kind == "agenda_item" and begun.is_of_another_day
    if _rules_out(begun, item) and not may_be_moved and not (first.from_title and len(told) > 1):
        # Before the others are read: most happenings are ruled out by their first record. A headline says too little.
        return None
    asked = told if len(told) <= 2 * ASKED else [*told[:ASKED], *told[-ASKED:]]
    near = [members.traits(number) for _, number in asked]
    if not any(may_say_the_same(item, other) for other in near):
        return None
    found = [begun if other.id == first.id else compare(item, other) for other in near]
    if any(x.is_same and other.moved for x, other in zip(found, near, strict=True)):
        found = [x for x in found if not x.is_of_another_day]  # they tell the day that it was moved from
    if sum(_rules_out(x, item) for x in found) > CONTRADICTED * len(found) or any(x.is_told_apart for x in found):
        return None
    points = max(x.points for x in found)
    return points if points >= SAME else None


def _rules_out(likeness: Likeness, item: Traits) -> bool:
    """Whether a member speaks against a record; a headline says too little to be known by what was told long before."""
    return likeness.is_contradicted if item.from_title else likeness.is_excluded


def listings_of(item: Traits) -> tuple[Listing, ...]:
    """Where the record is listed; at least one listing."""
    head = f"{'?' if item.known == NEVER_KNOWN else ''}{item.kind}|{item.family}|{item.affairs}"
    reach = load_meanings().reach[item.kind]
    told = (item.known, item.known + reach) if item.known != NEVER_KNOWN else NO_DAYS
    match item.kind:
        case "measure":
            return tuple(_measure_listings(item, head, told))
        case "mechanism":
            return (Listing(f"{head}|{item.name}", 0, 0),)
        case "statement" | "position":
            return tuple(_said_listings(item, head, told))
        case "agenda_item":
            return tuple(_planned_listings(item, head, told))
        case _:
            # An undated report of the news can be of a thing dated some days before it was told.
            days = _own_days(item, LENGTHY) or (told[0] - reach, told[0] + 1)
    sides = _pairs(item.states) if item.symmetric else sorted(item.doers) or [f">{x}" for x in sorted(item.others)]
    again = (told[0], told[0] + ON_ONE_MATTER) if told[0] else told
    marked = (Listing(f"{head}|{sides[0]}|{mark}", *again) for mark in sorted(item.marks)[:MOST_FIGURES] if sides)
    return (*(one for side in sides or [""] for one in _of_side(item, f"{head}|{side}", days)), *marked)


def _of_side(item: Traits, key: str, days: tuple[int, int]) -> Iterable[Listing]:
    """Where what one side says or does is listed; of an undated text, where no day tells things apart, by its words."""
    if item.known != NEVER_KNOWN or days[0] > 0:
        yield Listing(key, *days)
        return
    yield from (Listing(f"{key}|~{mark}", *NO_DAYS) for mark in marks_of(item.words))


def _planned_listings(item: Traits, head: str, told: tuple[int, int]) -> Iterable[Listing]:
    own = _own_days(item, LONGEST)
    days = own or told
    if item.moved and own:
        days = (own[0] - MOVED, own[1])
    elif item.is_off and told[0] and own is None:
        days = (told[0] - LONG_OFF, told[1])
    pairs = _pairs(item.states) if item.symmetric else sorted(item.doers)
    for side in (*pairs, *_alone(item)) or [""]:
        yield from _of_side(item, f"{head}|{side}", days)
    if item.name:
        yield Listing(f"{head}|named {item.name}", told[0], told[0] + ON_ONE_MATTER if told[0] else 0)


def _alone(item: Traits) -> list[str]:
    """Each of the states of what takes two: another report may name but one."""
    return sorted(item.states)[:MOST_PAIRS] if item.symmetric and len(item.states) > 1 else []


def _own_days(item: Traits, longest: int) -> tuple[int, int] | None:
    if item.first is None or item.last is None or item.last - item.first > longest:
        return None
    return item.first - 2, item.last + 2


def _said_listings(item: Traits, head: str, told: tuple[int, int]) -> Iterable[Listing]:
    who = _speakers(item) if item.kind == "statement" else sorted(item.doers) or _speakers(item)
    for one in who:
        yield from _of_side(item, f"{head}|{one}", told)
    later = (told[0], told[0] + LATER_WORD) if item.known != NEVER_KNOWN else told
    yield from (
        Listing(f"{head}|{one}|{figure}", *later) for one in who for figure in sorted(item.figures)[:MOST_FIGURES]
    )


def _measure_listings(item: Traits, head: str, told: tuple[int, int]) -> Iterable[Listing]:
    sides = (_pairs(item.states) if item.symmetric else sorted(item.doers or item.others)) or [""]
    sides += _alone(item)
    marks = [f"{sides[0]}|{figure}" for figure in sorted(item.figures)[:MOST_FIGURES]]
    # Whose "the treaty of 1965" is often stands elsewhere in the text.
    marks += [f"of {year}" for year in sorted(item.marks)[:MOST_FIGURES]]
    marks += [p for p in sorted(item.people) if ":body:" in p][:MOST_FIGURES]
    undated = item.known == NEVER_KNOWN
    spoken = (told[0], told[1] if undated else told[0] + ON_ONE_MATTER)
    on = sorted(item.matter)[:MOST_FIGURES]
    # By whom is left out of "a tariff on Chinese phones"; of an accord one report names the one side, one the other.
    aimed = [""] if item.symmetric else [f">{state}" for state in sorted(item.others)]
    yield from (Listing(f"{head}|{side}|on {word}", *spoken) for side in (*sides, *aimed) for word in on)
    # "The law that bars firms from tenders took effect" names no side.
    both = combinations(sorted(item.matter)[:MOST_TOGETHER], 2)
    yield from (Listing(f"{head}|on {one} and {other}", *spoken) for one, other in both)
    for side in sides:
        yield from _of_side(item, f"{head}|{side}", (told[0], told[1] if undated else told[0] + SPOKEN_OF))
    yield from (
        Listing(f"{head}|{side}|due {day}", *spoken) for side in sides for day in sorted(item.dues)[:MOST_FIGURES]
    )
    lives = told if undated else (told[0], told[0] + LIFE)
    if item.name:
        yield Listing(f"{head}|named {item.name}", *lives)
    yield from (Listing(f"{head}|{mark}", *lives) for mark in marks)


def _pairs(states: frozenset[str]) -> list[str]:
    found = sorted(states)
    return ["-".join(pair) for pair in combinations(found, 2)][:MOST_PAIRS] if len(found) > 1 else found


def _speakers(item: Traits) -> list[str]:
    people = sorted(p for p in item.people if ":person:" in p)
    return people[:1] or sorted(item.doers)[:1] or sorted(item.people)[:1] or [""]


class MemoryMembers:
    """Records grouped in memory, for the few that were just read."""

    def __init__(self, ties: Mapping[str, Ties] | None = None) -> None:
        self.tied = ties or {}
        self.all: list[Traits] = []
        self.numbers: dict[str, int] = {}
        self.happenings: dict[str, str] = {}
        self.listed: dict[str, list[tuple[Listing, int]]] = defaultdict(list)
        self.leads: dict[str, str] = {}  # by print
        self.twins: dict[str, str] = {}

    def add(self, item: Traits, print_: str | None) -> None:
        """Lists a record, unless one before it stands for it; it is in no happening yet."""
        self.numbers[item.id] = len(self.all)
        self.all.append(item)
        if print_ is not None and item.id not in self.tied:
            lead = self.leads.setdefault(print_, item.id)
            if lead != item.id:
                self.twins[item.id] = lead
                return
        for listing in listings_of(item):
            self.listed[listing.key].append((listing, self.numbers[item.id]))

    def near(self, item: Traits) -> Mapping[str | None, list[tuple[Rank, int]]]:
        """The other records that share a listing with it, rank and number, by happening."""
        found: dict[str | None, list[tuple[Rank, int]]] = defaultdict(list)
        for at in self._sharing(item):
            found[self.happenings.get(self.all[at].id)].append((self.all[at].rank, at))
        return found

    def traits(self, number: int) -> Traits:
        """The traits of a record."""
        return self.all[number]

    def first(self, happening: str) -> Traits:
        """The record that a happening began with."""
        return self.all[self.numbers[happening]]

    def happening(self, id_: str) -> str | None:
        """The happening of a record."""
        return self.happenings.get(id_)

    def assign(self, id_: str, happening: str) -> None:
        """The record is in that happening from now on."""
        self.happenings[id_] = happening

    def later(self, item: Traits) -> Iterable[Traits]:
        """The records known later that share a listing with the item."""
        return [self.all[at] for at in self._sharing(item) if self.all[at].rank > item.rank]

    def _sharing(self, item: Traits) -> set[int]:
        found = {at for mine in listings_of(item) for other, at in self.listed[mine.key] if other.meets(mine)}
        return found - {self.numbers[item.id]}

    def lead(self, id_: str) -> str | None:
        """The record known before it that stands for it."""
        return self.twins.get(id_)

    def ties(self, id_: str) -> Ties:
        """What a user decided of a record."""
        return self.tied.get(id_, UNTIED)

    def known(self, ids: Iterable[str]) -> Iterable[Traits]:
        """The traits of those of the records that are there."""
        return [self.all[self.numbers[id_]] for id_ in ids if id_ in self.numbers]


def group(items: Iterable[Traits], ties: Mapping[str, Ties] | None = None) -> Mapping[str, str]:
    """The happening of each record, by their ids; `ties` are what a user decided, by the id of a record."""
    members = MemoryMembers(ties)
    told = sorted(items, key=lambda x: x.rank)
    prints = _prints(told)
    for item in told:
        members.add(item, prints[item.id])
        lead = members.lead(item.id)
        members.assign(item.id, members.happenings[lead] if lead else choose(item, members))
    return members.happenings


def _prints(items: Iterable[Traits]) -> dict[str, str | None]:
    by_document: dict[str, list[Traits]] = defaultdict(list)
    for item in items:
        by_document[item.document].append(item)
    return {x.id: p for told in by_document.values() for x, p in zip(told, prints_of(told), strict=True)}
