"""What the rules behind an event say, in words: rows of the event lexicon, cues of factuality, and a few others."""

import functools
from collections.abc import Iterator, Mapping

from detente.codebook.event_lexicon import CLASS_MARK, Complement, EventRow, Operator, load_rows, row_places
from detente.codebook.factuality import FILE, Cue, load_factuality
from detente.records import Event, Record

LISTED = 3  # words of a row that are quoted
ACTS = {
    Operator.DO: "adds nothing to the deed it governs",
    Operator.SAY: "reports the deed",
    Operator.COMMIT: "binds to the deed: cooperation is agreed to, conflict is threatened",
    Operator.THREATEN: "threatens it",
    Operator.REFUSE: "refuses it",
    Operator.DEMAND: "wants it of another",
    Operator.SEEK: "wants it for oneself",
    Operator.STOP: "ends it: the end of conflict is a concession, of help a sanction",
    Operator.ALLOW: "allows it",
    Operator.PREVENT: "prevents it",
    Operator.BACK: "speaks for it",
    Operator.CRITICISE: "criticises it",
    Operator.PLAN: "intends it",
    Operator.FAIL: "does not bring it about",
    Operator.COLLAPSE: "says that it came to nothing",
    Operator.DENY: "says that it did not take place",
    Operator.VOID: "tells of no deed between actors",
}
FRAMES = {
    Complement.INFINITIVE: "an infinitive",
    Complement.CLAUSE: "a clause",
    Complement.CONTROLLED: "somebody and an infinitive",
    Complement.PREDICATE: "somebody and what he is called",
    Complement.BLAME: "somebody and a bad name",
    Complement.PURPOSE: "what it is done for",
    Complement.JOINTLY: 'the adverb "jointly"',
    Complement.NONE: "neither object nor clause",
}
# Rules that are no rows: what decided where no word of a list did.
OTHERS = {
    "parties-of-the-talks": "the parties are those of the last talks told",
    "old-date": "a date more than a year before the year of publication makes it history",
    "date-to-come": "its date lies after publication",
    "imperative": "an imperative is a demand",
    "question": "a question tells nothing",
    "headline-infinitive": "a headline with “to” tells of a plan",
    "inverted-condition": "“should they ...” is a condition",
    "denied-report": "a report that is denied did not take place",
}


def describe_rule(rule: str) -> str | None:
    """What a rule of an event says and the data file it stands in; None for a rule that is neither row nor listed."""
    if rule in load_rows():
        return _row_text(load_rows()[rule])
    if rule in _cues():
        return _cue_text(_cues()[rule])
    return OTHERS.get(rule)


def rule_lines(record: Record, *, indent: str = "") -> list[str]:
    """The rules of a record in a line; of an event one line more for each, with what it says and where it stands."""
    rules = record.provenance.rules
    out = [f"{indent}Rules: {', '.join(rules) or 'none'}"]
    if not isinstance(record, Event):
        return out  # ids of rows are unique within a kind of record
    return out + [f"{indent}  {rule}: {text}" for rule in rules if (text := describe_rule(rule))]


@functools.cache
def _cues() -> Mapping[str, Cue]:
    return {cue.id: cue for cue in load_factuality().cues}


def _row_text(row: EventRow) -> str:
    frame = " and ".join(_frame(row))
    told = str(row.event_type) if row.event_type else ACTS[row.operator] if row.operator else "only names a class"
    verb = f"tells of {told}" if row.event_type else told
    turned = "; who is acted on is the subject" if row.subject_target else ""
    weak = "; weak: an event only between two given parties" if row.weak else ""
    return f"{row.pos} ({_some(row.words)}){frame and ' with '}{frame} {verb}{turned}{weak} [{row_places()[row.id]}]"


def _frame(row: EventRow) -> Iterator[str]:
    """The parts of a frame that must hold: object, phrase, complement."""
    if row.objects:
        yield f"an object such as {_some(tuple(sorted(row.objects)))}"
    if row.slots:
        yield _some(tuple(f"“{s.preposition}”{(s.filler and ' ') or ''}{_named(s.filler or '')}" for s in row.slots))
    if row.complement:
        yield FRAMES[row.complement]


def _some(words: tuple[str, ...]) -> str:
    shown = ", ".join(_named(word) for word in words[:LISTED])
    return f"{shown} ..." if len(words) > LISTED else shown


def _named(word: str) -> str:
    return f"any {word[1:]}" if word.startswith(CLASS_MARK) and word != "@any" else word.replace("@any", "anything")


def _cue_text(cue: Cue) -> str:
    return f"{cue.kind} ({_some(cue.words)}) gives {cue.gives} [{FILE.format(language='en')}]"
