"""`detente show ID`: a record or document opened down to its passages."""

from typing import Annotated

import typer

from detente.adapters.exporters.record_text import write_document, write_record
from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import UnknownIdError
from detente.workspace import open_workspace

NAME = "show"


def command(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a record or document, or how it begins.")],
    workspace: Folder = None,
) -> None:
    """A record with its evidence, or a document with its records. A citation such as 3f9a12c4:1530-1705 works too."""
    opened = open_workspace(workspace)
    id_ = id_.partition(":")[0]
    try:
        record = opened.store.record(id_)
    except UnknownIdError:
        document = opened.store.document(id_)
        text = write_document(document, opened.records_of(document), opened.words)
    else:
        text = write_record(record, opened.store.document(record.evidence[0].document), opened.words)
    opened.close()
    answer(text)
