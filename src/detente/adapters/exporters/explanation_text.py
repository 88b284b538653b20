"""How a sentence was read, as plain text: the parse, the composition step by step, the records and their rules."""

from collections.abc import Sequence

from detente.codebook.rule_texts import rule_lines
from detente.extraction.explanation import Explanation
from detente.parsing.doc import Doc
from detente.records import Event, Record
from detente.telling.lines import Narrator

COLUMN = 16  # characters for a word of the parse


def write_explanation(parse: Doc, found: Sequence[Explanation], records: Sequence[Record], narrator: Narrator) -> str:
    """The parse, a word a line; then each word that tells of a deed; then the records with the rows that decided."""
    out = ["Parse"]
    out += [
        f"  {token.text:{COLUMN}} {token.lemma_:{COLUMN}} {token.pos_:6} {token.dep_:12} of {token.head.text}"
        for token in parse
        if not token.is_space
    ]
    out += ["", "Deeds"] if found else []
    for item in found:
        out += _deed(item)
    out += ["", "Records"] if records else ["", "No record: nothing here is told of a state."]
    for record in records:
        line = narrator.record(record)
        cue = f", by “{record.cue.quote}”" if record.cue else ""
        out.append(f"  {record.record}: {line.text}")
        out.append(f"    {record.factuality.value}{cue}; {narrator.words.voice(record)}")
        if isinstance(record, Event):
            out.append(f"    confidence {record.confidence:.2f}")
        out += rule_lines(record, indent="    ")
    return "\n".join(out) + "\n"


def _deed(item: Explanation) -> list[str]:
    deed = item.steps[-1].outcome
    told = item.event_type.value if item.event_type else "no event"
    flags = f" ({', '.join(item.flags)})" if item.flags else ""
    between = "" if told == deed else f"; between two given parties {told}"
    out = [f"  {item.word}: {deed}{flags}{between}"]
    out += [f"    “{step.word}” by row {step.row}: {step.outcome}" for step in item.steps]
    parts = (("subject", item.subjects), ("object", item.objects), ("phrases", item.phrases))
    out += [f"    {name}: {', '.join(words)}" for name, words in parts if words]
    return out
