"""The formats of event data that can be imported, by name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from detente.adapters.imports import acled, gdelt, gdelt_mentions, icews, mapped, polecat, ucdp
from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import Read, Translation
from detente.errors import UsageError

Reader = Callable[[Iterator[Line], str, Translation], Iterator[Read]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFormat:
    """A format: what it is called, what it is, and how it is read."""

    name: str
    title: str
    read: Reader | None  # None: needs a mapping
    are_mentions: bool = False  # reports of events, and no events


FORMATS: Mapping[str, ImportFormat] = {
    row.name: row
    for row in (
        ImportFormat(name="gdelt", title="GDELT 1.0 and 2.0 events", read=gdelt.read),
        ImportFormat(name="gdelt-mentions", title="GDELT 2.0 mentions", read=gdelt_mentions.read, are_mentions=True),
        ImportFormat(name="icews", title="ICEWS", read=icews.read),
        ImportFormat(name="polecat", title="POLECAT", read=polecat.read),
        ImportFormat(name="ucdp", title="UCDP Georeferenced Event Dataset", read=ucdp.read),
        ImportFormat(name="acled", title="ACLED", read=acled.read),
        ImportFormat(name="csv", title="any CSV with a mapping", read=None),
    )
}


def reader_of(name: str, mapping: Mapping[str, str]) -> Reader:
    """How files of the format are read. Raises UsageError for an unknown one, and for a mapping that does not fit."""
    if name not in FORMATS:
        raise UsageError(f"No event data are called {name!r}.", hint=f"One of: {', '.join(FORMATS)}.")
    known = FORMATS[name].read
    if known is not None and mapping:
        raise UsageError(f"{name} has columns of its own.", hint="Leave out --map, or use the format csv.")
    if known is not None:
        return known
    mapped.check_mapping(mapping)
    return partial(mapped.read, mapping=mapping)
