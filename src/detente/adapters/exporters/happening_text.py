"""The other records of a happening, with the reasons why they tell of one thing, as plain text."""

from collections.abc import Mapping

from detente.ledger.happenings import Happening, why_one
from detente.ledger.witnesses import Source, independent_outlets
from detente.records import Document, Record
from detente.telling.words import day_words, quoted, when_words

ID_SHOWN = 8


def write_happening(
    happening: Happening, shown: Record, documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> str:
    """The independent outlets, the date that all come to, each other record with its passage and the reasons."""
    names = independent_outlets(happening.records, sources)
    out = ["", f"Happening {happening.id[:ID_SHOWN]}, told by {_count(len(names), 'independent outlet')}"]
    out[-1] += f" ({', '.join(names)})"
    others = [record for record in happening.records if record.id != shown.id]
    if others and happening.when:
        out.append(f"  together: {when_words(happening.when)}")
    for record in others:
        out += _other(record, shown, documents[record.evidence[0].document], sources)
    return "\n".join(out) + "\n"


def _other(record: Record, shown: Record, document: Document, sources: Mapping[str, Source]) -> list[str]:
    evidence = record.evidence[0]
    day = day_words(record.known_on) if record.known_on else "no date"
    place = f"{document.id[:ID_SHOWN]}:{evidence.start}-{evidence.end}"
    reasons = "; ".join(why_one(shown, record).reasons)
    outlet = f"{document.outlet or 'outlet not given'}{_origin(sources[document.id])}"
    return [
        f"  {record.id[:ID_SHOWN]}  {day}, {outlet}  {place}",
        f"    {quoted(evidence.quote)}",
        f"    {reasons}",
    ]


def _origin(source: Source) -> str:
    if source.credit and source.credit != source.outlet:
        return f", from {source.credit}"
    return ", a copy" if source.story != source.document else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
