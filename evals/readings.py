"""Compares what détente codes from a text with what a careful reader found in it: evals/readings/*.toml.

Usage: python evals/readings.py [NAME ...] [--misses] [--claims]

Each list names its text below ../shared and that text's digest; a text that is missing or another version is skipped
with a reason. An item holds the kind of record, the characters of the deciding words, a summary, and what can be
compared (`must` says that an analyst would be angry to miss it). An item of kind "opinion" is the author's own verdict,
forecast or loaded claim. `[[also]]` rows are right claims for which the list has no item.

Printed for each text and in total: items found; items told in the wrong voice (attributed taken for the author's or the
other way round); and, of the claims that bear on the pair, the share that the list bears out.
"""

import argparse
import datetime as dt
import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import detente
from detente.records import Actor, AgendaItem, Event, Measure, Mechanism, Position, Record, Statement

LISTS = Path(__file__).resolve().parent / "readings"
SHARED = Path(__file__).resolve().parents[2] / "shared"
CODE = re.compile(r"[A-Z]{3}")
HALF = 0.5  # of the shorter span: from here on two spans tell of the same words
TWO_SIDED = {"AGREE", "CONSULT", "COOPERATE", "SUPPORT"}  # who began it is often not told
# An event may be told by a record of another kind: which event types each of them can stand for.
STANDS_FOR = {
    "agenda_item": {"AGREE", "CONSULT", "COOPERATE", "SUPPORT", "MOBILIZE"},
    "measure": {"AGREE", "AID", "COERCE", "CONCEDE", "MOBILIZE", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"},
    "position": {"ACCUSE", "AGREE", "PROTEST", "REJECT", "REQUEST", "SUPPORT", "THREATEN"},
}
PARTIES = ("initiators", "targets", "participants")  # unresolved ones ("the negotiators") contradict no state
SMALL = {"a", "and", "for", "in", "of", "on", "the"}  # words of a name that name nobody
Place = tuple[int, int]
Slot = tuple[int, int]  # a record by its number, and which piece of its deciding words
Row = dict[str, Any]


@dataclass
class Score:
    """Counts of one text, or of several added up; the lists hold lines to print."""

    items: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    musts: int = 0
    musts_found: int = 0
    confused: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Adds the counts of another text."""
        for name in ("items", "found", "claims", "right"):
            getattr(self, name).update(getattr(other, name))
        self.musts += other.musts
        self.musts_found += other.musts_found
        self.confused += other.confused

    def __str__(self) -> str:
        found, items = self.found.total(), self.items.total()
        right, claims = self.right.total(), self.claims.total()
        return (
            f"found {_share(found, items)}  must {_share(self.musts_found, self.musts)}  "
            f"attributed/author confused {self.confused}  claims right {_share(right, claims)}"
        )


def main() -> int:
    """0; the figures are printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="lists to compare; all where none is named")
    parser.add_argument("--misses", action="store_true", help="print the items that were not found, and why")
    parser.add_argument("--claims", action="store_true", help="print the claims that the list does not bear out")
    options = parser.parse_args()
    total = Score()
    for path in sorted(LISTS.glob("*.toml")):
        if options.names and path.stem not in options.names:
            continue
        listed = tomllib.loads(path.read_text(encoding="utf-8"))
        text, reason = read_text(listed)
        if text is None:
            print(f"{path.stem}: skipped, {reason}")
            continue
        score = compare(text, listed)
        total.add(score)
        print(f"{path.stem:<22} {score}")
        lines = (score.misses if options.misses else []) + (score.wrong if options.claims else [])
        print(*(f"    {line}" for line in lines), sep="\n", end="\n" if lines else "")
    print(f"{'in total':<22} {total}")
    for kind in sorted(total.items | total.claims):
        found, right = (
            _share(total.found[kind], total.items[kind]),
            _share(total.right[kind], total.claims[kind]),
        )
        print(f"  {kind:<20} found {found}  claims right {right}")
    return 0


def read_text(listed: Row) -> tuple[str | None, str]:
    """The text that a list was made from, or None and the reason why there is none."""
    name, _, row = listed["text"].partition("#")
    path = SHARED / name
    if not path.is_file():
        return None, f"{name} is not beside the project"
    data = path.read_bytes()
    if row:
        data = json.loads(data.split(b"\n")[int(row)])["text"].encode()
    if hashlib.sha256(data).hexdigest() != listed["sha256"]:
        return None, f"{listed['text']} is another version"
    return data.decode(), ""


def compare(text: str, listed: Row) -> Score:
    """What détente finds of a list, and how much of what it claims the list bears out."""
    published_on = dt.date.fromisoformat(str(listed["published_on"]))
    extraction = detente.extract(text, published_on=published_on, pair=tuple(listed["pair"]))
    records = [record for record in extraction.records if not record.from_title]
    items, score = listed["item"], Score()
    met = find_items(items, records)
    for at, item in enumerate(items):
        score.items[item["kind"]] += 1
        score.found[item["kind"]] += at in met
        score.musts += item["must"]
        score.musts_found += item["must"] and at in met
        told = is_confused(item, records)
        score.confused += told
        if at not in met or told:
            why = "told in the wrong voice; " * told + _why_missed(item, records) * (at not in met)
            words = text[item["start"] : item["end"]]
            score.misses.append(f"MISS {'*' if item['must'] else ' '} {item['kind']} {words!r}: {why}")
    for record in records:
        if record.on_pair:
            right = is_right(record, listed)
            score.claims[record.record] += 1
            score.right[record.record] += right
            if not right:
                score.wrong.append(f"CLAIM {_told(record)}: {_why_wrong(record, items)}")
    return score


def find_items(items: list[Row], records: list[Record]) -> set[int]:
    """Which items are found, by their number.

    A piece of a record's deciding words finds one item of its own kind, so that a long piece of evidence does not find
    all that stands in it; but a statement finds whatever its content holds. A record in the author's voice finds each
    opinion that it overlaps; a record of another kind may stand for an event.
    """
    edges = {at: _candidates(item, records) for at, item in enumerate(items) if item["kind"] != "opinion"}
    taken: dict[Slot, int] = {}
    for at in edges:
        _assign(at, edges, taken, set())
    met = set(taken.values())
    for at, item in enumerate(items):
        if at not in met and any(_tells(record, item) for record in records):
            met.add(at)
    return met


def _candidates(item: Row, records: list[Record]) -> list[Slot]:
    """The pieces that could tell the item, those that share most with it first."""
    fitting = [
        (_shared_part([piece], item), (at, number))
        for at, record in enumerate(records)
        if record.record == item["kind"] and _touches(record, item) and not contradictions(record, item)
        for number, piece in enumerate(core(record))
    ]
    return [slot for share, slot in sorted(fitting, key=lambda one: -one[0]) if share > 0 or slot[1] == 0]


def _assign(at: int, edges: dict[int, list[Slot]], taken: dict[Slot, int], seen: set[Slot]) -> bool:
    """Gives the item one of its pieces, moving others to their next where that is possible."""
    for slot in edges[at]:
        if slot in seen:
            continue
        seen.add(slot)
        if slot not in taken or _assign(taken[slot], edges, taken, seen):
            taken[slot] = at
            return True
    return False


def _tells(record: Record, item: Row) -> bool:
    return _tells_opinion(record, item) or _stands_for(record, item) or _holds(record, item)


def _holds(record: Record, item: Row) -> bool:
    """Whether it is a statement whose content holds the words of the item."""
    if not isinstance(record, Statement) or item["kind"] != "statement" or contradictions(record, item):
        return False
    start, end = item["start"], item["end"]
    return bool(sum(max(0, min(b, end) - max(a, start)) for a, b in core(record)) >= HALF * (end - start))


def is_confused(item: Row, records: list[Record]) -> bool:
    """Whether the words of the item are told as attributed where the author speaks, or the other way round."""
    voice = "author" if item["kind"] == "opinion" else item.get("voice")
    wrong = {"author": "attributed", "attributed": "author"}.get(voice) if isinstance(voice, str) else None
    return any(
        record.voice == wrong
        and (item["kind"] in ("opinion", record.record))
        and _shared_part(deciding(record, item), item) >= HALF
        for record in records
    )


def deciding(record: Record, item: Row) -> list[Place]:
    """The words whose voice the record tells: the core of what is said or held, else the cue.

    Without a cue the sentence of evidence, but only where the item is most of it: a sentence may hold several voices.
    """
    if isinstance(record, (Statement, Position)):
        return core(record)
    if record.cue is not None:
        return [(record.cue.start, record.cue.end)]
    long = [(span.start, span.end) for span in record.evidence]
    return [(a, b) for a, b in long if min(b, item["end"]) - max(a, item["start"]) >= HALF * (b - a)]


def is_right(record: Record, listed: Row) -> bool:
    """Whether the list bears a claim out, by an item or by a row of what else is right."""
    return is_borne_out(record, listed["item"]) or any(_is_same_claim(record, row) for row in listed.get("also", ()))


def is_borne_out(record: Record, items: Iterable[Row]) -> bool:
    """Whether some item says what the record claims."""
    return any(
        _tells_opinion(record, item)
        or (_stands_for(record, item, claim=True))
        or (record.record == item["kind"] and _touches(record, item) and not contradictions(record, item))
        for item in items
    )


def _is_same_claim(record: Record, row: Row) -> bool:
    return record.record == row["kind"] and _touches(record, row) and not contradictions(record, row)


def _tells_opinion(record: Record, item: Row) -> bool:
    return item["kind"] == "opinion" and record.voice == "author" and _shared_part(core(record), item) > 0


def _stands_for(record: Record, item: Row, *, claim: bool = False) -> bool:
    """Whether a record of another kind tells the event of the item (or, as a claim, an event tells the item)."""
    if claim:
        told = isinstance(record, Event) and record.event_type in STANDS_FOR.get(item["kind"], ())
    else:
        types = set(_listed(item.get("event_type", []))) or TWO_SIDED
        told = item["kind"] == "event" and bool(types & STANDS_FOR.get(record.record, set()))
    return told and _touches(record, item) and not contradictions(record, item)


def contradictions(record: Record, item: Row) -> list[str]:
    """The comparable fields in which the record says something else; what either leaves out is no contradiction."""
    return [name for name, values in _comparable(record) if name in item and not _agrees(name, values, item)]


def _comparable(record: Record) -> Iterator[tuple[str, Any]]:
    # That someone said it is the outlet's report; the speaker stands on the statement, so both voices say the same.
    said = isinstance(record, Statement) and record.voice == "reported"
    yield "voice", [record.voice, "attributed"] if said else [record.voice]
    yield "factuality", [record.factuality]
    yield "when", record.when
    match record:
        case Event():
            both = (*record.initiators, *record.targets) if record.event_type in TWO_SIDED else ()
            yield "event_type", [record.event_type]
            yield "initiators", both or record.initiators
            yield "targets", both or record.targets
        case Statement():
            tellers = (record.speaker, *(teller.speaker for teller in record.attribution))
            outlets = (Actor(words=teller.outlet) for teller in record.attribution if teller.outlet)
            yield "speaker", [*filter(None, tellers), *outlets]
        case Position():
            yield "stance", [record.stance]
            yield "holder", [record.holder]
            yield "targets", [record.addressee] if record.addressee else []
        case Measure():
            yield "step", [record.standing or "", *(step.step for step in record.steps)] if record.steps else []
            yield "initiators", record.imposers
            yield "targets", record.targets
        case AgendaItem():
            yield "basis", [record.basis]
            yield "participants", record.participants
        case Mechanism():
            yield "participants", record.participants


def _agrees(name: str, values: Any, item: Row) -> bool:
    if name == "when":
        first, last = (dt.date.fromisoformat(day) for day in item["when"])
        return values is None or ((values.earliest or dt.date.min) <= last and first <= (values.latest or dt.date.max))
    wanted = _listed(item[name])
    if not values:
        return True
    if isinstance(values[0], Actor):
        open_ = name in PARTIES and not any(actor.state for actor in values) and all(map(CODE.fullmatch, wanted))
        return open_ or any(is_actor(actor, wanted) for actor in values)
    return any(str(value) in wanted for value in values)


def is_actor(actor: Actor, names: Iterable[str]) -> bool:
    """Whether the actor is one of the states (by code) or people (by any word of the name)."""
    told = " ".join(filter(None, (actor.words, actor.person, actor.organisation, actor.office))).lower()
    return any(
        actor.state == name if CODE.fullmatch(name) else bool(({*name.lower().split()} - SMALL) & {*told.split()})
        for name in names
    )


def core(record: Record) -> list[Place]:
    """The deciding words: the content, the proposition, else the evidence."""
    if isinstance(record, Statement):
        return [(span.start, span.end) for span in record.content]
    if isinstance(record, Position):
        return [(record.proposition.start, record.proposition.end)]
    return [(span.start, span.end) for span in record.evidence]


def _touches(record: Record, item: Row) -> bool:
    spans = [*core(record), *((span.start, span.end) for span in record.evidence)]
    return _shared_part(spans, item) > 0


def _shared_part(spans: Iterable[Place], item: Row) -> float:
    """How much of the shorter span is shared, 0 to 1, at best."""
    start, end = item["start"], item["end"]
    return max((max(0, min(b, end) - max(a, start)) / min(b - a, end - start) for a, b in spans), default=0.0)


def _why_missed(item: Row, records: list[Record]) -> str:
    near = [record for record in records if record.record == item["kind"] and _touches(record, item)]
    if item["kind"] == "opinion":
        voices = sorted({str(record.voice) for record in records if _touches(record, item)})
        return f"voices there: {', '.join(voices) or 'no record'}"
    if not near:
        kinds = sorted({record.record for record in records if _touches(record, item)})
        return f"no {item['kind']} there, only {', '.join(kinds) or 'nothing'}"
    return "; ".join(_differs(record, item) for record in near)


def _why_wrong(record: Record, items: list[Row]) -> str:
    near = [item for item in items if item["kind"] == record.record and _touches(record, item)]
    return "; ".join(_differs(record, item) for item in near) or f"no {record.record} listed there"


def _differs(record: Record, item: Row) -> str:
    told = dict(_comparable(record))
    differing = contradictions(record, item)
    return ", ".join(f"{name} {_shown(told[name])}" for name in differing) or "its record is another item's"


def _shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "/".join(f"{v.state}:{v.words}" if isinstance(v, Actor) else str(v) for v in value)
    return f"{value.earliest}..{value.latest}"


def _told(record: Record) -> str:
    values = ", ".join(f"{name} {_shown(value)}" for name, value in _comparable(record) if value)
    return f"{record.record} {record.evidence[0].quote!r} [{values}]"


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "0/0"


if __name__ == "__main__":
    sys.exit(main())
