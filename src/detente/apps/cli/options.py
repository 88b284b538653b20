"""Options that several commands share."""

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.errors import UsageError
from detente.parcel import Fields


class TableFormat(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    MD = "md"
    CSV = "csv"
    JSON = "json"


class Frequency(StrEnum):
    """The length of a period of the index."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class PageFormat(StrEnum):
    """How a page is printed."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"


PairOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--pair", help="Two states, such as USA CHN; needed where the workspace watches several."),
]
AsOf = Annotated[
    str | None, typer.Option(help="Only what was known on this day (YYYY-MM-DD). Default: the newest day.")
]
Since = Annotated[str | None, typer.Option(help="Only what became known on this day (YYYY-MM-DD) or later.")]
WithoutDecisions = Annotated[
    bool, typer.Option("--without-decisions", help="As it was coded, whatever was decided with detente decide.")
]
Limit = Annotated[int, typer.Option(min=1, help="The most rows to print.")]
TableLimit = Annotated[
    int | None, typer.Option(min=1, help="The most rows to print. Default: 50; all of them as CSV and JSON.")
]
Folder = Annotated[Path | None, typer.Option("--workspace", help="The workspace. Default: here or above.")]
Out = Annotated[
    str | None, typer.Option("--out", metavar="FILE", help="Write to this file, or to s3://bucket/… and the like.")
]


FieldNames = Annotated[
    str | None,
    typer.Option("--fields", help="Which columns hold what, such as text=body,title=headline,published=date."),
]


def day(text: str | None, option: str) -> dt.date | None:
    """The day that an option names; raises UsageError with how to write it."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text} is no day.", hint=f"Write it as {option} 2019-11-02") from error


def fields_of(words: str | None) -> Fields:
    """What `--fields` says; raises UsageError for a field that no article has."""
    from detente.adapters.readers.articles import ARTICLE_FIELDS

    pairs = [
        tuple(part.strip() for part in item.partition("=")[::2]) for item in (words or "").split(",") if item.strip()
    ]
    if any(name not in ARTICLE_FIELDS or not column for name, column in pairs):
        raise UsageError(
            f"--fields {words} is not understood.",
            hint=f"Write --fields text=body,title=headline; fields are {', '.join(ARTICLE_FIELDS)}.",
        )
    return tuple((name, column) for name, column in pairs)
