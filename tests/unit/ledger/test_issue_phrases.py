"""Recurring noun phrases as candidates for issues."""

import pytest
from records_for_tests import CHN, document, position

from detente.ledger.issue_candidates import find_candidates
from detente.ledger.issue_phrases import find_phrases
from detente.records import Evidence


def passages(*texts: str) -> list[Evidence]:
    """Each text as a passage of a document of its own."""
    return [Evidence(document=str(n), start=0, end=len(text), quote=text) for n, text in enumerate(texts)]


THREE = (
    "Peru raised the mooring fees for trawlers.",
    "A quarrel about mooring fees kept the ministers busy.",
    "The ministers spoke of a lower mooring fee.",
)


def test_a_phrase_that_recurs_is_found_once_as_mostly_written():
    found = find_phrases(passages(*THREE))
    assert {phrase: len(held) for phrase, held in found.items()} == {"mooring fees": 3}


def test_the_longer_phrase_is_kept_where_the_shorter_never_stands_alone():
    texts = [f"Talks on prawn licence fees {verb} in Lima." for verb in ("began", "ended", "continued")]
    assert set(find_phrases(passages(*texts))) == {"prawn licence fees"}


def test_the_shorter_phrase_is_kept_where_it_stands_alone_as_well():
    texts = (
        *(f"They spoke of prawn licence fees in {town}." for town in ("Lima", "Quito", "Cusco")),
        "Two licence fees.",
    )
    assert set(find_phrases(passages(*texts))) == {"licence fees"}


@pytest.mark.parametrize(
    "text",
    [
        "They met for three days of talks between top officials.",  # plain words
        "The council wants the arms embargo kept.",  # an issue is called so
        "Peru takes effect and gives notice to Chile.",  # a verb and its noun
        "It will go on until late next year.",
        "The deputy foreign minister left early.",  # a title
    ],
)
def test_plain_words_titles_verbs_and_known_issues_are_none(text):
    assert find_phrases(passages(*(f"{text} ({n})" for n in range(4)))) == {}


def test_what_is_told_twice_does_not_recur():
    assert find_phrases(passages(*THREE[:2])) == {}


def test_what_one_document_tells_must_recur_more_often():
    texts = (*THREE, "Mooring fees were the matter of the day.")
    held = [Evidence(document="d", start=n, end=n + len(text), quote=text) for n, text in enumerate(texts)]
    assert find_phrases(held[:3]) == {}
    assert set(find_phrases(held)) == {"mooring fees"}


def test_phrases_stand_among_the_candidates_with_their_records():
    texts = [document(text, outlet=str(n)) for n, text in enumerate(THREE)]
    records = [position(text, text.text, holder=CHN, issues=()) for text in texts]
    (found,) = find_candidates(records)
    assert (found.name, found.documents, found.records) == ("mooring fees", 3, tuple(records))
