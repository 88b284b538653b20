"""An example corpus coded into a new workspace, and which record tells a passage that the gold names."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.adapters.readers import read_path
from detente.codebook.files import data_file
from detente.ledger.port import Query, ordered
from detente.parcel import Details
from detente.records import Actor, AgendaItem, Event, Measure, Position, Problem, Record, Statement
from detente.workspace import Workspace, init_workspace

Row = dict[str, Any]
BESIDE = 0.1  # worth of evidence that meets a place where the deciding words do not


@dataclass(frozen=True)
class Place:
    """The characters of a passage in the document of that id."""

    document: str
    start: int
    end: int


class Corpus:
    """The coded corpus: the texts by the names that the gold gives them, and the records."""

    def __init__(self, gold: Row, folder: Path) -> None:
        self.pair = ordered((gold["pair"][0], gold["pair"][1]))
        self.texts = read_texts(gold)
        self.workspace: Workspace = init_workspace(folder, [self.pair])
        self.workspace.add(read_path(Path(str(data_file(gold["corpus"])))), Details())
        store = self.workspace.store
        by_text = {store.document(id_).text: id_ for id_ in store.known_ids()}
        self.ids = {name: by_text[text] for name, text in self.texts.items()}
        self.rows = {row["id"]: row for row in gold["happening"]}
        self.by_day: dict[dt.date | None, list[Record]] = {None: self.known(None)}

    def known(self, day: dt.date | None) -> list[Record]:
        """The records known on the day; all where none is given."""
        return self.workspace.store.records(Query(as_of=day))

    def place(self, passage: str) -> Place:
        """Where a passage stands."""
        name, words = split_passage(passage)
        start = self.texts[name].index(words)
        return Place(self.ids[name], start, start + len(words))

    def day(self, passage: str) -> dt.date:
        """The day on which a passage became known."""
        name, _ = split_passage(passage)
        return self.workspace.store.document(self.ids[name]).published_on or dt.date.max

    def record(self, row: Row, passage: str, on: dt.date | None = None) -> Record | None:
        """The record that tells the passage of a happening, or None; on a day or, without it, by all that is known."""
        return self.told(self.place(passage), row["kind"], row.get("types"), row.get("by"), on=on)

    def told(
        self,
        place: Place,
        kind: str,
        types: Sequence[str] | None = None,
        by: str | None = None,
        *,
        on: dt.date | None = None,
    ) -> Record | None:
        """The record of the kind whose deciding words share most with the place."""
        if on not in self.by_day:
            self.by_day[on] = self.known(on)
        fitting = [
            (share, _steps_told(record, place), -_length(record), record.id, record)
            for record in self.by_day[on]
            if record.record == kind and not record.from_title and _fits(record, types, by)
            if (share := shared_part(record, place)) > 0
        ]
        return max(fitting)[-1] if fitting else None


def read_texts(gold: Row) -> dict[str, str]:
    """The texts of the corpus by the names that the gold gives them: the file, with "#N" a line of it."""
    texts = {}
    for path in sorted(Path(str(data_file(gold["corpus"]))).iterdir()):
        drafts = [draft for draft in read_path(path) if not isinstance(draft, Problem)]
        for at, draft in enumerate(drafts):
            texts[path.name if path.suffix != ".jsonl" else f"{path.name}#{at}"] = draft.text
    return texts


def split_passage(passage: str) -> tuple[str, str]:
    """The name of the text and the words."""
    name, _, words = passage.partition(": ")
    return name, words


def _fits(record: Record, types: Sequence[str] | None, by: str | None) -> bool:
    doers: Iterable[Actor | None] = ()
    match record:
        case Event():
            type_, doers = str(record.event_type), record.initiators
        case Position():
            type_, doers = str(record.stance), (record.holder,)
        case Measure():
            type_, doers = record.kind, record.imposers
        case AgendaItem():
            type_, doers = record.kind, record.participants
        case Statement():
            type_, doers = "", (record.speaker,)
        case _:
            type_ = ""
    return (types is None or type_ in types) and (by is None or by in {doer.state for doer in doers if doer})


def _steps_told(record: Record, place: Place) -> int:
    """How many words there tell a step: two measures of one sentence have one evidence."""
    if not isinstance(record, Measure):
        return 0
    return sum(step.cue is not None and overlap(step.cue.start, step.cue.end, place) > 0 for step in record.steps)


def _core(record: Record) -> list[tuple[int, int]]:
    if isinstance(record, Statement):
        return [(span.start, span.end) for span in record.content]
    if isinstance(record, Position):
        return [(record.proposition.start, record.proposition.end)]
    return [(span.start, span.end) for span in record.evidence]


def shared_part(record: Record, place: Place) -> float:
    """How much of the shorter span is shared, 0 to 1, at best; a little where only the evidence is."""
    if record.evidence[0].document != place.document:
        return 0.0
    core = max((overlap(*span, place) for span in _core(record)), default=0.0)
    return core or BESIDE * max(overlap(span.start, span.end, place) for span in record.evidence)


def overlap(start: int, end: int, place: Place) -> float:
    """How much of the shorter of the two is shared, 0 to 1."""
    common = min(end, place.end) - max(start, place.start)
    return max(0, common) / min(end - start, place.end - place.start)


def _length(record: Record) -> int:
    return sum(end - start for start, end in _core(record))
