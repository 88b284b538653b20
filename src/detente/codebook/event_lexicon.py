"""The words that tell of events, with their frames: data/lang/en/events/*.toml.

A row gives either an event type or an operator (what the word does to the deed in its complement: a promise, a
threat, a refusal). See docs/how-to on adding a verb.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from detente.codebook.files import data_names, read_toml
from detente.errors import CodebookError
from detente.records import EventType

FOLDER = "lang/en/events"
CLASS_MARK = "@"  # "@talks" in a frame is a class of nouns, "talks" would be the word
PARTS_OF_SPEECH = ("verb", "noun", "adjective")
KEYS = frozenset(
    {"id", "words", "type", "mode", "op", "class", "object", "with", "complement", "target", "own", "weak"}
)
KEYS |= {"example", "near_miss"}


class Operator(StrEnum):
    """What a word does to the deed in its complement."""

    DO = "do"  # adds nothing: hold talks, begin to attack, order an inquiry
    SAY = "say"  # reports it: the deed is the speaker's only where the clause says so
    COMMIT = "commit"  # binds oneself to it: agree, promise, be willing
    THREATEN = "threaten"
    REFUSE = "refuse"
    DEMAND = "demand"  # wants it of another
    SEEK = "seek"  # wants it for oneself
    STOP = "stop"  # ends or loosens it
    ALLOW = "allow"
    PREVENT = "prevent"
    BACK = "back"  # speaks for it
    CRITICISE = "criticise"
    PLAN = "plan"  # intends it
    FAIL = "fail"  # does not bring it about
    COLLAPSE = "collapse"  # it comes to nothing: "the talks collapsed"
    DENY = "deny"  # says that it did not take place
    VOID = "void"  # tells of no deed between actors: "fight the epidemic"


class Complement(StrEnum):
    """What else must stand at the word for its frame to hold."""

    INFINITIVE = "infinitive"  # "to withdraw"
    CLAUSE = "clause"  # "that it withdrew", or an infinitive
    CONTROLLED = "controlled"  # "Iran to withdraw": somebody and an infinitive
    PREDICATE = "predicate"  # somebody and what he is called: "called the envoy a liar"
    BLAME = "blame"  # the same, with a bad name: "called the envoy a liar"
    PURPOSE = "purpose"  # what it is done for: "sent experts to investigate"
    JOINTLY = "jointly"  # an adverb that says that several do it together
    NONE = "none"  # no object and no clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A prepositional phrase of a frame: the preposition and, if given, what its noun must be."""

    preposition: str
    filler: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """Words that share a frame and a meaning.

    `objects` holds words or classes ("@talks"), any of which the object must be; `slots` prepositional phrases, any of
    which must stand at the word. A noun's `classes` say what it is as somebody's object.
    """

    id: str
    pos: str
    words: tuple[str, ...]
    event_type: EventType | None = None
    mode: str | None = None
    operator: Operator | None = None
    classes: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    slots: tuple[Slot, ...] = ()
    complement: Complement | None = None
    oblique_target: bool = False  # the object is the matter, not the one acted on: "discussed the border with"
    subject_target: bool = False  # who suffers is the subject: "drew criticism from"
    own: bool = False  # the object is the doer's own: "summoned its envoy"
    weak: bool = False  # tells of an event only where both parties are given
    example: str
    near_miss: str


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """All rows by part of speech and word.

    `edges` holds the first and last words of the entries of several words: other words need not be looked up with
    their neighbours.
    """

    rows: tuple[EventRow, ...]
    by_word: Mapping[tuple[str, str], tuple[EventRow, ...]] = field(compare=False)
    edges: frozenset[tuple[str, str]] = field(compare=False)

    def find(self, pos: str, word: str) -> tuple[EventRow, ...]:
        """The rows of a lemma, in the order of the files; empty where it has none."""
        return self.by_word.get((pos, word), ())


def items_of(text: str) -> tuple[str, ...]:
    """The entries of a comma list, blanks and line breaks dropped.

    >>> items_of("call off, cancel,")
    ('call off', 'cancel')
    """
    return tuple(" ".join(item.split()) for item in text.split(",") if item.strip())


def slot_of(text: str) -> Slot:
    """ "on" or "on:@weapon" as a slot."""
    preposition, _, filler = text.partition(":")
    return Slot(preposition=preposition, filler=filler or None)


def row_of(pos: str, entry: Mapping[str, Any], where: str) -> EventRow:
    """One row as typed; raises CodebookError where a key, type, operator or complement is unknown."""
    unknown = set(entry) - KEYS
    try:
        if unknown:
            raise ValueError(f"unknown keys {sorted(unknown)}")
        return EventRow(
            id=entry["id"],
            pos=pos,
            words=items_of(entry["words"]),
            event_type=EventType(entry["type"]) if "type" in entry else None,
            mode=entry.get("mode"),
            operator=Operator(entry["op"]) if "op" in entry else None,
            classes=frozenset(items_of(entry.get("class", ""))),
            objects=frozenset(items_of(entry.get("object", ""))),
            slots=tuple(slot_of(item) for item in items_of(entry.get("with", ""))),
            complement=Complement(entry["complement"]) if "complement" in entry else None,
            oblique_target=entry.get("target") == "oblique",
            subject_target=entry.get("target") == "subject",
            own=entry.get("own", False),
            weak=entry.get("weak", False),
            example=entry.get("example", ""),
            near_miss=entry.get("near_miss", ""),
        )
    except (KeyError, ValueError) as error:
        raise CodebookError(
            f"The row {entry.get('id', '?')} of {where} is wrong: {error}.", hint="Compare it with its neighbours."
        ) from error


def _all_rows() -> Iterator[EventRow]:
    for name in data_names(FOLDER):
        table = read_toml(name)
        for pos in PARTS_OF_SPEECH:
            for entry in table.get(pos, ()):
                yield row_of(pos, entry, name)


@functools.cache
def load_event_lexicon() -> EventLexicon:
    """The lexicon of event words; raises CodebookError where a file is broken or two rows share an id."""
    rows = tuple(_all_rows())
    ids = [row.id for row in rows]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise CodebookError(f"Rows of {FOLDER} share the ids {', '.join(twice)}.", hint="Rename all but one.")
    by_word: dict[tuple[str, str], list[EventRow]] = {}
    for row in rows:
        for word in row.words:
            by_word.setdefault((row.pos, word), []).append(row)
    edges = frozenset((pos, word.split(" ")[at]) for pos, word in by_word if " " in word for at in (0, -1))
    return EventLexicon(rows, {key: tuple(found) for key, found in by_word.items()}, edges)


@functools.cache
def load_rows() -> Mapping[str, EventRow]:
    """Every row of the lexicon by its id."""
    return {row.id: row for row in load_event_lexicon().rows}


@functools.cache
def row_places() -> Mapping[str, str]:
    """The data file of every row by the row's id."""
    return {
        entry["id"]: name
        for name in data_names(FOLDER)
        for pos in PARTS_OF_SPEECH
        for entry in read_toml(name).get(pos, ())
    }
