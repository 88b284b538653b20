"""What becomes of an article by later texts, and which of its records that ends."""

import datetime as dt
import itertools

import pytest

from detente.ledger.fates import ArticleFate, Edition, find_ending, find_lapses
from detente.ledger.witnesses import find_correction
from detente.records import Document, document_id

FIRST, NEXT = dt.date(2024, 3, 5), dt.date(2024, 3, 7)
BODY = "Envoys met in Vienna on Monday. They signed a paper."
QUOTES = {"met": "Envoys met in Vienna on Monday.", "signed": "They signed a paper."}


def edition(text, on=FIRST, url="https://wire.example/1", title="Envoys meet in Vienna", outlet="Wire", updated=None):
    id_ = document_id(text=text, outlet=outlet, published_on=on, url=url)
    source = Document(id=id_, text=text, outlet=outlet, published_on=on)
    return Edition(
        id=id_,
        text=text,
        outlet=outlet,
        title=title,
        url=url,
        published_on=on,
        updated_on=updated,
        correction=find_correction(source),
    )


MENDED = "Correction, March 7: An earlier version of this article said that they met on Monday.\n\n"
CASES = [
    ("another version a day later", edition(BODY.replace("Monday", "Tuesday"), NEXT), "updated", ["met"]),
    ("a version with a note", edition(MENDED + BODY.replace("on Monday.", "on Tuesday."), NEXT), "corrected", ["met"]),
    (
        "a withdrawal that names the title",
        edition('Wire has withdrawn its report "Envoys meet in Vienna".', NEXT, url=None, title="Note"),
        "withdrawn",
        ["met", "signed"],
    ),
    (
        "the page says that it is withdrawn",
        edition("This story has been withdrawn.", NEXT),
        "withdrawn",
        ["met", "signed"],
    ),
    ("the same text again", edition(BODY, NEXT), None, []),
    ("another article at the same address", edition("The harbour reopened after a storm.", NEXT), None, []),
    (
        "another outlet's withdrawal",
        edition('Post has withdrawn its report "Envoys meet in Vienna".', NEXT, None, "Note", "Post"),
        None,
        [],
    ),
    ("an earlier version", edition(BODY.replace("Monday", "Tuesday"), dt.date(2024, 3, 1)), None, []),
    ("a correction of another article", edition("Correction: The harbour was closed.", NEXT, url=None), None, []),
]


@pytest.mark.parametrize(("name", "other", "fate", "gone"), CASES, ids=[case[0] for case in CASES])
def test_what_a_later_text_makes_of_an_article(name, other, fate, gone):
    article = edition(BODY)
    ending = find_ending(article, [other], QUOTES)
    assert (ending and ending.fate) == fate
    assert find_lapses(article, [other], QUOTES) == dict.fromkeys(gone, NEXT)


def test_an_article_that_takes_itself_back_does_not_count_at_all():
    article = edition("This story has been withdrawn. Envoys met in Vienna.")
    assert find_ending(article, [], {}).fate is ArticleFate.WITHDRAWN
    assert find_lapses(article, [], {"met": "Envoys met in Vienna."}) == {"met": FIRST}


def test_the_gravest_fate_is_told_and_the_earliest_ending_counts():
    others = [CASES[0][1], edition("This story has been withdrawn.", dt.date(2024, 3, 9))]
    for order in itertools.permutations(others):
        ending = find_ending(edition(BODY), order, QUOTES)
        assert (ending.fate, ending.on) == (ArticleFate.WITHDRAWN, dt.date(2024, 3, 9))
        assert find_lapses(edition(BODY), order, QUOTES) == {"met": NEXT, "signed": dt.date(2024, 3, 9)}


def test_a_version_of_one_day_that_was_updated_later_speaks_from_then():
    version = edition(MENDED + BODY.replace("on Monday.", "on Tuesday."), updated=NEXT)
    assert find_ending(edition(BODY), [version], QUOTES).on == NEXT


def test_what_a_withdrawal_names_is_not_told_by_it():
    words = 'Wire has withdrawn its report "Envoys meet in Vienna".'
    notice = edition(f"{words} They will meet in May.", url=None, title="Note")
    assert find_lapses(notice, [], {"named": words, "told": "They will meet in May."}) == {"named": FIRST}
