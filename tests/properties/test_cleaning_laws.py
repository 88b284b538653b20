"""Laws of reading, cleaning and passages, on arbitrary texts and bytes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.adapters.readers import read_stream
from detente.cleaning import Draft, clean_draft
from detente.passages import split_passages, split_text
from detente.passages.split import CODED, PASSAGE_MAX
from detente.records import Problem

LINES = st.sampled_from(
    [
        "Ruritania and Sylvania reopen bridge",
        "The two states reopened the bridge on Friday.",
        "“Why now?” Lee asked. “We will see.”",
        "STRELSAU (Reuters) - They met.",
        "By Jane Example in Strelsau",
        "PUBLISHED : Friday, 4 May, 2018, 9:41am",
        "FILE PHOTO: The kings. REUTERS/Jane Example",
        "Read more",
        "Related article",
        "You may also like",
        "Leave a Reply",
        "Share Tweet Post Email They left. Sign up here.",
        "Arms sales to Zenda",
        "Minister invites envoy, sources say",
        "• a point of the list that goes on",
        "(a) a point (b) another ... and more",
        "",
        " \t",
        "\u2028",
        "…",
    ]
)
PAGES = st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=25).map("\n".join)


@given(text=st.one_of(PAGES, st.text(max_size=400)), title=st.one_of(st.none(), LINES))
@settings(max_examples=150, deadline=None)
def test_blocks_and_passages(text: str, title: str | None) -> None:
    document, _ = clean_draft(Draft(text=text, title=title or None))
    assert document.text == text
    ends = [0]
    for block in document.blocks:
        assert ends[-1] <= block.start < block.end <= len(text)
        assert not text[block.start].isspace()
        assert not text[block.end - 1].isspace()
        ends.append(block.end)
    aside = [block for block in document.blocks if block.kind not in CODED]
    last = 0
    for passage in split_passages(document):
        assert last <= passage.start < passage.end <= len(text)
        last = passage.end
        assert passage.end - passage.start <= PASSAGE_MAX
        assert text[passage.start : passage.end].strip() == text[passage.start : passage.end]
        assert not any(block.start < passage.end and passage.start < block.end for block in aside)


@given(text=PAGES)
@settings(max_examples=50, deadline=None)
def test_same_input_same_output(text: str) -> None:
    assert clean_draft(Draft(text=text)) == clean_draft(Draft(text=text))


@given(text=st.one_of(PAGES, st.text(max_size=400)))
@settings(max_examples=100, deadline=None)
def test_plain_text_loses_no_word(text: str) -> None:
    covered = {index for passage in split_text(text) for index in range(passage.start, passage.end)}
    for line in text.splitlines():
        if line.strip().startswith("The two states"):
            assert text.index(line) in covered or line[0].isspace()
    assert all(not text[index].isalpha() for index in set(range(len(text))) - covered if text[index].isascii())


@given(
    data=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode), PAGES.map(str.encode)),
    name=st.sampled_from(["standard input", "a.txt", "a.html", "a.jsonl", "a", "a.json", "a.pdf"]),
)
@settings(max_examples=150, deadline=None)
def test_readers_never_raise(data: bytes, name: str) -> None:
    found = list(read_stream(data, name))
    assert found
    for item in found:
        if isinstance(item, Problem):
            assert item.message
            assert "\n" not in item.message
        else:
            item.text.encode("utf-8")
