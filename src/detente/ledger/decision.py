"""What a user decides about a record, and the place in a document that the decision holds on to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import permutations

from detente.ledger.grouping import Ties
from detente.records import Actor, AgendaItem, Document, Event, Measure, Mechanism, Position, Record, Statement

CONTEXT = 32  # characters kept on either side of a quote, to find it again in a text that is read anew


class Verb(StrEnum):
    """What can be decided."""

    ACCEPT = "accept"  # the record is right; it also stands against the rules of rejection
    REJECT = "reject"  # the record is wrong, and counts nowhere
    RELABEL = "relabel"  # a field of it should read otherwise
    REDATE = "redate"  # it is of another day
    RENAME = "rename"  # it goes by another name
    MERGE = "merge"  # records tell of one happening
    SPLIT = "split"  # a record tells of another happening than those it was grouped with
    ANSWER = "answer"  # what became of a promise or plan
    UNDO = "undo"  # an earlier decision no longer holds


class Verdict(StrEnum):
    """What a user can say became of a promise or plan."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A record pointed at by its document and the words it rests on, so that a new coding of the text finds it.

    `label` is the record's type, `parties` its states; `alone` says that no other record of the kind rested there.
    """

    document: str
    kind: str
    start: int
    end: int
    quote: str
    before: str  # up to CONTEXT characters
    after: str
    label: str
    parties: str = ""
    alone: bool = False
    record: str  # its id when it was decided about


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something a user decided: about which records, what, who, when and why. It is never changed, only undone.

    `change` holds fields and their new values as they are typed. The store gives the number.
    """

    verb: Verb
    anchors: tuple[Anchor, ...] = ()
    change: tuple[tuple[str, str], ...] = ()
    undoes: int | None = None
    why: str = ""
    by: str
    at: dt.datetime = field(compare=False)
    number: int = field(default=0, compare=False)

    @property
    def words(self) -> str:
        """The decision without its reason: "relabel event_type=CONSULT".

        >>> Decision(verb=Verb.UNDO, undoes=3, by="ann", at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)).words
        'undo 3'
        """
        parts = [self.verb.value, *(f"{name}={value}" for name, value in self.change)]
        return " ".join(parts if self.undoes is None else [*parts, str(self.undoes)])

    def bears_on(self, other: "Decision") -> bool:
        """Whether both speak of some record, or undo the same."""
        if self.undoes is not None or other.undoes is not None:
            return self.undoes == other.undoes
        return bool({anchor.record for anchor in self.anchors} & {anchor.record for anchor in other.anchors})

    def says_the_same(self, other: "Decision") -> bool:
        """Whether both decide the same about the same records, whoever says so and why."""
        mine, theirs = ({anchor.record for anchor in x.anchors} for x in (self, other))
        return (self.verb, self.change, self.undoes, mine) == (other.verb, other.change, other.undoes, theirs)


def anchor_of(record: Record, document: Document, beside: Iterable[Record]) -> Anchor:
    """Where a record rests; `beside` are all records of its document."""
    place = record.evidence[0]
    same = [r for r in beside if r.record == record.record and _overlap(r, place.start, place.end)]
    return Anchor(
        document=document.id,
        kind=record.record,
        start=place.start,
        end=place.end,
        quote=place.quote,
        before=document.text[max(0, place.start - CONTEXT) : place.start],
        after=document.text[place.end : place.end + CONTEXT],
        label=label_of(record),
        parties=parties_of(record),
        alone=all(r.id == record.id for r in same),
        record=record.id,
    )


def in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that no later one undid, undoings left out, in the order they were made. Undoing can be undone."""
    undone: set[int] = set()
    kept = []
    for decision in sorted(decisions, key=lambda d: d.number, reverse=True):
        if decision.number in undone:
            continue
        if decision.undoes is None:
            kept.append(decision)
        else:
            undone.add(decision.undoes)
    return kept[::-1]


def label_of(record: Record) -> str:
    """The type of a record within its kind, as anchors keep it."""
    match record:
        case Event():
            return record.event_type.value
        case Position():
            return record.stance.value
        case Statement():
            return record.speaker.key if record.speaker else ""
        case Measure() | AgendaItem():
            return record.kind
        case Mechanism():
            return record.name
    return ""


def parties_of(record: Record) -> str:
    """The states that take part in a record, as anchors keep them."""
    roles = ("initiators", "targets", "imposers", "participants", "holder", "speaker", "addressee")
    found = [getattr(record, role, None) or () for role in roles]
    actors = [actor for item in found for actor in ((item,) if isinstance(item, Actor) else item)]
    return ",".join(sorted({actor.state for actor in actors if actor.state}))


def _overlap(record: Record, start: int, end: int) -> bool:
    place = record.evidence[0]
    return place.start < end and start < place.end


def ties_of(decisions: Iterable[tuple[Verb, Sequence[str]]]) -> dict[str, Ties]:
    """What mergers and splits, in the order they were made, come to for each record.

    Of a merger all records belong together; of a split the first does not belong with the others.

    >>> ties_of([(Verb.MERGE, ["a", "b"]), (Verb.SPLIT, ["b", "a"])])["a"].apart
    frozenset({'b'})
    """
    together: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for verb, ids in decisions:
        pairs = permutations(ids, 2) if verb is Verb.MERGE else _both_ways(ids)
        for one, other in pairs:
            joins, parts = (together, apart) if verb is Verb.MERGE else (apart, together)
            joins[one].add(other)
            parts[one].discard(other)
    tied = together.keys() | apart.keys()
    return {id_: Ties(frozenset(together[id_]), frozenset(apart[id_])) for id_ in tied}


def _both_ways(ids: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for other in ids[1:] for a, b in ((ids[0], other), (other, ids[0])))
