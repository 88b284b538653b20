"""Passages: sentences of story and title, their paragraphs and headings."""

import pytest

from detente.passages import split_passages, split_text
from detente.passages.split import PASSAGE_MAX
from detente.records import Block, BlockKind, Document, Genre

TEXT = "Bridge reopens\n\nThe kings met. They agreed.\n\nTrade\n\nCheese goes first.\nRead more\nWine follows."


def _document(*blocks: tuple[str, BlockKind]) -> Document:
    found = []
    for words, kind in blocks:
        start = TEXT.index(words)
        found.append(Block(start=start, end=start + len(words), kind=kind, reason="told by the test"))
    return Document(id="d", text=TEXT, genre=Genre.EXPLAINER, blocks=tuple(found))


def test_title_heading_and_furniture() -> None:
    document = _document(
        ("Bridge reopens", BlockKind.TITLE), ("Trade", BlockKind.HEADING), ("Read more", BlockKind.TEASER)
    )
    told = [(TEXT[p.start : p.end], p.paragraph, p.heading, p.from_title) for p in split_passages(document)]
    assert told == [
        ("Bridge reopens", 0, None, True),
        ("The kings met.", 1, None, False),
        ("They agreed.", 1, None, False),
        ("Cheese goes first.", 2, "Trade", False),
        ("Wine follows.", 3, "Trade", False),
    ]


def test_plain_text_has_paragraphs_and_no_headings() -> None:
    told = [(TEXT[p.start : p.end], p.paragraph) for p in split_text(TEXT)]
    assert told[1:3] == [("The kings met.", 1), ("They agreed.", 1)]
    assert all(passage.heading is None and not passage.from_title for passage in split_text(TEXT))


def test_list_marks_are_left_out() -> None:
    text = "• Cheese is exempt\n- Wine is not\n-5 degrees were measured"
    assert [text[p.start : p.end] for p in split_text(text)] == [
        "Cheese is exempt",
        "Wine is not",
        "-5 degrees were measured",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "—\n***\n-"])
def test_no_passage_without_a_word(text: str) -> None:
    assert split_text(text) == ()


def test_a_sentence_without_end_is_cut_at_blanks() -> None:
    text = "the talks went on and on " * 400
    passages = split_text(text)
    assert all(passage.end - passage.start <= PASSAGE_MAX for passage in passages)
    assert "".join(text[p.start : p.end] for p in passages).replace(" ", "") == text.replace(" ", "")


def test_five_million_letters_without_a_blank() -> None:
    passages = split_text("a" * 5_000_000)
    assert max(passage.end - passage.start for passage in passages) == PASSAGE_MAX


def test_in_a_report_a_heading_governs_as_long_as_its_words_come_again() -> None:
    text = "CHEESE PRICES\n\nCheese is dear.\n\nMilk is not.\n\nCheesemakers gain.\n\nThe king left.\n\nHe waved."
    heading = Block(start=0, end=13, kind=BlockKind.HEADING, reason="told by the test")
    for genre, governed in ((Genre.REPORT, 3), (Genre.EXPLAINER, 5)):
        passages = split_passages(Document(id="d", text=text, genre=genre, blocks=(heading,)))
        assert [passage.heading for passage in passages] == ["CHEESE PRICES"] * governed + [None] * (5 - governed)


def test_in_a_report_a_heading_governs_the_line_below_at_least() -> None:
    text = "MAD OVER IT\n\nThe king left.\n\nHe waved."
    heading = Block(start=0, end=11, kind=BlockKind.HEADING, reason="told by the test")
    passages = split_passages(Document(id="d", text=text, blocks=(heading,)))
    assert [passage.heading for passage in passages] == ["MAD OVER IT", None]
