"""The table of settings and the file it is written to."""

import datetime as dt

import pytest

from detente.errors import SettingError
from detente.settings import SETTINGS, Place, PlaceKind, Settings, read_settings, write_settings


def test_what_is_written_reads_the_same():
    chosen = Settings(pairs=(("USA", "CHN"), ("PRK", "KOR")), values=(("store.raw", False), ("brief.lines", 5)))
    assert read_settings(write_settings(chosen)) == chosen


def test_names_of_issues_are_written_and_read():
    chosen = Settings(pairs=(("USA", "CHN"),), issue_names=(("Trade deal", "Trade"), ('the "deal"', "Trade")))
    assert read_settings(write_settings(chosen)) == chosen


def test_places_to_watch_are_written_and_read():
    places = (
        Place(kind=PlaceKind.FEED, where="https://isles.example/feed", since=dt.date(2026, 1, 31)),
        Place(kind=PlaceKind.FOLDER, where="in", outlet='The "Post"'),
    )
    assert read_settings(write_settings(Settings(places=places))).places == places


def test_every_setting_is_in_the_written_file_with_its_help():
    text = write_settings(Settings())
    assert all(row.name in text and row.help in text for row in SETTINGS)


def test_defaults_hold_where_nothing_is_set():
    settings = read_settings("pairs = []")
    assert (settings.pipeline, settings.raw, settings.brief_lines) == ("bundled", True, 8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pairs = [", "is not TOML"),
        ('pairs = ["USA"]', "is no pair"),
        ("brief.length = 3", "no setting 'brief.length'"),
        ("store.raw = 1", "store.raw = 1"),
        ('brief.lines = "8"', "brief.lines"),
        ('[issues]\nTariffs = "Duties"', "something else than names"),
        ("[issues.rename]\nTariffs = 3", "something else than names"),
        ("issues = 3", "something else than names"),
        ("[[watch]]", "nothing that can be watched"),
        ('[[watch]]\nfeed = ""', "nothing that can be watched"),
        ('[[watch]]\nfeed = "https://x.example"\nfolder = "in"', "nothing that can be watched"),
        ('[[watch]]\nfeed = "https://x.example"\nsince = "2026-01-31"', "nothing that can be watched"),
        ('[[watch]]\nfeed = "https://x.example"\nevery = 3', "nothing that can be watched"),
        ("watch = [3]", "nothing that can be watched"),
    ],
)
def test_a_wrong_file_says_what_to_mend(text, said):
    with pytest.raises(SettingError, match=said):
        read_settings(text)
