"""`detente brief`: the page about a pair on a day."""

from collections.abc import Callable

from detente.apps.cli.console import answer
from detente.apps.cli.options import AsOf, Folder, Out, PageFormat, PairOption, Since, WithoutDecisions, day
from detente.telling.brief_page import Brief
from detente.workspace import open_workspace

NAME = "brief"


def command(
    pair: PairOption = None,
    as_of: AsOf = None,
    since: Since = None,
    without_decisions: WithoutDecisions = False,
    format: PageFormat = PageFormat.TEXT,  # noqa: A002 the option's name
    out: Out = None,
    workspace: Folder = None,
) -> None:
    """Where a pair stands: what is planned, what is in the way, what happened, on whose word."""
    opened = open_workspace(workspace)
    told = opened.brief(
        pair=pair, as_of=day(as_of, "--as-of"), since=day(since, "--since"), without_decisions=without_decisions
    )
    opened.close()
    answer(writer(format)(told), out)


def writer(format: PageFormat) -> Callable[[Brief], str]:  # noqa: A002 the option's name
    """What writes a brief in a format; each is imported only when it is asked for."""
    if format is PageFormat.HTML:
        from detente.adapters.exporters.brief_html import write_html

        return write_html
    if format is PageFormat.MD:
        from detente.adapters.exporters.brief_markdown import write_markdown

        return write_markdown
    if format is PageFormat.JSON:
        from detente.adapters.exporters.brief_json import write_json

        return write_json
    from detente.adapters.exporters.brief_text import write_text

    return write_text
