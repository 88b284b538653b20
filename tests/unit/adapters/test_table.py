"""Tables in four formats, safe for spreadsheets."""

import csv
import io
import json

import pytest
from records_for_tests import document, event

from detente.adapters.exporters.table import write_table
from detente.telling.table import Table

SOURCE = document("They met. They met again.")
TABLE = Table(
    columns=("date", "what"),
    rows=(("1 Nov 2019", '=HYPERLINK("x")'), ("2 Nov 2019", "a | b\nc")),
    records=((event(SOURCE, "They met."),), (event(SOURCE, "They met again."),)),
)


def test_csv_escapes_formulas_and_keeps_the_rest():
    rows = list(csv.reader(io.StringIO(write_table(TABLE, "csv", limit=9))))
    assert rows == [["date", "what"], ["1 Nov 2019", '\'=HYPERLINK("x")'], ["2 Nov 2019", "a | b\nc"]]


def test_markdown_keeps_a_row_on_a_line():
    lines = write_table(TABLE, "md", limit=9).splitlines()
    assert lines[3] == "| 2 Nov 2019 | a \\| b c |"


def test_json_gives_the_records_behind_the_rows_shown():
    assert [item["id"] for item in json.loads(write_table(TABLE, "json", limit=1))] == [TABLE.records[0][0].id]


@pytest.mark.parametrize("shape", ["table", "md"])
def test_what_is_left_out_is_said(shape):
    assert write_table(TABLE, shape, limit=1).endswith("and 1 more: add --limit 2\n")


def test_markup_of_the_terminal_is_text():
    table = Table(columns=("what",), rows=(("[red]sanctions[/red]",),), records=((),))
    assert "[red]sanctions[/red]" in write_table(table, "table", limit=5)
