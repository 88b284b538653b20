"""What of a record decides whether another tells of the same thing: small, kept beside it in the ledger."""

import datetime as dt
import functools
import re
from collections.abc import Iterable

import msgspec

from detente.codebook.amounts import load_amount_words
from detente.codebook.happenings import load_meanings, load_report_words
from detente.codebook.measures import load_measures
from detente.codebook.outcomes import load_families, not_planned
from detente.ledger.hosts import host_of
from detente.ledger.matter import Matter, matter_of, national_words
from detente.records import (
    Actor,
    AgendaItem,
    Event,
    Factuality,
    Measure,
    Mechanism,
    Outcome,
    Position,
    Record,
    Statement,
    When,
)

TALKER = "envoy"  # the office that stands for all those who talk for a state
NEVER_KNOWN = dt.date.max.toordinal()  # undated documents come after all others
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
COUNTED = re.compile(r"\b(\d+|[a-zA-Z]+)-([a-zA-Z]+)\b")
ACCORD = "accord"  # the path of what two sides agree on
LEAST_LETTERS = 3
LEAST_STEM = 4  # letters that an ending leaves
MONEY = 1000  # sums and counts from here on tell one thing from another; percents and days do so by their unit
# Plans, wishes and threats of one thing are told apart from the thing done.
AHEAD = "ahead"
STATES_OF_AFFAIRS = {
    Factuality.HAPPENED: "done",
    Factuality.ONGOING: "done",
    Factuality.DENIED: "done",  # what one account denies another tells: one thing, and a difference
    Factuality.CANCELLED: "called off",
    Factuality.HISTORICAL: "past",
}


class Traits(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The traits of one record. Days are ordinals of the calendar; None is not known."""

    id: str
    document: str
    kind: str
    type: str
    mode: str | None
    family: str
    symmetric: bool
    content: bool  # the words decide
    affairs: str  # done, ahead, called off, past; empty where the kind has no such difference
    denied: bool
    known: int
    first: int | None
    last: int | None
    doers: frozenset[str]  # states
    others: frozenset[str]
    people: frozenset[str]  # "USA:person:pompeo", "USA:office:president", "USA:body:commerce ministry"
    where: str | None
    issues: frozenset[str]
    words: frozenset[str]
    figures: frozenset[str]
    is_known: bool  # of a measure: told of as one that there is already
    round: int | None  # "the second round"
    name: str
    stems: frozenset[str]  # of the name
    matter: frozenset[str]  # stems of what a measure is on
    place: int  # where in the document the evidence begins
    from_title: bool
    marks: frozenset[str] = frozenset()  # of an event "100-day", of an accord "1965", by which it is told again
    is_there: bool = False  # of a measure: a step that binds was taken
    dues: frozenset[int] = frozenset()  # of a measure: the days on which it holds, ends or changes
    is_off: bool = False  # of a plan to meet: told as put off or called off
    moved: bool = False  # of a plan to meet: told as put off, so that its day, if it has one, is the new one

    @property
    def rank(self) -> tuple[int, str]:
        """Its place in the order of knowledge."""
        return self.known, self.id

    @property
    def dated(self) -> bool:
        """Whether both ends of its date are known."""
        return self.first is not None and self.last is not None

    @property
    def states(self) -> frozenset[str]:
        """Of both sides."""
        return self.doers | self.others


def traits_of(record: Record) -> Traits:
    """The traits of a record."""
    type_, mode = _type(record)
    family = load_meanings().family(record.record, type_, mode)
    doers, others = _sides(record)
    first, last = _days(record.when)
    told = _told(record)
    words = words_of(told)
    evidence = record.evidence[0]
    named = _name(record)
    matter = matter_of(record) if isinstance(record, Measure) else Matter()
    return Traits(
        id=record.id,
        document=evidence.document,
        kind=record.record,
        type=type_,
        mode=mode,
        family=family.id,
        symmetric=family.symmetric,
        content=family.content,
        affairs=_affairs(record) if isinstance(record, Event) else "",
        denied=record.factuality is Factuality.DENIED,
        known=record.known_on.toordinal() if record.known_on else NEVER_KNOWN,
        first=first,
        last=last,
        doers=_states(doers),
        others=_states(others),
        people=frozenset(_people((*doers, *others))),
        where=_where(record),
        issues=_issues(record),
        words=words - _names((*doers, *others)),
        figures=_figures(record, told),
        is_known=matter.is_known or _is_known(record),
        round=_round(told),
        name=core_of_name(named) if named else "",
        stems=words_of(core_of_name(named)) if named else frozenset(),
        matter=words_of(" ".join(matter.words)),
        place=evidence.start,
        from_title=record.from_title,
        marks=_marks(record, told),
        is_there=_is_there(record),
        dues=_dues(record) if isinstance(record, Measure) else frozenset(),
        is_off=isinstance(record, AgendaItem) and _is_off(record, Outcome.SLIPPED, Outcome.CANCELLED),
        moved=isinstance(record, AgendaItem) and _is_off(record, Outcome.SLIPPED),
    )


def core_of_name(name: str) -> str:
    """A name without the words that say what sort of thing it is, or whose; all of it where nothing else is left.

    >>> core_of_name("the phase one trade deal"), core_of_name("Trade Act"), core_of_name("Fiji-Tonga Dialogue")
    ('phase one', 'trade act', 'dialogue')
    """
    words = [part for word in WORD.findall(name) for part in _without_nations(word.lower())]
    kept = [word for word in words if word not in load_report_words().generic]
    return " ".join(kept or words)


def _without_nations(word: str) -> list[str]:
    """The word; nothing of "US-China", which says whose a thing is."""
    return [] if set(word.split("-")) <= national_words() else [word]


def _name(record: Record) -> str | None:
    match record:
        case Measure() | Mechanism():
            return record.name
        case AgendaItem():
            return record.mechanism
    return None


def _issues(record: Record) -> frozenset[str]:
    """What it is about; of meetings not that they are meetings."""
    forms = load_meanings().forms if isinstance(record, (AgendaItem, Event)) else frozenset()
    return frozenset(issue.label for issue in record.issues if issue.theme not in forms)


def _type(record: Record) -> tuple[str, str | None]:
    match record:
        case Event():
            return record.event_type.value, record.mode
        case AgendaItem() | Measure():
            return record.kind, None
        case Position():
            return record.stance.value, None
    return "", None


def _sides(record: Record) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    match record:
        case Event():
            return record.initiators, record.targets
        case AgendaItem() | Mechanism():
            return record.participants, ()
        case Measure():
            return record.imposers, record.targets
        case Position():
            return (record.holder,), ()
        case Statement():
            return (record.speaker,) if record.speaker else (), ()
    return (), ()


def _days(when: When | None) -> tuple[int | None, int | None]:
    if when is None:
        return None, None
    return (when.earliest.toordinal() if when.earliest else None, when.latest.toordinal() if when.latest else None)


def _told(record: Record) -> str:
    """The words that tell the thing: what is held or said of positions and statements, else the passage."""
    match record:
        case Position():
            return record.proposition.quote
        case Statement():
            return " ".join(span.quote for span in record.content)
        case AgendaItem():
            return f"{record.summary} {record.mechanism or ''}"
        case Mechanism():
            return record.name
    return record.evidence[0].quote


def _states(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.state for actor in actors if actor.state)


def _people(actors: Iterable[Actor]) -> Iterable[str]:
    for actor in actors:
        if actor.person:
            # Each name, since which of them is the family's differs from country to country.
            yield from (f"{actor.state}:person:{name}" for name in actor.person.lower().split() if len(name) > 1)
        if actor.office:
            office = TALKER if actor.office in load_meanings().talkers and not actor.person else actor.office
            yield f"{actor.state}:office:{office}"
        if actor.organisation:
            yield f"{actor.state}:body:{actor.organisation.lower()}"


def _names(actors: Iterable[Actor]) -> frozenset[str]:
    """The words that name the parties: both reports have them whatever the matter."""
    named = " ".join(f"{actor.words} {actor.person or ''} {actor.organisation or ''}" for actor in actors)
    return words_of(named)


def words_of(text: str) -> frozenset[str]:
    """The stems of the words by which two reports are compared."""
    data = load_report_words()
    found = {word.lower() for word in WORD.findall(text)}
    return frozenset(
        _stem(word.removesuffix("'s").removesuffix("’s"))
        for word in found
        if len(word) >= LEAST_LETTERS and word not in data.common and not word[0].isdigit()
    )


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    for ending in load_report_words().endings:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word[: -len(ending)]
    return word


@functools.cache
def _figure() -> re.Pattern[str]:
    scales = "|".join(sorted(load_amount_words().scales, key=len, reverse=True))
    return re.compile(rf"(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>{scales})?\b")


def _figures(record: Record, told: str) -> frozenset[str]:
    """Sums and large counts told, "3.4e+10"; of measures those of the passage, else those that the record names."""
    if isinstance(record, Measure) and record.amount:
        large = [a for a in record.amount if a.value >= MONEY]
        told_here = [a for a in large if a.words in told]
        return frozenset(f"{a.value:g}" for a in told_here or large)
    scales = load_amount_words().scales
    found = _figure().finditer(told)
    values = (float(m["number"].replace(",", "")) * scales.get(m["scale"] or "", 1.0) for m in found)
    years = range(1900, 2101)
    return frozenset(f"{value:g}" for value in values if value >= MONEY and value not in years)


def _affairs(event: Event) -> str:
    """Where it stands between plan and deed. That none is planned denies no deed."""
    if event.factuality is Factuality.DENIED and not_planned().search(event.evidence[0].quote):
        return AHEAD
    return STATES_OF_AFFAIRS.get(event.factuality, AHEAD)


def _marks(record: Record, told: str) -> frozenset[str]:
    """Of events numbers that are part of a word, "100-day" of "the hundred-day plan"; of accords those, or the year."""
    if isinstance(record, Measure) and load_measures().kinds[record.kind].path == ACCORD:
        found = {m[1] for pattern in load_report_words().dated_accords for m in pattern.finditer(told)}
        old = frozenset(year for year in found if record.known_on is None or int(year) < record.known_on.year - 1)
        return old or counted_in(" ".join(amount.words for amount in record.amount))
    return counted_in(told) if isinstance(record, Event) else frozenset()


def counted_in(text: str) -> frozenset[str]:
    """The numbers that are part of a word, written alike.

    >>> counted_in("the hundred-day plan")
    frozenset({'100-day'})
    """
    numbers = load_amount_words().number_words
    pairs = ((m[1].lower(), m[2].lower()) for m in COUNTED.finditer(text))
    values = ((float(number) if number.isdigit() else numbers.get(number), unit) for number, unit in pairs)
    return frozenset(f"{value:g}-{unit}" for value, unit in values if value is not None)


def _is_there(record: Record) -> bool:
    """Whether a measure is told as one that holds, held or was changed: not only planned, threatened or wished for."""
    steps = load_measures().steps
    return isinstance(record, Measure) and any(
        steps[step.step].ahead != step.step and (steps[step.step].binding or steps[step.step].presumes)
        for step in record.steps
    )


def _dues(record: Measure) -> frozenset[int]:
    """The days of the steps that make a measure hold, change or end, and of all that lie ahead of their telling."""
    steps = load_measures().steps
    found = set()
    for step in record.steps:
        first, last = _days(step.when)
        if first is None or last is None or last - first > 1:
            continue
        meaning = steps[step.step]
        is_ahead = record.known_on is not None and first >= record.known_on.toordinal()
        if is_ahead or meaning.agenda or meaning.binding:
            found.add(first)
    return frozenset(found)


def _is_off(record: AgendaItem, *outcomes: Outcome) -> bool:
    """Whether people are not to meet on the day; of what is done to goods a part may be put off."""
    return record.outcome in outcomes and load_families()[record.kind].people


def _where(record: Record) -> str | None:
    """The state where it is done; of a visit the one that is visited."""
    if isinstance(record, Event):
        return record.where
    return host_of(record) if isinstance(record, AgendaItem) else None


def _is_known(record: Record) -> bool:
    """Whether a measure is told of as one that is in force already: "its export controls"."""
    if not isinstance(record, Measure):
        return False
    steps = load_measures().steps
    return any(step.when is None and steps[step.step].binding for step in record.steps if step.step in steps)


def _round(told: str) -> int | None:
    ordinals = load_report_words().ordinals
    found = [ordinals[word] for word in (w.lower() for w in WORD.findall(told)) if word in ordinals]
    return found[0] if len(found) == 1 else None
