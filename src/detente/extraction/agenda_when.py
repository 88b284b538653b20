"""When what lies ahead is due, and whether a date is ahead at all."""

import datetime as dt
from dataclasses import replace

from detente.codebook.agenda import load_agenda
from detente.codebook.constructions import words_for
from detente.extraction.agenda_past import is_put_back
from detente.extraction.agenda_triggers import noun_row
from detente.extraction.clause import OBLIQUES, case_of, children, has, objects_of, obliques_of
from detente.extraction.clause_dates import APART, is_of_event, when_of
from detente.extraction.phrases import find_phrases
from detente.extraction.reading import Reading
from detente.mentions.mention import DateMention
from detente.parsing.doc import Token
from detente.records import Grain, When

MATTER = frozenset({"from", "after", "since", "beyond", "than"})  # before a date: of the matter rather than of the item
DATE_REACH = 14  # tokens from a noun to the date that may be its own
NOUNS = frozenset({"NOUN", "PROPN"})
NEW_DAY = frozenset({"to", "until", "till", "for", "through"})  # before the day to which something is moved
TO = NEW_DAY - {"for"}
UNTIL = frozenset({"until", "till", "through"})
STOPS = frozenset(';:,”"')
LONGEST_CHAIN = 4  # words climbed at most


def find_when(trigger: Token, carrier: Token, reading: Reading) -> When | None:
    """The date of an item: in its noun phrase, then in its clause, then a date ahead on the words that announce it."""
    own = _date_below(trigger, reading) or _date_of_object(trigger, reading)
    after = _date_after(trigger, reading)
    if own is None and trigger == carrier:
        own = after
    if own is not None and not is_over(own.when, reading):
        return own.when
    if trigger == carrier and trigger.pos_ in NOUNS and trigger.dep_ != "nsubj":
        return own.when if own is not None else None
    when = _date_at(carrier, reading) or when_of(carrier, reading)
    if when is not None and _is_from_year(when, reading):
        when = None  # "talks on the transit of gas after 2027"
    if when is not None and trigger != carrier and not ends_late(when, reading) and _only_told(carrier):
        when = None  # "announced on Friday a meeting": the day of the announcement
    if after is not None and is_future(after.when, reading) and not is_future(when, reading):
        return after.when  # "had proposed on Monday talks with Fiji on 3 May"
    if when is not None:
        return when
    return _date_begun(trigger, carrier, reading) or _date_announced(carrier, reading)


def _date_begun(trigger: Token, carrier: Token, reading: Reading) -> When | None:
    """The date of a participle that says when it begins: "will hold drills off Oran starting on 5 May"."""
    clauses = (*children(carrier, "advcl", "acl", "xcomp"), *children(trigger, "acl", "advcl"))
    begun = (when_of(clause, reading) for clause in clauses if clause.lower_ in words_for("as of"))
    return next((when for when in begun if when is not None), None)


def date_in_phrase(noun: Token, reading: Reading) -> When | None:
    """The date that a noun's own phrase names, or that follows it with no verb between."""
    date = _date_below(noun, reading) or _date_after(noun, reading)
    return date.when if date is not None else None


def _is_from_year(when: When, reading: Reading) -> bool:
    """Whether a whole year only begins what an item is about: "from 2027"."""
    dates = (date for date in reading.dates if date.when is when and when.grain is Grain.YEAR)
    spans = (reading.parse.char_span(date.start, date.end, alignment_mode="expand") for date in dates)
    return any(span is not None and case_of(span.root) in MATTER for span in spans)


def _only_told(verb: Token) -> bool:
    """Whether a past verb says on what an item rests, and does not carry it: "announced", "proposed"."""
    if not (is_past_tense(verb) or _is_misread_past(verb)):
        return False
    lexicon = load_agenda()
    carries = any(True for _ in find_phrases(verb, lexicon.of("support"), loose=True))
    return not carries and any(True for _ in find_phrases(verb, lexicon.of("basis"), loose=True))


def _is_misread_past(verb: Token) -> bool:
    """Whether a participle with a subject and no auxiliary is rather the past: "the mayors on Friday called for"."""
    bare = not any(True for _ in children(verb, "aux", "aux:pass"))
    return bare and has(verb, "Tense", "Past") and any(True for _ in children(verb, "nsubj"))


def is_over(when: When, reading: Reading) -> bool:
    """Whether an interval begins before the day of publication and ends with it: "since June"."""
    today = reading.known_on
    return bool(today and when.earliest and when.latest and when.earliest < today and when.latest <= today)


def _date_at(verb: Token, reading: Reading) -> When | None:
    """The date that hangs at the verb itself, where a further one stands within its objects: "2019 quotas"."""
    for child in children(verb, *OBLIQUES):
        if case_of(child) not in APART:
            first, last = child.left_edge, child.right_edge
            for date in reading.dates:
                inside = first.idx <= date.start and date.end <= last.idx + len(last)
                if inside and date.start <= child.idx < date.end and not is_of_event(date, child):
                    return date.when
    return None


def _date_announced(carrier: Token, reading: Reading) -> When | None:
    """A date ahead on the words that announce the item."""
    at = carrier
    for _ in range(LONGEST_CHAIN):
        if at.dep_ not in ("xcomp", "ccomp", "acl", "obj") or at.head == at:
            return None
        at = at.head
        when = when_of(at, reading) if at.pos_ in ("VERB", "ADJ", "AUX") else None
        if ends_late(when, reading):
            return when
    return None


def _date_below(trigger: Token, reading: Reading) -> DateMention | None:
    """The date in the noun's phrase; of one deep within it only where it says when, not since when or of what year."""
    if trigger.pos_ not in NOUNS:
        return None
    first, last = trigger.left_edge, trigger.right_edge
    inside = [d for d in reading.dates if first.idx <= d.start and d.end <= last.idx + len(last)]
    apart = (c for c in trigger.subtree if c.dep_ in ("acl:relcl", "parataxis") or _is_of_before(c))
    outside = {t.i for clause in apart for t in clause.subtree}
    places = [(d, reading.parse.char_span(d.start, d.end, alignment_mode="expand")) for d in inside]
    own = [d for d, span in places if span and span[0].i not in outside and not _is_of_matter(span.root, trigger)]
    return min(own, key=lambda d: abs(d.start - trigger.idx), default=None)


def _is_of_before(participle: Token) -> bool:
    """Whether a participle names an earlier date, not the one that holds: "originally scheduled for Friday"."""
    return participle.dep_ == "acl" and is_put_back(participle)


def _is_of_matter(date: Token, trigger: Token) -> bool:
    """Whether a date belongs to what an item is about: "on the quotas from 2020", "on the 2015 quotas"."""
    if trigger in (date.head, date) or date.i < trigger.i:
        return False
    at = date
    while at not in (at.head, trigger):
        if case_of(at) in MATTER:
            return True
        at = at.head
    return date.dep_ in ("amod", "compound", "nummod")


def _date_of_object(verb: Token, reading: Reading) -> DateMention | None:
    """The date of what someone is to attend: "the 2027 exercise"."""
    if verb.pos_ != "VERB":
        return None
    nouns = (noun for noun in objects_of(verb) if any(noun_row(below) is not None for below in noun.subtree))
    return next((date for noun in nouns for date in [_date_below(noun, reading)] if date is not None), None)


def _date_after(trigger: Token, reading: Reading) -> DateMention | None:
    """The next date in the sentence after a noun, where no verb and no other clause stands between."""
    if trigger.pos_ not in NOUNS:
        return None
    for i in range(trigger.i + 1, min(trigger.i + DATE_REACH, trigger.sent.end)):
        token = trigger.doc[i]
        here = next((date for date in reading.dates if date.start == token.idx), None)
        if here is not None and here.when.grain is Grain.DAY:
            return here  # also "from 22 to 25 June"
        if token.pos_ in ("VERB", "AUX") or token.text in STOPS or token.lower_ in MATTER:
            return None
        if here is not None:
            return here
    return None


def is_future(when: When | None, reading: Reading) -> bool:
    """Whether a date lies on or after the document's publication day."""
    if when is None or reading.known_on is None:
        return False
    return (when.latest or when.earliest or dt.date.min) >= reading.known_on and (
        when.earliest is None or when.earliest >= reading.known_on or when.latest is None or ends_late(when, reading)
    )


def ends_late(when: When | None, reading: Reading) -> bool:
    """Whether the interval ends after the publication day: "this year" does, "today" does not."""
    return bool(when and when.latest and reading.known_on and when.latest > reading.known_on)


def begins_late(when: When | None, reading: Reading) -> bool:
    """Whether the interval begins after the publication day: "this week" has begun."""
    return bool(when and when.earliest and reading.known_on and when.earliest > reading.known_on)


def is_past(when: When | None, reading: Reading) -> bool:
    """Whether a date ended before the document's publication day."""
    if when is None or reading.known_on is None or when.latest is None:
        return False
    return when.latest < reading.known_on


def is_until(when: When | None) -> bool:
    """Whether a time is told by its end: "until May"."""
    return when is not None and bool(when.words) and when.words.lower().split()[0] in UNTIL


def ending(when: When | None) -> When | None:
    """The day or month with which a time "until" ends: of "until the end of May" the last day of May."""
    if when is None or when.latest is None or not is_until(when):
        return when
    if when.grain is Grain.MONTH and "end" not in when.words.lower().split():
        return replace(when, earliest=when.latest.replace(day=1))
    return replace(when, earliest=when.latest)


def is_past_tense(token: Token) -> bool:
    """Whether a finite verb stands in the past tense."""
    return has(token, "Tense", "Past") and not has(token, "VerbForm", "Part")


def new_day(verb: Token, reading: Reading) -> When | None:
    """The day to which something is moved: "to 24 May", and of "from 10 May to 24 May" the second."""
    for preposition, noun in obliques_of(verb):
        for date in reading.dates:
            if date.start <= noun.idx < date.end and ends_late(date.when, reading):
                spans = not NEW_DAY.isdisjoint(date.when.words.lower().split())  # "on Monday until 18 March"
                until = preposition in ("until", "till")
                if date.when.grain is Grain.DAY and (preposition == "from" or spans or until):
                    return replace(date.when, earliest=date.when.latest)
                if preposition in NEW_DAY:
                    return date.when
    return _day_behind(verb, reading)


def _day_behind(verb: Token, reading: Reading) -> When | None:
    """The day behind "to" or "until" that the parse hung at another word: "a levy on toys from 10 May to 24 May"."""
    end = next((t.i for t in verb.doc[verb.i + 1 : verb.sent.end] if t.pos_ in ("VERB", "AUX")), verb.sent.end)
    for i in range(verb.i + 1, end):
        token = verb.doc[i]
        for date in reading.dates:
            words = date.when.words.lower().split()
            is_there = date.start == token.idx and ends_late(date.when, reading)
            if is_there and (not NEW_DAY.isdisjoint(words) or token.nbor(-1).lower_ in TO):
                return replace(date.when, earliest=date.when.latest) if date.when.grain is Grain.DAY else date.when
    return None
