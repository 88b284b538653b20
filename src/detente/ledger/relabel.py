"""Sets fields of a record to what a user typed: which fields, which words they take, and what follows from them."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from detente.codebook.agenda import load_agenda
from detente.codebook.event_types import load_event_types
from detente.codebook.issues import load_named_subjects, load_themes
from detente.codebook.measures import load_measures
from detente.codebook.registry import load_registry
from detente.errors import UsageError
from detente.ledger.decision import Verdict
from detente.records import (
    Actor,
    AgendaItem,
    Basis,
    Event,
    EventType,
    Factuality,
    Grain,
    Issue,
    Manner,
    Measure,
    Outcome,
    Record,
    Stance,
    When,
)

BY_DECISION = "by decision"  # the words of a date that a user gave
NONE = "none"  # what a user types to empty a field
NAMES = {"measure": "name", "mechanism": "name", "agenda_item": "summary"}  # what a record goes by
ANSWER = "answer "  # what begins the name of an answer among the fields decided
OUTCOMES = {
    Verdict.KEPT: Outcome.HAPPENED,
    Verdict.PARTLY: Outcome.HAPPENED,
    Verdict.BROKEN: Outcome.CANCELLED,
    Verdict.OPEN: Outcome.PENDING,
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
DECEMBER = 12

Parse = Callable[[str, Record], Any]


def relabel(record: Record, change: Iterable[tuple[str, str]]) -> Record:
    """The record with these fields set; `decided` names them. Raises UsageError for what cannot be set so."""
    coded, fields = record, FIELDS[record.record]
    for name, value in change:
        if name not in fields:
            raise UsageError(
                f"The {name!r} of a {record.record} cannot be set.", hint=f"Can be set: {', '.join(fields)}."
            )
        field, parse = fields[name]
        # A mode belongs to the type just set; who acts is looked up among those who did before sides were changed.
        told = {field: parse(value, record if name == "mode" else coded)}
        record = dataclasses.replace(record, **_what_follows(record, told), decided=_decided(record, field))
    return record


def accept(record: Record) -> Record:
    """The record as one that a user vouches for."""
    return dataclasses.replace(record, confidence=1.0, decided=_decided(record, "confidence"))


def answer(record: Record, verdict: Verdict) -> Record:
    """The record of a promise or plan with what a user says became of it; what is planned is then done, or is off."""
    others = tuple(name for name in record.decided if not name.startswith(ANSWER))
    told: dict[str, Any] = {"outcome": OUTCOMES[verdict]} if isinstance(record, AgendaItem) else {}
    return dataclasses.replace(record, decided=(*others, f"{ANSWER}{verdict}"), **told)


def answer_to(records: Iterable[Record]) -> Verdict | None:
    """What a user said became of the promise or plan that these records tell, None where nobody did."""
    told = [name.removeprefix(ANSWER) for r in records for name in r.decided if name.startswith(ANSWER)]
    return Verdict(told[-1]) if told else None


def read_when(words: str) -> When | None:
    """The days that a user typed: a day, month or year, or two of them with dots between; None for "none".

    >>> read_when("2019-11").latest.isoformat()
    '2019-11-30'
    """
    if words == NONE:
        return None
    first, _, last = words.partition("..")
    (earliest, end, grain), (_, latest, _) = _interval(first), _interval(last or first)
    if latest < end:
        raise UsageError(f"{words} ends before it begins.", hint="Write it as 2019-11-01..2019-11-05")
    return When(earliest=earliest, latest=latest, grain=grain, words=BY_DECISION)


def _interval(words: str) -> tuple[dt.date, dt.date, Grain]:
    try:
        if _DAY.fullmatch(words):
            on = dt.date.fromisoformat(words)
            return on, on, Grain.DAY
        if month := _MONTH.fullmatch(words):
            first = dt.date(int(month[1]), int(month[2]), 1)
            return first, _last_of_month(first), Grain.MONTH
        if _YEAR.fullmatch(words):
            return dt.date(int(words), 1, 1), dt.date(int(words), DECEMBER, 31), Grain.YEAR
    except ValueError:
        pass
    raise UsageError(
        f"{words!r} is no day.", hint="Write it as 2019-11-02, 2019-11, 2019, 2019-11-01..2019-11-05 or none"
    )


def _last_of_month(first: dt.date) -> dt.date:
    following = first.replace(day=28) + dt.timedelta(days=4)
    return following.replace(day=1) - dt.timedelta(days=1)


def _decided(record: Record, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*record.decided, field)))


def _what_follows(record: Record, told: dict[str, Any]) -> dict[str, Any]:
    """The fields told, and those that depend on them."""
    if isinstance(record, Event) and told.keys() & {"event_type", "mode"}:
        entry = load_event_types()[told.get("event_type", record.event_type)]
        mode = told.get("mode", record.mode)
        mode = mode if mode in entry.modes else None
        follows = {"mode": mode, "quad": entry.quad, "intensity": entry.intensity_of(mode)}
        return told | follows | {"cameo": entry.cameo_of(mode)}
    if isinstance(record, Measure) and "when" in told:
        steps = [
            dataclasses.replace(s, when=told["when"]) if s.step == record.standing and s.when == record.when else s
            for s in record.steps
        ]
        return told | {"steps": tuple(steps)}
    return told


# What a user types, as a value


def _one_of(enum: type[Enum]) -> Parse:
    def parse(words: str, _: Record) -> Any:
        try:
            return enum(words)
        except ValueError as error:
            known = ", ".join(str(item.value) for item in enum)
            raise UsageError(f"{words!r} is not known.", hint=f"Known are: {known}.") from error

    return parse


def _listed(known: Callable[[Record], Iterable[str]], *, empty: bool = False) -> Parse:
    def parse(words: str, record: Record) -> str | None:
        if empty and words == NONE:
            return None
        names = list(known(record))
        if words not in names:
            raise UsageError(f"{words!r} is not known.", hint=f"Known are: {', '.join(names)}.")
        return words

    return parse


def _text(words: str, _: Record) -> str:
    if not words.strip():
        raise UsageError("A name cannot be empty.", hint='Type: detente decide rename ID "NAME"')
    return words.strip()


def _share(words: str, _: Record) -> float:
    try:
        value = float(words)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise UsageError(f"{words!r} is no number from 0 to 1.", hint="Write it as firmness=0.8")
    return value


def _truth(words: str, _: Record) -> bool:
    if words not in ("true", "false"):
        raise UsageError(f"{words!r} is neither true nor false.", hint="Write it as on_pair=false")
    return words == "true"


def _when(words: str, _: Record) -> When | None:
    return read_when(words)


def _state(words: str, _: Record) -> str | None:
    return None if words == NONE else load_registry().state(words)


def _actor(words: str, record: Record) -> Actor:
    return _actors(words, record)[0]


def _actor_or_none(words: str, record: Record) -> Actor | None:
    return None if words == NONE else _actor(words, record)


def _actors(words: str, record: Record) -> tuple[Actor, ...]:
    """An actor for each state named; where the record has one of that state, it keeps the words of the text."""
    if words == NONE:
        return ()
    registry = load_registry()
    there = {actor.state: actor for actor in reversed(_all_actors(record)) if actor.state}
    codes = [registry.state(word.strip()) for word in words.split(",")]
    return tuple(there.get(code) or Actor(words=registry.name(code), state=code) for code in codes)


def _all_actors(record: Record) -> list[Actor]:
    found: list[Actor] = []
    for item in dataclasses.fields(record):
        value = getattr(record, item.name)
        found += [x for x in (value if isinstance(value, tuple) else (value,)) if isinstance(x, Actor)]
    return found


def _issues(words: str, _: Record) -> tuple[Issue, ...]:
    """The issue of a theme or of a named subject, by its id."""
    if words == NONE:
        return ()
    subject = load_named_subjects().get(words)
    if subject:
        return (Issue(theme=subject.theme, subject=subject.id, label=subject.label),)
    theme = load_themes().get(words)
    if theme is None:
        known = ", ".join((*load_themes(), *load_named_subjects()))
        raise UsageError(f"{words!r} is no issue.", hint=f"Known are: {known}.")
    return (Issue(theme=theme.id, label=theme.label),)


def _modes(record: Record) -> Iterable[str]:
    return load_event_types()[record.event_type].modes if isinstance(record, Event) else ()


COMMON: dict[str, tuple[str, Parse]] = {
    "factuality": ("factuality", _one_of(Factuality)),
    "issue": ("issues", _issues),
    "on_pair": ("on_pair", _truth),
    "when": ("when", _when),
}
# By kind of record: what a user types, the field that it sets, and how it is read.
FIELDS: dict[str, dict[str, tuple[str, Parse]]] = {
    "event": {
        "event_type": ("event_type", _one_of(EventType)),
        "mode": ("mode", _listed(_modes, empty=True)),
        "initiators": ("initiators", _actors),
        "targets": ("targets", _actors),
        "where": ("where", _state),
        **COMMON,
    },
    "statement": {
        "speaker": ("speaker", _actor_or_none),
        "manner": ("manner", _one_of(Manner)),
        "addressee": ("addressee", _actor_or_none),
        **COMMON,
    },
    "position": {
        "holder": ("holder", _actor),
        "stance": ("stance", _one_of(Stance)),
        "firmness": ("firmness", _share),
        "addressee": ("addressee", _actor_or_none),
        **COMMON,
    },
    "measure": {
        "kind": ("kind", _listed(lambda _: load_measures().kinds)),
        "name": ("name", _text),
        "imposers": ("imposers", _actors),
        "targets": ("targets", _actors),
        "standing": ("standing", _listed(lambda _: load_measures().steps, empty=True)),
        **COMMON,
    },
    "agenda_item": {
        "kind": ("kind", _listed(lambda _: load_agenda().kinds)),
        "summary": ("summary", _text),
        "participants": ("participants", _actors),
        "basis": ("basis", _one_of(Basis)),
        "outcome": ("outcome", _one_of(Outcome)),
        **COMMON,
    },
    "mechanism": {"name": ("name", _text), "participants": ("participants", _actors), **COMMON},
}
