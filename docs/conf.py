"""How Sphinx makes the site: `make docs` writes docs/_build/html, and every warning is an error.

The pages are plain Markdown that a forge shows as well. What only the site needs is added here while it is built: the
tables of contents, the page of ARCHITECTURE.md, and names instead of links where a link leads out of this folder.
"""

import re
from pathlib import Path

from pygments.lexers import TextLexer
from sphinx.application import Sphinx

import detente

project = "détente"
author = "the authors of détente"
copyright = "the authors of détente; Apache-2.0"  # noqa: A001 Sphinx's name
release = version = detente.__version__

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "détente"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
myst_heading_anchors = 4  # the anchors that a forge makes of headings
nitpicky = True

DOCS = Path(__file__).parent
PARTS = {
    "Learn": "tutorials/*",
    "Get something done": "how-to/*",
    "Understand": "explanation/*",
    "Look up": "reference/*",
    "How it is built": "architecture\ndecisions/README\ndecisions/0*",
}
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s#]+)(#[^)\s]*)?\)")
ARCHITECTURE = "ARCHITECTURE.md"


def setup(app: Sphinx) -> dict[str, bool]:
    """Adds what the site needs while pages are read."""
    app.connect("source-read", read_page)
    app.add_lexer("csv", TextLexer)
    return {"parallel_read_safe": True}


def read_page(_app: Sphinx, name: str, source: list[str]) -> None:
    """The page as the site takes it."""
    page = DOCS / f"{name}.md"
    source[0] = LINK.sub(lambda link: _link(link, page), source[0])
    if name == "index":
        source[0] += "".join(_contents(caption, pages) for caption, pages in PARTS.items())


def _contents(caption: str, pages: str) -> str:
    return f"\n```{{toctree}}\n:hidden:\n:glob:\n:caption: {caption}\n\n{pages}\n```\n"


def _link(link: re.Match[str], page: Path) -> str:
    """The link; where it leads out of the folder, the words and the file's name in the project."""
    words, path, _ = link.groups()
    if "://" in path:
        return link[0]
    file = (page.parent / path).resolve()
    if file.is_relative_to(DOCS) or not file.exists():  # what is not there is reported by Sphinx
        return link[0]
    if file.name == ARCHITECTURE:
        return f"[{words}](/architecture.md)"
    named = file.relative_to(DOCS.parent).as_posix()
    return f"{words}" if words == named else f"{words} (`{named}`)"
