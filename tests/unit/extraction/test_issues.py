"""find_issues on sentences of our own, and every row of its words."""

import tomllib
from pathlib import Path

import pytest

from detente.codebook.issues import (
    load_issue_cues,
    load_joined_cues,
    load_named_subjects,
    load_themes,
    state_labels,
)
from detente.extraction.issues import find_issues
from detente.ledger.issue_names import OWN
from detente.mentions.issues import find_issue_mentions

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "issues.toml").read_text(encoding="utf-8"))
CUES = load_issue_cues()
JOINED = [row.cue for row in load_joined_cues()]
THEMED = [cue for cue in CUES if cue.subject is None]
NAMED = [cue for cue in CUES if cue.subject is not None]


@pytest.mark.model
@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_case(case, read):
    text = case["text"]
    reading = read(text, pair=tuple(case["pair"]) if "pair" in case else None, heading=case.get("heading"))
    about = case.get("about", text)
    start = text.index(about)
    labels = [issue.label for issue in find_issues(reading, start, start + len(about))]
    assert not set(case.get("never", ())) & set(labels)
    if case["expect"] or "never" not in case:
        assert labels[: 1 if case.get("first_only") else None] == case["expect"]


@pytest.mark.model
def test_a_label_belongs_to_one_theme_and_subject(read):
    texts = ["Sanctions on Mali were extended.", "France lifted its sanctions against Mali."]
    issues = {find_issues(read(text), 0, len(text))[0] for text in texts}
    assert len(issues) == 1


@pytest.mark.parametrize("cue", [*THEMED, *JOINED], ids=lambda cue: cue.id)
def test_every_row_names_its_theme_in_its_example_only(cue):
    assert cue.id in {mention.cue.id for mention in find_issue_mentions(cue.example)}
    assert cue.id not in {mention.cue.id for mention in find_issue_mentions(cue.near_miss)}


@pytest.mark.parametrize("cue", NAMED, ids=lambda cue: cue.id)
def test_every_name_names_its_subject(cue):
    for word in cue.words:
        assert cue.id in {mention.cue.id for mention in find_issue_mentions(word)}, word


def test_the_data_agree():
    themes, subjects = load_themes(), load_named_subjects()
    assert len({theme.label for theme in themes.values()}) == len(themes)
    assert not {theme.within for theme in themes.values() if theme.within} - set(themes)
    assert not {subject.state for subject in subjects.values() if subject.state} - set(state_labels())
    used = {cue.theme for cue in THEMED} | {subject.theme for subject in subjects.values()}
    assert used == set(themes) - {OWN}  # what the user names has no words of ours


def test_of_overlapping_words_the_longer_stands():
    assert [m.cue.theme for m in find_issue_mentions("the trade deficit")] == ["trade_balance"]


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Oman holds six Yemeni fishermen.", ["detainees"]),
        ("Oman held talks with six fishermen.", ["dialogue", "fisheries"]),  # a preposition parts them
        ("Oman banned it. Fruit is dear.", []),  # a mark does
        ("Oman lifted its ban on fresh and very cheap but also long forgotten fruit.", []),  # too far apart
        ("A ban on Huawei imports is due.", ["telecoms", "trade"]),  # a subject of its own says more
    ],
)
def test_two_words_name_a_theme_together(text, themes):
    assert [mention.cue.theme for mention in find_issue_mentions(text)] == themes


def test_offsets_survive_letters_that_grow_when_lowered():
    text = "İİİ tariffs"
    (mention,) = find_issue_mentions(text)
    assert text[mention.start : mention.end] == "tariffs"
