"""Records as rows: CSV that does nothing in a spreadsheet, Parquet with types."""

import csv
import datetime as dt
import io

import duckdb
import pytest
from accounts_for_tests import DEMAND, HOSTILE_TALKS, PLAN, RECORDS, TALKS, account

from detente.adapters.exporters.flat import COLUMNS
from detente.adapters.exporters.flat_csv import write as write_csv
from detente.adapters.exporters.flat_parquet import write as write_parquet
from detente.adapters.exporters.table import disarmed


def csv_rows() -> dict[str, dict[str, str]]:
    read = csv.DictReader(io.StringIO(write_csv(account()).decode(), newline=""))
    return {row["id"]: row for row in read}


@pytest.fixture
def parquet(tmp_path) -> str:
    path = tmp_path / "records.parquet"
    path.write_bytes(write_parquet(account()))
    return str(path)


def test_there_is_a_row_for_each_record():
    assert set(csv_rows()) == {record.id for record in RECORDS}


def test_no_cell_begins_like_a_formula():
    cells = [cell for row in csv_rows().values() for cell in row.values()]
    assert any(cell.startswith("'=") for cell in cells)
    assert any(cell.startswith("'@") for cell in cells)
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and not cell.lstrip("-").isdigit()]


@pytest.mark.parametrize("cell", ["=1", " =1", "\t=1", "+1", "-1", "@A", "＝1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_disarmed(cell):
    assert disarmed(cell) == f"'{cell}"


def test_numbers_stay_numbers():
    row = csv_rows()[TALKS.id]
    assert (row["quad"], row["intensity"], row["on_pair"]) == ("1", "1", "true")


def test_the_quote_stands_at_its_place_in_the_document():
    row = csv_rows()[DEMAND.id]
    evidence = DEMAND.evidence[0]
    assert (row["document"], row["start"], row["end"]) == (evidence.document, str(evidence.start), str(evidence.end))
    assert row["quote"] == evidence.quote


def test_parquet_has_the_columns_and_types_told(parquet):
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{parquet}'").fetchall()
    assert [(name, type_) for name, type_, *_ in described] == [(column.name, column.type) for column in COLUMNS]


def test_parquet_tells_what_the_records_tell(parquet):
    (row,) = duckdb.sql(
        f"SELECT earliest, latest, who_states, issues FROM '{parquet}' WHERE id = '{PLAN.id}'"
    ).fetchall()
    assert row == (dt.date(2019, 11, 1), dt.date(2019, 11, 30), ["USA", "CHN"], ["Trade"])
    ((quote,),) = duckdb.sql(f"SELECT quote FROM '{parquet}' WHERE id = '{HOSTILE_TALKS.id}'").fetchall()
    assert quote == HOSTILE_TALKS.evidence[0].quote


def test_parquet_and_csv_are_the_same_rows(parquet):
    taken = duckdb.sql(f"SELECT id, happening, type, cameo, url FROM '{parquet}'").fetchall()
    rows = csv_rows()
    told = [tuple(rows[id_][name] or None for name in ("id", "happening", "type", "cameo", "url")) for id_, *_ in taken]
    assert taken == told
