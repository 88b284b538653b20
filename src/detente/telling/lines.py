"""One line for each kind of record, told from its fields alone, so that a line can be told again and compared."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.ledger.distance import Distance, Movement, measure_movement
from detente.ledger.happenings import Happening, alone
from detente.ledger.measure_course import LifeStep
from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import Course, follow_agenda
from detente.ledger.plans import PROMISE
from detente.ledger.port import Pair
from detente.ledger.promises import SAID, Promise
from detente.ledger.remembered import remembered
from detente.ledger.subjects import first_known, own_words
from detente.ledger.verdicts import PromiseStanding, Verdict
from detente.ledger.witnesses import Source, independent_outlets
from detente.records import (
    AgendaItem,
    Event,
    Factuality,
    Measure,
    Mechanism,
    Position,
    Record,
    Statement,
    Voice,
)
from detente.telling.words import NO_DATE, Words, are_several, day_words, join, quoted, when_words

UNDATED_LAST = "9999"  # sorts after every ISO date
DECIDED_WORDS = {"when": "date", "confidence": "accepted", "factuality": "whether it happened"}
KEPT = 4_000  # lines that are remembered
CITED = 3  # citations a line carries at most; `show` gives the rest
TELLING_WORDS = 3  # fewer words of a proposition say nothing alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page: date, sentence, note and the records it rests on.

    `basis` are records that decide it without being cited; `shown_by` is the record, of another happening, that shows
    what became of an agenda item. `date` of what is undated is the day it was told; of an
    agenda item it is "no date". `sort` is an ISO date or `UNDATED_LAST`.
    """

    text: str
    date: str = ""
    note: str = ""
    level: int = 0
    kind: str = ""
    records: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    shown_by: str | None = None
    citations: tuple[int, ...] = ()
    sort: str = UNDATED_LAST
    is_past: bool = False
    independent_outlets: int | None = None  # that tell it; None where it is not known

    def cited(self, numbers: tuple[int, ...]) -> "Line":
        """The same line with its citation numbers."""
        return dataclasses.replace(self, citations=numbers)


class Narrator:
    """Tells records as lines, as of a day."""

    def __init__(self, words: Words, as_of: dt.date, sources: Mapping[str, Source] | None = None) -> None:
        self.words = words
        self.as_of = as_of
        self.sources = sources or {}

    def record(self, record: Record) -> Line:
        """The line of any record, alone."""
        return self.happening(alone(record))

    def happening(self, happening: Happening) -> Line:
        """The line of any happening."""
        match happening.head:
            case AgendaItem():
                return self.agenda(follow_agenda([happening], [], self.as_of)[0])
            case Event():
                return self.event(happening)
            case Measure():
                return self.measure(trace_measures([happening], self.as_of)[0])
            case Mechanism():
                return self.mechanism(happening)
            case Position():
                return self.position(happening.head)
            case Statement():
                return self.statement(happening.head)
        raise TypeError(happening.head.record)

    def agenda(self, course: Course) -> Line:
        """What is to come, and what became of it."""
        item = course.plan
        shown_by = course.shown_by if course.shown_by not in course.item.records else None
        line = _line(
            course.item,
            text=item.summary,
            note=_note(self.words, item, self._fate(course)),
            independent=self._independent(course.item),
            extra=(shown_by.id,) if shown_by else (),
            is_past=course.is_past,
            sort=course.told_last.isoformat() if course.is_past and item.when is None else None,
        )
        own = course.item.records
        newest = max(own, key=lambda record: (record.known_on or dt.date.min, record.id))
        needed = (own[0], newest, *((course.shown_by,) if course.shown_by else ()), *course.basis)
        basis = tuple(sorted({record.id for record in needed} - set(line.records)))
        return dataclasses.replace(line, basis=basis, shown_by=shown_by.id if shown_by else None)

    def _fate(self, course: Course) -> str:
        """What became of an item, in words."""
        item = course.plan
        match course.fate:
            case Fate.HAPPENED:
                return _come_true(course)
            case Fate.SLIPPED:
                return _moved(course)
            case Fate.CANCELLED:
                return "cancelled"
            case Fate.NO_WORD if item.when is None:
                return f"{item.basis.value}; told {day_words(course.told_last)}, no word since"
            case Fate.NO_WORD:
                return f"{item.basis.value}; date passed, no word"
            case Fate.PENDING:
                return item.basis.value

    def event(self, happening: Happening) -> Line:
        """What was done, or is planned, threatened, denied."""
        return _event(self.words, happening, self._independent(happening))

    def statement(self, item: Statement) -> Line:
        """Who said what; what the author himself judges or foresees stands under his name, without a cue."""
        return _statement(self.words, alone(item), self._independent(alone(item)))

    def position(self, item: Position, *, level: int = 0) -> Line:
        """Where a side stands; under an obstacle (level 1) the state stands in the first column.

        What is held in few words ("such sales", "to reconsider") says nothing alone: the whole sentence is quoted.
        """
        return _position(self.words, alone(item), self._independent(alone(item)), level)

    def measure(self, life: MeasureLife) -> Line:
        """A measure, how far it has come, and the step that is next."""
        head = life.records[-1]
        # Quotation marks stand only around words of the document, and a name that was decided need not be there.
        name = f" {head.name if 'name' in head.decided else quoted(head.name)}" if head.name else ""
        by = f" of {self.words.actors(head.imposers)}" if head.imposers else ""
        on = f" on {self.words.actors(head.targets)}" if head.targets else ""
        amount = "".join(f", {quoted(words)}" for words in life.amounts)
        standing = f" – {self.step(life.standing)}" if life.standing else ""
        text = f"{head.kind.replace('_', ' ').capitalize()}{name}{by}{on}{amount}{standing}"
        told = life.standing.record if life.standing else head
        due = life.due if life.due and life.due is not life.standing else None
        fate = ""
        if due:
            fate = f"next {self.step(due)}"
        if life.is_overdue:
            fate = f"{fate + '; ' if fate else ''}date passed, no word"
        cited = dict.fromkeys((told.id, *([due.record.id] if due else []), *(r.id for r in reversed(life.records))))
        when = life.standing.when if life.standing else None
        return Line(
            text=text,
            date=when_words(when) if when else f"told {day_words(told.known_on)}" if told.known_on else NO_DATE,
            note=_note(self.words, told, fate),
            kind=told.record,
            records=tuple(cited)[:CITED],
            basis=tuple(sorted(tuple(cited)[CITED:])),
            sort=life.standing.on.isoformat() if life.standing else UNDATED_LAST,
        )

    def step(self, step: LifeStep) -> str:
        """A step with its day where it has not been taken: "due 14 Feb 2020"."""
        return step.step if step.taken or step.when is None else f"{step.step} {when_words(step.when)}"

    def promise(self, promise: Promise) -> Line:
        """A promise and what became of it, on whose word."""
        head = promise.head
        said = quoted(head.proposition.quote) if isinstance(head, Position) else own_words(head)
        words = [self._verdict(verdict) for verdict in promise.heard]
        fate = promise.standing.value
        if promise.standing in SAID.values():
            sayers = dict.fromkeys(self.words.state(v.on_word_of) for v in promise.heard if v.on_word_of)
            fate = f"{fate} by {' and '.join(sayers)}"
        elif promise.standing is PromiseStanding.DISPUTED:
            fate = f"{fate}; {', '.join(dict.fromkeys(words))}"
        elif promise.doubt and not words:
            fate = f"{fate}; {promise.doubt}"
        told = first_known(promise.told[0])
        cited = tuple(dict.fromkeys((head.id, *(verdict.record.id for verdict in promise.heard))))
        rest = {record.id for record in promise.told} - set(cited[:CITED])
        return Line(
            text=f"{self.words.state(promise.holder)} promised: {said}",
            date=f"told {day_words(told)}" if told != dt.date.max else NO_DATE,
            note=_note(self.words, head, fate),
            kind="promise",
            records=cited[:CITED],
            basis=tuple(sorted(rest | set(cited[CITED:]))),
            sort=told.isoformat(),
        )

    def _verdict(self, verdict: Verdict) -> str:
        by = f" on the word of {self.words.state(verdict.on_word_of)}" if verdict.on_word_of else ""
        return f"{verdict.verdict}{by}"

    def mechanism(self, happening: Happening) -> Line:
        """A standing channel and what it deals with."""
        return _mechanism(self.words, happening, self._independent(happening))

    def obstacle(self, number: int, obstacle: Obstacle, pair: Pair) -> Line:
        """The heading of an issue that divides the pair."""
        return self.obstacle_line(number, obstacle.label, obstacle.distance, obstacle.stands, pair)

    def obstacle_line(self, number: int, label: str, distance: Distance, stands: Sequence[Record], pair: Pair) -> Line:
        """The same from its parts; the stands are the basis."""
        note = distance.words if stands else "told by deeds, no position known"
        holders = {record.holder.state for record in stands if isinstance(record, Position)}
        unheard = [state for state in pair if state not in holders]
        if stands and unheard:
            note += f" · {join([self.words.state(state) for state in unheard])} not heard"
        if stands:
            note += f" · {self._movement(stands, pair)}"
        return Line(text=f"{number}  {label}", note=note, kind="obstacle", basis=tuple(sorted(r.id for r in stands)))

    def _movement(self, stands: Sequence[Record], pair: Pair) -> str:
        moved = _measure_movement(tuple(stands), pair)
        if moved is None:
            return "no earlier position known"
        if moved.before is None:
            return f"unmoved since {day_words(moved.since)}"
        return f"since {day_words(moved.since)}, before {moved.before.words}"

    def _independent(self, happening: Happening) -> int | None:
        told = tuple(self.sources[id_] for id_ in happening.documents if id_ in self.sources)
        return _count_independent(happening, told) if len(told) == len(happening.documents) else None


# What a happening is told as. A page told anew tells most of them again.


@remembered(KEPT)
def _event(words: Words, happening: Happening, independent: int | None) -> Line:
    item = happening.head
    assert isinstance(item, Event)  # noqa: S101 narrows the type
    phrase = words.phrases.event(item.event_type, item.mode)
    doers = words.sides(item.initiators) or ["Someone unnamed"]
    others = [name for name in words.sides(item.targets) if name not in doers]
    said = phrase.told(
        initiators=join(doers), targets=join(others), sides=join([*doers, *others]), several=len(doers) > 1
    )
    fate = "" if item.factuality is Factuality.HAPPENED else item.factuality.value
    text = f"{said}: {quoted(item.evidence[0].quote)}"
    return _line(happening, text=text, note=_note(words, item, fate), independent=independent)


@remembered(KEPT)
def _statement(words: Words, told: Happening, independent: int | None) -> Line:
    item = told.head
    assert isinstance(item, Statement)  # noqa: S101 as above
    author = item.voice is Voice.AUTHOR
    nobody = "The author" if author else "A speaker not named"
    who = words.actor(item.speaker) if item.speaker else nobody
    said = " ".join(span.quote for span in item.content)
    by_word = item.cue is not None and not author and any(map(str.isalpha, item.cue.quote))  # not by a colon
    cue = f" ({item.cue.quote})" if item.cue and by_word else ""
    note = _note(words, item, "" if author else item.manner.value)
    return _line(told, text=f"{who}{cue}: {quoted(said)}", note=note, independent=independent)


@remembered(KEPT)
def _position(words: Words, told: Happening, independent: int | None, level: int) -> Line:
    item = told.head
    assert isinstance(item, Position)  # noqa: S101 as above
    verb = words.phrases.stance(item.stance, item.firmness, several=are_several(item.holder))
    state = words.state(item.holder.state) if item.holder.state else item.holder.words
    who = words.actor(item.holder) if level == 0 else words.within(item.holder)
    condition = f" on the condition {quoted(item.condition.quote)}" if item.condition else ""
    text = f"{who} {verb}".strip()
    line = _line(
        told, text=f"{text}: {quoted(_held(item))}{condition}", note=_note(words, item, ""), independent=independent
    )
    return dataclasses.replace(line, level=level, date=state if level else line.date)


@remembered(KEPT)
def _mechanism(words: Words, happening: Happening, independent: int | None) -> Line:
    item = happening.head
    assert isinstance(item, Mechanism)  # noqa: S101 as above
    told = [area for area in item.areas if area.lower() not in item.name.lower()]  # the name says the others
    areas = f": {', '.join(quoted(area) for area in told)}" if told else ""
    text = f"{item.name[:1].upper()}{item.name[1:]}{areas}"
    return _line(happening, text=text, note=_note(words, item, ""), independent=independent)


@remembered(KEPT)
def _count_independent(happening: Happening, sources: tuple[Source, ...]) -> int:
    """How many outlets tell it independently; `sources` are those of its documents."""
    return len(independent_outlets(happening.records, {source.document: source for source in sources}))


@remembered(KEPT)
def _measure_movement(stands: tuple[Record, ...], pair: Pair) -> Movement | None:
    return measure_movement(stands, pair)


def _note(words: Words, record: Record, fate: str) -> str:
    hedge = "" if not record.hedges else f"hedged {quoted(record.hedges[0].quote)}"
    voice = words.voice(record)
    if voice == "reported" and fate and record.voice is Voice.REPORTED:
        voice = ""
    decided = f"as decided: {', '.join(map(_field_words, record.decided))}" if record.decided else ""
    return ", ".join(filter(None, (fate, voice, hedge, decided)))


def _line(
    happening: Happening,
    *,
    text: str,
    note: str,
    independent: int | None,
    extra: tuple[str, ...] = (),
    is_past: bool = False,
    sort: str | None = None,
) -> Line:
    head = happening.head
    others = [record.id for record in happening.records if record.id != head.id]
    first = (head.when.earliest or head.when.latest) if head.when else None
    told = f"told {day_words(head.known_on)}" if head.known_on else NO_DATE
    if first is None and not isinstance(head, AgendaItem):
        first = head.known_on
    return Line(
        text=text,
        date=told if head.when is None and not isinstance(head, AgendaItem) else when_words(head.when),
        note=note,
        kind=head.record,
        records=(head.id, *others[: CITED - 1], *extra),
        sort=sort or (first.isoformat() if first else UNDATED_LAST),
        is_past=is_past,
        independent_outlets=independent,
    )


def _come_true(course: Course) -> str:
    """Of what happened; a promise was kept."""
    if course.plan.kind == PROMISE:
        return "kept"
    return f"happened later: {when_words(course.new)}" if course.new else "happened"


def _moved(course: Course) -> str:
    """Of what was put off; the new day may be the one that stands before the line."""
    if course.new is None:
        return "slipped; no new date"
    return "put off to that day" if course.new == course.plan.when else f"slipped to {when_words(course.new)}"


def _held(item: Position) -> str:
    """What is held: the proposition, or the sentence that holds it where it is too short to say anything."""
    words = item.proposition
    if len(words.quote.split()) >= TELLING_WORDS:
        return words.quote
    return next((e.quote for e in item.evidence if e.start <= words.start < e.end), words.quote)


def _field_words(name: str) -> str:
    """A field that a user set, in a reader's words."""
    return DECIDED_WORDS.get(name, name.replace("_", " "))
