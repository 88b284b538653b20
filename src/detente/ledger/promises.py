"""What became of promises: kept, partly, broken or open, with the records that say so, and what nobody can decide."""

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.codebook.outcomes import verdict_rows
from detente.codebook.registry import load_registry
from detente.ledger.happenings import Happening
from detente.ledger.matter import national_words
from detente.ledger.outcome_fate import Fate
from detente.ledger.outcomes import Course
from detente.ledger.plans import PROMISE
from detente.ledger.relabel import answer_to
from detente.ledger.remembered import remembered
from detente.ledger.subjects import (
    Subject,
    first_known,
    names_of_states,
    own_words,
    states_of,
    stems_of,
    subject_of,
    told_in,
)
from detente.ledger.verdicts import (
    COOPERATIVE,
    PromiseStanding,
    Verdict,
    is_granted,
    recalls,
    teller_of,
    told_verdict,
)
from detente.records import (
    AgendaItem,
    Event,
    EventType,
    Evidence,
    Position,
    Record,
    Stance,
    Voice,
    When,
)

ALIKE = 0.5  # share of the words of the shorter of two tellings that the other must have
RECENT = dt.timedelta(days=120)  # after which nobody means it who only speaks of a broken word
BROKEN_WORD = "verdict.broken-word"  # row of lang/en/outcomes.toml
OF_MEASURES = frozenset({"measure due", "opening"})  # kinds of agenda items that are steps of measures
KEPT = 4_000  # happenings whose promises are remembered
AGAIN = dt.timedelta(days=365)  # within which a promise in the same words is told again; later it is another one


SAID = {  # what a claim of one side comes to
    PromiseStanding.KEPT: PromiseStanding.SAID_KEPT,
    PromiseStanding.PARTLY: PromiseStanding.SAID_PARTLY,
    PromiseStanding.BROKEN: PromiseStanding.SAID_BROKEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise and what became of it. `doubt` says why a person should look at it; empty where it is plain,
    or where a person has answered."""

    head: Record
    holder: str  # the state that promised
    told: tuple[Record, ...]  # the records that tell the promise, first known first
    due: When | None
    standing: PromiseStanding
    heard: tuple[Verdict, ...]
    doubt: str = ""


def follow_promises(happenings: Sequence[Happening], courses: Sequence[Course], as_of: dt.date) -> list[Promise]:
    """The promises that the happenings tell and what became of each by the day, first known first."""
    promised = [record for happening in happenings for record in _promises_in(happening)]
    if not promised:
        return []
    records = [record for happening in happenings for record in happening.records]
    homes = {record.id: happening.id for happening in happenings for record in happening.records}
    fates = {record.id: course for course in courses for record in course.item.records}
    # What a promise does to a measure is an item of its own in the same sentence.
    steps = (course for course in courses if course.plan.kind in OF_MEASURES)
    fates.update({_sentence(record): course for course in steps for record in course.item.records})
    groups: list[list[Record]] = []
    threats = _threats(records)
    meant = [r for r in promised if (_holder(r), r.evidence[0]) not in threats]
    for record in sorted(meant, key=_told_at):
        same = [g for g in groups if _is_same(g, record, homes)]
        if not same:
            groups.append([record])
            continue
        same[-1].append(record)
        beside = [g for g in same[:-1] if any(r.evidence[0] == record.evidence[0] for r in g)]
        same[-1][:0] = [r for g in beside for r in g]  # one sentence tells one promise
        groups = [g for g in groups if not any(g is other for other in beside)]
    groups = sorted((sorted(group, key=_told_at) for group in groups), key=lambda group: _told_at(group[0]))
    in_order = sorted(records, key=lambda r: (not is_promise(r), first_known(r), r.id)) if groups else []
    heard = [list(_verdicts(group, groups, in_order, fates)) for group in groups]
    _blame(groups, heard, records)
    return [_promise(group, told, as_of) for group, told in zip(groups, heard, strict=True)]


@remembered(KEPT)
def _promises_in(happening: Happening) -> tuple[Record, ...]:
    return tuple(record for record in happening.records if is_promise(record))


def _told_at(record: Record) -> tuple[dt.date, str]:
    return first_known(record), record.id


def _blame(groups: Sequence[Sequence[Record]], heard: Sequence[list[Verdict]], records: Sequence[Record]) -> None:
    """Adds the accusations of breaking one's word that name no matter to what was heard of the promise that is meant.

    That is the one promise that the accused made before the accuser within `RECENT` and of which no third party has
    told yet what became; where there are several, or none, nobody can tell.
    """
    for record in records:
        if not isinstance(record, Event) or record.from_title or not _names_no_matter(record):
            continue
        for accused in sorted(states_of(record.targets)):
            near = [
                told
                for group, told in zip(groups, heard, strict=True)
                if _holder(group[0]) == accused and _made_before(group, record) and not _is_told(told, record)
            ]
            if len(near) == 1:
                teller = teller_of(record)
                near[0].append(Verdict(PromiseStanding.BROKEN, record, "accused of breaking its word", teller))


def _is_told(heard: Sequence[Verdict], record: Record) -> bool:
    """Whether a third party had told before the record what became of a promise."""
    return any(v.on_word_of is None and first_known(v.record) <= first_known(record) for v in heard)


def _names_no_matter(accusation: Event) -> bool:
    """Whether an accusation says no more than that somebody broke their word."""
    if accusation.event_type is not EventType.ACCUSE or accusation.voice is Voice.AUTHOR:
        return False
    row = next((row for row in verdict_rows() if row.id == BROKEN_WORD), None)
    if row is None:
        return False
    quote = accusation.evidence[0].quote
    said = row.pattern.search(quote)
    return said is not None and len(subject_of(accusation).stems - stems_of(said[0])) <= 1


def _made_before(group: Sequence[Record], accusation: Event) -> bool:
    """Whether a promise was told lately, and to the accuser or by the accuser's side."""
    lately = any(dt.timedelta() < first_known(accusation) - first_known(r) <= RECENT for r in group)
    accusers = states_of(accusation.initiators)
    near = {
        s for r in group for s in (told_in(r).states | {link.speaker.state for link in r.attribution if link.speaker})
    }
    return lately and bool(accusers & near or any(names_of_states(accusers) & told_in(r).stems for r in group))


def is_promise(record: Record) -> bool:
    """Whether a record tells that a state promises something."""
    match record:
        case Position():
            tells_so = record.stance is Stance.PROMISES
        case AgendaItem():
            tells_so = record.kind == PROMISE
        case _:
            return False
    return tells_so and record.voice is not Voice.AUTHOR and bool(_holder(record))


def _threats(records: Iterable[Record]) -> set[tuple[str | None, Evidence]]:
    """The sentences in which a state only holds out harm: "will raise tariffs from June" is no promise."""
    harm: set[tuple[str | None, Evidence]] = set()
    help_: set[tuple[str | None, Evidence]] = set()
    for record in records:
        if isinstance(record, Event) and (record.event_type is EventType.THREATEN or not record.factuality.is_actual):
            told = help_ if record.quad in COOPERATIVE else harm
            told |= {(actor.state, record.evidence[0]) for actor in record.initiators}
    return harm - help_


def _holder(record: Record) -> str | None:
    """The state that promises."""
    if isinstance(record, Position):
        return record.holder.state
    if isinstance(record, AgendaItem):
        return next((actor.state for actor in record.participants if actor.state), None)
    return None


def _is_same(group: Sequence[Record], record: Record, homes: Mapping[str, str]) -> bool:
    """Whether the record tells the promise of the group again: the same sentence or happening, or holder and words."""
    if any(record.evidence[0] == other.evidence[0] or homes[record.id] == homes[other.id] for other in group):
        return True
    if _holder(record) != _holder(group[0]):
        return False
    mine, told = subject_of(record), first_known(record)
    return any(_agree(mine, subject_of(other)) for other in group if told - first_known(other) <= AGAIN)


def _agree(one: Subject, other: Subject) -> bool:
    """Whether two promises of one side are in the same words; whose goods they are about says nothing."""
    if one.contradicts(other):
        return False
    smaller, larger = sorted((s.stems - _national_stems() for s in (one, other)), key=len)
    return len(smaller) > 1 and len(smaller & larger) > ALIKE * len(smaller)


@functools.cache
def _national_stems() -> frozenset[str]:
    return frozenset(stem for word in national_words() for stem in stems_of(word))


def _promise(group: Sequence[Record], told: Sequence[Verdict], as_of: dt.date) -> Promise:
    head = max(group, key=lambda r: (isinstance(r, Position), not r.from_title, len(r.evidence[0].quote), r.id))
    holder = _holder(group[0]) or ""
    heard = sorted(told, key=lambda v: _told_at(v.record))
    due = next((r.when for r in group if isinstance(r, AgendaItem) and r.when), None)
    ahead = due is not None and due.latest is not None and due.latest > as_of
    answered = None if ahead else answer_to(group)
    standing, doubt = (PromiseStanding(answered), "") if answered else _weigh(heard, holder, due, as_of)
    return Promise(
        head=head, holder=holder, told=tuple(group), due=due, standing=standing, heard=tuple(heard), doubt=doubt
    )


def _weigh(heard: Sequence[Verdict], holder: str, due: When | None, as_of: dt.date) -> tuple[PromiseStanding, str]:
    """What the verdicts come to, and why a person should look: the newest word of a third party decides.

    So does what a side grants: whoever promised, that it is broken; the others, that it is kept.
    """
    plain = [v for v in heard if v.on_word_of is None or is_granted(v, holder)]
    if plain:
        last = plain[-1].verdict
        others = {v.verdict for v in heard} - {last}
        return last, f"others say: {', '.join(sorted(others))}" if others else ""
    if heard:
        latest = {v.on_word_of: v for v in heard}.values()
        claims = ", ".join(f"{v.verdict}{_by(v)}" for v in latest)
        said = {SAID[v.verdict] for v in latest}
        return said.pop() if len(said) == 1 else PromiseStanding.DISPUTED, f"only claimed: {claims}"
    if due and due.latest and due.latest < as_of:
        return PromiseStanding.OPEN, "its day has passed and nothing was heard"
    return PromiseStanding.OPEN, ""


def _by(verdict: Verdict) -> str:
    return f" on the word of {load_registry().name(verdict.on_word_of)}" if verdict.on_word_of else ""


def _verdicts(
    group: Sequence[Record],
    groups: Sequence[Sequence[Record]],
    records: Sequence[Record],
    fates: dict[str, Course],
) -> Iterable[Verdict]:
    """What records, promises first, tell of the keeping; of two promises in the same words the later one is meant."""
    holder = _holder(group[0]) or ""
    seen: set[tuple[str, int]] = set()
    subjects = [subject_of(record) for record in group]
    first, promised = first_known(group[0]), own_words(max(group, key=lambda r: len(own_words(r))))
    places = {(e.document, e.start) for r in group for e in r.evidence}
    later = [g for g in groups if g is not group and _holder(g[0]) == holder and first_known(g[0]) > first]
    for record in records:
        place = (record.evidence[0].document, record.evidence[0].start)
        if first_known(record) < first or place in seen or record.voice is Voice.AUTHOR:
            continue
        verdict = told_verdict(record, holder, subjects, promised, is_same_place=place in places)
        if verdict is not None and (place in places or not any(_is_of(g, record) for g in later)):
            seen.add(place)
            yield verdict
    for record in group:
        course = fates.get(record.id) or fates.get(_sentence(record))
        if course is None or course.shown_by is None or course.fate not in FATES:
            continue
        shown = course.shown_by.evidence[0]
        if (shown.document, shown.start) not in seen:
            seen.add((shown.document, shown.start))
            yield Verdict(FATES[course.fate], course.shown_by, course.reason)


def _sentence(record: Record) -> str:
    """Which sentence a record rests on, of which state's doing."""
    place = record.evidence[0]
    return f"{place.document}:{place.start}:{_holder(record)}"


FATES = {Fate.HAPPENED: PromiseStanding.KEPT, Fate.CANCELLED: PromiseStanding.BROKEN}


def _is_of(group: Sequence[Record], record: Record) -> bool:
    """Whether the record recalls a promise that had been made by then."""
    if first_known(group[0]) > first_known(record):
        return False
    told = told_in(record)
    return any(recalls(subject_of(other), told) for other in group)
