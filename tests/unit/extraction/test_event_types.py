"""code_relations on sentences of our own, and every row of the event lexicon by its example and near miss."""

import re
import tomllib
from pathlib import Path

import pytest

from detente.codebook.event_lexicon import EventRow, Operator, load_event_lexicon
from detente.extraction.composition import Composer
from detente.extraction.event_types import code_relations
from detente.extraction.frames import entries_of
from detente.parsing import Pipeline
from detente.records import Passage

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "event_types.toml").read_text(encoding="utf-8"))
NOMINAL = ("NOUN", "PROPN", "VERB", "ADJ")


def spans(marked: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentence without its marks, and where the initiator [...] and the target <...> stand in it."""
    found = {"[": (0, 0), "<": (0, 0)}
    text = ""
    for piece in re.split(r"(\[[^]]*\]|<[^>]*>)", marked):
        words = piece[1:-1] if piece[:1] in found else piece
        if piece[:1] in found:
            found[piece[0]] = (len(text), len(text) + len(words))
        text += words
    return text, found["["], found["<"]


def rows() -> list[object]:
    known = {case["sentence"]: case["reason"] for case in CASES.get("xfail", ())}
    return [
        pytest.param(
            sentence, type_, marks=[pytest.mark.xfail(reason=known[sentence])] if sentence in known else [], id=sentence
        )
        for type_, table in CASES.items()
        if type_ != "xfail"
        for sentence in table["cases"]
    ]


@pytest.mark.parametrize(("marked", "event_type"), rows())
def test_the_type_between_two_parties(marked: str, event_type: str, pipeline: Pipeline) -> None:
    assert code_relations([spans(marked)], pipeline, load_event_lexicon()) == [event_type]


def fired(text: str, pipeline: Pipeline) -> set[str]:
    """The ids of all rows that any word of the text brings in, classes of nouns included."""
    lexicon = load_event_lexicon()
    composer = Composer(lexicon)
    found: set[str] = set()
    for token in pipeline.parse(text, [Passage(start=0, end=len(text), paragraph=0)]):
        meaning = composer.meaning(token)
        found |= set(meaning.rules) if meaning else set()
        if token.pos_ in NOMINAL:
            found |= {
                row.id
                for entry, _ in entries_of(token, "noun", lexicon)
                for row in lexicon.find("noun", entry)
                if row.classes
            }
        found |= {row.id for row in lexicon.find("adjective", token.lower_) if row.classes}
    return found


@pytest.mark.parametrize("row", load_event_lexicon().rows, ids=lambda row: row.id)
def test_each_row_fires_on_its_example_and_not_on_its_near_miss(row: EventRow, pipeline: Pipeline) -> None:
    if row.operator is not Operator.VOID:  # a void row shows in that nothing is found
        assert row.id in fired(row.example, pipeline)
    assert row.id not in fired(row.near_miss, pipeline)


def test_no_sentence_no_answer(pipeline: Pipeline) -> None:
    lexicon = load_event_lexicon()
    assert code_relations([], pipeline, lexicon) == []
    assert code_relations([("", (0, 0), (0, 0))], pipeline, lexicon) == [None]
    assert code_relations([("Blue is a colour.", (0, 4), (10, 16))], pipeline, lexicon) == [None]
