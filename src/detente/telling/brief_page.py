"""A page of sections whose lines are cited: what the brief and the page of changes are."""

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from detente.ledger.port import NO_DAY, Pair
from detente.ledger.witnesses import Source
from detente.records import Record, record_from_dict, without_none
from detente.telling.lines import Line
from detente.telling.material import Material
from detente.telling.words import Words, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered place in a document; `quote` is the evidence, character for character."""

    number: int
    document: str
    start: int
    end: int
    quote: str
    outlet: str | None = None
    title: str | None = None
    published_on: dt.date | None = None
    fate: str | None = None  # what became of the document: corrected, withdrawn, updated


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some lines under a name; `more` lines are left out, and `command` shows them."""

    name: str
    lines: tuple[Line, ...]
    more: int = 0
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A page about a pair on a day: the brief, or what changed. `records` are those that its lines rest on."""

    pair: Pair
    title: str
    as_of: dt.date
    since: dt.date | None = None
    page: str = "brief"  # the command that makes it
    posted_since: str | None = None
    without_decisions: bool = False
    header: str
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    records: tuple[Record, ...]

    @property
    def command(self) -> str:
        """What prints this brief again."""
        since = f" --since {self.since.isoformat()}" if self.since else ""
        posted = f" --posted-since {self.posted_since}" if self.posted_since else ""
        bare = " --without-decisions" if self.without_decisions else ""
        return f"detente {self.page} --pair {' '.join(self.pair)}{as_of_option(self.as_of)}{since}{posted}{bare}"

    @property
    def asked(self) -> str:
        """The day that it holds for, in words."""
        since = f", since {self.since.isoformat()}" if self.since else ""
        return f"as of {self.as_of.isoformat()}{since}" if self.as_of != NO_DAY else "no document is dated"

    def to_dict(self) -> dict[str, Any]:
        """The brief as plain JSON values, its records included."""
        plain = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "records"}
        out: dict[str, Any] = without_none(msgspec.to_builtins(plain))
        return out | {"records": [record.to_dict() for record in self.records]}

    @property
    def checksum(self) -> str:
        """Sixteen hexadecimal characters over the whole brief: a slip of one character anywhere changes them."""
        data = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def brief_from_dict(table: dict[str, Any]) -> Brief:
    """The brief that `Brief.to_dict` wrote; raises msgspec.ValidationError or KeyError where it is none."""
    rest = dict(table)
    records = tuple(record_from_dict(item) for item in rest.pop("records"))
    return dataclasses.replace(msgspec.convert(rest | {"records": []}, Brief), records=records)


def cite_page(
    material: Material,
    words: Words,
    sections: list[Section],
    *,
    page: str,
    header: str,
    posted_since: dt.datetime | None = None,
) -> Brief:
    """The page of the sections, the evidence of their lines numbered in the order of the page."""
    by_id = {record.id: record for record in (*material.lapsed, *material.records, *material.undated)}
    documents = {document.id: document for document in material.documents}
    numbers: dict[tuple[str, int, int], Citation] = {}
    used: dict[str, Record] = {}

    def cite(line: Line) -> Line:
        found = []
        used.update((id_, by_id[id_]) for id_ in line.basis)
        for id_ in line.records:
            used[id_] = by_id[id_]
            evidence = by_id[id_].evidence[0]
            key = (evidence.document, evidence.start, evidence.end)
            if key not in numbers:
                document = documents[evidence.document]
                numbers[key] = Citation(
                    number=len(numbers) + 1,
                    document=evidence.document,
                    start=evidence.start,
                    end=evidence.end,
                    quote=evidence.quote,
                    outlet=document.outlet,
                    title=document.title,
                    published_on=document.published_on,
                    fate=_fate(material.sources.get(document.id)),
                )
            if numbers[key].number not in found:
                found.append(numbers[key].number)
        return line.cited(tuple(found))

    cited = tuple(
        Section(name=s.name, lines=tuple(map(cite, s.lines)), more=s.more, command=s.command) for s in sections
    )
    first, second = material.pair
    return Brief(
        pair=material.pair,
        title=f"{words.state(first)} – {words.state(second)}",
        as_of=material.as_of,
        since=material.since,
        page=page,
        posted_since=posted_since.isoformat() if posted_since else None,
        without_decisions=material.without_decisions,
        header=header,
        sections=cited,
        citations=tuple(numbers.values()),
        records=tuple(used.values()),
    )


def _fate(source: Source | None) -> str | None:
    """What became of an article, and since when."""
    if source is None or source.fate is None:
        return None
    return f"{source.fate} {day_words(source.fate_on)}" if source.fate_on else source.fate


def as_of_option(day: dt.date) -> str:
    """The option that asks for a day again, with a blank before it; empty for NO_DAY.

    >>> as_of_option(dt.date(2017, 6, 23)), as_of_option(NO_DAY)
    (' --as-of 2017-06-23', '')
    """
    return "" if day == NO_DAY else f" --as-of {day.isoformat()}"
