"""`detente extract FILE`: text in, records out, without a workspace."""

import json
from typing import Annotated

import typer

from detente.adapters.objects import named
from detente.apps.cli.console import answer, tell_problems
from detente.apps.cli.options import FieldNames, day, fields_of

NAME = "extract"


def command(
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="A file in any format that add reads.")],
    published: Annotated[str | None, typer.Option(help="The day of publication, where the text does not say.")] = None,
    pair: Annotated[tuple[str, str] | None, typer.Option(help='Whose "two sides" they are.')] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it, where the text does not say.")] = None,
    fields: FieldNames = None,
) -> None:
    """Text in, records out: one JSON object a line. Problems go to the error stream.

    The exit code is 1 where there was nothing that could be read.
    """
    from detente.adapters.readers import read_path, read_stdin
    from detente.api import extract_draft
    from detente.cleaning import Draft
    from detente.records import Problem

    problems, named_fields, is_read = [], fields_of(fields), False
    for draft in read_stdin(None, named_fields) if path == "-" else read_path(named(path), None, named_fields):
        if isinstance(draft, Problem):
            problems.append(draft)
        if not isinstance(draft, Draft):
            continue
        is_read = True
        extraction = extract_draft(draft, published_on=day(published, "--published"), outlet=outlet, pair=pair)
        problems += extraction.problems
        for record in extraction.records:
            answer(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
    tell_problems(problems)
    if not is_read:
        raise typer.Exit(1)
