"""Outcomes that differ: what one tells another denies; talks that ended with an agreement and without one."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.codebook.differences import Cue, find_cues, load_difference_words, load_limits
from detente.ledger.clashes import Clash, within
from detente.ledger.happenings import Happening
from detente.ledger.plans import PROMISE
from detente.ledger.tellings import Telling, Tellings, Text, states_in, stems
from detente.records import AgendaItem, DifferenceKind, Event, EventType, Factuality, Position, Record, Stance

TOLD, DENIED = "told", "denied"
PROMISED = "promised"  # a word of the row for agreeing and promising
STOPS = ("halt", "cut", "ban", "close")  # words of the rows for stopping
SOON = 3  # days in which what is told as done was done before it was told that it had not been
ASIDE = re.compile(r"\b(?:as|that|which|though|although)\b")  # begins what is only said beside what is denied
ON = re.compile(r" (?:on|over|about|for) ([^,;.]+)")
DEEDS = re.compile(r" (?:and|or|nor) (?=\w{2,}ing )")
WHY = re.compile(r" (?:over|amid|because of|due to|in response to|following|in connection with) ")
NAME = re.compile(r"\b[A-Z][\w’'-]+")  # a word of a name: another account may call it otherwise


def find_denied(tellings: Tellings) -> Iterator[Clash]:
    """What one sentence denies and another tells, by the words of what is denied."""
    limits = load_limits()
    for denial, denied in tellings.where(_denials):
        wanted = stems(denied) - stems(" ".join(NAME.findall(denied)))
        if len(wanted) < limits.denied_words:
            continue
        least = max(limits.denied_words, math.ceil(limits.denied_share * len(wanted)))
        for told in tellings.sharing(wanted, least):
            if _is_denied(told, denial, denied, wanted):
                yield Clash(kind=DifferenceKind.OUTCOME, one=told, other=denial, values=(TOLD, DENIED))


def _denials(text: Text) -> tuple[tuple[Telling, str], ...]:
    """The sentences that deny something, with the words of each deed that is denied."""
    found = ((telling, denied_words(telling.quote)) for telling in text.tellings)
    return tuple((telling, part) for telling, denied in found if denied is not None for part in _deeds_of(denied))


def _deeds_of(denied: str) -> list[str]:
    """The deeds one by one, without why: "expelling the envoy and closing the port over a row"."""
    return DEEDS.split(WHY.split(denied)[0])


def find_denied_events(happening: Happening, of: Mapping[str, Telling]) -> Iterator[Clash]:
    """Records of one happening of which some tell the deed and others that it was not done."""
    events = [r for r in happening.records if isinstance(r, Event) and r.id in of]
    for denied in events:
        if denied.factuality is not Factuality.DENIED:
            continue
        for told in events:
            one, other = of[told.id], of[denied.id]
            if told.factuality.is_actual and one is not other and one.is_another_voice(other):
                yield Clash(kind=DifferenceKind.OUTCOME, one=one, other=other, values=(TOLD, DENIED))


def find_denied_before(text: Text) -> Iterator[Clash]:
    """ "Denied the accusation", "any such number": what the sentence before says, on another side's word."""
    limits = load_limits()
    for denial in text.tellings:
        cue = next((cue for cue, _ in find_cues("before", denial.quote)), None)
        if cue is None or denial.speaker is None:
            continue
        before = [t for t in text.tellings if t.evidence.end <= denial.evidence.start]
        told = before[-1] if before else None
        if told is None or not told.is_near(denial, limits.near) or told.speaker in (None, denial.speaker):
            continue
        kind = DifferenceKind(cue.kind)
        if kind is DifferenceKind.AMOUNT and not any(sign.isdigit() for sign in told.quote):
            continue
        if kind is DifferenceKind.OUTCOME and denial.speaker not in told.states:
            continue
        yield Clash(kind=kind, one=told, other=denial, values=(TOLD, DENIED))


def find_verdicts(happenings: Iterable[Happening], tellings: Tellings) -> Iterator[Clash]:
    """Opposite words on how talks ended or whether a promise was kept, told of the same parties and matter.

    Words on all of a meeting need no matter in common where both stand beside sentences that tell of that meeting.
    """
    limits = load_limits()
    home = {record.id: happening.id for happening in happenings for record in happening.records}
    words = load_difference_words()
    told = tellings.where(_verdicts)
    ending = stems(words.ending)
    for (earlier, said), (later, says) in within(told, limits.days["outcome"], lambda item: item[0]):
        if said.says != says.against or not earlier.is_another_voice(later):
            continue
        meeting = _one_meeting(earlier, later, tellings, home) if said.whole and says.whole else ()
        if meeting:
            values = (said.says, says.says)
            yield Clash(kind=DifferenceKind.OUTCOME, one=earlier, other=later, values=values, basis=meeting)
            continue
        if not _same_parties(earlier, later):
            continue
        near = earlier.is_near(later, limits.near)
        matter = earlier.stems & later.stems - ending
        if said.of_itself or len(matter) >= (1 if near else limits.matter_words):
            yield Clash(kind=DifferenceKind.OUTCOME, one=earlier, other=later, values=(said.says, says.says))


def _one_meeting(one: Telling, other: Telling, tellings: Tellings, home: Mapping[str, str]) -> tuple[str, ...]:
    """The records of the one meeting that both sentences, or those just before them, tell of; may be empty.

    None either where the sentences say that something was settled, or was not, on two matters.
    """
    on, about = _matter_after(one), _matter_after(other)
    if on and about and on.isdisjoint(about):
        return ()
    mine, theirs = (
        {
            record.id: home[record.id]
            for told in _with_before(telling, tellings.texts[telling.document])
            for record in told.records
            if isinstance(record, Event) and record.event_type is EventType.CONSULT and record.factuality.is_actual
        }
        for telling in (one, other)
    )
    both = set(mine.values()) & set(theirs.values())
    return tuple(id_ for id_, happening in (mine | theirs).items() if happening in both)


def _matter_after(telling: Telling) -> frozenset[str]:
    """What was or was not agreed on, by the words behind the cue: "without an agreement on fish"."""
    ends = (telling.quote[found.end() :] for _, found in find_cues("verdict", telling.quote))
    return stems(" ".join(match[1] for match in map(ON.match, ends) if match))


def _with_before(telling: Telling, text: Text) -> Sequence[Telling]:
    """The sentence, and the one before it where that stands near."""
    at = text.tellings.index(telling)
    near = load_limits().near
    return [told for told in text.tellings[max(0, at - 1) : at + 1] if told is telling or told.is_near(telling, near)]


def _verdicts(text: Text) -> tuple[tuple[Telling, Cue], ...]:
    """The sentences that say how something ended; one that says both ways is of two things."""
    told = ((telling, {cue.says: cue for cue, _ in find_cues("verdict", telling.quote)}) for telling in text.tellings)
    return tuple((telling, next(iter(found.values()))) for telling, found in told if len(found) == 1)


def denied_words(sentence: str) -> str | None:
    """The words of what a sentence denies; None where it denies nothing.

    >>> denied_words("Serbia denied on Monday that its troops had crossed the border.")
    'its troops had crossed the border'
    """
    return next((found["what"] for _, found in find_cues("denial", sentence)), None)


def _is_denied(told: Telling, denial: Telling, denied: str, wanted: frozenset[str]) -> bool:
    """Whether the sentence tells what the other denies: on another's word, in time, of the same states."""
    if told is denial or load_difference_words().negated.search(told.quote):
        return False
    if told.days_from(denial) > load_limits().days["denial"] or _may_both_hold(told, denial, denied):
        return False
    ahead = load_difference_words().ahead
    if bool(ahead.search(denied)) != bool(ahead.search(told.quote)) or _other_days(told, denial):
        return False
    if told.is_near(denial, load_limits().near) and wanted <= told.stems:
        return told.speaker != denial.speaker and told.evidence.end <= denial.evidence.start
    if not told.is_another_voice(denial) or not states_in(denied) <= told.states:
        return False
    return denial.speaker in told.states or _same_parties(told, denial)


def _may_both_hold(told: Telling, denial: Telling, denied: str) -> bool:
    """Whether the sentence tells a promise, a later deed, or that what is said to have been stopped goes on."""
    return _is_only_promised(told, denied) or _is_done_since(told, denial) or _goes_on(told, denied)


def _is_done_since(told: Telling, denial: Telling) -> bool:
    """Whether a deed may have been done after the day on which it "had not been": both hold then."""
    if (told.known - denial.known).days <= SOON or not load_difference_words().so_far.search(denial.quote):
        return False
    days = [r.when.earliest if r.when else None for r in told.records if isinstance(r, Event)]
    return not days or any(day is None or day > denial.known for day in days)


def _goes_on(told: Telling, denied: str) -> bool:
    """Whether what is denied is that something was stopped, and the sentence tells of no stop: it goes on."""
    stops = {load_difference_words().same[word] for word in STOPS}
    return bool(stops & stems(denied)) and stops.isdisjoint(told.stems)


def _is_only_promised(told: Telling, denied: str) -> bool:
    """Whether a sentence tells the promise of what the other says was not done: both hold."""
    promising = load_difference_words().same[PROMISED]
    return any(_tells_promise(r) for r in told.records) and promising not in stems(ASIDE.split(denied)[0])


def _tells_promise(record: Record) -> bool:
    """Whether a record tells that somebody promises something."""
    if isinstance(record, AgendaItem):
        return record.kind == PROMISE
    return isinstance(record, Position) and record.stance is Stance.PROMISES


def _same_parties(one: Telling, other: Telling) -> bool:
    """Whether they are about the same states, as far as both name two."""
    shared = one.states & other.states
    return bool(shared) and len(shared) >= min(2, len(one.states), len(other.states))


def _other_days(one: Telling, other: Telling) -> bool:
    """Whether both give days of deeds, and none of them can be the same."""
    mine, theirs = ([r.when for r in t.records if isinstance(r, Event) and r.when] for t in (one, other))
    return bool(mine and theirs) and not any(a.overlaps(b) for a in mine for b in theirs)
