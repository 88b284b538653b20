"""ICEWS: tab-separated with a header, states by their English names, CAMEO codes that may have lost their zero."""

import re
from collections.abc import Iterator

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import Deed, Party, Read, Translation, day_of, id_of, number
from detente.adapters.imports.tables import Cells, Columns, read_tabs
from detente.codebook.crosswalk import load_crosswalk


def _is_country(cell: str) -> bool:
    return load_crosswalk().named(cell)[1]


COLUMNS = Columns(
    names=(
        *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
        *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
        *("City", "District", "Province", "Country", "Latitude", "Longitude"),
    ),
    checks={
        "Event ID": re.compile(r"\d+").fullmatch,
        "Event Date": re.compile(r"\d{4}-\d\d-\d\d.*").fullmatch,
        "CAMEO Code": re.compile(r"\d{1,4}").fullmatch,
        **dict.fromkeys(("Source Country", "Target Country", "Country"), _is_country),
        "Intensity": re.compile(r"-?[\d.]+").fullmatch,
        "Story ID": re.compile(r"\d+").fullmatch,
        "Sentence Number": re.compile(r"\d+").fullmatch,
        "Latitude": re.compile(r"-?[\d.]*|None|NULL").fullmatch,
        "Longitude": re.compile(r"-?[\d.]*|None|NULL").fullmatch,
    },
    free=("Source Name", "Event Text", "Target Name", "Publisher", "City", "District", "Province"),
    same={"event_id": "Event ID", "event_date": "Event Date", "cameo": "CAMEO Code", "cameo_code": "CAMEO Code"},
)


def read(lines: Iterator[Line], member: str, translation: Translation) -> Iterator[Read]:
    """A deed for each row."""
    yield from read_tabs(lines, member, COLUMNS, lambda cells: _deed(cells, translation))


def _deed(cells: Cells, translation: Translation) -> Deed:
    given = number(cells.get("Intensity"))
    code = translation.cameo(cells.get("CAMEO Code"), given)
    kind = translation.walk.cameo_kind(code)
    return Deed(
        event_id=id_of(cells.get("Event ID")),
        day=day_of(cells.get("Event Date")),
        kind=kind,
        initiators=(_party(cells, "Source", translation),),
        targets=(_party(cells, "Target", translation),),
        cameo=code,
        intensity_given=given,
        both_ways=translation.walk.goes_both_ways(kind),
        place=translation.named(cells.get("Country")),
    )


def _party(cells: Cells, side: str, translation: Translation) -> Party:
    """The country, else the body that the name is; the first sector that is one here."""
    walk = translation.walk
    state = translation.named(cells.get(f"{side} Country")) or walk.body(cells.get(f"{side} Name"))
    sectors = [part.strip() for part in (cells.get(f"{side} Sectors") or "").split(",")]
    return Party(state, next((walk.icews_sectors[part] for part in sectors if part in walk.icews_sectors), None))
