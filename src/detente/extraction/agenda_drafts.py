"""Agenda items before their records are made, and which of them tell the same item."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.codebook.agenda import load_agenda
from detente.extraction.agenda_basis import Ground
from detente.extraction.circumstances import passage_of
from detente.extraction.clause import children
from detente.extraction.parties import states_of
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Actor, Outcome, When

ENCOUNTERS = frozenset({"talks", "visit"})  # families of what is put off with a trip


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An item before its record is made. `tokens` are those that told it, the trigger first."""

    kind: str
    summary: str
    participants: tuple[Actor, ...]
    ground: Ground
    outcome: Outcome
    tokens: tuple[Token, ...]
    rules: tuple[str, ...]
    mechanism: str | None = None
    imposers: frozenset[str] = frozenset()  # the states whose measure is due
    step: tuple[int, str] | None = None  # of a measure: the first word that tells it, and the step that is due
    past: bool = False  # told as what had been planned: "was due to meet"
    lapsed: bool = False  # told as what has come to nothing: "had been due to meet"
    remark: bool = False  # only says what an item is: "it will be his first visit"

    @property
    def token(self) -> Token:
        """The word that told the item."""
        return self.tokens[0]


def merged(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Drafts that tell the same item, in the order of their first; a lapsed plan only beside another telling."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        group = next((g for g in groups if any(_same(other, draft) for other in g)), None)
        if group is None:
            groups.append([draft])
        else:
            group.append(draft)
    kept = [group for group in groups if not all(draft.lapsed for draft in group)]
    return [[_moved_along(draft, drafts) for draft in group] for group in kept]


def without_headlines(groups: Sequence[list[Draft]], reading: Reading) -> list[list[Draft]]:
    """The groups without those that only a title tells, undated, where the text tells such an item of its states."""
    told = [group for group in groups if not _is_headline(group, reading)]
    return [group for group in groups if group in told or not any(_is_titled(group, other) for other in told)]


def _is_headline(group: Sequence[Draft], reading: Reading) -> bool:
    undated = all(draft.ground.when is None for draft in group)
    return undated and all(passage_of(draft.token, reading).from_title for draft in group)


def _is_titled(title: Sequence[Draft], group: Sequence[Draft]) -> bool:
    """Whether a title's item can be one that the text tells: of the same sort, states and fate."""
    families = {frozenset({_family(one), _family(other)}) for one in title for other in group}
    alike = any(len(pair) == 1 or pair <= ENCOUNTERS for pair in families)
    ours, theirs = ({s for draft in item for s in states_of(draft.participants)} for item in (title, group))
    fates = [{draft.outcome for draft in item} for item in (title, group)]
    return alike and bool(ours) and ours <= theirs and not fates[0].isdisjoint(fates[1])


def _moved_along(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """The draft, of a plan told as past with what became of the trip or talks of the same people that it belongs to."""
    if not draft.past or draft.outcome is not Outcome.PENDING or _family(draft) not in ENCOUNTERS:
        return draft
    ours = states_of(draft.participants)
    moved = (d for d in drafts if d.outcome is not Outcome.PENDING and _family(d) in ENCOUNTERS)
    return next((replace(draft, outcome=d.outcome) for d in moved if ours & states_of(d.participants)), draft)


def _family(draft: Draft) -> str:
    return load_agenda().kinds[draft.kind].family


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts tell the same item: same family, no contradiction in parties and date, one of them vague."""
    kinds = load_agenda().kinds
    if kinds[one.kind].family != kinds[other.kind].family or one.summary == "":
        return False
    if _are_two_sides(one, other):
        return False
    if _was_moved(one, other) or _was_moved(other, one) or (other.remark and _is_remark_on(one, other)):
        return True
    due = (
        one.kind == other.kind == "measure due" and one.ground.when is not None and one.ground.when == other.ground.when
    )
    if one.outcome is not other.outcome and not due:
        return False
    when, then = one.ground.when, other.ground.when
    if when is not None and then is not None:
        return _agree_on_day(one, other, when, then)
    # "decided to strike Chad off the list. The decision takes effect on Monday."
    one_step = one.step is not None and one.step == other.step
    return one_step or _agree_on_words(one, other, dated=when is not None or then is not None)


def _are_two_sides(one: Draft, other: Draft) -> bool:
    """Whether they are the one side's step and the other's answer in kind."""
    return bool(one.imposers and other.imposers) and one.imposers.isdisjoint(other.imposers)


def _agree_on_day(one: Draft, other: Draft, when: When, then: When) -> bool:
    """Whether two dated tellings may be one: on one day no other parties, on days that overlap the same people."""
    ours, theirs = states_of(one.participants), states_of(other.participants)
    if when == then:
        return not ours or not theirs or bool(ours & theirs)
    # "this year" and "in November" may be two visits: only the same people make them one.
    moved = one.outcome is not Outcome.PENDING and ours == theirs
    return when.overlaps(then) and (moved or _keys(one) == _keys(other))


def _agree_on_words(one: Draft, other: Draft, *, dated: bool) -> bool:
    """Whether two tellings, of which not both have a date, name the same states and use the same word."""
    ours, theirs = states_of(one.participants), states_of(other.participants)
    put_off = one.outcome is not Outcome.PENDING
    nested = ours <= theirs or theirs <= ours if dated or put_off else ours == theirs
    if not nested or _is_of_other_matter(one, other):
        return False
    moved = put_off and ours == theirs
    return _words(one) == _words(other) or moved or (ours == theirs and _is_of_one_row(one, other))


def _is_of_one_row(one: Draft, other: Draft) -> bool:
    """Whether two nouns say the same, and the same is told of both: "talks resume", "negotiations resume"."""
    carried = one.tokens[-1].lemma_ == other.tokens[-1].lemma_ and one.tokens[-1] != one.token
    return carried and one.rules[0] == other.rules[0] and one.rules[0].startswith("noun.")


def _is_of_other_matter(one: Draft, other: Draft) -> bool:
    """Whether the nouns before both name different matters: "trade talks", "border talks"."""
    ours, theirs = (
        {child.lemma_.lower() for child in children(draft.token, "compound") if child.pos_ == "NOUN"}
        for draft in (one, other)
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _was_moved(moved: Draft, plan: Draft) -> bool:
    """Whether one tells that an item is put off or called off, and the other that it had been planned."""
    ours, theirs = states_of(moved.participants), states_of(plan.participants)
    alike = bool(ours) and ours <= theirs and len(theirs) > 1  # "was to fly to Fiji but has put off the trip"
    return plan.past and plan.outcome is Outcome.PENDING and moved.outcome is not Outcome.PENDING and alike


def _is_remark_on(item: Draft, remark: Draft) -> bool:
    """Whether a remark ("it will be his first visit") names nobody whom the item leaves out."""
    return states_of(remark.participants) <= states_of(item.participants)


def _keys(draft: Draft) -> frozenset[str]:
    return frozenset(actor.key for actor in draft.participants)


def _words(draft: Draft) -> str:
    return draft.token.lemma_.lower()
