"""Whole copied pages: what is left to read of tests/documents/pages, sentence by sentence under its heading.

Beside each NAME.txt stands NAME.kept.txt: a line per passage, its heading ("-" for none, "#" for the title) before it.
"""

from pathlib import Path

import pytest

from detente.cleaning import Draft, clean_draft
from detente.passages import split_passages

PAGES = sorted(
    path for path in (Path(__file__).parents[2] / "documents/pages").glob("*.txt") if "kept" not in path.name
)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_is_left_of_a_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    document, _ = clean_draft(Draft(text=text))
    told = [
        f"{'#' if passage.from_title else passage.heading or '-'} | {text[passage.start : passage.end]}"
        for passage in split_passages(document)
    ]
    assert told == page.with_suffix(".kept.txt").read_text(encoding="utf-8").splitlines()
