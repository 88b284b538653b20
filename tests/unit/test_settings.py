"""The table of settings and the file it is written to."""

import pytest

from detente.errors import SettingError
from detente.settings import SETTINGS, Settings, read_settings, write_settings


def test_what_is_written_reads_the_same():
    chosen = Settings(pairs=(("USA", "CHN"), ("PRK", "KOR")), values=(("store.raw", False), ("brief.lines", 5)))
    assert read_settings(write_settings(chosen)) == chosen


def test_names_of_issues_are_written_and_read():
    chosen = Settings(pairs=(("USA", "CHN"),), issue_names=(("Trade deal", "Trade"), ('the "deal"', "Trade")))
    assert read_settings(write_settings(chosen)) == chosen


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
    ],
)
def test_a_wrong_file_says_what_to_mend(text, said):
    with pytest.raises(SettingError, match=said):
        read_settings(text)
