"""Checks a brief against itself and against the stored texts: quotes, numbers, every line told again."""

import itertools
from collections.abc import Callable

from detente.ledger.distance import measure_distance
from detente.ledger.happenings import Happening
from detente.ledger.measure_life import tell_as_one, trace_measures
from detente.ledger.outcomes import follow_agenda
from detente.ledger.promises import follow_promises, is_promise
from detente.ledger.subjects import first_known
from detente.records import AgendaItem, Measure, Position, Record
from detente.telling.brief_page import Brief, Citation
from detente.telling.difference_lines import KIND, lines_again
from detente.telling.lines import Line, Narrator
from detente.telling.words import Words

TextOf = Callable[[str], str | None]  # document id to its text, None where it is not at hand


def check_brief(brief: Brief, words: Words, text_of: TextOf) -> list[str]:
    """One sentence per fault, in the order of the page; empty where everything agrees.

    It proves agreement with the stored texts, or, without them, of the page with the records inside it.
    """
    narrator = Narrator(words=words, as_of=brief.as_of)
    records = {record.id: record for record in brief.records}
    places = {(c.document, c.start, c.end): c for c in brief.citations}
    faults = [fault for citation in brief.citations if (fault := _check_citation(citation, text_of))]
    faults += [fault for record in brief.records for fault in _check_evidence(record, places, text_of)]
    for section in brief.sections:
        for line in section.lines:
            if line.kind:
                faults += _check_line(line, section.name, records, places, narrator, brief)
    return faults


def _check_citation(citation: Citation, text_of: TextOf) -> str | None:
    text = text_of(citation.document)
    where = f"{citation.document[:8]}:{citation.start}-{citation.end}"
    if citation.end - citation.start != len(citation.quote):
        return f"[{citation.number}] {where} cannot hold its quote."
    if text is not None and text[citation.start : citation.end] != citation.quote:
        return f"[{citation.number}] {where} reads otherwise in the stored document."
    return None


def _check_evidence(record: Record, places: dict[tuple[str, int, int], Citation], text_of: TextOf) -> list[str]:
    faults = []
    for evidence in record.evidence:
        text = text_of(evidence.document)
        if text is not None and text[evidence.start : evidence.end] != evidence.quote:
            faults.append(f"Record {record.id[:8]}: its evidence reads otherwise in the stored document.")
        citation = places.get((evidence.document, evidence.start, evidence.end))
        if citation and citation.quote != evidence.quote:
            faults.append(f"Record {record.id[:8]}: its evidence differs from citation [{citation.number}].")
    return faults


def _check_line(
    line: Line,
    section: str,
    records: dict[str, Record],
    places: dict[tuple[str, int, int], Citation],
    narrator: Narrator,
    brief: Brief,
) -> list[str]:
    missing = [id_ for id_ in (*line.records, *line.basis) if id_ not in records]
    if missing:
        return [f"{section}: “{line.text}” rests on a record that is not there: {missing[0][:8]}."]
    if not (line.records or line.kind == "obstacle"):
        return [f"{section}: “{line.text}” rests on no record."]
    told = _tell_again(line, records, narrator, brief)
    shown = (line.date, line.text, line.note)
    if (told.date, told.text, told.note) != shown:
        return [f"{section}: “{line.text}” is not what its records say: “{told.text}” ({told.note})."]
    cited = []
    for id_ in line.records:
        evidence = records[id_].evidence[0]
        citation = places.get((evidence.document, evidence.start, evidence.end))
        if citation is None:
            return [f"{section}: “{line.text}” rests on evidence that is not among the citations."]
        cited.append(citation.number)
    if list(line.citations) != list(dict.fromkeys(cited)):
        return [f"{section}: “{line.text}” carries other citation numbers than its records."]
    return []


def _tell_again(line: Line, records: dict[str, Record], narrator: Narrator, brief: Brief) -> Line:
    if line.kind == "obstacle":
        number, _, label = line.text.partition("  ")
        number = number if number.isdecimal() else "0"
        stands = [records[id_] for id_ in line.basis]
        distance = measure_distance(stands, brief.pair)
        return narrator.obstacle_line(int(number), label, distance, stands, brief.pair)
    if line.kind in (KIND, "promise"):
        return (_promise_again if line.kind == "promise" else _difference_again)(line, records, narrator, brief)
    members = [records[id_] for id_ in line.records]
    head = members[0]
    if isinstance(head, Position):
        return narrator.position(head, level=line.level)
    if isinstance(head, AgendaItem):
        return _agenda_again(line, records, narrator)
    if isinstance(head, Measure):
        return _measure_again(line, records, narrator)
    same = tuple(member for member in members if member.record == head.record)
    return narrator.happening(Happening(records=same))


def _difference_again(line: Line, records: dict[str, Record], narrator: Narrator, brief: Brief) -> Line:
    """The line of the difference, found again among the line's records: of several the one that agrees."""
    outlets = {c.document: c.outlet for c in brief.citations if c.outlet}
    again = lines_again([records[id_] for id_ in (*line.records, *line.basis)], outlets, narrator.words)
    shown = (line.date, line.text, line.note)
    agreeing = (other for other in again if (other.date, other.text, other.note) == shown)
    return next(agreeing, again[0] if again else Line(text="nothing that differs"))


def _measure_again(line: Line, records: dict[str, Record], narrator: Narrator) -> Line:
    """The line of the measure, from the line's records alone: where that can be done in several ways, as it stands."""
    told = [Happening(records=(records[id_],)) for id_ in (*line.records, *line.basis)]
    shown = (line.date, line.text, line.note)
    again = (narrator.measure(life) for life in tell_as_one(told, narrator.as_of))
    first = next(again, None) or narrator.record(records[line.records[0]])
    return next((other for other in (first, *again) if (other.date, other.text, other.note) == shown), first)


def _promise_again(line: Line, records: dict[str, Record], narrator: Narrator, _: Brief) -> Line:
    """The line of the promise, from the line's records alone: the promises among them tell one, or each its own."""
    told = [Happening(records=(records[id_],)) for id_ in (*line.records, *line.basis)]
    pledges = sorted((h.head for h in told if is_promise(h.head)), key=lambda r: (first_known(r), r.id))
    kinds = dict.fromkeys(pledge.record for pledge in pledges)
    joined = [Happening(records=tuple(p for p in pledges if p.record == kind)) for kind in kinds]
    again = []
    for way in (told, [*joined, *(h for h in told if h.head not in pledges)]):
        courses = follow_agenda(way, trace_measures(way, narrator.as_of), narrator.as_of)
        again += [narrator.promise(promise) for promise in follow_promises(way, courses, narrator.as_of)]
    shown = (line.date, line.text, line.note)
    return next((other for other in again if (other.date, other.text, other.note) == shown), again[0])


def _agenda_again(line: Line, records: dict[str, Record], narrator: Narrator) -> Line:
    """The line of what became of an agenda item, from the line's records alone: those like the first are of the item.

    Where it hangs on steps of a measure, the measures told of may be one, as the line says.
    """
    told = [records[id_] for id_ in (*line.records, *line.basis)]
    own = [record for record in told if isinstance(record, AgendaItem) and record.id != line.shown_by]
    item = Happening(records=tuple(sorted(own, key=lambda r: (first_known(r), r.id))))
    others = [Happening(records=(record,)) for record in told if record not in own]
    measures = [other for other in others if isinstance(other.head, Measure)]
    as_one = ([life] for life in tell_as_one(measures, narrator.as_of))
    again = (
        narrator.agenda(follow_agenda([item, *others], lives, narrator.as_of)[0])
        for lives in itertools.chain([trace_measures(others, narrator.as_of)], as_one)
    )
    first = next(again)
    shown = (line.date, line.text, line.note)
    return next((other for other in (first, *again) if (other.date, other.text, other.note) == shown), first)
