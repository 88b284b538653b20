"""The life of a measure across documents: its dated steps, its standing on a day, the next step due."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.codebook.measures import StepMeaning, load_measures
from detente.codebook.outcomes import plain_name_words
from detente.ledger.happenings import Happening
from detente.ledger.matter import matter_of
from detente.ledger.subjects import amounts_of, first_known, states_of, stems_of
from detente.records import Evidence, Grain, Measure, Step, When

SILENCE = dt.timedelta(days=400)  # between two tellings of one measure without a name
ACCORD_SILENCE = dt.timedelta(days=120)  # between two tellings of talks on one agreement
ALIKE = 0.5  # share of the words of what they are on that two tellings without name or sum must have in common
# Steps of measures.toml that this module must know apart.
DUE, WITHDRAWN, IN_FORCE, LIFTED, LIFTING_PROPOSED = "due", "withdrawn", "in force", "lifted", "lifting proposed"
EXTENDED, EXPIRY_DUE = "extended", "expiry due"
LIFTINGS = frozenset({"lifted", "lifting due", "suspended", "suspension due"})
PUT_OFF = frozenset({"suspended", "delayed"})
PLANNED = frozenset({DUE, "announced", "proposed"})
LAW = "legislative"  # the path of what chambers pass
ACCORD = "accord"  # the path of what two sides agree on
MOST_WAYS = 64  # in which the sentences of one measure's records are joined when it is told again


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """A step of a measure's life and the record that tells it. `on` is its day, else the day it was told.

    `taken`: whether it was taken, as far as is known; else it lies ahead, or did when it was told.
    """

    step: str
    on: dt.date
    when: When | None
    taken: bool
    record: Measure
    evidence: Evidence  # the sentence that tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLife:
    """A measure as the documents tell it up to a day. `steps` are in the order of their days."""

    happenings: tuple[Happening, ...]
    records: tuple[Measure, ...]  # first known first
    amounts: tuple[str, ...]  # as written: the sums that tell it from others, else what was told last
    steps: tuple[LifeStep, ...]
    standing: LifeStep | None
    due: LifeStep | None  # the next step that is due, or was and nothing was heard of it
    as_of: dt.date

    @property
    def is_overdue(self) -> bool:
        """Whether the step due should have been taken by the day."""
        due = self.due
        return bool(due and due.when and due.when.latest and due.when.latest < self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What one record tells of one measure: the record's steps that stand in sentences on the same sum."""

    happening: Happening
    record: Measure
    steps: tuple[Step, ...]
    matter: frozenset[str]
    sums: frozenset[str]
    amounts: tuple[str, ...]  # as written


def trace_measures(happenings: Iterable[Happening], as_of: dt.date) -> list[MeasureLife]:
    """The life of each measure as of the day, in the order of first knowledge."""
    threads: list[_Thread] = []
    told = [t for h in happenings if isinstance(h.head, Measure) for t in _tellings(h)]
    for telling in sorted(told, key=_in_order):
        thread = next((t for t in reversed(threads) if t.goes_on_with(telling)), None)
        if thread is None:
            threads.append(_Thread(telling))
        else:
            thread.add(telling)
    return [_life(thread.tellings, as_of) for thread in threads]


def tell_as_one(happenings: Iterable[Happening], as_of: dt.date) -> Iterator[MeasureLife]:
    """The lives that records come to where all of them tell of one measure, as a line says that they do.

    A record that speaks of several sums may bear on the measure with all of its sentences or with those on one sum.
    """
    told = [list(_tellings(happening)) for happening in happenings]
    ways = [[tellings, *([one] for one in tellings if len(tellings) > 1)] for tellings in told if tellings]
    for way in itertools.islice(itertools.product(*ways), MOST_WAYS if ways else 0):
        yield _life(sorted(itertools.chain(*way), key=_in_order), as_of)


def _tellings(happening: Happening) -> Iterable[_Telling]:
    """One telling a record, or several where its sentences speak of different sums: two lists of tariffs."""
    for record in happening.records:
        if not isinstance(record, Measure):
            continue
        groups: list[tuple[set[str], list[str], list[Step]]] = []
        for number, evidence in enumerate(record.evidence):
            sums = sums_of(evidence.quote)
            steps = [s for s in record.steps if _stands_in(s, evidence, is_first=number == 0)]
            known = [g for g in groups if g[0] & sums] or (groups[-1:] if not sums or not steps else [])
            group = known[0] if known else (set(), [], [])
            groups += [] if known else [group]
            group[0].update(sums)
            group[1].append(evidence.quote)
            group[2].extend(s for s in steps if s not in group[2])
        for found, quotes, steps in groups:
            if steps:
                yield _telling(happening, record, " ".join(quotes), found, steps)


def _in_order(telling: _Telling) -> tuple[dt.date, str, list[str]]:
    """By first knowledge."""
    return first_known(telling.record), telling.record.id, sorted(telling.sums)


def _telling(happening: Happening, record: Measure, text: str, sums: set[str], steps: list[Step]) -> _Telling:
    return _Telling(
        happening=happening,
        record=record,
        steps=tuple(steps),
        matter=stems_of(" ".join(matter_of(record).words)),
        sums=frozenset(sums),
        amounts=tuple(amount.words for amount in record.amount if amount.words in text),
    )


def _stands_in(step: Step, evidence: Evidence, *, is_first: bool) -> bool:
    """Whether the sentence tells the step; a step without a cue goes with the first sentence."""
    if step.cue is None:
        return is_first
    return evidence.start <= step.cue.start < evidence.end


def _sentence(step: Step, record: Measure) -> Evidence:
    """The evidence in which the step's cue stands; the first where there is none."""
    cue = step.cue
    return next((e for e in record.evidence if cue and e.start <= cue.start < e.end), record.evidence[0])


def sums_of(text: str) -> frozenset[str]:
    """The sums of money in a text, written alike: rates change in the life of one tariff, the goods do not."""
    return frozenset(amount for amount in amounts_of(text) if not amount.endswith("%"))


class _Thread:
    """A measure in the making: what is known of it so far."""

    def __init__(self, telling: _Telling) -> None:
        self.tellings: list[_Telling] = []
        self.happenings: set[str] = set()
        self.names: set[frozenset[str]] = set()
        self.imposers: frozenset[str] = frozenset()
        self.targets: frozenset[str] = frozenset()
        self.sums: frozenset[str] = frozenset()
        self.dues: list[When] = []
        self.bound = False  # signed or in force
        self.add(telling)

    def add(self, telling: _Telling) -> None:
        """Takes a telling in."""
        item = telling.record
        self.tellings.append(telling)
        self.happenings.add(telling.happening.id)
        self.names |= {key} if (key := name_key(item.name)) else set()
        self.imposers |= states_of(item.imposers)
        self.targets |= states_of(item.targets)
        self.sums |= telling.sums
        self.dues += [s.when for s in telling.steps if s.when and _is_short(s.when) and _meaning(s).agenda]
        self.bound = self.bound or any(_meaning(s).binding for s in telling.steps)

    def goes_on_with(self, telling: _Telling) -> bool:
        """Whether the telling is of this measure: by its name or happening; else by its parties, kind, sum or words."""
        name = name_key(telling.record.name)
        if name and self.names:
            return any(name <= other or other <= name for other in self.names)
        if self._shares_happening(telling):
            return True
        if not self._fits(telling.record):
            return False
        if self._is_accord(telling.record):
            return not self.bound and self._lately(telling.record, ACCORD_SILENCE)
        return self._recalls(telling)

    def _shares_happening(self, telling: _Telling) -> bool:
        """Whether it was grouped with one of these; what one record tells apart stays apart."""
        if telling.happening.id not in self.happenings or any(t.record is telling.record for t in self.tellings):
            return False
        return not (telling.sums and self.sums) or bool(telling.sums & self.sums)

    def _lately(self, item: Measure, silence: dt.timedelta) -> bool:
        last = self.tellings[-1].record.known_on
        return bool(last and item.known_on and item.known_on - last <= silence)

    def _fits(self, item: Measure) -> bool:
        """Whether kind, parties and time allow it."""
        if item.kind != self.tellings[-1].record.kind or not self._lately(item, SILENCE):
            return False
        imposers, targets = states_of(item.imposers), states_of(item.targets)
        sides = ((imposers, self.imposers), (targets, self.targets))
        return not any(mine and theirs and not mine & theirs for mine, theirs in sides)

    def _is_accord(self, item: Measure) -> bool:
        """Whether it is the agreement of the same two."""
        both = states_of(item.imposers) | states_of(item.targets)
        return load_measures().kinds[item.kind].path == ACCORD and both <= (self.imposers | self.targets)

    def _recalls(self, telling: _Telling) -> bool:
        """Whether sums of money agree; where none contradict, a day that it was due, or what it is on."""
        if telling.sums and self.sums:
            return bool(telling.sums & self.sums)
        if any(
            step.when and due.overlaps(step.when) for step in telling.steps for due in self.dues if _is_short_step(step)
        ):
            return True
        return any(_on_one_matter(telling.matter, other.matter) for other in self.tellings)


def name_key(name: str | None) -> frozenset[str]:
    """The words of a name that tell it from others; empty where there is none.

    >>> sorted(name_key("phase one trade agreement"))
    ['one', 'phase']
    """
    words = {word.strip("\"'“”‘’()") for word in (name or "").lower().replace("-", " ").split()}
    return frozenset(words - plain_name_words() - {""})


def _is_short_step(step: Step) -> bool:
    return step.when is not None and _is_short(step.when)


def _is_short(when: When) -> bool:
    """Whether the date is of a few days: a month or a year is shared by many measures."""
    return bool(when.earliest and when.latest and (when.latest - when.earliest).days <= 1)


def _on_one_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) >= ALIKE * min(len(one), len(other))


def _meaning(step: Step | LifeStep) -> StepMeaning:
    return load_measures().steps[step.step]


def _life(tellings: Sequence[_Telling], as_of: dt.date) -> MeasureLife:
    told = [step for telling in reversed(tellings) for step in _steps_of(telling.record, telling.steps)]
    steps = _without_repeats(_called_off(_sorted({_key(step): step for step in told}.values())))
    standing = _standing(steps, as_of)
    return MeasureLife(
        happenings=tuple({telling.happening.id: telling.happening for telling in tellings}.values()),
        records=tuple({telling.record.id: telling.record for telling in tellings}.values()),
        amounts=_amounts(tellings),
        steps=tuple(steps),
        standing=standing,
        due=_due(steps, standing, as_of),
        as_of=as_of,
    )


def _amounts(tellings: Sequence[_Telling]) -> tuple[str, ...]:
    found: dict[frozenset[str], str] = {}
    for telling in reversed(tellings):
        for words in telling.amounts:
            if sums_of(words):
                found.setdefault(sums_of(words), words)
    return tuple(found.values()) or tellings[-1].amounts


def _called_off(steps: list[LifeStep]) -> list[LifeStep]:
    """The steps with what is lifted on or before the day it was due, and never in force, as withdrawn."""
    dues = [s for s in steps if s.step == DUE and s.when]
    lifted = {s.record.id for s in steps if s.step in LIFTINGS or s.step == LIFTING_PROPOSED}
    # Who lifts or asks to lift what is due speaks of it as if it were in force.
    ahead = {s.record.id for s in steps if any(due.on > first_known(s.record) for due in dues)}
    steps = [s for s in steps if not (s.step == IN_FORCE and s.when is None and s.record.id in lifted & ahead)]
    if any(s.taken and s.step not in LIFTINGS and _order(s) >= _in_force() for s in steps):
        return steps
    return _sorted(
        replace(s, step=WITHDRAWN, on=first_known(s.record), taken=True)
        if s.step in LIFTINGS and any(_comes_before(s, due) for due in dues)
        else s
        for s in steps
    )


def _comes_before(step: LifeStep, due: LifeStep) -> bool:
    """Whether what is lifted is what was due: on that very day, or the lifting is told before the day."""
    if step.when and due.when and due.when.overlaps(step.when):
        return True
    return step.taken and step.step == LIFTED and first_known(due.record) <= step.on <= due.on


def _without_repeats(steps: list[LifeStep]) -> list[LifeStep]:
    """The steps without undated ones that say only what holds already: a tariff that is raised is in force."""
    meanings = load_measures().steps
    steps = [s for s in steps if not (s.step == IN_FORCE and s.when is None and _is_still_due(s.record, steps))]
    steps = [s for s in steps if not any(_says_more(other, s) for other in steps)]
    kept: list[LifeStep] = []
    for step in steps:
        holds = {s.step for s in steps if s.taken and s is not step and (s.on <= step.on or s.record == step.record)}
        presumed = {meanings[name].presumes for name in holds}
        if step.taken and step.when is None and step.step in holds | presumed:
            continue
        kept.append(step)
    return kept


def _says_more(one: LifeStep, other: LifeStep) -> bool:
    """Whether a text gives the very day of a step ahead of which it gives the month elsewhere, as titles do."""
    if one.step != other.step or one.taken or other.taken or one.evidence.document != other.evidence.document:
        return False
    mine, theirs = one.when, other.when
    if not (mine and theirs and mine.latest and theirs.latest and mine.earliest and theirs.earliest):
        return False
    return mine != theirs and theirs.earliest <= mine.earliest and mine.latest <= theirs.latest


def _is_still_due(record: Measure, steps: Sequence[LifeStep]) -> bool:
    """Whether the same text says that the measure is yet to come: it is not in force."""
    dues = (s for s in steps if s.step == DUE and s.record.id == record.id)
    return any(s.when is None or s.on > first_known(record) for s in dues)


def _order(step: LifeStep) -> int:
    return load_measures().steps[step.step].order


def _in_force() -> int:
    return load_measures().steps[IN_FORCE].order


def _key(step: LifeStep) -> tuple[str, dt.date]:
    return step.step, step.on


def _sorted(steps: Iterable[LifeStep]) -> list[LifeStep]:
    orders = load_measures().steps
    return sorted(steps, key=lambda s: (s.on, orders[s.step].order, s.record.id))


def _steps_of(record: Measure, steps: Iterable[Step]) -> Iterable[LifeStep]:
    """The steps that a record tells; what it says was taken on a day still to come lies ahead."""
    told = record.known_on or dt.date.max
    for step in steps:
        meaning = _meaning(step)
        on = (step.when.latest or step.when.earliest) if step.when else None
        ahead = meaning.ahead == step.step
        name = step.step
        if step.when and step.when.earliest and step.when.earliest > told and meaning.ahead:
            ahead, name = True, meaning.ahead
        day = on or told
        yield LifeStep(
            step=name,
            on=day if ahead else min(day, told),  # what was told as done was done by then
            when=step.when,
            taken=not ahead,
            record=record,
            evidence=_sentence(step, record),
        )
        if name == EXTENDED and on is not None and on > told:
            yield LifeStep(
                step=EXPIRY_DUE,
                on=on,
                when=When(earliest=on, latest=on, grain=Grain.DAY, words=step.when.words if step.when else ""),
                taken=False,
                record=record,
                evidence=_sentence(step, record),
            )


def _standing(steps: Sequence[LifeStep], as_of: dt.date) -> LifeStep | None:
    """The last step taken; where it binds nobody yet, what was told since to lie ahead."""
    meanings = load_measures().steps
    done = [s for s in steps if s.taken and s.on <= as_of]
    # What binds is not undone by being talked of.
    taken = [s for s in done if meanings[s.step].binding or _order(s) >= _in_force()] or done
    last = taken[-1] if taken else None
    if last is not None and last.step in PUT_OFF and not any(_is_in_force(s) for s in taken):
        again = [s for s in steps if s.step in PLANNED and (s.record.known_on or last.on) > last.on]
        if again:
            return again[-1]  # put on hold while it was a plan, and planned again
    if last is not None and (meanings[last.step].binding or _order(last) >= _in_force()):
        return last
    since = last.record.known_on if last is not None else None
    ahead = [s for s in steps if not s.taken and (since is None or (s.record.known_on or since) >= since)]
    # What is not in force yet can be due or proposed, not lifted or raised.
    ahead = [s for s in ahead if _order(s) < _in_force() and (last is None or _order(s) > _order(last))] or (
        [] if last is not None else ahead
    )
    return max(ahead, key=lambda s: (s.record.known_on or dt.date.min, meanings[s.step].order), default=last)


def _is_in_force(step: LifeStep) -> bool:
    return load_measures().steps[step.step].binding


def _due(steps: Sequence[LifeStep], standing: LifeStep | None, as_of: dt.date) -> LifeStep | None:
    """The step with a date that was told last to lie ahead, and that nothing taken since has answered.

    Of several told in one text it is the first that lies ahead: the day it takes effect, then the day it ends.
    """
    meanings = load_measures().steps
    answers = {step.id: step.ahead for step in meanings.values()}
    done = [s for s in steps if s.taken]
    open_ = [
        s
        for s in steps
        if not s.taken
        and meanings[s.step].agenda
        and not any(
            answers[d.step] == s.step and (d.record.known_on or d.on) >= (s.record.known_on or s.on) for d in done
        )
    ]
    if standing is not None and standing.taken and _order(standing) >= meanings["lifted"].order:
        return None
    if not open_:
        return _next_of_law(standing)
    begun = {s.step.split()[0] for s in open_}
    # "will rise on March 1 if there is no deal" puts a later day to a rise that was due.
    open_ += [s for s in steps if s.step.endswith(" proposed") and s.step.split()[0] in begun and s.when is not None]
    last = max((s.record.known_on or dt.date.min for s in open_), default=dt.date.min)
    open_ = [s for s in open_ if (s.record.known_on or dt.date.min) == last]
    ends = [
        s
        for s in open_
        if s.step == EXPIRY_DUE and any(o.when and o.step != EXPIRY_DUE and o.on >= as_of for o in open_)
    ]
    return max((s for s in open_ if s not in ends), key=lambda s: s.on, default=None)


def _next_of_law(standing: LifeStep | None) -> LifeStep | None:
    """The step that a bill takes after the one it stands at; it has no day."""
    if standing is None or not standing.taken or load_measures().kinds[standing.record.kind].path != LAW:
        return None
    then = _meaning(standing).then
    return replace(standing, step=then, when=None, taken=False) if then else None
