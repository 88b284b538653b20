"""A record or a document opened down to its passages, as plain text."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from detente.records import Document, Record
from detente.telling.lines import Narrator
from detente.telling.words import Words, day_words

CONTEXT = 200  # characters of the document on either side of the evidence
BLOCK_SHOWN = 80  # characters of a block that was set aside
SKIPPED = frozenset({"record", "id", "evidence", "provenance", "known_on"})


def write_record(record: Record, document: Document, words: Words) -> str:
    """The line, every field, the evidence in its surroundings, and the data rows that decided."""
    narrator = Narrator(words=words, as_of=record.known_on or dt.date.max)
    line = narrator.record(record)
    out = [f"{record.record} {record.id}", "", f"{line.date}  {line.text}", f"  {line.note}", ""]
    out += [
        f"  {name}: {_field(value)}" for name, value in record.to_dict().items() if name not in SKIPPED and value != []
    ]
    for evidence in record.evidence:
        out += ["", *_surroundings(document, evidence.start, evidence.end)]
    rules = ", ".join(record.provenance.rules) or "none"
    made = record.provenance
    out += ["", f"Rules: {rules}", f"Made by {made.coder}, model {made.model}, data {made.data}"]
    return "\n".join(out) + "\n"


def write_place(document: Document, first: int, last: int, records: Sequence[Record], words: Words) -> str:
    """The words at characters first..last in their surroundings, and the records that rest on them."""
    narrator = Narrator(words=words, as_of=document.published_on or dt.date.max)
    resting = [r for r in records if any(e.start <= max(first, last - 1) and first < e.end for e in r.evidence)]
    out = _surroundings(document, first, max(last, first + 1))
    out += ["", "Records"]
    out += [_record_line(record, narrator) for record in resting]
    return "\n".join(out) + "\n"


def write_document(document: Document, records: Sequence[Record], words: Words) -> str:
    """What is known of the document, what cleaning set aside and why, and its records."""
    out = [
        f"document {document.id}",
        _source(document),
        f"  genre {document.genre.value}, language {document.language}",
    ]
    out += ["", "Set aside"]
    for block in document.blocks:
        words_ = " ".join(document.text[block.start : block.end].split())[:BLOCK_SHOWN]
        out.append(f"  {block.start}-{block.end}  {block.kind.value} ({block.reason}): {words_}")
    out += ["", "Records"]
    narrator = Narrator(words=words, as_of=document.published_on or dt.date.max)
    out += [_record_line(record, narrator) for record in records]
    return "\n".join(out) + "\n"


def _record_line(record: Record, narrator: Narrator) -> str:
    line = narrator.record(record)
    return f"  {record.id[:8]}  {record.record}  {line.date}  {line.text}  ({line.note})"


def _surroundings(document: Document, first: int, last: int) -> list[str]:
    before = document.text[max(0, first - CONTEXT) : first]
    after = document.text[last : last + CONTEXT]
    return [
        f"Evidence {document.id[:8]}:{first}-{last}",
        _source(document),
        f"  … {' '.join(before.split())}",
        f"  >>> {' '.join(document.text[first:last].split())}",
        f"  {' '.join(after.split())} …",
    ]


def _source(document: Document) -> str:
    day = day_words(document.published_on) if document.published_on else "no date"
    return f"  {document.outlet or 'outlet not given'}, {day}: {document.title or 'no title'}" + (
        f"\n  {document.url}" if document.url else ""
    )


def _field(value: Any) -> str:
    if isinstance(value, dict):
        return str(
            value.get("quote") or ", ".join(f"{k} {_field(v)}" for k, v in value.items() if k not in ("start", "end"))
        )
    if isinstance(value, list):
        return "; ".join(_field(item) for item in value)
    return str(value)
