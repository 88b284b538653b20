"""The words of repairs."""

from typing import Any

import pytest

from detente.codebook import repairs
from detente.codebook.files import read_toml
from detente.errors import CodebookError

TABLE = read_toml(repairs.FILE.format(language="en"))
LISTS = [(key, row) for key, row in TABLE.items() if isinstance(row, list)]


@pytest.fixture
def load_changed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Loads the words anew, with another table in the place of the file."""

    def load(table: dict[str, Any]) -> repairs.RepairWords:
        monkeypatch.setattr(repairs, "read_toml", lambda _: table)
        return repairs.load_repairs.__wrapped__()

    return load


@pytest.mark.parametrize(("key", "row"), LISTS, ids=[key for key, _ in LISTS])
def test_words_are_small_and_stand_once(key: str, row: list[str]) -> None:
    assert [word for word in row if word != word.lower() or row.count(word) > 1] == []


@pytest.mark.parametrize("change", [{"letting": None}, {"singing": ["sing"]}], ids=["one missing", "one too many"])
def test_lists_that_are_missing_or_that_no_rule_asks_for_are_told(load_changed: Any, change: dict[str, Any]) -> None:
    changed = {key: row for key, row in {**TABLE, **change}.items() if row is not None}
    with pytest.raises(CodebookError, match=f"repairs.toml .*{next(iter(change))}"):
        load_changed(changed)
