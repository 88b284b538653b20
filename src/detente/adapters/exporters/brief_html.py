"""A brief as one HTML file that carries its records and evidence, to read, print and verify."""

import json
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from detente.adapters.exporters.citation import place, told_by
from detente.telling.brief_page import Brief

DATA_OPENS = '<script type="application/json" id="detente-brief">'
DATA_CLOSES = "</script>"


def write_html(brief: Brief) -> str:
    """The page; everything from the news is escaped, and no script of it can run."""
    data = json.dumps(brief.to_dict(), ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return _template().render(
        brief=brief, place=place, told_by=told_by, data=data, opens=DATA_OPENS, closes=DATA_CLOSES
    )


@cache
def _template() -> Template:
    source = files("detente.adapters.exporters").joinpath("brief.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        source
    )
