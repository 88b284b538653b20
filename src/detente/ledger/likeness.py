"""How like two records are: a visible sum of named parts, which can explain why they tell of one thing or do not."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detente.codebook.happenings import load_meanings
from detente.ledger.likeness_measures import (
    TOLD_LONG_AGO,
    are_told_apart,
    matters,
    measure_bodies,
    measure_days,
    standings,
)
from detente.ledger.likeness_parts import NEVER, SAME_MATTER, SOME, Part, between_tellings, overlap
from detente.ledger.traits import NEVER_KNOWN, Traits, words_of

MEETING = "consult"  # the family of events in which two meet
TALK = "talk"  # the mode of who is only said to have spoken
SAME = 2.0  # the sum from which two records tell of one thing
ONE_ROUND = 7  # days within which a round of the same number is one round, with whatever date
LENGTHY = 31  # days; a longer date says little about which thing it is
LATER_WORD = 60  # days over which the same words with the same figures are one promise or claim
MOVED = 120  # days by which a plan is put off at most
SLIP = 1  # days by which two outlets' dates of one thing can differ: time zones, "on Friday" for Thursday night
ANY_DAY = 3  # days before its telling in which an undated thing of the news took place
FEW_WORDS = 0.2  # share of the fewer words below which two passages speak of other matters
SOME_WORDS = 0.45
MOST_WORDS = 0.65
MANY = 3  # words
DATE = "date"  # the part of the days
APART = "text"  # the part of what one text tells apart
SAID = frozenset({"statement", "position"})  # kinds known by their words


@dataclass(frozen=True, slots=True)
class Likeness:
    """The reasons, and their sum."""

    parts: tuple[Part, ...]

    @property
    def points(self) -> float:
        """The sum; at least `SAME` where the two tell of one thing."""
        return sum(part.points for part in self.parts)

    @property
    def is_same(self) -> bool:
        """Whether the two tell of one thing."""
        return self.points >= SAME

    @property
    def is_excluded(self) -> bool:
        """Whether one part alone rules it out."""
        return len(self.parts) == 1 and self.parts[0].points <= NEVER  # nothing else is looked at then

    @property
    def is_contradicted(self) -> bool:
        """Whether what the two say cannot be of one thing; a measure that was told of long before may be told again."""
        return self.is_excluded and self.parts[0].name != TOLD_LONG_AGO

    @property
    def is_of_another_day(self) -> bool:
        """Whether its date alone rules it out."""
        return self.is_excluded and self.parts[0].name == DATE

    @property
    def is_told_apart(self) -> bool:
        """Whether one text tells them as two things, which no third record can make one."""
        return self.is_excluded and self.parts[0].name == APART

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that speak for it, the strongest first, then those against."""
        spoken = sorted((p for p in self.parts if p.points), key=lambda part: -part.points)
        return tuple(part.told for part in spoken)


def compare(one: Traits, other: Traits) -> Likeness:
    """How like the two are; the same in either order."""
    if one.kind != other.kind or one.family != other.family or one.affairs != other.affairs:
        return Likeness((Part("kind", NEVER, "another kind of thing"),))
    if one.document == other.document and one.place == other.place:
        return Likeness((Part(APART, NEVER, "told apart in one passage"),))
    if are_told_apart(one, other):
        return Likeness((Part(APART, NEVER, "told apart in one text"),))
    parts: list[Part] = []
    for look in LOOKS[one.kind]:
        for part in look(one, other):
            parts.append(part)
            if part.points <= NEVER:
                return Likeness((part,))
    return Likeness(tuple(parts))


def may_say_the_same(one: Traits, other: Traits) -> bool:
    """Whether two can come to `SAME`: what is said or held cannot without a shared word or figure."""
    if one.kind not in SAID:
        return True
    return not (one.words.isdisjoint(other.words) and one.figures.isdisjoint(other.figures))


Look = Callable[[Traits, Traits], Iterator[Part]]


def _type(one: Traits, other: Traits) -> Iterator[Part]:
    if one.denied != other.denied:
        beside = one.document == other.document  # what a text tells, and then that a side denies it
        yield Part("denied", 0.5, "told and denied in one text") if beside else Part("denied", -0.5, "one denies it")
    modes = (one.kind, one.mode or one.type, other.mode or other.type)
    if modes in load_meanings().apart:
        yield Part("mode", NEVER, f"{modes[1]} and {modes[2]} are not the same")
    elif one.type == other.type:
        yield Part("type", 0.5, f"both {one.type}".strip())
    else:
        yield Part("type", 0.0, f"{one.type} and {other.type}")


def _parties(one: Traits, other: Traits) -> Iterator[Part]:
    directed = ((one.doers, other.doers), (one.others, other.others))
    if one.kind == "measure" and _names_same(one, other):
        yield Part("parties", 0.3, "the same states", one.states | other.states)
        return
    if not one.symmetric and (_is_turned(one, other) or _is_turned(other, one)):
        yield Part("parties", NEVER, "who acts in one is acted on in the other", one.states & other.states)
        return
    for mine, theirs in ((one.states, other.states),) if one.symmetric else directed:
        if mine == theirs:
            if mine:
                yield Part("parties", 0.5, "the same parties", mine)
        elif not mine or not theirs:
            yield Part("parties", -0.1, "one does not name a party")
        elif mine & theirs and (mine < theirs or theirs < mine):
            # Of what takes two a report may name but one; a third that joins makes it another thing, save that plans
            # often name the host.
            loose = one.kind == "agenda_item" or (one.symmetric and min(len(mine), len(theirs)) == 1)
            yield Part("parties", -0.1 if loose else -0.6, "one names more parties")
        else:
            yield Part("parties", NEVER, "other parties", mine ^ theirs)


def _is_turned(one: Traits, other: Traits) -> bool:
    """Whether the one names only whom it is done to, and the other has them do it."""
    return not one.doers and bool(one.others) and one.others <= other.doers


def _names_same(one: Traits, other: Traits) -> bool:
    """Whether one tells who imposes and on whom, and the other names both without telling them apart; of an accord
    whose matter they share, whether each names one of the two."""
    if one.symmetric:
        lone = len(one.states) == 1 == len(other.states) and one.states != other.states
        return lone and overlap(one.matter, other.matter)[0] >= SAME_MATTER
    split = [x for x in (one, other) if x.doers and x.others]
    return len(split) == 1 and one.states == other.states and bool(one.doers & other.doers)


def _people(one: Traits, other: Traits) -> Iterator[Part]:
    if not one.people or not other.people:
        return
    shared = one.people & other.people
    names = {p.rpartition(":")[2] for p in shared}
    clash = _clashing(one.people, other.people)
    if names and not clash:
        of = {p.partition(":")[0] for p in shared if ":person:" in p}
        if len(of) > 1 and _is_once(one.mode, other.mode):
            yield Part("pair", 0.5, "both of the two people")
        yield Part("people", 0.8, "the same people or offices", names)
    elif clash:
        yield Part("people", -1.5 if names else -2.5, "other people or offices", clash)


def _is_once(one: str | None, other: str | None) -> bool:
    """Whether both are what two people rarely do twice in days: a call, of which one may say that they "spoke"."""
    once = load_meanings().once
    return bool(once & {one, other}) and {one, other} <= once | {TALK}


def _clashing(mine: frozenset[str], theirs: frozenset[str]) -> set[str]:
    """The states for which both name people, or offices, or bodies, and none is the same."""
    us, them = _by_state(mine), _by_state(theirs)
    found = set()
    for state in us.keys() & them.keys():
        if us[state].isdisjoint(them[state]):
            sorts = {p.split(":")[1] for p in us[state]}
            if any(p.split(":")[1] in sorts for p in them[state]):
                found.add(state)
    return found


@functools.lru_cache(maxsize=4096)
def _by_state(people: frozenset[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in people:
        found[one.partition(":")[0]].add(one)
    return dict(found)


def _days(one: Traits, other: Traits) -> Iterator[Part]:
    """Dates of the thing itself; where one gives none, the days of telling."""
    if one.dated and other.dated:
        yield _between_dates(one, other)
    elif one.dated or other.dated:
        dated, undated = (one, other) if one.dated else (other, one)
        yield _dated_and_told(dated, undated)
    else:
        yield between_tellings(one, other)


def _between_dates(one: Traits, other: Traits) -> Part:
    gap = max(one.first, other.first) - min(one.last, other.last)  # type: ignore[operator, type-var]
    longest = max(one.last - one.first, other.last - other.first)  # type: ignore[operator]
    if gap > SLIP + 1:
        is_round = gap <= ONE_ROUND and one.round is not None and one.round == other.round
        return Part("date", 0.0 if is_round else NEVER, "one round, other dates" if is_round else "other dates")
    if gap > 0:
        return Part("date", -0.2 if gap <= SLIP else -1.0, f"dates {gap} day{'s' * (gap > 1)} apart")
    if longest == 0:
        # Two sides rarely plan to meet twice on one day.
        points = 2.2 if one.kind == "agenda_item" and one.symmetric else 1.2
        return Part("date", points, f"the same day ({_day(one.first)})")
    if one.kind == "agenda_item" and longest <= LENGTHY:
        return Part("date", 1.2, "planned for the same days")
    if longest <= LENGTHY:
        return Part("date", 0.8, "dates that can be one")
    return Part("date", 0.3, "vague dates that can be one")


def _dated_and_told(dated: Traits, undated: Traits) -> Part:
    if undated.known == NEVER_KNOWN:
        return Part("date", 0.0, "one is undated")
    after = undated.known - (dated.first or 0)
    lasts = (dated.last or 0) - (dated.first or 0)
    if -1 <= after <= ANY_DAY + lasts and lasts <= LENGTHY:
        return Part("date", 0.7, "told within days of the date")
    if lasts > LENGTHY:
        return Part("date", 0.0, "one is undated, the other vague")
    return Part("date", -0.6, "told some time after the date")


def _planned_days(one: Traits, other: Traits) -> Iterator[Part]:
    """Dates planned: what is announced for other days is another plan; told without a date it may be the same."""
    if one.dated and other.dated:
        between = _between_dates(one, other)
        yield Part("date", 0.2, "moved to another day") if between.points < 0 and _moved(one, other) else between
    elif one.dated or other.dated:
        yield Part("date", 0.2, "only one gives a date")
    else:
        yield between_tellings(one, other)


def _moved(one: Traits, other: Traits) -> bool:
    """Whether the one known later tells the plan of the other as put off to its day, or had it put off from there."""
    before, after = sorted((one, other), key=lambda item: item.rank)
    later = (after.first or 0) - (before.last or 0)
    return (after.moved and 0 < later <= MOVED) or (before.moved and before.known == after.known)


def _told_days(one: Traits, other: Traits) -> Iterator[Part]:
    """Of what is said and held the days of telling alone count; a figure may be told again later."""
    if one.figures & other.figures and abs(one.known - other.known) <= LATER_WORD:
        yield Part("date", 0.3, "told again with the same figures")
    else:
        yield between_tellings(one, other)


def _where(one: Traits, other: Traits) -> Iterator[Part]:
    if one.where and other.where:
        same = one.where == other.where
        apart = NEVER if one.kind == "agenda_item" else -0.8  # a visit and the visit in return
        yield Part("where", 0.3 if same else apart, "the same place" if same else "other places")


def _issues(one: Traits, other: Traits) -> Iterator[Part]:
    if not one.issues or not other.issues:
        return
    shared = one.issues & other.issues
    if shared:
        yield Part("issue", 0.5, "the same issue", shared)
    else:
        # A meeting treats of many things, and a sentence that tells of it of one.
        met = one.family == MEETING and one.people & other.people and not _clashing(one.people, other.people)
        met = met or (one.round is not None and one.round == other.round)
        # An embargo on fish is one on imports too: where both are on fish the name of the issue says nothing.
        on_one = overlap(one.matter, other.matter)[0] >= SAME_MATTER
        if not (on_one or _leaves_out(one, other) or _leaves_out(other, one)):
            yield Part("issue", -0.5 if met else -1.4, "other issues")


def _leaves_out(one: Traits, other: Traits) -> bool:
    """Whether one names an issue without its subject, which the other gives: "sanctions", "sanctions / Chad"."""
    return any(label.partition(" / ")[0] in one.issues for label in other.issues if " / " in label)


def _words(one: Traits, other: Traits) -> Iterator[Part]:
    share, shared = overlap(one.words, other.words)
    if share >= MOST_WORDS and len(shared) >= MANY:
        yield Part("words", 1.6, "most words shared", shared, SOME)
    elif share >= SOME_WORDS and len(shared) > 1:
        yield Part("words", 1.0, "many words shared", shared, SOME)
    elif share >= FEW_WORDS:
        yield Part("words", 0.5, "some words shared", shared, SOME)
    elif (one.content or one.document == other.document) and one.denied == other.denied:
        yield Part("words", -1.0, "other words")


def _content(one: Traits, other: Traits) -> Iterator[Part]:
    """What is said or held is the same only where the words are."""
    named = words_of(" ".join(one.issues & other.issues))  # what both are about anyway: "Hong Kong"
    share, shared = overlap(one.words - named or one.words, other.words - named or other.words)
    if not one.words or not other.words:
        yield Part("words", NEVER, "no words to compare")
    elif one.words == other.words:
        yield Part("words", 1.6, "the same words", shared, SOME)
    elif share >= MOST_WORDS and len(shared) > 1:
        yield Part("words", 1.6, "most words shared", shared, SOME)
    elif share >= SOME_WORDS and len(shared) > 1:
        yield Part("words", 0.9, "many words shared", shared, SOME)
    elif shared and one.kind == "position" and one.issues & other.issues:
        yield Part("words", -1.0, "few words shared", shared, SOME)
    else:
        yield Part("words", -1.5, "other words")


def _figures(one: Traits, other: Traits) -> Iterator[Part]:
    if not one.figures or not other.figures:
        return
    shared = one.figures & other.figures
    if shared:
        yield Part("figures", 1.0, "the same figures")
    else:
        yield Part("figures", NEVER if one.kind == "measure" else -1.2, "other figures")


def _marks(one: Traits, other: Traits) -> Iterator[Part]:
    shared = one.marks & other.marks
    if shared:
        yield Part("marks", 0.5 if one.kind == "event" else 1.5, "told by the same number", shared)
    elif one.marks and other.marks and one.kind == "measure":
        yield Part("marks", NEVER, "known by other numbers", one.marks | other.marks)


def _rounds(one: Traits, other: Traits) -> Iterator[Part]:
    if one.round and other.round:
        same = one.round == other.round
        yield Part("round", 0.5 if same else NEVER, "the same round" if same else "other rounds")


def _names(one: Traits, other: Traits) -> Iterator[Part]:
    if not one.name or not other.name:
        stems = one.stems if one.name else other.stems
        if stems and stems <= (other.words if one.name else one.words):
            yield Part("name", 1.0, f"the name of the one stands in the other ({one.name or other.name})")
        return
    mine, theirs = set(one.name.split()), set(other.name.split())
    if mine <= theirs or theirs <= mine:
        yield Part("name", 1.5, f"the same name ({min(one.name, other.name, key=len)})")
    else:
        yield Part("name", NEVER, f"other names ({one.name}; {other.name})")


def _day(ordinal: int | None) -> str:
    return dt.date.fromordinal(ordinal or 1).isoformat()


LOOKS: dict[str, tuple[Look, ...]] = {
    "event": (_type, _rounds, _marks, _days, _parties, _people, _where, _issues, _figures, _words),
    "statement": (_parties, _people, _told_days, _issues, _figures, _content),
    "position": (_type, _parties, _people, _told_days, _issues, _figures, _content),
    "measure": (
        _type,
        _rounds,
        _names,
        _marks,
        matters,
        standings,
        measure_days,
        _parties,
        measure_bodies,
        _issues,
        _figures,
        _words,
    ),
    "agenda_item": (_type, _rounds, _names, _where, _planned_days, _parties, _people, _issues, _figures, _words),
    "mechanism": (_names, _parties),
}
