"""Imported events counted: of one pair as worked out by hand, of all pairs the sums of the same rows."""

import csv
import datetime as dt
from itertools import cycle, islice, permutations
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.adapters.imports.counting import chosen_datasets, count_all_pairs, count_days, reporting, write_all_pairs
from detente.adapters.imports.layout import EVENT_COLUMNS, LONGEST, SIGNS, connect, pair_number
from detente.adapters.imports.months import MONTHS, renew
from detente.adapters.imports.parquet import import_file
from detente.codebook.registry import load_names
from detente.errors import UsageError, WorkspaceError
from detente.ledger.index import Frequency
from detente.ledger.index_counted import counted_series

DATA = Path(__file__).resolve().parents[3] / "event_data"
PAIR = ("USA", "CHN")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("imported")
    import_file(DATA / "gdelt2.export.CSV", "gdelt", made)
    import_file(DATA / "gdelt2.mentions.CSV", "gdelt-mentions", made)
    import_file(DATA / "polecat.tab", "polecat", made)
    return made


def test_the_index_of_one_pair_by_hand(folder):
    """A visit on 20 June (4) and sanctions on the 22nd (-8); criticism on the 21st (-2) the other way."""
    counts = count_days(folder, "gdelt", PAIR, None)
    there, back = counted_series("gdelt", counts, [], PAIR, Frequency.MONTH, last=dt.date(2017, 6, 22))
    visit, blame, sanctions = 0.5 ** (10 / 30), 0.5 ** (9 / 30), 0.5 ** (8 / 30)
    assert there.value == round((4 * visit - 8 * sanctions) / (visit + sanctions), 2)
    assert back.value == round((4 * visit - 2 * blame) / (visit + blame), 2)  # a visit goes both ways
    assert (there.deeds, there.reports, back.deeds) == (2, 14, 2)


def test_as_of_is_the_day_that_it_entered_the_data_set(folder):
    assert len(count_days(folder, "gdelt", PAIR, dt.date(2017, 6, 22)).days) == 0  # all entered on the 23rd
    assert len(count_days(folder, "gdelt", PAIR, dt.date(2017, 6, 23)).days) == 3


def test_data_sets_do_not_mix(folder):
    assert len(count_days(folder, "polecat", PAIR, None).days) == 0
    assert chosen_datasets(folder, ["all"]) == ["gdelt", "polecat"]
    with pytest.raises(UsageError, match="There are: gdelt, polecat"):
        chosen_datasets(folder, ["icews"])


def test_outlets_are_those_of_the_mentions(folder):
    assert {outlet for _, outlet in reporting(folder, "gdelt", PAIR, None)} == {"news.example", "daily.example"}
    assert reporting(folder, "polecat", PAIR, None) == []


def test_all_pairs(folder, tmp_path):
    found = count_all_pairs(folder, "gdelt", Frequency.MONTH, None)
    first = dt.date(2017, 6, 1)
    assert found == [
        (first, "CHN", "USA", 2, pytest.approx(1.0), 2, pytest.approx(-2.0)),
        (first, "ROU", "USA", 0, None, 1, pytest.approx(7.0)),
    ]
    write_all_pairs(folder, "gdelt", Frequency.MONTH, None, tmp_path / "pairs.parquet")
    written = duckdb.connect().execute("SELECT count(*) FROM read_parquet(?)", [str(tmp_path / "pairs.parquet")])
    assert written.fetchone() == (2,)


@pytest.mark.parametrize(
    ("frequency", "first"),
    [
        (Frequency.DAY, dt.date(2017, 6, 22)),
        (Frequency.WEEK, dt.date(2017, 6, 19)),
        (Frequency.QUARTER, dt.date(2017, 4, 1)),
    ],
)
def test_periods_begin_as_those_of_the_index(folder, frequency, first):
    assert count_all_pairs(folder, "gdelt", frequency, None)[0].period == first


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("limit", [1, 2, 50])
def test_a_screenful_is_the_beginning_of_all(frequency, limit, tmp_path):
    """Counted from the months or from the rows, from the newest days or from all, over one file or several."""
    kinds = ("042", "043", "190", "112")
    for number in range(3):
        rows = [
            (f"{number}-{at}", dt.date(2000 + at % 17, 1 + at * number % 12, 1 + at), one, other)
            for at, (one, other) in enumerate(islice(cycle(permutations(SIDES, 2)), 25))
        ]
        path = tmp_path / f"{number}.csv"
        path.write_text("".join(f"{','.join(map(str, row))},{kinds[at % 4]}\n" for at, row in enumerate(rows)))
        mapping = {"id": "1", "day": "2", "initiator": "3", "target": "4", "cameo": "5"}
        import_file(path, "csv", tmp_path / "in", dataset="own", mapping=mapping)
    whole = count_all_pairs(tmp_path / "in", "own", frequency, None)
    known = count_all_pairs(tmp_path / "in", "own", frequency, dt.date(2030, 1, 1))  # from the rows
    assert sum(count.deeds_there + count.deeds_back for count in whole) > 75
    assert whole == known
    assert count_all_pairs(tmp_path / "in", "own", frequency, None, limit) == whole[:limit]


SIDES = ("SRB", "XKX", "NATO")


def test_every_code_of_a_state_fits_into_the_number_of_a_pair(tmp_path):
    codes = sorted(load_names())
    assert len({code[:LONGEST] for code in codes}) == len(codes)
    assert all(set(code) <= set(SIGNS[1:]) for code in codes)
    assert len({pair_number("USA", code) for code in codes}) == len(codes)
    with connect(tmp_path) as connection:
        for code in codes:
            number = pair_number("USA", code)
            told = connection.execute("SELECT first_of($n), second_of($n)", {"n": number}).fetchone()
            assert told == tuple(sorted(("USA", code)))


def test_files_of_an_earlier_version_are_written_anew_with_the_same_rows(folder, tmp_path):
    now = count_all_pairs(folder, "gdelt", Frequency.MONTH, None)
    columns = ", ".join(EVENT_COLUMNS)
    for path in folder.glob("gdelt-*.parquet"):
        query = f"SELECT {columns} FROM read_parquet('{path}') ORDER BY event_id, part"
        duckdb.execute(f"COPY ({query}) TO '{tmp_path / path.name}' (FORMAT parquet)")
    (old,) = tmp_path.glob("*.parquet")
    rows = duckdb.execute(f"FROM read_parquet('{old}')").fetchall()
    assert renew(tmp_path, "gdelt") == 1
    assert duckdb.execute(f"SELECT {columns} FROM read_parquet('{old}') ORDER BY event_id, part").fetchall() == rows
    assert count_all_pairs(tmp_path, "gdelt", Frequency.MONTH, None) == now
    assert renew(tmp_path, "gdelt") == 0
    (tmp_path / MONTHS / old.name).unlink()
    assert renew(tmp_path, "gdelt") == 0
    assert count_all_pairs(tmp_path, "gdelt", Frequency.MONTH, None) == now


def test_a_damaged_file_of_events_says_what_to_do(tmp_path):
    (tmp_path / "gdelt-0.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(WorkspaceError, match="import it again"):
        renew(tmp_path, "gdelt")


STATES = ("SRB", "XKX", "HUN")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "4", ""]),
        st.sampled_from(["2018-01-05", "2018-02-30", "2018-01-06"]),
        st.sampled_from(STATES),
        st.sampled_from([*STATES, "Atlantis", ""]),
        st.sampled_from(["042", "42", "190", "999", "010"]),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=30)  # each opens DuckDB twice
@given(rows=ROWS, cut=st.integers(0, 40))
def test_every_row_is_accounted_for(tmp_path_factory, rows, cut):
    """Rows read are imported, duplicate or quarantined, wherever the file ends; and twice changes nothing."""
    folder = tmp_path_factory.mktemp("rows")
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    path.write_bytes(path.read_bytes()[: max(0, path.stat().st_size - cut)])
    mapping = {"id": "1", "day": "2", "initiator": "3", "target": "4", "cameo": "5"}
    done = import_file(path, "csv", folder / "in", dataset="own", mapping=mapping)
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip("\r")]
    assert done.rows == len(lines)
    assert done.rows == done.imported + done.duplicates + done.quarantined
    again = import_file(path, "csv", folder / "in", dataset="own", mapping=mapping)
    assert (again.rows, again.imported, again.is_new) == (done.rows, done.imported, False)
