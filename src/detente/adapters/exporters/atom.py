"""What changed, as a feed: Atom, RFC 4287. One entry a change, under the day on which it became known."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from detente.adapters.exporters.account import Account, clean, web_address
from detente.adapters.exporters.citation import place
from detente.ledger.port import NO_DAY
from detente.telling.brief_page import Brief, Citation
from detente.telling.changes import tell_known_changes
from detente.telling.known import Known
from detente.telling.lines import Line
from detente.telling.material import Material

ATOM = "http://www.w3.org/2005/Atom"
DAYS = 14  # days with news in the feed, the newest; fewer where the account begins later
LINES = 1_000  # of a section: a feed leaves nothing out
AUTHOR = "détente"
MINTED = "detente,2026"  # the naming authority of tag URIs (RFC 4151), of no meaning beyond this program


def write(account: Account) -> bytes:
    """The changes of the newest fourteen days with news; of the account's `since` and later, where it has one.

    What a day brought does not depend on what came later, so entries keep their ids and their words.
    """
    told = list(_days(account))
    key = quote("/".join(filter(None, ("-".join(account.pair), account.issue))), safe="/", errors="replace")
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    SubElement(feed, "id").text = f"tag:{MINTED}:changes/{key}"
    SubElement(feed, "title").text = clean(f"{account.title}: changes")
    SubElement(feed, "updated").text = _moment(max((day for day, _ in told), default=account.known.as_of))
    SubElement(SubElement(feed, "author"), "name").text = AUTHOR
    SubElement(feed, "generator").text = AUTHOR
    taken: set[str] = set()
    for day, page in reversed(told):
        for section, line in _lines(page, account):
            id_ = _free(
                f"tag:{MINTED}:changes/{key}/{day}/{section.lower().replace(' ', '-')}/{line.records[0]}", taken
            )
            feed.append(_entry(id_, day, section, line, page, account))
    indent(feed)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _days(account: Account) -> Iterator[tuple[dt.date, Brief]]:
    """Each day with news and what it changed since the one before, the oldest first.

    What only became overdue in between stands under the first day with news after it.
    """
    material = replace(account.known.material, undated=(), grouped_undated=())
    known = sorted({record.known_on for record in material.records if record.known_on})
    since = material.since
    shown = [day for day in known if day >= since] if since else known[-DAYS:]
    earlier: Known | None = None
    for before, day in itertools.pairwise((NO_DAY, *known)):
        if day in shown:
            was = earlier or _known_by(material, before, account)
            earlier = _known_by(material, day, account)
            yield day, tell_known_changes(was, earlier, lines=LINES)


def _known_by(material: Material, day: dt.date, account: Account) -> Known:
    """What was known on the day."""
    kept = [record for record in material.records if record.known_on and record.known_on <= day]
    return Known(replace(material.keep(kept, day), since=None), account.known.words)


def _lines(page: Brief, account: Account) -> Iterator[tuple[str, Line]]:
    """The lines of the page that bear on the issue, with the name of their section."""
    records = {record.id: record for record in page.records}
    for section in page.sections:
        for line in section.lines:
            if line.records and account.bears(records[id_] for id_ in (*line.records, *line.basis)):
                yield section.name, line


def _entry(id_: str, day: dt.date, section: str, line: Line, page: Brief, account: Account) -> Element:
    entry = Element("entry")
    SubElement(entry, "id").text = id_
    SubElement(entry, "title").text = clean(f"{section}: {line.text}")
    SubElement(entry, "updated").text = _moment(day)
    SubElement(entry, "published").text = _moment(day)
    records = {record.id: record for record in page.records}
    for label in account.labels(records[number] for number in line.records):
        SubElement(entry, "category", {"term": clean(label)})
    address = web_address(account.document(records[line.records[0]]))
    if address:
        SubElement(entry, "link", {"rel": "related", "href": clean(address)})
    head = " · ".join(filter(None, (line.date, line.note)))
    quotes = [_cited(citation) for citation in page.citations if citation.number in line.citations]
    SubElement(entry, "content", {"type": "text"}).text = clean("\n".join([f"{line.text}", head, *quotes]))
    return entry


def _cited(citation: Citation) -> str:
    at = place(citation)
    day = citation.published_on.isoformat() if citation.published_on else "no date"
    return f"“{' '.join(citation.quote.split())}” ({citation.outlet or 'outlet not given'}, {day}, {at})"


def _free(id_: str, taken: set[str]) -> str:
    """The id, with a number where the same record stands behind several lines of a section."""
    number, free = 1, id_
    while free in taken:
        number += 1
        free = f"{id_}/{number}"
    taken.add(free)
    return free


def _moment(day: dt.date) -> str:
    """The beginning of the day, as RFC 3339 writes it."""
    return f"{day.isoformat()}T00:00:00Z"
