"""What became of each agenda item as of a day: pending, happened, slipped, cancelled, or no word."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.codebook.outcomes import not_held
from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife
from detente.ledger.outcome_fate import Fate, Word
from detente.ledger.outcome_words import Words, is_over, own_words, plan_of
from detente.ledger.plans import Plan
from detente.ledger.subjects import first_known
from detente.records import AgendaItem, Outcome, Record, When

STALE = dt.timedelta(days=180)  # after which a plan without a date, and without word, is no longer ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An agenda item and what became of it. `shown_by` is the record that decides it, None where nothing was heard."""

    item: Happening
    fate: Fate
    due: When | None  # as it was told
    new: When | None = None  # of what slipped; of what happened late, the day of the deed
    shown_by: Record | None = None
    basis: tuple[Record, ...] = ()  # further records without which it could not be told
    reason: str = ""

    @property
    def is_past(self) -> bool:
        """Whether nothing of it lies ahead any more."""
        return self.fate is not Fate.PENDING

    @property
    def told_last(self) -> dt.date:
        """The day of the newest document that tells the plan."""
        return max((r.known_on for r in self.item.records if r.known_on), default=dt.date.min)

    @property
    def plan(self) -> AgendaItem:
        """The record that tells the plan best."""
        head = self.item.head
        assert isinstance(head, AgendaItem)  # noqa: S101 narrows the type; `follow_agenda` sees to it
        return head


def follow_agenda(happenings: Sequence[Happening], lives: Sequence[MeasureLife], as_of: dt.date) -> list[Course]:
    """What became of each agenda item among the happenings, in their order. They must be known by the day."""
    words = Words(happenings, lives, as_of)
    courses = [_course(h, words, as_of) for h in happenings if isinstance(h.head, AgendaItem)]
    off: dict[str, list[Course]] = defaultdict(list)  # what was put off or called off, by the record that says so
    for course in courses:
        if course.fate in (Fate.SLIPPED, Fate.CANCELLED) and course.shown_by is not None:
            off[course.shown_by.id].append(course)
    return [course for course in courses if not _is_told_with(course, off)]


def _is_told_with(course: Course, off: Mapping[str, Sequence[Course]]) -> bool:
    """Whether an item is no more than the word that another one is put off or called off, which is told with that."""
    fates = {other.fate.value for r in course.item.records for other in off.get(r.id, ()) if other is not course}
    return any(
        all(isinstance(r, AgendaItem) and r.outcome.value == fate for r in course.item.records) for fate in fates
    )


def _course(happening: Happening, words: Words, as_of: dt.date) -> Course:
    plan = plan_of(happening)
    heard = [*own_words(plan, as_of), *words.answered(plan), *words.about(plan)]
    off = _first([word for word in heard if word.fate is Fate.CANCELLED])
    done = [word for word in heard if word.fate is Fate.HAPPENED and not plan.is_late(word.when)]
    done = [word for word in done if off is None or not _is_of_later(word, off, plan)]
    changed = [
        word for word in heard if word.fate in (Fate.SLIPPED, Fate.CANCELLED) and not plan.is_told_after(word.known_on)
    ]
    late = [word for word in heard if word.fate is Fate.HAPPENED and plan.is_late(word.when)]
    reset = _reset(plan, heard)
    moved = [word for word in (*changed, *filter(None, [reset])) if word.fate is Fate.SLIPPED]
    on_new_day = [word for word in late if _is_on_one_of(word, moved)]
    deciding = _first(done) or _first(on_new_day) or reset or _last(changed) or _first(late)
    if deciding is not None:
        new = deciding.when if deciding.fate is Fate.SLIPPED or deciding in late else None
        shown, basis, why = deciding.record, deciding.basis, deciding.reason
        return Course(
            item=happening, fate=deciding.fate, due=plan.due, new=new, shown_by=shown, basis=basis, reason=why
        )
    return Course(item=happening, fate=_unheard(plan, as_of), due=plan.due)


def _is_on_one_of(done: Word, moved: Sequence[Word]) -> bool:
    """Whether a deed was done on a day that the plan had been put off to."""
    days = (word.when for word in moved if word.known_on <= done.known_on)
    return done.when is not None and any(day.overlaps(done.when) for day in days if day is not None)


def _is_of_later(done: Word, off: Word, plan: Plan) -> bool:
    """Whether a deed told after a plan was called off is another: the plan has no day, or it was told long after."""
    if done.known_on <= off.known_on or plan.is_told_after(off.known_on):
        return False
    return plan.due is None or (done.when is None and is_over(plan, done.known_on))


def _reset(plan: Plan, heard: Sequence[Word]) -> Word | None:
    """The new day of what had been called off or put off, told with that or after it."""
    off = _first([word for word in heard if word.fate in (Fate.SLIPPED, Fate.CANCELLED)])
    if off is None:
        return None
    later = [i for i in plan.items if _is_ahead(i) and first_known(i) >= off.known_on and i.id not in plan.first_ids]
    told = max(later, key=lambda item: (first_known(item), item.id), default=None)
    if told is None or told.when == plan.first_due:
        return None
    if off.fate is Fate.SLIPPED and told.when and plan.first_due and told.when.overlaps(plan.first_due):
        return None  # put off to that day before
    return Word(first_known(told), Fate.SLIPPED, told, told.when, "told again for another day", (off.record,))


def _is_ahead(item: AgendaItem) -> bool:
    """Whether it tells the plan as standing, for a day."""
    return item.outcome is Outcome.PENDING and item.when is not None and not not_held().search(item.evidence[0].quote)


def _first(words: Sequence[Word]) -> Word | None:
    return min(words, key=lambda word: (word.known_on, word.record.id), default=None)


def _last(words: Sequence[Word]) -> Word | None:
    """The newest; of one day the one with a date."""
    return max(words, key=lambda word: (word.known_on, word.when is not None, word.record.id), default=None)


def _unheard(plan: Plan, as_of: dt.date) -> Fate:
    if plan.due is not None:
        last = plan.due.latest
        return Fate.NO_WORD if last is not None and last < as_of else Fate.PENDING
    return Fate.NO_WORD if as_of - plan.told_last > STALE else Fate.PENDING
