"""Whether something lies ahead, on what that rests, and when."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.agenda import AgendaRow, load_agenda
from detente.extraction.clause import predicate_of, when_of
from detente.extraction.factuality import FactualityFinding, find_factuality
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.mentions.mention import DateMention
from detente.records import Basis, Factuality, Grain, When

AHEAD = frozenset({Factuality.PLANNED, Factuality.EXPECTED, Factuality.PROPOSED, Factuality.CONDITIONAL})
OPEN = frozenset({Factuality.DEMANDED, Factuality.HYPOTHETICAL})  # ahead only with a date or a proposal
NEVER = frozenset({Factuality.DENIED, Factuality.HISTORICAL})
WEAK = frozenset({"infinitive", "aim-at", "need"})  # factuality rows that tell what for, not what is planned
DATE_REACH = 10  # tokens from a noun to the date that may be its own
NOUNS = frozenset({"NOUN", "PROPN"})
CALENDAR = frozenset({Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.SEASON, Grain.YEAR})
STOPS = frozenset(';:,”"')
OLD_NEWS = dt.timedelta(days=120)  # what was planned longer ago is history in news
BASIS_OF = {
    Factuality.PLANNED: Basis.PLANNED,
    Factuality.CONDITIONAL: Basis.PLANNED,
    Factuality.EXPECTED: Basis.EXPECTED,
    Factuality.PROPOSED: Basis.PROPOSED,
    Factuality.DEMANDED: Basis.PROPOSED,
    Factuality.HYPOTHETICAL: Basis.PROPOSED,
}
CHAIN = frozenset({"xcomp", "ccomp", "obj", "acl", "advcl", "nmod", "obl", "nsubj", "nsubj:pass", "conj", "csubj"})
LONGEST_CHAIN = 4
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
    if is_future(when, reading) and _is_circumstance(carrier):
        # "when he meets Xi next month"
        return Ground(basis=Basis.PLANNED, told=_planned(told), when=when, rules=told.rules)
    row = _modifier(trigger)
    if row is None:
        row = basis_row(trigger, carrier)
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
    if told.factuality in NEVER or is_past(when, reading) or (when is None and _is_circumstance(carrier)):
        return True
    if when is None and is_old_news(carrier, reading):
        return True
    if trigger == carrier and trigger.dep_ == "nsubj":
        # "the talks were", and "a dialogue would be useful"
        return _is_past_tense(trigger.head) or (when is None and trigger.head.pos_ in ("ADJ", "NOUN"))
    return _modifier(trigger) is not None and told.factuality.is_actual and _is_past_tense(carrier)


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


def _is_circumstance(token: Token) -> bool:
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
    return own if own.factuality in AHEAD or own.factuality is Factuality.DEMANDED else told


def _ahead(told: FactualityFinding) -> FactualityFinding:
    """The same finding, planned where the words alone would say that it happened."""
    return _planned(told) if told.factuality.is_actual else told


def _planned(told: FactualityFinding) -> FactualityFinding:
    return FactualityFinding(factuality=Factuality.PLANNED, cue=told.cue, condition=told.condition, rules=told.rules)


def _lies_ahead(
    told: FactualityFinding, row: AgendaRow | None, when: When | None, trigger: Token, reading: Reading
) -> bool:
    dated = is_future(when, reading)
    if told.factuality in AHEAD:
        return dated or WEAK.isdisjoint(told.rules)  # "to reach a deal" says what for, not that it is planned
    if told.factuality in OPEN:
        return (
            row is not None
            and row.basis in (Basis.INVITED, Basis.AGREED, Basis.PROPOSED)
            and (dated or row.basis is not Basis.PROPOSED or _is_offer(told))
        )
    if not dated or not _ends_late(when, reading):
        return False  # what happened on the day of publication is no plan
    if trigger.pos_ in NOUNS:
        return _is_explicit(when) or not _is_past_tense(predicate_of(trigger))
    return _begins_late(when, reading) and not _is_past_tense(predicate_of(trigger))


def _is_explicit(when: When | None) -> bool:
    """Whether the words fix the day or month by themselves: "weekend talks" may be over."""
    return when is not None and (when.grain in CALENDAR or any(letter.isdigit() for letter in when.words))


def _is_offer(told: FactualityFinding) -> bool:
    return told.factuality is Factuality.DEMANDED


def _is_past_tense(token: Token) -> bool:
    return "Past" in token.morph.get("Tense", []) and "Part" not in token.morph.get("VerbForm", [])


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
        yield from (c for c in at.children if c.dep_ in ("aux", "amod", "advmod") and c.i < at.i)
        if at.head == at or at.dep_ not in CHAIN:
            return
        at = at.head


def _modifier(trigger: Token) -> AgendaRow | None:
    for child in trigger.children:
        if child.dep_ in ("amod", "compound", "acl", "advmod", "det") and child.i < trigger.i:
            for phrase, _ in find_phrases(child, load_agenda().of("modifier")):
                return phrase.row
    return None


def find_when(trigger: Token, carrier: Token, reading: Reading) -> When | None:
    """The date of an item: in its noun phrase, then in its clause, then a date ahead on the words that announce it."""
    own = _date_below(trigger, reading) or _date_after(trigger, carrier, reading)
    if own is not None:
        return own.when
    if trigger == carrier and trigger.pos_ in NOUNS and trigger.dep_ != "nsubj":
        return None
    when = when_of(carrier, reading)
    if when is not None:
        return when
    at = carrier
    for _ in range(LONGEST_CHAIN):
        if at.dep_ not in ("xcomp", "ccomp", "acl", "obj") or at.head == at:
            return None
        at = at.head
        when = when_of(at, reading) if at.pos_ in ("VERB", "ADJ", "AUX") else None
        if _ends_late(when, reading):
            return when
    return None


def _date_below(trigger: Token, reading: Reading) -> DateMention | None:
    if trigger.pos_ not in ("NOUN", "PROPN"):
        return None
    first, last = trigger.left_edge, trigger.right_edge
    inside = [d for d in reading.dates if first.idx <= d.start and d.end <= last.idx + len(last)]
    outside = {token.i for c in trigger.children if c.dep_ in ("acl:relcl", "parataxis") for token in c.subtree}
    own = [d for d in inside if not any(reading.parse[i].idx == d.start for i in outside)]
    return min(own, key=lambda d: abs(d.start - trigger.idx), default=None)


def _date_after(trigger: Token, carrier: Token, reading: Reading) -> DateMention | None:
    """The next date in the sentence after a noun that no verb carries, where no verb stands between."""
    if trigger != carrier or trigger.pos_ not in ("NOUN", "PROPN"):
        return None
    for i in range(trigger.i + 1, min(trigger.i + DATE_REACH, trigger.sent.end)):
        token = trigger.doc[i]
        if token.pos_ in ("VERB", "AUX") or token.text in STOPS:
            return None
        for date in reading.dates:
            if date.start == token.idx:
                return date
    return None


def is_future(when: When | None, reading: Reading) -> bool:
    """Whether a date lies on or after the document's publication day."""
    if when is None or reading.known_on is None:
        return False
    return (when.latest or when.earliest or dt.date.min) >= reading.known_on and (
        when.earliest is None or when.earliest >= reading.known_on or when.latest is None or _ends_late(when, reading)
    )


def _ends_late(when: When | None, reading: Reading) -> bool:
    """Whether the interval ends after the publication day: "this year" does, "today" does not."""
    return bool(when and when.latest and reading.known_on and when.latest > reading.known_on)


def _begins_late(when: When | None, reading: Reading) -> bool:
    """Whether the interval begins after the publication day: "this week" has begun."""
    return bool(when and when.earliest and reading.known_on and when.earliest > reading.known_on)


def is_past(when: When | None, reading: Reading) -> bool:
    """Whether a date ended before the document's publication day."""
    if when is None or reading.known_on is None or when.latest is None:
        return False
    return when.latest < reading.known_on
