"""Records from the rows of tests/cases/ledger/*.toml: short fields, no text stage."""

import datetime as dt
from typing import Any

from records_for_tests import agenda, day, document, event, position, shared

from detente.codebook.event_types import load_event_types
from detente.records import (
    Actor,
    Amount,
    EventType,
    Factuality,
    Grain,
    Issue,
    Measure,
    Outcome,
    Quad,
    Record,
    Span,
    Stance,
    Step,
    Voice,
    When,
)


def record_of(row: dict[str, Any]) -> Record:
    """The record that a row tells; `record` says of which kind, `text` is its document and its evidence.

    `parties` (or `by` and `on`) are states' codes, "USA:Ann Lee" with a person; `when` is "2019-11-01" or two days with
    ".." between them.
    """
    fields = dict(row)
    source = document(fields.pop("text"), published=fields.pop("published"), outlet=fields.pop("outlet", "Wire"))
    make = {"agenda": _agenda, "event": _event, "position": _position, "measure": _measure}[fields.pop("record")]
    more = {
        "when": when_of(fields.pop("when", None)),
        "issues": tuple(Issue(theme=theme, label=theme) for theme in fields.pop("issues", [])),
        "voice": Voice(fields.pop("voice", "reported")),
    }
    if "factuality" in fields:
        more["factuality"] = Factuality(fields.pop("factuality"))
    return make(source, fields, more)


def when_of(text: str | None) -> When | None:
    """A day, or a range of days with "..", as a `When`."""
    if text is None:
        return None
    first, _, last = text.partition("..")
    if not last:
        return day(first)
    ends = [dt.date.fromisoformat(end) for end in (first, last)]
    return When(earliest=ends[0], latest=ends[1], grain=Grain.DAY, words="then")


def actors_of(names: list[str]) -> tuple[Actor, ...]:
    """Actors from "USA" or "USA:Ann Lee"."""
    found = []
    for name in names:
        state, _, person = name.partition(":")
        found.append(Actor(words=person or state, state=state, person=person or None))
    return tuple(found)


def _agenda(source, fields, more):
    text = fields.pop("summary", source.text)
    return agenda(
        source,
        source.text,
        summary=text,
        participants=actors_of(fields.pop("parties", ["USA", "CHN"])),
        outcome=Outcome(fields.pop("outcome", "pending")),
        **more,
        **fields,
    )


def _event(source, fields, more):
    type_ = EventType(fields.pop("type", "CONSULT"))
    entry = load_event_types()[type_]
    more = {"quad": Quad(entry.quad), "intensity": fields.pop("intensity", entry.intensity)} | more
    sides = {"initiators": actors_of(fields.pop("by", ["USA"])), "targets": actors_of(fields.pop("on", ["CHN"]))}
    return event(source, source.text, type_, **sides, **more, **fields)


def _position(source, fields, more):
    quote = fields.pop("content", source.text)
    start = source.text.index(quote)
    more["proposition"] = Span(start=start, end=start + len(quote), quote=quote)
    if not more["issues"]:
        more.pop("issues")
    return position(source, source.text, Stance(fields.pop("stance", "demands")), **more, **_holder(fields), **fields)


def _holder(fields):
    return {"holder": actors_of([fields.pop("holder", "CHN")])[0]}


def _measure(source, fields, more):
    steps = tuple(_step(source, text) for text in fields.pop("steps"))
    own = {
        "kind": fields.pop("kind", "tariff"),
        "name": fields.pop("name", None),
        "imposers": actors_of(fields.pop("by", ["USA"])),
        "targets": actors_of(fields.pop("on", ["CHN"])),
        "amount": tuple(Amount(value=0, unit="", words=words) for words in fields.pop("amount", [])),
        "steps": steps,
        "standing": steps[-1].step,
    }
    return Measure(**shared("measure", source, source.text, own["kind"], own | more | fields))


def _step(source, text):
    name, _, when = text.partition(" @ ")
    cue = Span(start=0, end=1, quote=source.text[0])
    return Step(step=name, when=when_of(when or None), cue=cue)
