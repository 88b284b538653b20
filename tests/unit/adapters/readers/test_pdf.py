"""PDF: the text of its pages, and what cannot be read is a problem."""

import pytest

from detente.adapters.readers import read_stream
from detente.cleaning import Draft
from detente.records import Problem

LINES = (
    "The two sides met in Geneva on Friday and agreed to go on talking about",
    "tariffs.",
    "They will meet again in December in the capital of the other country as",
    "officials said.",
)


def pdf_of(lines: tuple[str, ...], pages: int = 1) -> bytes:
    """A PDF with these lines on each page, as small as one can be."""
    drawn = "BT /F1 12 Tf 14 TL 50 700 Td " + " T* ".join(f"({line}) Tj" for line in lines) + " ET"
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n in range(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}{end}".encode()


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
