"""`detente show ID`: a record or document opened down to its passages."""

from typing import Annotated

import typer

from detente.adapters.exporters.difference_text import write_difference, write_differences
from detente.adapters.exporters.happening_text import write_happening
from detente.adapters.exporters.record_text import write_document, write_place, write_record
from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder, WithoutDecisions
from detente.errors import UnknownIdError, UsageError
from detente.records import Document, Record
from detente.workspace import Workspace, open_workspace

NAME = "show"


def command(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a record or document, or how it begins.")],
    without_decisions: WithoutDecisions = False,
    workspace: Folder = None,
) -> None:
    """A record with its evidence, a document with its records, or the passage of a citation (3f9a12c4:1530-1705)."""
    opened = open_workspace(workspace)
    id_, _, place = id_.partition(":")
    try:
        record = opened.record(id_)
    except UnknownIdError:
        found = None if place else opened.difference(id_)
        if found is not None:
            answer(write_difference(found, opened.words))
            return
        document = _document(opened, id_)
        newer = opened.store.newer_version(document.id)
        coded = without_decisions or newer is not None
        records = opened.coded_records(document) if coded else opened.records_of(document)
        if place:
            first, last = _place(place)
            text = write_place(document, first, last, records, opened.words)
        else:
            source = opened.store.sources([document.id])[document.id]
            text = write_document(
                document, records, opened.words, newer=newer, source=source, capture=opened.store.capture(document.id)
            )
    else:
        text = _record(opened, record, without_decisions)
    opened.close()
    answer(text)


def _document(opened: Workspace, id_: str) -> Document:
    try:
        return opened.store.document(id_)
    except UnknownIdError as error:
        raise UnknownIdError(
            f"{id_!r} is the id, or the beginning of the id, of no one record or document.",
            hint="Ids stand in the tables, such as: detente positions",
        ) from error


def _record(opened: Workspace, record: Record, without_decisions: bool) -> str:
    document = opened.store.document(record.evidence[0].document)
    found = next(item for item in opened.coded_records(document) if item.id == record.id)
    coded = opened.issue_names.told(found)
    if without_decisions:
        return write_record(coded, document, opened.words)
    counts = any(item.id == record.id for item in opened.records_of(document))
    decisions = opened.store.decisions_on(record.id)
    text = write_record(record, document, opened.words, coded=coded, decisions=decisions, counts=counts)
    return text + _others(opened, record) if counts else text


def _others(opened: Workspace, record: Record) -> str:
    """What else tells of the same thing, with the reasons."""
    happening = opened.store.happening(record.id)
    sources = opened.store.sources(happening.documents)
    documents = {id_: opened.store.document(id_) for id_ in happening.documents}
    differences = [found for found in opened.differences_around(record) if found.rests_on(record)]
    return write_happening(happening, record, documents, sources) + write_differences(differences, opened.words)


def _place(text: str) -> tuple[int, int]:
    """The offsets that stand behind the id of a citation; without an end, the passage that begins there."""
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise UsageError(f"{text} is no place in a document.", hint="Write it as 3f9a12c4:1530-1705")
    return int(first), int(last or first)
