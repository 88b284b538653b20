"""Records made of few words, for tests that need no text stage."""

import datetime as dt
from typing import Any

from detente.records import (
    Actor,
    AgendaItem,
    Basis,
    Document,
    Event,
    EventType,
    Evidence,
    Factuality,
    Grain,
    Issue,
    Manner,
    Measure,
    Position,
    Provenance,
    Quad,
    Span,
    Stance,
    Statement,
    Voice,
    When,
    document_id,
    record_id,
)

MADE = Provenance(coder="test", model="none", data="none")
PUBLISHED = dt.date(2019, 11, 2)
USA = Actor(words="the United States", state="USA")
CHN = Actor(words="China", state="CHN")


def day(text: str, words: str = "on that day") -> When:
    """A single day."""
    on = dt.date.fromisoformat(text)
    return When(earliest=on, latest=on, grain=Grain.DAY, words=words)


def month(year: int, number: int) -> When:
    """A whole month."""
    first = dt.date(year, number, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return When(earliest=first, latest=last, grain=Grain.MONTH, words="that month")


def year(number: int) -> When:
    """A whole year."""
    return When(earliest=dt.date(number, 1, 1), latest=dt.date(number, 12, 31), grain=Grain.YEAR, words="that year")


def document(text: str, *, published: dt.date | None = PUBLISHED, outlet: str | None = "Wire") -> Document:
    """A document with its own id."""
    id_ = document_id(text=text, outlet=outlet, published_on=published, url=None)
    return Document(id=id_, text=text, outlet=outlet, title="A title", published_on=published, language="en")


def shared(kind: str, source: Document, quote: str, type_: str, more: dict[str, Any]) -> dict[str, Any]:
    """The fields that all kinds share, for a record that rests on a quote of the document."""
    start = source.text.index(quote)
    evidence = Evidence(document=source.id, start=start, end=start + len(quote), quote=quote)
    id_ = record_id(document=source.id, kind=kind, start=start, end=evidence.end, type_=type_, parties=[])
    return {
        "id": id_,
        "factuality": Factuality.HAPPENED,
        "voice": Voice.REPORTED,
        "evidence": (evidence,),
        "known_on": source.published_on,
        "on_pair": True,
        "provenance": MADE,
    } | more


def event(source: Document, quote: str, type_: EventType = EventType.CONSULT, **more: Any) -> Event:
    """An event between the two states, resting on a quote of the document."""
    fields = {"initiators": (USA,), "targets": (CHN,), "quad": Quad.VERBAL_COOPERATION, "intensity": 1.0} | more
    return Event(event_type=type_, **shared("event", source, quote, type_.value, fields))


def agenda(source: Document, quote: str, **more: Any) -> AgendaItem:
    """A planned meeting of the two."""
    fields = {"participants": (USA, CHN), "basis": Basis.PLANNED, "factuality": Factuality.PLANNED, "kind": "meeting"}
    return AgendaItem(**shared("agenda_item", source, quote, "meeting", {"summary": quote} | fields | more))


def measure(source: Document, quote: str, **more: Any) -> Measure:
    """A tariff of China on the United States."""
    fields = {"kind": "tariff", "imposers": (CHN,), "targets": (USA,)} | more
    return Measure(**shared("measure", source, quote, str(fields["kind"]), fields))


def position(source: Document, quote: str, stance: Stance = Stance.DEMANDS, **more: Any) -> Position:
    """A position of China on trade."""
    start = source.text.index(quote)
    fields: dict[str, Any] = {
        "holder": CHN,
        "proposition": Span(start=start, end=start + len(quote), quote=quote),
        "firmness": 0.5,
        "issues": (Issue(theme="trade", label="Trade"),),
    }
    return Position(stance=stance, **shared("position", source, quote, stance.value, fields | more))


def statement(source: Document, quote: str, **more: Any) -> Statement:
    """Words of China, all of the quote."""
    start = source.text.index(quote)
    content = (Span(start=start, end=start + len(quote), quote=quote),)
    fields: dict[str, Any] = {"speaker": CHN, "content": content, "manner": Manner.INDIRECT}
    return Statement(**shared("statement", source, quote, "", fields | more))
