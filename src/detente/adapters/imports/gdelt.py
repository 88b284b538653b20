"""GDELT 1.0 and 2.0 events: tab-separated, no header, 57, 58 or 61 columns by position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import (
    Deed,
    Layout,
    Party,
    Read,
    RowError,
    Translation,
    day_of,
    day_or_none,
    id_of,
    number,
    read_rows,
    whole,
)

LOOKED_AT = 100  # rows that tell which version a file is of
V1_BARE, V1, V2 = 57, 58, 61  # columns: 1.0 without and with the address of a report, 2.0
HEADER = "globaleventid"  # what some copies begin with
DAY, ACTOR1, ACTOR2, CODE, QUAD, GIVEN, ARTICLES = 1, 5, 15, 26, 29, 30, 33  # columns that all versions have
COUNTRY, GROUP, TYPES = 2, 3, slice(7, 10)  # within the ten columns of an actor

ID, EIGHT, FIPS, LETTERS = (re.compile(p).fullmatch for p in (r"\d+", r"\d{8}", r"[A-Z0-9]{2}|", r"[A-Z]{3}|"))
ADDED, CAMEO, DECIMAL, WHOLE = (
    re.compile(p).fullmatch for p in (r"\d{8}(\d{6})?", r"\d{1,4}|---", r"-?[\d.]+|", r"\d+|")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Where the columns lie that the versions have in different places."""

    place: int  # ActionGeo_CountryCode
    added: int  # DATEADDED
    url: int | None
    layout: Layout


def _version(width: int, geo: tuple[int, ...], names: tuple[int, ...], added: int, url: int | None) -> Version:
    actors = {side + at: LETTERS for side in (ACTOR1, ACTOR2) for at in (COUNTRY, GROUP, 7, 8, 9)}
    common = {0: ID, DAY: EIGHT, CODE: CAMEO, QUAD: WHOLE, GIVEN: DECIMAL, ARTICLES: WHOLE, added: ADDED}
    checks = {**common, **actors, **dict.fromkeys(geo, FIPS)}
    free = (ACTOR1 + 1, ACTOR2 + 1, *names, *((url,) if url else ()))
    return Version(place=geo[-1], added=added, url=url, layout=Layout(width=width, free=free, checks=checks))


VERSIONS = {
    V1_BARE: _version(V1_BARE, (37, 44, 51), (36, 43, 50), 56, None),
    V1: _version(V1, (37, 44, 51), (36, 43, 50), 56, 57),
    V2: _version(V2, (37, 45, 53), (36, 44, 52), 59, 60),
}


def read(lines: Iterator[Line], member: str, translation: Translation) -> Iterator[Read]:
    """A deed for each row; what most of the first rows have as columns tells the version."""
    first = list(islice(lines, LOOKED_AT))
    if first and first[0].text.lower().startswith(HEADER):
        del first[0]
    widths = [len(line.text.rstrip("\t").split("\t")) for line in first]
    version = VERSIONS[max(VERSIONS, key=lambda known: (sum(width == known for width in widths), known))]
    yield from read_rows(chain(first, lines), member, lambda text: _deed(text, version, translation))


def _deed(text: str, version: Version, translation: Translation) -> Deed:
    cells = version.layout.fit(text.split("\t"))
    given = number(cells[GIVEN])
    code = translation.cameo(cells[CODE])
    kind = translation.walk.cameo_kind(code)
    if not ID(cells[0].strip()):
        raise RowError(f"no event id: {cells[0][:40]!r}")
    return Deed(
        event_id=id_of(cells[0]),
        day=day_of(cells[DAY]),
        kind=kind,
        initiators=(_party(cells[ACTOR1 : ACTOR1 + 10], translation),),
        targets=(_party(cells[ACTOR2 : ACTOR2 + 10], translation),),
        known_on=day_or_none(cells[version.added]),
        cameo=code,
        intensity_given=given,
        both_ways=translation.walk.goes_both_ways(kind),
        place=translation.state("fips", cells[version.place]),
        reports=whole(cells[ARTICLES]),
        url=translation.walk.text(cells[version.url]) if version.url else None,
    )


def _party(cells: list[str], translation: Translation) -> Party:
    """The country of an actor, else the body of states that it is."""
    state = translation.state("cameo", cells[COUNTRY]) or translation.walk.state("cameo_group", cells[GROUP])[0]
    return Party(state, translation.sector(*(cell.strip() for cell in cells[TYPES])))
