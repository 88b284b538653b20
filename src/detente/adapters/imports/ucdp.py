"""UCDP's Georeferenced Event Dataset: CSV by header; fights between two sides, and violence against people."""

from collections.abc import Iterator

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import Deed, Party, Read, RowError, Translation, day_of, id_of, whole
from detente.adapters.imports.tables import Cells, read_commas

GRAINS = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}  # date_prec of the codebook


def read(lines: Iterator[Line], member: str, translation: Translation) -> Iterator[Read]:
    """A deed for each row."""
    yield from read_commas(lines, member, lambda cells: _deed(cells, translation))


def _deed(cells: Cells, translation: Translation) -> Deed:
    walk, violence = translation.walk, cells.get("type_of_violence", "").strip()
    if violence not in walk.ucdp:
        raise RowError(f"no type of violence: {violence!r}")
    return Deed(
        event_id=id_of(cells.get("id")),
        day=day_of(cells.get("date_end") or cells.get("date_start")),
        kind=walk.kind(walk.ucdp[violence]),
        initiators=(_party(cells, "a", translation),),
        targets=(_party(cells, "b", translation),),
        grain=GRAINS.get(cells.get("date_prec", "").strip(), "day"),
        both_ways=violence in walk.both_ways["ucdp"],
        place=translation.named(cells.get("country")),
        reports=whole(cells.get("number_of_sources")),
    )


def _party(cells: Cells, side: str, translation: Translation) -> Party:
    """The state by its Gleditsch-Ward number, else by "Government of X"; other sides are of no state."""
    walk = translation.walk
    number = walk.text(cells.get(f"gwno{side}"))
    state = translation.state("gw", number.removesuffix(".0") if number else None)
    state = state or walk.acting_for(cells.get(f"side_{side}"))
    return Party(state, "MIL" if state else None)
