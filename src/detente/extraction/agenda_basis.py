"""Whether something lies ahead, on what that rests, and when."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.extraction.agenda_triggers import stands_beside
from detente.extraction.agenda_when import (
    LONGEST_CHAIN,
    NOUNS,
    begins_late,
    ends_late,
    find_when,
    is_future,
    is_over,
    is_past,
    is_past_tense,
)
from detente.extraction.clause import case_of, children, is_passive, predicate_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Basis, Factuality, Grain, When

AHEAD = frozenset({Factuality.PLANNED, Factuality.EXPECTED, Factuality.PROPOSED, Factuality.CONDITIONAL})
OPEN = frozenset({Factuality.DEMANDED, Factuality.HYPOTHETICAL})  # ahead only with a date or a proposal
NEVER = frozenset({Factuality.DENIED, Factuality.HISTORICAL})
WEAK = frozenset({"infinitive", "aim-at", "need"})  # factuality rows that tell what for, not what is planned
DATED_ALONE = "date-to-come"  # the factuality row of what has nothing but a date ahead
CALENDAR = frozenset({Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.SEASON, Grain.YEAR})
OLD_NEWS = dt.timedelta(days=120)  # what was planned longer ago is history in news
BASIS_OF = {
    Factuality.PLANNED: Basis.PLANNED,
    Factuality.CONDITIONAL: Basis.PLANNED,
    Factuality.EXPECTED: Basis.EXPECTED,
    Factuality.PROPOSED: Basis.PROPOSED,
    Factuality.DEMANDED: Basis.PROPOSED,
    Factuality.HYPOTHETICAL: Basis.PROPOSED,
}
PERFECT = frozenset({"has", "had", "have", "’ve", "'ve", "having"})
FIRMER = frozenset({Basis.AGREED, Basis.INVITED, Basis.EXPECTED})  # say more than "planned" or "next" before the noun
DURING = "during"
AT_IT = frozenset({"in", "at", "during", "by", "with"})  # before an item at which something else was done
WITHIN = frozenset({"in", "at", "during"})
AFTERWARDS = frozenset({"after", "following", "since", "despite", "amid"})  # before a noun: it was held already
CHAIN = frozenset({"xcomp", "ccomp", "obj", "acl", "advcl", "nmod", "obl", "nsubj", "nsubj:pass", "conj", "csubj"})
CIRCUMSTANCES = frozenset(
    {"when", "if", "once", "after", "unless", "while", "as", "whenever", "although", "since"} | {"before", "until"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """On what an item rests: the basis, the row that told it, its factuality, its date."""

    basis: Basis
    told: FactualityFinding
    when: When | None
    rules: tuple[str, ...]


def find_ground(trigger: Token, carrier: Token, reading: Reading) -> Ground | None:
    """The ground on which `trigger` lies ahead, None where it does not.

    `carrier` is the verb that carries a noun ("hold" of "talks"), or the trigger itself.
    """
    told = _told(trigger, carrier, reading)
    if is_perfect(carrier):
        return None
    when = find_when(trigger, carrier, reading)
    if _is_ruled_out(trigger, carrier, told, when, reading):
        return None
    if is_future(when, reading) and is_circumstance(carrier):
        # "when he meets Xi next month"
        return Ground(basis=Basis.PLANNED, told=_planned(told), when=when, rules=told.rules)
    ahead = is_future(when, reading) and not is_past_tense(predicate_of(trigger))
    if trigger == carrier and ahead and stands_beside(trigger):
        # "must be settled before the vote in June": the vote is sure
        return Ground(basis=Basis.PLANNED, told=_planned(told), when=when, rules=told.rules)
    row = _modifier(trigger) or _modifier_behind(trigger)
    if row is None or (trigger != carrier and row.basis is Basis.PLANNED and told.factuality in AHEAD):
        told_by = basis_row(trigger, carrier)
        row = told_by if row is None or (told_by and told_by.basis in FIRMER) else row
        if not _lies_ahead(told, row, when, trigger, reading) or (when is None and _is_vague(trigger, row)):
            return None
    basis = row.basis if row is not None and row.basis is not None else BASIS_OF.get(told.factuality, Basis.PLANNED)
    return Ground(basis=basis, told=_ahead(told), when=when, rules=((row.id,) if row else ()) + told.rules)


def is_perfect(verb: Token) -> bool:
    """Whether an infinitive tells what was done: "the first states to have signed"."""
    return any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children) and any(
        child.lower_ == "to" for child in verb.children
    )


def _is_ruled_out(trigger: Token, carrier: Token, told: FactualityFinding, when: When | None, reading: Reading) -> bool:
    """Whether it is denied or history, its date has passed, or a past verb tells that it was."""
    over = when is not None and (is_past(when, reading) or is_over(when, reading))
    there = any(child.lower_ == "there" for child in carrier.children)
    over = (
        over
        or _is_behind(carrier)
        or _is_noun_clause(carrier, told)
        or ((there or told.rules in ((DATED_ALONE,), ())) and _is_done(carrier))
    )
    if told.factuality in NEVER or over or (when is None and (is_circumstance(carrier) or _has_room_made(trigger))):
        return True
    if when is None and (is_old_news(carrier, reading) or _is_mere_mention(trigger, carrier) or _is_held(trigger)):
        return True
    during = trigger.pos_ in NOUNS and trigger.left_edge.lower_ == DURING
    during = during or (when is None and trigger.pos_ in NOUNS and trigger.dep_ == "obl" and case_of(trigger) == "in")
    if (trigger == carrier and (during or _is_taken(trigger))) or _is_judged(trigger):
        return True  # what is done during a visit is told, not the visit
    if trigger == carrier and trigger.dep_ == "nsubj":
        # "the talks were", and "a dialogue would be useful"
        return is_past_tense(trigger.head) or (when is None and trigger.head.pos_ in ("ADJ", "NOUN"))
    if told.rules == (DATED_ALONE,) and trigger.dep_ == "nsubj" and is_past_tense(carrier):
        return True  # "the April meeting ended with a plan"
    return _modifier(trigger) is not None and told.factuality.is_actual and is_past_tense(carrier)


def _is_noun_clause(verb: Token, told: FactualityFinding) -> bool:
    """Whether an infinitive read as a headline only says what a noun is for: "talks to settle it have been halted"."""
    finite = (any(True for _ in children(second, "aux", "aux:pass")) for second in children(verb, "conj"))
    return told.rules == ("headline-infinitive",) and not any(True for _ in children(verb, "cc")) and any(finite)


def _has_room_made(noun: Token) -> bool:
    """Whether something only makes it possible: "this will open the possibility for a dialogue"."""
    above = noun.head
    return noun.dep_ in ("nmod", "obl") and case_of(noun) in ("for", "of", "to") and _is_room(above, noun)


def _is_room(above: Token, noun: Token) -> bool:
    rooms = (above, *(c for c in children(above, "obj") if c.i < noun.i))  # "opened the way | for talks"
    made = (r for r in rooms if r.lemma_.lower() in words_for("room") and r.dep_ == "obj")
    return any(r.head.lemma_.lower() in words_for("making room") for r in made)


def _is_taken(noun: Token) -> bool:
    """Whether a decision is someone's and stands beside what the clause tells: "to retract its decision in July"."""
    if noun.dep_ not in ("obj", "obl", "nmod") or not any(True for _ in children(noun, "nmod:poss")):
        return False
    return any(True for _ in find_phrases(noun, load_measures().of("decision")))


def _is_judged(noun: Token) -> bool:
    """Whether a passive says what people think of its subject: "the visit is considered a step forward"."""
    verb = noun.head
    return (
        noun.dep_ in ("nsubj", "nsubj:pass")
        and is_passive(verb)
        and any(child.pos_ in ("NOUN", "ADJ") for child in children(verb, "xcomp", "obj"))
    )


def _is_done(verb: Token) -> bool:
    """Whether a verb stands in a perfect tense: "there had been talks", "have met"."""
    return any(c.lower_ in PERFECT and c.dep_ == "aux" for c in verb.children)


def _is_behind(verb: Token) -> bool:
    """Whether a gerund tells what comes before something else: "after attending a meeting"."""
    gerund = verb.dep_ == "advcl" and verb.lower_.endswith("ing")
    return gerund and any(c.lower_ in AFTERWARDS for c in verb.children if c.i < verb.i)


def _is_mere_mention(trigger: Token, carrier: Token) -> bool:
    """Whether an undated noun is only named beside something else, as held already: "after a meeting"."""
    if trigger != carrier or trigger.pos_ not in NOUNS or _modifier(trigger) is not None:
        return False
    return stands_beside(trigger) and case_of(trigger).split(" ")[0] in AFTERWARDS


def is_old_news(token: Token, reading: Reading) -> bool:
    """Whether what governs the word is dated long before publication ("in July 2018, when he decided to lift it")."""
    at = token
    for _ in range(LONGEST_CHAIN):
        when = when_of(at, reading) if at.pos_ in ("VERB", "AUX") else None
        if when and when.latest and reading.known_on and when.latest < reading.known_on - OLD_NEWS:
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def is_circumstance(token: Token) -> bool:
    """Whether the clause only says when or on what condition something else is to be."""
    at = token
    for _ in range(LONGEST_CHAIN):
        if at.dep_ == "advcl" and any(c.lower_ in CIRCUMSTANCES for c in at.children if c.i < at.i):
            return True
        if at.dep_ not in ("xcomp", "conj"):
            return False
        at = at.head
    return False


def _is_vague(trigger: Token, row: AgendaRow | None) -> bool:
    """Whether the noun speaks of what may come in general ("future talks", "any meeting") and nothing fixes it."""
    if row is not None and row.basis in (Basis.AGREED, Basis.INVITED):
        return False
    vague = load_agenda().of("vague")
    return any(True for child in trigger.children if child.i < trigger.i for _ in find_phrases(child, vague))


def _told(trigger: Token, carrier: Token, reading: Reading) -> FactualityFinding:
    """The factuality of the carrier, or of the noun itself where only that one lies ahead."""
    told = find_factuality(carrier, reading)
    if trigger == carrier or told.factuality in AHEAD:
        return told
    own = find_factuality(trigger, reading)
    if told.factuality.is_actual and own.factuality is Factuality.HYPOTHETICAL and _is_broached(carrier):
        return replace(own, factuality=Factuality.PROPOSED)
    return own if own.factuality in AHEAD or own.factuality is Factuality.DEMANDED else told


def _is_broached(carrier: Token) -> bool:
    """Whether a verb brings an item up: "raised the possibility of a meeting"."""
    found = find_phrases(carrier, load_agenda().of("basis"), loose=True)
    return any(phrase.row.basis is Basis.PROPOSED for phrase, _ in found)


def _ahead(told: FactualityFinding) -> FactualityFinding:
    """The same finding, planned where the words alone would say that it happened."""
    return _planned(told) if told.factuality.is_actual else told


def _planned(told: FactualityFinding) -> FactualityFinding:
    return FactualityFinding(factuality=Factuality.PLANNED, cue=told.cue, condition=told.condition, rules=told.rules)


def _lies_ahead(
    told: FactualityFinding, row: AgendaRow | None, when: When | None, trigger: Token, reading: Reading
) -> bool:
    dated = is_future(when, reading)
    if told.rules == (DATED_ALONE,) and trigger.pos_ in NOUNS and is_past_tense(predicate_of(trigger)):
        return _is_explicit(when) and not _is_held(trigger)  # "won the election on Sunday"
    if told.factuality in AHEAD:
        return dated or WEAK.isdisjoint(told.rules)  # "to reach a deal" says what for, not that it is planned
    if told.factuality in OPEN:
        return (told.factuality is Factuality.HYPOTHETICAL and _is_dated_subject(trigger, when, reading)) or (
            row is not None
            and (dated or WEAK.isdisjoint(told.rules))
            and row.basis in (Basis.INVITED, Basis.AGREED, Basis.PROPOSED)
            and (dated or row.basis is not Basis.PROPOSED or _is_offer(told))
        )
    if not dated or not ends_late(when, reading):
        return False  # what happened on the day of publication is no plan
    if trigger.pos_ in NOUNS:
        return _is_explicit(when) or not is_past_tense(predicate_of(trigger))
    return begins_late(when, reading) and not is_past_tense(predicate_of(trigger))


def _is_dated_subject(noun: Token, when: When | None, reading: Reading) -> bool:
    """Whether a meeting has its day ahead and only its effect is hoped for: "hopes that talks on Monday will help"."""
    if noun.pos_ not in NOUNS or noun.dep_ != "nsubj" or not begins_late(when, reading):
        return False
    return any(child.lower_ == "will" for child in children(noun.head, "aux"))


def _is_held(noun: Token) -> bool:
    """Whether a past verb tells what was done in or at the item: "passed it in a 60-2 vote in June"."""
    verb = noun.head
    if noun.dep_ != "obl" or case_of(noun) not in AT_IT or not is_past_tense(verb):
        return False
    if case_of(noun) in WITHIN and not is_passive(verb):
        return True  # "agreed in the call to keep the peace"
    return not any(True for _ in find_phrases(verb, load_agenda().of("basis"), loose=True))


def _is_explicit(when: When | None) -> bool:
    """Whether the words fix the day or month by themselves: "weekend talks" may be over."""
    return when is not None and (when.grain in CALENDAR or any(letter.isdigit() for letter in when.words))


def _is_offer(told: FactualityFinding) -> bool:
    return told.factuality is Factuality.DEMANDED


def basis_row(trigger: Token, carrier: Token) -> AgendaRow | None:
    """The row of the nearest word above or beside the trigger that says on what it rests."""
    index = load_agenda().of("basis")
    for token in _outward(trigger, carrier):
        for phrase, _ in find_phrases(token, index):
            return phrase.row
    return None


def _outward(trigger: Token, carrier: Token) -> Iterator[Token]:
    """The trigger's own auxiliaries and adjectives, then each word above it with its own, nearest first."""
    at = carrier
    for step in range(LONGEST_CHAIN):
        if step or at is not trigger:
            yield at
        yield from (c for c in at.children if c.dep_ in ("aux", "amod", "advmod", "discourse") and c.i < at.i)
        if at.head == at or at.dep_ not in CHAIN:
            return
        at = at.head


def _modifier(trigger: Token) -> AgendaRow | None:
    for child in trigger.children:
        if child.dep_ in ("amod", "compound", "acl", "advmod", "det") and child.i < trigger.i:
            for phrase, _ in find_phrases(child, load_agenda().of("modifier")):
                return phrase.row
    return None


def _modifier_behind(trigger: Token) -> AgendaRow | None:
    """The row of a participle behind the noun: "a call scheduled for soon"."""
    behind = (child for child in trigger.children if child.dep_ == "acl" and child.i > trigger.i)
    return next((p.row for child in behind for p, _ in find_phrases(child, load_agenda().of("modifier"))), None)
