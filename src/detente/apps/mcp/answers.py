"""What the tools answer, as plain JSON values: lines, rows and records, each with the passages it rests on."""

import datetime as dt
from typing import Any

from detente.apps.cli.tables import COUNTED
from detente.ledger.happenings import why_one
from detente.ledger.port import NO_DAY
from detente.ledger.witnesses import independent_outlets
from detente.records import Document, Evidence, Record, without_none
from detente.telling.brief_page import Brief
from detente.telling.table import place
from detente.telling.tables import tell_table
from detente.telling.words import when_words
from detente.workspace import Workspace

AROUND = 200  # characters of the document on either side of a passage

Answer = dict[str, Any]
Names = tuple[str, str] | None


def page_answer(brief: Brief) -> Answer:
    """A page: its lines, and the numbered passages they cite; `records` are the ids behind a line, for `evidence`."""
    cited = {citation.number: citation for citation in brief.citations}
    answer: Answer = without_none(
        {
            "title": brief.title,
            "as_of": _day(brief.as_of),
            "since": _day(brief.since),
            "header": brief.header,
            "sections": [
                {
                    "name": section.name,
                    "lines": [
                        {
                            "date": line.date,
                            "text": line.text,
                            "note": line.note,
                            "independent_outlets": line.independent_outlets,
                            "records": list(line.records),
                            "citations": list(line.citations),
                        }
                        for line in section.lines
                    ],
                    "more": section.more or None,
                }
                for section in brief.sections
            ],
            "citations": [
                {
                    "number": number,
                    "quote": one.quote,
                    "outlet": one.outlet,
                    "title": one.title,
                    "published_on": _day(one.published_on),
                    "document": one.document,
                    "start": one.start,
                    "end": one.end,
                }
                for number, one in cited.items()
            ],
        }
    )
    return answer


def table_answer(
    opened: Workspace, name: str, *, pair: Names, as_of: dt.date | None, since: dt.date | None, limit: int
) -> Answer:
    """The first rows of a table, each with its records; `more` rows are left out."""
    material = opened.material(opened.pair(pair), as_of=as_of, since=since, whole=name in COUNTED)
    table = tell_table(name, material, opened.words)
    rows = [
        {
            "cells": dict(zip(table.columns, cells, strict=True)),
            "records": [record.to_dict() for record in records[:limit]],
        }
        | ({"derived": table.derived[at]} if table.derived else {})
        for at, (cells, records) in enumerate(zip(table.rows[:limit], table.records, strict=False))
    ]
    answer: Answer = without_none(
        {
            "pair": list(material.pair),
            "as_of": _day(material.as_of),
            "told_since": _day(material.told_since),  # of a large ledger: what was told before is left out
            "rows": rows,
            "more": len(table.rows) - len(rows),
            "notes": list(table.notes),
        }
    )
    return answer


def search_answer(opened: Workspace, words: str, *, as_of: dt.date | None, limit: int) -> Answer:
    """Passages that hold all the words, each with its document and the records that rest on it."""
    found = []
    for hit in opened.search(words, as_of=as_of, limit=limit):
        records = opened.records_of(hit.document)
        resting = [r.to_dict() for r in records if any(_overlaps(e, hit.start, hit.end) for e in r.evidence)]
        at = {"quote": hit.quote, "start": hit.start, "end": hit.end}
        found.append(at | {"document": document_answer(hit.document), "records": resting})
    return {"passages": found}


def evidence_answer(opened: Workspace, id_: str) -> Answer:
    """A record, its passages in their surroundings, the document, and what else tells of the same thing and why."""
    record = opened.record(id_)
    happening = opened.store.happening(record.id)
    names = independent_outlets(happening.records, opened.store.sources(happening.documents))
    return {
        "record": record.to_dict(),
        "passages": [_passage(evidence, opened) for evidence in record.evidence],
        "document": document_answer(opened.store.document(record.evidence[0].document)),
        "happening": {
            "id": happening.id,
            "when": when_words(happening.when),
            "independent_outlets": list(names),
            "others": [_other(other, record, opened) for other in happening.records if other.id != record.id],
        },
    }


def document_answer(document: Document) -> Answer:
    """What is known of a document, without its text."""
    answer: Answer = without_none(
        {
            "id": document.id,
            "outlet": document.outlet,
            "title": document.title,
            "published_on": _day(document.published_on),
            "url": document.url,
            "genre": document.genre.value,
        }
    )
    return answer


def _passage(evidence: Evidence, opened: Workspace) -> Answer:
    text = opened.store.document(evidence.document).text
    return {
        "place": place(evidence),
        "before": text[max(0, evidence.start - AROUND) : evidence.start],
        "quote": evidence.quote,
        "after": text[evidence.end : evidence.end + AROUND],
    }


def _other(other: Record, record: Record, opened: Workspace) -> Answer:
    return {
        "record": other.to_dict(),
        "document": document_answer(opened.store.document(other.evidence[0].document)),
        "reasons": list(why_one(record, other).reasons),
    }


def _overlaps(evidence: Evidence, start: int, end: int) -> bool:
    return evidence.start < end and start < evidence.end


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day and day != NO_DAY else None
