"""Which raw texts can bear on a watched pair."""

import json
from pathlib import Path

import pytest

from detente.codebook.registry import load_registry
from detente.passages import split_text
from detente.screening import build_screen

PAIR = (("USA", "CHN"),)
NEWS = Path(__file__).resolve().parents[4] / "shared" / "dev" / "news.jsonl"

BEARING = (
    "China and the United States met.",
    "Beijing answered the White House.",
    "CHINA SAYS US BROKE THE DEAL",
    "Xi Jinping called. Americans listened.",
    "The People's Liberation Army watched U.S. ships.",
)
NOT_BEARING = (
    "",
    "China and Japan met.",
    "A storm formed in the East China Sea as the US watched.",
    "China said: call us.",
    "He paid US$5 for Chinese tea.",
    "Indochinas and USAs are no words.",
)


@pytest.mark.parametrize("text", BEARING)
def test_both_sides_are_named(text: str) -> None:
    screen = build_screen(PAIR)
    assert screen.bears(text)
    assert screen.bears_bytes(text.encode())


@pytest.mark.parametrize("text", NOT_BEARING)
def test_one_side_or_none_is_named(text: str) -> None:
    assert not build_screen(PAIR).bears(text)


@pytest.mark.parametrize("text", [*BEARING, "La Chine et les États-Unis", "China’s reply to the US’s note"])
def test_what_the_text_names_its_bytes_name_too(text: str) -> None:
    screen = build_screen(PAIR)
    assert screen.bears_bytes(text.encode()) >= screen.bears(text)


def test_the_pair_is_the_one_whose_rarer_side_is_named_most() -> None:
    screen = build_screen((("USA", "CHN"), ("JPN", "KOR")))
    text = "Tokyo and Seoul met. Japan and South Korea will meet again. China and the US did not."
    assert screen.choose_pair(text) == ("JPN", "KOR")
    assert build_screen(()).choose_pair(text) is None


def test_passages_around_the_names_are_kept() -> None:
    text = "\n\n".join(["China spoke."] + ["Nothing happened there."] * 5 + ["He left."])
    kept = build_screen(PAIR).near(text, split_text(text))
    assert [text[passage.start : passage.end] for passage in kept] == ["China spoke.", *["Nothing happened there."] * 2]


@pytest.mark.shared
@pytest.mark.skipif(not NEWS.exists(), reason="the development data does not lie beside the project")
def test_names_found_in_news_are_those_of_the_whole_registry() -> None:
    """The few patterns of a pair find what all patterns of the registry find of it."""
    registry, screen = load_registry(), build_screen(PAIR)
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        named = {match.alias.state for match in registry.find_aliases(text)}
        assert not {"USA", "CHN"} <= named or screen.bears(text)
