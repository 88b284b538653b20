"""The user's names for issues, and candidates for issues of their own."""

import pytest
from records_for_tests import CHN, document, position

from detente.codebook.issues import issues_by_label
from detente.errors import SettingError
from detente.ledger.issue_candidates import find_candidates
from detente.ledger.issue_names import OWN, read_issue_names
from detente.records import Issue

ISSUES = issues_by_label()
TARIFFS, DEAL, TRADE = (ISSUES[label] for label in ("tariffs", "trade deal", "trade"))
TEXT = document("China wants the duties gone. China wants the Lobos Canal widened.")


def held(quote="the duties gone", issues=(TARIFFS,)):
    return position(TEXT, quote, holder=CHN, issues=issues)


def names(*rows, told=True):
    return read_issue_names(rows, lambda _: told)


def labels_of(record, *rows):
    return [issue.label for issue in names(*rows).told(record).issues]


def test_every_label_of_a_theme_a_subject_and_a_state_is_known():
    assert ISSUES["arms sales / taiwan"] == Issue(theme="arms_sales", subject="TWN", label="Arms sales / Taiwan")
    assert ISSUES["north korea"].subject == "PRK"
    assert "tariffs / china" not in ISSUES  # tariffs lie between the parties


def test_a_rename_gives_a_label_and_keeps_theme_and_subject():
    (issue,) = names(("Tariffs", "Duties")).told(held()).issues
    assert issue == Issue(theme="tariffs", label="Duties")


def test_the_case_of_the_old_label_does_not_matter():
    assert labels_of(held(), ("tariffs", "Duties")) == ["Duties"]


def test_several_labels_become_one_issue_told_once():
    record = held(issues=(TARIFFS, DEAL))
    assert labels_of(record, ("Tariffs", "Commerce"), ("Trade deal", "Commerce")) == ["Commerce"]
    told = names(("Tariffs", "Commerce"), ("Trade deal", "Commerce"))
    assert told.told(held()).issues == told.told(held(issues=(DEAL,))).issues


def test_a_label_may_be_merged_into_one_that_is_there():
    assert names(("Trade deal", "Trade")).told(held(issues=(DEAL,))).issues == (TRADE,)


def test_words_of_the_news_make_an_issue_of_ones_own():
    record = held("China wants the Lobos Canal widened.", issues=())
    (issue,) = names(("Lobos Canal", "The canal")).told(record).issues
    assert issue == Issue(theme=OWN, label="The canal")
    assert labels_of(held(), ("Lobos Canal", "The canal")) == ["Tariffs"]  # the other sentence


def test_words_count_whole():
    assert labels_of(held("China wants the Lobos Canal widened.", issues=()), ("Canal wide", "The canal")) == []


def test_without_names_the_record_is_the_same():
    record = held()
    assert names().told(record) is record


def test_a_name_for_nothing_is_an_error_that_offers_the_nearest():
    with pytest.raises(SettingError, match="'Tarifs', which names nothing") as raised:
        names(("Tarifs", "Duties"), told=False)
    assert '"Tariffs"' in raised.value.hint


def test_a_chain_of_names_is_an_error_that_says_what_to_write():
    with pytest.raises(SettingError) as raised:
        names(("Tariffs", "Duties"), ("Duties", "Levies"))
    assert raised.value.hint == 'Write "Tariffs" = "Levies".'


def test_names_that_recur_and_belong_to_no_issue_are_candidates():
    texts = [document(f"China wants the Lobos Canal widened {n} times by President Wu of China.") for n in range(2)]
    records = [position(text, text.text, holder=CHN, issues=()) for text in texts]
    (found,) = find_candidates(records)
    assert (found.name, found.documents, found.records) == ("Lobos Canal", 2, tuple(records))


@pytest.mark.parametrize(
    "sentence",
    [
        "China wants a word with the Foreign Ministry of Japan.",  # an organ
        "China wants the Senkaku islands back on Monday.",  # an issue already, and a day
        "Many in China want the port.",  # opens the sentence
        "China's envoy said that I'd want the port, and that I’ve asked.",  # shortened words
    ],
)
def test_actors_days_and_known_issues_are_no_candidates(sentence):
    texts = [document(sentence, outlet=outlet) for outlet in ("Wire", "Post")]
    assert find_candidates([position(text, sentence, holder=CHN, issues=()) for text in texts]) == []
