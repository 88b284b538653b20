"""A page for who may see no other: what is wrong and what to do."""

from html import escape


def plain_page(what: str, hint: str) -> str:
    """A whole page that says no more than these two sentences."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>détente</title>'
        '<link rel="stylesheet" href="/static/desk.css"></head>'
        f'<body class="plain"><main><h1>{escape(what)}</h1><p>{escape(hint)}</p></main></body></html>'
    )
