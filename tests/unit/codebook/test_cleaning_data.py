"""Each row of the data that cleaning uses: its example fires, its near miss does not."""

import pytest

from detente.codebook.furniture import FurnitureCue, load_furniture
from detente.codebook.genres import GenreCue, load_genres
from detente.codebook.headlines import load_headline_words
from detente.codebook.languages import load_language_words
from detente.codebook.outlets import load_outlets, outlet_of_url
from detente.codebook.sentences import load_sentence_words
from detente.codebook.stamps import load_stamp_words

CUES = [*load_furniture(), *load_genres().cues]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_example_fires_and_near_miss_does_not(cue: FurnitureCue | GenreCue) -> None:
    assert cue.pattern.search(cue.example)
    assert not cue.pattern.search(cue.near_miss)


def test_ids_are_unique() -> None:
    assert len({cue.id for cue in CUES}) == len(CUES)


def test_words_are_kept_as_they_are_compared() -> None:
    words = load_sentence_words()
    for listed in (words.before_name, words.before_number, words.either, words.places, words.times, words.starters):
        assert all(word == word.lower() and not word.endswith(".") for word in listed)
    headlines = load_headline_words()
    assert headlines.also_nouns <= headlines.present
    assert all(label == label.lower() for label in load_stamp_words().published)


def test_every_language_has_a_name() -> None:
    languages = load_language_words()
    assert {*languages.words, *languages.scripts.values()} <= set(languages.names)


def test_outlets_are_hosts_without_www() -> None:
    assert len(load_outlets()) > 300
    assert all(host == host.lower() and not host.startswith("www.") and "." in host for host in load_outlets())


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.reuters.com/article/x", "Reuters"),
        ("http://europe.chinadaily.com.cn/world/x", "China Daily"),
        ("https://NEWS.SKY.COM/story", "Sky News"),
        ("https://notreuters.com/x", None),
        ("no address", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_outlet_of_an_address(url: str | None, outlet: str | None) -> None:
    assert outlet_of_url(url) == outlet
