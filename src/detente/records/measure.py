"""In force or on its way there: tariffs, sanctions, bills, arms sales, agreements."""

from dataclasses import dataclass
from typing import ClassVar

from detente.records.actor import Actor
from detente.records.record import Record
from detente.records.span import Span
from detente.records.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step in the life of a measure and its date; `step` is an id of data/codebook/measures.toml."""

    step: str  # proposed, passed one chamber, announced, due, in force, suspended, lifted, signed, lapsed ...
    when: When | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with its unit: 200e9 USD, 25 percent, 13 year."""

    value: float
    unit: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """A measure that binds or helps a side. `standing` is the last step told in this document."""

    record: ClassVar[str] = "measure"

    kind: str  # tariff, sanction, ban, bill, arms sale ...: an id of data/codebook/measures.toml
    name: str | None = None  # as written: "TAIPEI Act"
    imposers: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    amount: tuple[Amount, ...] = ()
    steps: tuple[Step, ...] = ()  # in the order of the text
    standing: str | None = None
