"""What became of a plan: put off, called off, or expressly not called off."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.repairs import load_repairs
from detente.extraction.agenda_basis import Ground
from detente.extraction.agenda_past import is_far_weekday
from detente.extraction.agenda_triggers import Trigger, top_of
from detente.extraction.agenda_when import NEW_DAY, date_in_phrase, is_past, new_day
from detente.extraction.clause import children, objects_of, obliques_of, subjects_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Basis, Factuality, Grain, Outcome, When

LATELY = dt.timedelta(days=30)  # an older cancellation is history in news
# What was not called off, or is only asked or threatened to be, is still planned.
STILL_ON = frozenset(
    {Factuality.DENIED, Factuality.DEMANDED, Factuality.PROPOSED, Factuality.THREATENED, Factuality.HYPOTHETICAL}
)
PENDING, SINCE = "pending", "since"
NOT = frozenset({"not", "n't", "n’t", "never"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFinding:
    """The row that tells the outcome and its word; of a plan that "was not cancelled", or may be, it is None."""

    row: AgendaRow
    token: Token
    outcome: Outcome | None


def find_outcome(trigger: Trigger, reading: Reading) -> OutcomeFinding | None:
    """What the words say became of an item, where they say so of late; None where they do not."""
    if not trigger.is_noun or any(child.lower_ == PENDING for child in trigger.token.children):
        return None  # "suspends its request pending talks"
    nouns = {trigger.token.i, top_of(trigger.token).i}
    if (halted := _halted(trigger)) is not None:
        return halted
    for token in _tellers(trigger):
        told: FactualityFinding | None = None
        for row, negation in _rows_at(token):
            fits = not row.kinds or trigger.kind in row.kinds
            held = subjects_of(token) if row.subject else objects_of(token)
            if not fits or nouns.isdisjoint(noun.i for noun in held) or not _is_of_late(token, reading):
                continue
            told = told or find_factuality(token, reading)
            if negation:
                if told.factuality is Factuality.DENIED:
                    return OutcomeFinding(row=row, token=token, outcome=row.outcome)
            elif told.factuality in STILL_ON:
                return OutcomeFinding(row=row, token=token, outcome=None)
            elif told.factuality.is_actual or _is_settled(told, token):
                return OutcomeFinding(row=row, token=token, outcome=row.outcome)
    return None


def _halted(trigger: Trigger) -> OutcomeFinding | None:
    """What a phrase behind the item says of it: "the talks are on hold", "talks on hold", "are off"."""
    noun = top_of(trigger.token)
    predicate = noun.head if noun.dep_ == "nsubj" else noun
    index = load_agenda().of("halted")
    below = (noun.head, *children(predicate, "obl", "nmod", "xcomp"))
    cases = [case for head in below for case in children(head, "case") if case.i > noun.i]
    bound = any(preposition == "to" for preposition, _ in obliques_of(predicate))  # "off to a good start"
    if predicate != noun and not bound and any(True for _ in children(predicate, "cop")):
        cases.append(predicate)  # "the talks are off"
    if any(child.dep_ == "advmod" and child.lower_ in NOT for child in predicate.children):
        return None
    for case in cases:
        for phrase, _ in find_phrases(case, index):
            return OutcomeFinding(row=phrase.row, token=predicate, outcome=phrase.row.outcome)
    return None


def _tellers(trigger: Trigger) -> Iterator[Token]:
    """The words that may tell it: what carries the item, what its phrase hangs at, and their second verbs."""
    # "The visit to Fiji postponed until May", but what was "suspended since 2018" was so all along.
    behind = (clause for clause in children(trigger.token, "acl") if all(p != SINCE for p, _ in obliques_of(clause)))
    first = dict.fromkeys((trigger.carrier, trigger.token.head, top_of(trigger.token).head, *behind))
    yield from first
    for token in first:
        if token.pos_ == "VERB":
            yield from (verb for verb in children(token, "conj") if verb.pos_ == "VERB")


def _rows_at(token: Token) -> Iterator[tuple[AgendaRow, bool]]:
    """The rows that begin at the word, or at its negation ("not take place")."""
    index = load_agenda().of("outcome")
    yield from ((phrase.row, False) for phrase, _ in find_phrases(token, index, loose=True))
    for child in children(token, "advmod"):
        if child.i < token.i:
            first = child.left_edge  # "no longer"
            yield from ((p.row, True) for p, last in find_phrases(first, index, loose=True) if last.i >= token.i)


def _is_of_late(token: Token, reading: Reading) -> bool:
    when = when_of(token, reading)
    return not (when and when.latest and reading.known_on and when.latest < reading.known_on - LATELY)


def _is_settled(told: FactualityFinding, token: Token) -> bool:
    """Whether it is said outright that it will be put off: "will delay the vote", "agreed to postpone it"."""
    return told.factuality is Factuality.PLANNED and not any(c.lower_ == "to" for c in children(token, "case"))


def ground_of(found: OutcomeFinding, trigger: Trigger, ground: Ground | None, reading: Reading) -> Ground:
    """The ground of an item whose outcome is told: what it rests on, and its day, of one that was moved the new one."""
    moved = found.outcome is Outcome.SLIPPED
    when = (new_day(found.token, reading) or _day_since_past(found.token, reading)) if moved else None
    if when is None:
        when = ground.when if ground is not None and ground.when else _day_of(trigger, reading)
        when = None if moved and is_far_weekday(when, reading) else when  # the day that it was moved from
    if ground is not None and moved:
        return replace(ground, when=when)
    told = find_factuality(trigger.carrier, reading)
    factuality = Factuality.CANCELLED if found.outcome is Outcome.CANCELLED else Factuality.PLANNED
    told = replace(told, factuality=factuality)
    basis = ground.basis if ground is not None and found.outcome is not None else Basis.PLANNED
    return Ground(basis=basis, told=told, when=when, rules=told.rules)


def _day_since_past(verb: Token, reading: Reading) -> When | None:
    """The new day where that is over too when it is told: "was moved to 24 May", told on the 25th."""
    behind = [noun for preposition, noun in obliques_of(verb) if preposition in NEW_DAY]
    days = [date for date in reading.dates if date.when.grain is Grain.DAY]
    return next((day.when for noun in behind for day in days if day.start <= noun.idx < day.end), None)


def _day_of(trigger: Trigger, reading: Reading) -> When | None:
    """The day that the item's own phrase names, unless it is over; that for which it was planned, over or not."""
    planned = _day_planned(trigger.token, reading)
    when = planned or date_in_phrase(trigger.token, reading)
    return None if planned is None and is_past(when, reading) else when


def _day_planned(noun: Token, reading: Reading) -> When | None:
    """The day of a clause behind a noun that says for when it was planned: "a trip that was planned for 28 August"."""
    for head in (noun, *children(noun, "nmod")):
        for clause in children(head, "acl:relcl"):
            plan = (clause, *children(clause, "mark", "cop", "aux"))
            if any(word.lower_ in load_repairs().planned for word in plan):
                first, last = clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge)
                return next((date.when for date in reading.dates if first <= date.start and date.end <= last), None)
    return None
