"""Events that took place, in the forty columns of POLECAT."""

from detente.adapters.exporters.account import Account, encoded, flat
from detente.adapters.exporters.plover import contexts
from detente.codebook.exchange import load_exchange
from detente.codebook.registry import load_state_codes
from detente.ledger.happenings import Happening
from detente.records import Actor, Event, Voice

BETWEEN = ";"
PARTY = ("Name", "Country", "COW", "Primary {} Sector", "Sectors", "Title", "Name Raw", "Wikipedia {} ID")
COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *(part.format(side) if "{}" in part else f"{side} {part}" for side in ("Actor", "Recipient") for part in PARTY),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename"),
    *("Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations"),
    *("Language", "Version"),
)


def write(account: Account) -> bytes:
    """Tab-separated UTF-8 with a header; one happening a row, several actors with ";" between.

    The columns have no place for what did not take place, so plans, threats, denials and authors' views are left out,
    and an event date stands only where the text gives the day. What is not known is empty.
    """
    rows = [COLUMNS, *(_row(h, account) for h in account.happenings if _took_place(h))]
    return encoded("".join("\t".join(flat(cell) for cell in row) + "\n" for row in rows))


def _took_place(happening: Happening) -> bool:
    head = happening.head
    told = isinstance(head, Event) and head.factuality.is_actual and head.voice is not Voice.AUTHOR
    return told and not all(record.from_title for record in happening.records)


def _row(happening: Happening, account: Account) -> tuple[str, ...]:
    head = happening.head
    assert isinstance(head, Event)  # noqa: S101 `_took_place` sees to it
    document, when = account.document(head), happening.when
    day = when.earliest if when and when.earliest == when.latest else None
    cells = {
        "Event ID": happening.id,
        "Event Date": day.isoformat() if day else "",
        "Event Type": head.event_type.value,
        "Event Mode": load_exchange().modes.get(f"{head.event_type}/{head.mode}", ""),
        "Intensity": f"{head.intensity:g}",
        "Quad Code": str(int(head.quad)),
        "Contexts": BETWEEN.join(contexts(head)),
        "Country": head.where or "",
        "Source": document.outlet or "",
        "Publication Date": document.published_on.isoformat() if document.published_on else "",
        "Language": document.language or "",
        "Version": head.provenance.coder,
    }
    cells |= _party("Actor", head.initiators, account) | _party("Recipient", head.targets, account)
    return tuple(cells.get(column, "") for column in COLUMNS)


def _party(side: str, actors: tuple[Actor, ...], account: Account) -> dict[str, str]:
    """The eight columns of the doers or of those it was done to; the n-th name, country and title are one actor's."""
    codes = load_state_codes()
    sectors = [actor.sector for actor in actors if actor.sector]
    listed = {
        "Name": [account.known.words.actor(actor) for actor in actors],
        "Country": [actor.state or "" for actor in actors],
        "COW": [(code.cow if (code := codes.get(actor.state or "")) else None) or "" for actor in actors],
        "Sectors": list(dict.fromkeys(sectors)),
        "Title": [(actor.office or "").replace("_", " ") for actor in actors],
        "Name Raw": [actor.words for actor in actors],
    }
    cells = {f"{side} {name}": BETWEEN.join(_apart(values)) for name, values in listed.items() if any(values)}
    return cells | {f"Primary {side} Sector": sectors[0] if sectors else ""}


def _apart(values: list[str]) -> list[str]:
    """The values without the sign that parts them."""
    return [value.replace(BETWEEN, ",") for value in values]
