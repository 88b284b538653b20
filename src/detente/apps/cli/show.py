"""`detente show ID`: a record or document opened down to its passages."""

from typing import Annotated

import typer

from detente.adapters.exporters.record_text import write_document, write_place, write_record
from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import UnknownIdError, UsageError
from detente.workspace import open_workspace

NAME = "show"


def command(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a record or document, or how it begins.")],
    workspace: Folder = None,
) -> None:
    """A record with its evidence, a document with its records, or the passage of a citation (3f9a12c4:1530-1705)."""
    opened = open_workspace(workspace)
    id_, _, place = id_.partition(":")
    try:
        record = opened.record(id_)
    except UnknownIdError:
        document = opened.store.document(id_)
        records = opened.records_of(document)
        if place:
            first, last = _place(place)
            text = write_place(document, first, last, records, opened.words)
        else:
            text = write_document(document, records, opened.words)
    else:
        text = write_record(record, opened.store.document(record.evidence[0].document), opened.words)
    opened.close()
    answer(text)


def _place(text: str) -> tuple[int, int]:
    """The offsets that stand behind the id of a citation; without an end, the passage that begins there."""
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise UsageError(f"{text} is no place in a document.", hint="Write it as 3f9a12c4:1530-1705")
    return int(first), int(last or first)
