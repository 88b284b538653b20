"""PDF: the text of its pages, and what cannot be read is a problem."""

import pytest
from pdf_for_tests import pdf_of

from detente.adapters.readers import read_stream
from detente.cleaning import Draft
from detente.records import Problem

LINES = (
    "The two sides met in Geneva on Friday and agreed to go on talking about",
    "tariffs.",
    "They will meet again in December in the capital of the other country as",
    "officials said.",
)


def read(data):
    (found,) = read_stream(data, "paper.pdf")
    return found


def test_printed_lines_become_paragraphs():
    found = read(pdf_of(LINES))
    assert isinstance(found, Draft)
    assert found.text == f"{LINES[0]} {LINES[1]}\n\n{LINES[2]} {LINES[3]}"
    assert found.raw.startswith(b"%PDF")


def test_all_pages_are_read():
    assert read(pdf_of(LINES, pages=3)).text.count("Geneva") == 3


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 nothing", "damaged"),
        (pdf_of(LINES)[:300], "damaged"),
        (pdf_of(("",)), "pictures"),
        (pdf_of(("x",), pages=301), "pages"),
    ],
)
def test_what_cannot_be_read_is_a_problem(data, told):
    found = read(data)
    assert isinstance(found, Problem)
    assert told in found.message
