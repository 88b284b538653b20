"""When a step of a measure is taken, or due."""

from dataclasses import replace

from detente.codebook.constructions import words_for
from detente.codebook.measures import load_measures
from detente.extraction.agenda_basis import OLD_NEWS
from detente.extraction.agenda_when import UNTIL, begins_late, ending, find_when, is_future, is_until, new_day
from detente.extraction.clause import children, obliques_of
from detente.extraction.clause_dates import when_of
from detente.extraction.factuality import FactualityFinding
from detente.extraction.measure_factuality import AHEAD
from detente.extraction.measure_steps import StepFinding
from detente.extraction.reading import Reading
from detente.parsing.doc import Token
from detente.records import Factuality, When

EXPIRY_DUE = "expiry due"
PUT_OFF = frozenset({"delayed", "delay due"})  # steps after which a date of the same telling no longer holds
EFFECT_REACH = 20  # tokens from a verb to that day
AFTER_SINCE = 3  # characters at most between the two words: "from the"


def when_taken(finding: StepFinding, told: FactualityFinding, reading: Reading) -> When | None:
    """The date of a step; what was done is not dated after the publication ("signed a deal on gas from 2030")."""
    token = finding.token
    when = when_of(token, reading) or _when_announced(token, told, reading) or _when_below(token, reading)
    when = when or _when_voted(token, reading)
    if told.factuality in AHEAD and when is None:
        when = _day_of_effect(token, reading)
    elif told.factuality in AHEAD and _dates_telling(token, when, reading):
        when = None
    if when is None and (token.dep_ == "acl" or token.pos_ == "ADJ") and load_measures().steps[finding.step].agenda:
        when = _date_behind(token, reading)  # "the tariffs set for May"
    if finding.step == EXPIRY_DUE:
        return ending(when)
    if finding.step in PUT_OFF and when is not None:
        moved_to = new_day(token, reading)
        if moved_to is not None and moved_to.latest == when.latest:
            return None  # the day to which it is put off is not that of the delay
    done = told.factuality is Factuality.HAPPENED and load_measures().steps[finding.step].factuality is None
    return None if done and begins_late(when, reading) else when


def is_long_past(when: When | None, reading: Reading) -> bool:
    """Whether a date was over long before the text was published: what is told of it is known by now."""
    if when is None or when.latest is None or reading.known_on is None:
        return False
    return when.latest < reading.known_on - OLD_NEWS


def _when_below(verb: Token, reading: Reading) -> When | None:
    """The date of the -ing form that a verb governs ("stopped issuing visas on Monday"), or of "starting in May"."""
    below = (child for child in children(verb, "xcomp") if child.lower_.endswith("ing"))
    begun = (child for child in children(verb, "advcl", "acl") if child.lower_ in words_for("as of"))
    dates = (when_of(child, reading) for child in (*below, *begun))
    return next((when for when in dates if when is not None), None)


def parted(when: When | None) -> tuple[When | None, When | None]:
    """(when something begins, when it ends), of a time with "until" in it: "until May", "on Monday until 2029"."""
    if is_until(when):
        return None, when
    if when is None or when.earliest is None or UNTIL.isdisjoint(when.words.lower().split()):
        return when, None
    return replace(when, latest=when.earliest), replace(when, earliest=when.latest)


def day_until(verb: Token, reading: Reading) -> When | None:
    """The day ahead behind "until" in the clause of a verb that another date stands with: "on Monday extended it"."""
    for i in range(verb.i + 1, verb.sent.end - 1):
        token = verb.doc[i]
        if token.pos_ in ("VERB", "AUX"):
            return None
        if token.lower_ in UNTIL:
            at = (d.when for d in reading.dates if d.start <= token.nbor().idx < d.end)
            return next((ending(when) for when in at if begins_late(when, reading) or is_until(when)), None)
    return None


def _when_voted(verb: Token, reading: Reading) -> When | None:
    """The date of the vote in which it is done: "voted on Monday to approve", "approved by 9 votes to 7 on Monday"."""
    votes = words_for("votes")
    if verb.dep_ in ("advcl", "xcomp") and verb.head.lemma_.lower() in votes:
        return when_of(verb.head, reading)
    nouns = [noun for _, noun in obliques_of(verb) if noun.lemma_.lower() in votes]
    days = [day for noun in nouns for day in children(noun, "nmod", "obl", "nmod:unmarked")]
    return next((date.when for day in days for date in reading.dates if date.start <= day.idx < date.end), None)


def _when_announced(token: Token, told: FactualityFinding, reading: Reading) -> When | None:
    """The date ahead that stands with the words which announce a step: "is scheduled in May to renew"."""
    when = find_when(token, token, reading) if told.factuality in AHEAD else None
    return when if is_future(when, reading) else None


def _dates_telling(verb: Token, when: When | None, reading: Reading) -> bool:
    """Whether a date stands before the clause that says what is to come: "said on 16 June it would raise duties"."""
    if verb.dep_ != "ccomp":
        return False
    first = min((child.idx for child in children(verb, "nsubj", "nsubj:pass", "mark")), default=verb.idx)
    return any(date.when is when and verb.head.idx < date.start < first for date in reading.dates)


def _day_of_effect(verb: Token, reading: Reading) -> When | None:
    """The day ahead from which a step is to hold, wherever the parse hung it: "cut duties on rice from 1 July"."""
    for i in range(verb.i + 1, min(verb.i + EFFECT_REACH, verb.sent.end - 1)):
        token = verb.doc[i]
        if token.pos_ in ("VERB", "AUX") and token.lower_ not in words_for("as of"):
            return None
        following = token.nbor().idx
        if token.lower_ in words_for("as of"):
            for date in reading.dates:
                if following <= date.start <= following + AFTER_SINCE and begins_late(date.when, reading):
                    return date.when
    return None


def _date_behind(participle: Token, reading: Reading) -> When | None:
    """The date that stands right behind a participle and its preposition, whatever the parse tied it to."""
    near = {participle.doc[i].idx for i in range(participle.i + 1, min(participle.i + 3, participle.sent.end))}
    return next((date.when for date in reading.dates if date.start in near), None)
