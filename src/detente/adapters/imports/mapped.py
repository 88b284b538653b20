"""Any CSV, by a mapping of what is needed to its columns: by header name or by position."""

from collections.abc import Iterator, Mapping

from detente.adapters.imports.lines import Line
from detente.adapters.imports.rows import (
    Deed,
    Party,
    Read,
    Refused,
    RowError,
    Translation,
    day_of,
    day_or_none,
    id_of,
    number,
    whole,
)
from detente.adapters.imports.tables import Cells, comma_rows, made
from detente.codebook.crosswalk import Kind
from detente.errors import UsageError

FIELDS = {
    "id": "the event's own id",
    "day": "2017-06-23, 20170623 or 23 June 2017",
    "initiator": "a state: code or English name",
    "target": "a state: code or English name",
    "cameo": "a CAMEO code, instead of `type`",
    "type": "a PLOVER event type",
    "mode": "a PLOVER mode",
    "intensity": "the data set's own",
    "known_on": "the day it entered the data set",
    "where": "a state: code or English name",
    "reports": "how many reports there are",
    "url": "of a report",
    "initiator_sector": "a PLOVER sector",
    "target_sector": "a PLOVER sector",
}
NEEDED = ("id", "day", "initiator", "target")


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raises UsageError where the mapping names an unknown field, or lacks one that every event has."""
    unknown = sorted(set(mapping) - set(FIELDS))
    missing = [name for name in NEEDED if name not in mapping]
    if not {"cameo", "type"} & set(mapping):
        missing.append("cameo (or type)")
    if unknown or missing:
        told = f"lacks {', '.join(missing)}" if missing else f"names {', '.join(unknown)}"
        raise UsageError(f"The mapping {told}.", hint=f"Add --map FIELD=COLUMN; fields: {', '.join(FIELDS)}.")


def read(lines: Iterator[Line], member: str, translation: Translation, mapping: Mapping[str, str]) -> Iterator[Read]:
    """A deed for each row. Where every column is a number there is no header.

    Raises UsageError where the header lacks a column of the mapping.
    """
    by_position = all(column.isdigit() for column in mapping.values())
    positions = [int(column) for column in mapping.values()] if by_position else []
    header: list[str] | None = None
    for line, cells, fault in comma_rows(lines, None):
        if fault:
            yield Read(member, line, Refused(fault, ""))
            continue
        if header is None:
            width = max(len(cells), *positions) if by_position else 0  # the first row may be cut off
            header = [str(at) for at in range(1, width + 1)] or [cell.strip() for cell in cells]
            _check_header(header, mapping, member)
            if not by_position:
                continue
        yield Read(member, line, made(cells, header, lambda named: _deed(named, mapping, translation)))


def _check_header(header: list[str], mapping: Mapping[str, str], member: str) -> None:
    missing = sorted(set(mapping.values()) - set(header))
    if missing:
        raise UsageError(f"{member} has no column {', '.join(missing)}.", hint=f"It has: {', '.join(header)}.")


def _deed(cells: Cells, mapping: Mapping[str, str], translation: Translation) -> Deed:
    given = {name: translation.walk.text(cells[column]) for name, column in mapping.items()}
    intensity = number(given.get("intensity"))
    code, kind = _kind(given, intensity, translation)
    return Deed(
        event_id=id_of(given["id"]),
        day=day_of(given["day"]),
        kind=kind,
        initiators=(Party(translation.named(given["initiator"]), translation.sector(given.get("initiator_sector"))),),
        targets=(Party(translation.named(given["target"]), translation.sector(given.get("target_sector"))),),
        known_on=day_or_none(given.get("known_on")),
        cameo=code,
        intensity_given=intensity,
        both_ways=translation.walk.goes_both_ways(kind),
        place=translation.named(given.get("where")),
        reports=whole(given.get("reports")),
        url=given.get("url"),
    )


def _kind(
    given: Mapping[str, str | None], intensity: float | None, translation: Translation
) -> tuple[str | None, Kind]:
    """The CAMEO code, where there is one, and the kind of deed."""
    if code := given.get("cameo"):
        known = translation.cameo(code, intensity)
        return known, translation.walk.cameo_kind(known)
    kind = translation.walk.plover_kind(given.get("type") or "", given.get("mode"))
    if kind is None or given.get("type") is None:
        raise RowError(f"no event type: {given.get('type') or ''!r}")
    return None, kind
