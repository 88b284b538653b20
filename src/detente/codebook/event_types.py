"""What the sixteen event types mean: data/codebook/event_types.toml."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.codebook.files import read_toml
from detente.errors import CodebookError
from detente.records import EventType, Quad

FILE = "codebook/event_types.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A manner of an event type with its CAMEO code and intensity (-10 to +10)."""

    id: str
    meaning: str
    cameo: str
    intensity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTypeEntry:
    """An event type as the codebook explains it; `neighbours` are the signals that tell it from others."""

    event_type: EventType
    meaning: str
    quad: Quad
    intensity: float
    cameo: str
    modes: Mapping[str, Mode]
    neighbours: tuple[str, ...]

    def intensity_of(self, mode: str | None) -> float:
        """The intensity of a mode, that of the type where the mode is None or not of this type."""
        return self.modes[mode].intensity if mode is not None and mode in self.modes else self.intensity

    def cameo_of(self, mode: str | None) -> str:
        """The CAMEO code of a mode, with its leading zero; that of the type where the mode is None or not its own."""
        return self.modes[mode].cameo if mode is not None and mode in self.modes else self.cameo


def _entry(table: Mapping[str, Any]) -> EventTypeEntry:
    intensity = float(table["intensity"])
    modes = {
        mode["id"]: Mode(
            id=mode["id"],
            meaning=mode["meaning"],
            cameo=mode["cameo"],
            intensity=float(mode.get("intensity", intensity)),
        )
        for mode in table["modes"]
    }
    return EventTypeEntry(
        event_type=EventType(table["id"]),
        meaning=table["meaning"],
        quad=Quad(table["quad"]),
        intensity=intensity,
        cameo=table["cameo"],
        modes=modes,
        neighbours=tuple(table["neighbours"]),
    )


@functools.cache
def load_event_types() -> Mapping[EventType, EventTypeEntry]:
    """Every event type by name; raises CodebookError where one is missing or a key is wrong.

    >>> load_event_types()[EventType.CONSULT].cameo_of("visit")
    '042'
    """
    try:
        entries = [_entry(table) for table in read_toml(FILE)["event_type"]]
    except (KeyError, ValueError) as error:
        raise CodebookError(f"An entry of {FILE} is wrong: {error}.", hint="Compare it with its neighbours.") from error
    found = {entry.event_type: entry for entry in entries}
    missing = sorted(set(EventType) - set(found))
    if missing:
        raise CodebookError(f"{FILE} lacks {', '.join(missing)}.", hint="Add an [[event_type]] for each.")
    return found
