"""Each format is read with its known damage; the counts are reconciled."""

import csv
import gzip
import zipfile
from pathlib import Path

import duckdb
import pytest

from detente.adapters.imports.parquet import Imported, import_file
from detente.errors import UsageError

DATA = Path(__file__).resolve().parents[3] / "event_data"


def taken_in(tmp_path: Path, name: str, format_: str, **options) -> Imported:
    return import_file(DATA / name, format_, tmp_path, **options)


def column(tmp_path: Path, *names: str, order: str = "event_id, part") -> list[tuple]:
    found = duckdb.execute(
        f"SELECT {', '.join(names)} FROM read_parquet(?) ORDER BY {order}", [f"{tmp_path}/*.parquet"]
    )
    return found.fetchall()


def reasons(tmp_path: Path) -> list[tuple[str, str]]:
    """Line and reason of each row in quarantine."""
    (path,) = tmp_path.glob("*.quarantine.csv")
    with path.open(encoding="utf-8", newline="") as opened:
        return [(row["line"], row["reason"]) for row in csv.DictReader(opened)]


@pytest.mark.parametrize(
    ("name", "format_", "counts"),
    [
        ("gdelt2.export.CSV", "gdelt", (10, 6, 1, 3)),
        ("gdelt1.export.CSV.zip", "gdelt", (2, 2, 0, 0)),
        ("gdelt1-reduced.csv", "gdelt", (2, 2, 0, 0)),
        ("gdelt2.mentions.CSV", "gdelt-mentions", (5, 3, 1, 1)),
        ("icews.tab", "icews", (10, 6, 1, 3)),
        ("polecat.tab", "polecat", (6, 3, 1, 2)),
        ("polecat-trailing.txt", "polecat", (1, 1, 0, 0)),
        ("ucdp.csv", "ucdp", (6, 3, 1, 2)),
        ("acled.csv", "acled", (5, 3, 1, 1)),
    ],
)
def test_rows_are_reconciled(tmp_path, name, format_, counts):
    done = taken_in(tmp_path, name, format_)
    assert (done.rows, done.imported, done.duplicates, done.quarantined) == counts


def test_gdelt(tmp_path):
    done = taken_in(tmp_path, "gdelt2.export.CSV", "gdelt")
    assert column(tmp_path, "event_id", "initiator", "target", "event_type", "mode", "cameo", "place") == [
        ("101", "USA", "CHN", "CONSULT", "visit", "042", "CHN"),
        ("102", "CHN", "USA", "ACCUSE", "disapprove", "111", "USA"),
        ("103", "USA", "CHN", "COERCE", "restrict", "163", "CHN"),  # a tab in the name of the place
        ("104", "USA", "UNO", None, None, "020", None),  # an appeal is a deed of no type, the sea no state
        ("105", "USA", "ROU", "CONCEDE", "release", "0841", "ROU"),
        ("108", "USA", None, "ASSAULT", "attack", "190", "CHN"),
    ]
    assert reasons(tmp_path) == [
        ("7", "no day: '20170231'"),
        ("8", "no CAMEO code: '---'"),
        ("10", "57 of 61 columns: cut off"),
    ]
    assert done.unknown == (("cameo QQQ", 1),)


def test_gdelt_keeps_when_an_event_became_known_and_how_many_tell_it(tmp_path):
    taken_in(tmp_path, "gdelt2.export.CSV", "gdelt")
    assert [str(cell) for cell in column(tmp_path, "day", "known_on", "reports", "url", "quad")[0]] == [
        "2017-06-20",
        "2017-06-23",
        "7",
        "https://news.example/a",
        "1",
    ]


def test_gdelt_of_1_0_has_its_columns_elsewhere(tmp_path):
    taken_in(tmp_path, "gdelt1.export.CSV.zip", "gdelt")
    taken_in(tmp_path, "gdelt1-reduced.csv", "gdelt")
    assert column(tmp_path, "event_id", "mode", "place", "known_on::VARCHAR", "url") == [
        ("201", "visit", "CHN", "2013-04-03", "https://news.example/b"),
        ("202", "arrest", "HKG", "2013-04-03", "https://news.example/b"),
        ("301", "economic", "CHN", "2013-04-03", None),
        ("302", None, "CHN", "2013-04-03", None),
    ]


def test_mentions_stand_apart_from_events(tmp_path):
    taken_in(tmp_path, "gdelt2.mentions.CSV", "gdelt-mentions")
    assert not list(tmp_path.glob("*.parquet"))
    assert column(tmp_path / "mentions", "event_id", "outlet", "confidence", order="ALL") == [
        ("101", "daily.example", 1.0),
        ("101", "news.example", 0.5),
        ("102", "news.example", pytest.approx(0.2)),
    ]


def test_icews(tmp_path):
    taken_in(tmp_path, "icews.tab", "icews")
    names = ("event_id", "initiator", "initiator_sector", "target", "cameo", "place")
    assert column(tmp_path, *names, order="event_id, day") == [
        ("5001", "JPN", "GOV", "VNM", "010", "JPN"),  # "10" with intensity 0 is 010: the zero was lost
        ("5002", "CIV", "PTY", "FRA", "111", "CIV"),  # ISO 8859-1
        ("5003", "THA", "CVL", "THA", "141", "THA"),
        ("5003", "THA", "CVL", "THA", "141", "THA"),  # the same id on another day is another event
        ("5004", "UNO", "IGO", "JPN", "042", "JPN"),
        ("5005", "JPN", None, "PSE", "0841", None),
    ]
    assert [reason for _, reason in reasons(tmp_path)] == [
        "no CAMEO code: '999'",
        "no event id",
        "11 of 20 columns: cut off",
    ]


def test_polecat(tmp_path):
    taken_in(tmp_path, "polecat.tab", "polecat")
    taken_in(tmp_path, "polecat-trailing.txt", "polecat")
    names = ("event_id", "part", "initiator", "target", "event_type", "mode", "both_ways", "place")
    assert column(tmp_path, *names) == [
        ("P-1", 0, "FRA", "IRN", "CONSULT", "visit", True, "IRN"),
        ("P-1", 1, "DEU", "IRN", "CONSULT", "visit", True, "IRN"),
        ("P-1", 2, "FRA", "DEU", "CONSULT", "visit", True, "IRN"),  # who visits together also meets
        ("P-2", 0, "PER", "CHL", "SANCTION", "expel", False, "PER"),  # the target by its number
        ("P-3", 0, "PER", None, "REQUEST", None, False, None),  # an older name of the type
        ("P-9", 0, "PER", "CHL", "AID", "economic", False, "CHL"),
    ]
    assert [reason for _, reason in reasons(tmp_path)] == [
        "no PLOVER event type: 'GOSSIP'",
        "12 of 42 columns: cut off",
    ]


def test_ucdp(tmp_path):
    taken_in(tmp_path, "ucdp.csv", "ucdp")
    names = ("event_id", "day::VARCHAR", "grain", "initiator", "target", "mode", "both_ways", "place", "reports")
    assert column(tmp_path, *names) == [
        ("7001", "2019-02-26", "day", "IND", "PAK", "attack", True, "IND", 3),
        ("7002", "2019-03-31", "month", None, None, "attack", True, "IND", 1),
        ("7003", "2019-04-02", "day", "YEM", None, "kill", False, "YEM", 1),
    ]


def test_acled(tmp_path):
    taken_in(tmp_path, "acled.csv", "acled")
    names = ("event_id", "grain", "initiator", "initiator_sector", "target", "event_type", "mode", "reports")
    assert column(tmp_path, *names) == [
        ("TCD101", "day", "TCD", "MIL", "CAF", "ASSAULT", "attack", 2),
        ("TCD102", "week", "TCD", "CVL", None, "PROTEST", "demo", 1),
        ("TCD103", "month", "TCD", "MIL", "SDN", "SUPPORT", "agreement", 1),
    ]


MAPPING = {"id": "No", "day": "Date", "initiator": "From", "target": "To", "type": "What", "url": "Link"}


def test_any_csv_by_header(tmp_path):
    done = taken_in(tmp_path, "own.csv", "csv", dataset="own", mapping=MAPPING)
    assert (done.rows, done.imported, done.duplicates, done.quarantined) == (4, 3, 0, 1)
    assert done.unknown == (("name Atlantis", 1),)
    assert column(tmp_path, "dataset", "initiator", "target", "event_type", "url") == [
        ("own", "SRB", "XKX", "THREATEN", "https://news.example/s"),
        ("own", "XKX", "SRB", "CONSULT", None),
        ("own", None, "SRB", "CONSULT", None),
    ]


def test_any_csv_by_position(tmp_path):
    mapping = {"id": "1", "day": "2", "initiator": "3", "target": "4", "cameo": "5"}
    taken_in(tmp_path, "own-bare.csv", "csv", dataset="own", mapping=mapping)
    assert column(tmp_path, "day::VARCHAR", "initiator", "target", "cameo", "mode") == [
        ("2018-01-05", "SRB", "XKX", "131", "measures"),
        ("2018-01-06", "XKX", "SRB", "036", "meet"),
    ]


@pytest.mark.parametrize(
    ("format_", "options"),
    [
        ("gedlt", {}),
        ("csv", {"dataset": "own"}),
        ("csv", {"mapping": MAPPING}),
        ("csv", {"dataset": "Own data", "mapping": MAPPING}),
        ("csv", {"dataset": "own", "mapping": {**MAPPING, "colour": "Link"}}),
        ("csv", {"dataset": "own", "mapping": {**MAPPING, "url": "Address"}}),
        ("gdelt", {"mapping": MAPPING}),
    ],
)
def test_a_wrong_call_is_refused_and_leaves_nothing(tmp_path, format_, options):
    with pytest.raises(UsageError):
        taken_in(tmp_path, "own.csv", format_, **options)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# Twice, and damage of the file itself


def contents(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "format_"), [("gdelt2.export.CSV", "gdelt"), ("gdelt2.mentions.CSV", "gdelt-mentions")]
)
def test_importing_twice_changes_nothing(tmp_path, name, format_):
    first = taken_in(tmp_path, name, format_)
    before = contents(tmp_path)
    again = taken_in(tmp_path, name, format_)
    assert contents(tmp_path) == before
    assert (first.is_new, again.is_new) == (True, False)
    assert again.told().replace(" (already there)", "") == first.told()


def test_the_same_rows_in_another_file_are_duplicates(tmp_path):
    taken_in(tmp_path, "gdelt2.export.CSV", "gdelt")
    other = tmp_path / "again.CSV"
    other.write_bytes((DATA / "gdelt2.export.CSV").read_bytes() + b"\n")
    done = import_file(other, "gdelt", tmp_path)
    assert (done.rows, done.imported, done.duplicates, done.quarantined) == (10, 0, 7, 3)
    assert len(column(tmp_path, "event_id")) == 6


def test_what_is_quarantined_is_told_with_its_reasons_and_its_file(tmp_path):
    path = tmp_path / "some.export.CSV"
    rows = (DATA / "gdelt2.export.CSV").read_bytes().splitlines(keepends=True)[:1]
    path.write_bytes(b"".join((*rows, b"7\t20170620\n", b"8\t20170620\n", rows[0].replace(b"\t042\t", b"\t---\t"))))
    done = import_file(path, "gdelt", tmp_path / "imported")
    told = done.told()
    assert told.startswith("some.export.CSV: 4 rows read = 1 imported, 0 duplicates, 3 quarantined\n")
    assert told.endswith(f"quarantined in {done.quarantine}: 2 of 61 columns: cut off (2), no CAMEO code (1).")
    assert (tmp_path / done.quarantine).is_file()


def test_a_file_of_another_format_is_told(tmp_path):
    assert taken_in(tmp_path, "gdelt2.mentions.CSV", "icews").told().endswith("Is it of another format?")
    with pytest.raises(UsageError, match="is a folder"):
        import_file(tmp_path, "gdelt", tmp_path)


def test_rows_with_more_tabs_than_columns_but_fewer_than_the_header_are_read(tmp_path):
    header, row = (DATA / "polecat-trailing.txt").read_text(encoding="latin-1").splitlines()[:2]
    names, cells = header.split("\t")[:40], row.split("\t")[:40]
    path = tmp_path / "wide.txt"
    path.write_text(
        "\t".join((*names, "Headline", "More", "Yet more")) + "\n" + "\t".join((*cells, "", "")) + "\n", "utf-8"
    )
    assert import_file(path, "polecat", tmp_path / "in").imported == 1


def test_a_stopped_import_is_done_again(tmp_path):
    whole = taken_in(tmp_path, "icews.tab", "icews")
    before = contents(tmp_path)
    next(tmp_path.glob("*.json")).unlink()  # it is written last
    assert taken_in(tmp_path, "icews.tab", "icews") == whole
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["cut.csv.gz", "cut.zip", "no.zip"])
def test_a_damaged_archive_is_read_as_far_as_it_goes(tmp_path, name):
    lines = b"".join(b"%d,2018-01-05,SRB,XKX,131\n" % at for at in range(20_000))
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(lines)[:-2000])
    elif name == "cut.zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", lines)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    else:
        path.write_bytes(lines)
    mapping = {"id": "1", "day": "2", "initiator": "3", "target": "4", "cameo": "5"}
    done = import_file(path, "csv", tmp_path / "in", dataset="own", mapping=mapping)
    assert done.rows == done.imported + done.duplicates + done.quarantined
    assert any("damaged" in reason for _, reason in reasons(tmp_path / "in"))
    assert done.imported > 0 or name == "no.zip"


def test_a_member_of_a_zip_without_a_name_does_not_stop_the_import(tmp_path):
    path = tmp_path / "a.CSV.zip"
    path.write_bytes((DATA / "gdelt1.export.CSV.zip").read_bytes().replace(b"20130403.export.CSV", b"\0" * 19))
    done = import_file(path, "gdelt", tmp_path / "in")
    assert done.rows == done.imported + done.duplicates + done.quarantined > 0


def test_a_zip_whose_names_are_no_text_is_told(tmp_path):
    path = tmp_path / "a.CSV.zip"
    data = bytearray((DATA / "gdelt1.export.CSV.zip").read_bytes().replace(b"20130403.export.CSV", b"\xdb" * 19))
    data[data.rindex(b"PK\x01\x02") + 9] |= 8  # says that names are UTF-8
    path.write_bytes(data)
    done = import_file(path, "gdelt", tmp_path / "in")
    assert (done.rows, done.quarantined) == (1, 1)
