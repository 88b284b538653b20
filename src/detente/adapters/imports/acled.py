"""ACLED, as the user downloaded it: CSV by header; the state is read from the names of the actors."""

from collections.abc import Iterator

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import Deed, Party, Read, RowError, Translation, day_of, id_of
from detente.adapters.imports.tables import Cells, read_commas

GRAINS = {"1": "day", "2": "week", "3": "month"}  # time_precision of the codebook


def read(lines: Iterator[Line], member: str, translation: Translation) -> Iterator[Read]:
    """A deed for each row."""
    yield from read_commas(lines, member, lambda cells: _deed(cells, translation))


def _deed(cells: Cells, translation: Translation) -> Deed:
    walk = translation.walk
    type_, finer = cells.get("event_type", "").strip(), cells.get("sub_event_type", "").strip()
    name = walk.acled.get(f"{type_}/{finer}", walk.acled.get(type_))
    if name is None:
        raise RowError(f"no event type: {type_!r}")
    outlets = [part for part in cells.get("source", "").split(";") if walk.text(part)]
    return Deed(
        event_id=id_of(cells.get("event_id_cnty") or cells.get("data_id")),
        day=day_of(cells.get("event_date")),
        kind=walk.kind(name.rstrip("/")),
        initiators=(_party(cells, "1", translation),),
        targets=(_party(cells, "2", translation),),
        grain=GRAINS.get(cells.get("time_precision", "").strip(), "day"),
        both_ways=type_ in walk.both_ways["acled"],
        place=translation.named(cells.get("country")),
        reports=len(outlets) or None,
    )


def _party(cells: Cells, side: str, translation: Translation) -> Party:
    """The state in the name of the actor; the sector of its inter code."""
    walk = translation.walk
    sector = walk.acled_sectors.get(cells.get(f"inter{side}", "").strip())
    return Party(walk.acting_for(cells.get(f"actor{side}")), sector)
