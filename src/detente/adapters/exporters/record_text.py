"""A record or a document opened down to its passages, as plain text."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from detente.codebook.rule_texts import rule_lines
from detente.ledger.decision import Decision
from detente.ledger.recoding import Change
from detente.ledger.witnesses import Source
from detente.parcel import Capture
from detente.records import Document, Record
from detente.telling.lines import Narrator
from detente.telling.words import Words, day_words

CONTEXT = 200  # characters of the document on either side of the evidence
BLOCK_SHOWN = 80  # characters of a block that was set aside
SKIPPED = frozenset({"record", "id", "evidence", "provenance", "known_on"})


def write_record(
    record: Record,
    document: Document,
    words: Words,
    *,
    coded: Record | None = None,
    decisions: Sequence[Decision] = (),
    counts: bool = True,
) -> str:
    """The line, every field, the evidence in its surroundings, the data rows that decided, and what the user did.

    `coded` is the record as it was coded, `counts` whether it is in force at all.
    """
    narrator = Narrator(words=words, as_of=record.known_on or dt.date.max)
    line = narrator.record(record)
    out = [f"{record.record} {record.id}", "", f"{line.date}  {line.text}", f"  {line.note}", ""]
    out += [
        f"  {name}: {_field(value)}" for name, value in record.to_dict().items() if name not in SKIPPED and value != []
    ]
    for evidence in record.evidence:
        out += ["", *_surroundings(document, evidence.start, evidence.end)]
    made = record.provenance
    out += ["", *rule_lines(record), f"Made by {made.coder}, model {made.model}, data {made.data}"]
    out += _decided(record, coded, decisions, counts)
    return "\n".join(out) + "\n"


def write_decision(decision: Decision) -> str:
    """A decision in a line: its number, what, about which words, who, when and why."""
    about = "; ".join(f"{anchor.record[:8]} “{_cut(anchor.quote)}”" for anchor in decision.anchors[:2])
    more = f" and {len(decision.anchors) - 2} more" if len(decision.anchors) > 2 else ""  # noqa: PLR2004 as above
    why = f": {decision.why}" if decision.why else ""
    where = f"  {about}{more}" if about else ""
    return f"{decision.number}  {decision.words}{where}  ({decision.by}, {decision.at:%Y-%m-%d %H:%M} UTC{why})"


def _decided(record: Record, coded: Record | None, decisions: Sequence[Decision], counts: bool) -> list[str]:
    out = ["", "Decided", *(f"  {write_decision(made)}" for made in decisions)] if decisions else []
    if not counts:
        out += [
            "",
            "It does not count: it is rejected, or its article was corrected, withdrawn, or has a later version.",
        ]
    if coded is not None and coded != record:
        told = Change(before=coded, after=record).fields
        out += ["", "As it was coded", *(f"  {name}: {old}" for name, old, _ in told)]
    return out


def _cut(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= BLOCK_SHOWN else flat[: BLOCK_SHOWN - 1] + "…"


def write_place(document: Document, first: int, last: int, records: Sequence[Record], words: Words) -> str:
    """The words at characters first..last in their surroundings, and the records that rest on them."""
    narrator = Narrator(words=words, as_of=document.published_on or dt.date.max)
    resting = [r for r in records if any(e.start <= max(first, last - 1) and first < e.end for e in r.evidence)]
    out = _surroundings(document, first, max(last, first + 1))
    out += ["", "Records"]
    out += [_record_line(record, narrator) for record in resting]
    return "\n".join(out) + "\n"


def write_document(
    document: Document,
    records: Sequence[Record],
    words: Words,
    *,
    newer: str | None = None,
    source: Source | None = None,
    capture: Capture | None = None,
) -> str:
    """What is known of the document, what cleaning set aside and why, and its records.

    `newer` is the id of the version that speaks in its place; `source` says what became of it.
    `capture` says how its bytes were taken down.
    """
    older = [f"  an older version: {newer[:8]} speaks in its place, and these records do not count"] if newer else []
    ended = source.fate_on if source else None
    fate = [f"  {source.fate} since {day_words(ended)}"] if source and source.fate and ended else []
    out = [
        f"document {document.id}",
        *older,
        *fate,
        _source(document),
        f"  genre {document.genre.value}, language {document.language}",
        *_capture_lines(capture),
    ]
    out += ["", "Set aside"]
    for block in document.blocks:
        words_ = " ".join(document.text[block.start : block.end].split())[:BLOCK_SHOWN]
        out.append(f"  {block.start}-{block.end}  {block.kind.value} ({block.reason}): {words_}")
    out += ["", "Records"]
    narrator = Narrator(words=words, as_of=document.published_on or dt.date.max)
    out += [_record_line(record, narrator) for record in records]
    return "\n".join(out) + "\n"


def _capture_lines(capture: Capture | None) -> list[str]:
    """When and where the bytes were taken down, and their hash, as far as known."""
    if capture is None:
        return []
    at = f"{capture.at:%Y-%m-%d %H:%M} UTC" if capture.at else ""
    told = " from ".join(filter(None, (at, capture.place)))
    digest = f"SHA-256 {capture.digest}" if capture.digest else ""
    return [f"  bytes {', '.join(filter(None, (told, digest)))}"]


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
