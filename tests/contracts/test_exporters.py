"""What every format must do. A new one joins by a row in FORMATS and one in READERS."""

import csv
import datetime as dt
import io
import json
from xml.etree import ElementTree

import duckdb
import icalendar
import pytest
from accounts_for_tests import LATE, RECORDS, account

from detente.adapters.exporters.formats import FORMATS, format_named
from detente.errors import UsageError

ATOM = "{http://www.w3.org/2005/Atom}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def read_parquet(written: bytes, folder) -> list:
    path = folder / "records.parquet"
    path.write_bytes(written)
    return duckdb.sql(f"SELECT * FROM '{path}'").fetchall()


def json_lines(written: bytes, _) -> list:
    return [json.loads(line) for line in written.decode().split("\n")[:-1]]


def calendar(written: bytes, _) -> list:
    parsed = icalendar.Calendar.from_ical(written)
    assert not parsed.errors
    assert all(not part.errors for part in parsed.subcomponents)
    return parsed.subcomponents


READERS = {
    "ics": calendar,
    "atom": lambda written, _: ElementTree.fromstring(written).findall(f"{ATOM}entry"),
    "csv": lambda written, _: list(csv.DictReader(io.StringIO(written.decode(), newline=""))),
    "jsonl": json_lines,
    "parquet": read_parquet,
    "plover": json_lines,
    "polecat": lambda written, _: list(csv.DictReader(io.StringIO(written.decode()), delimiter="\t", quoting=3)),
    "ftm": json_lines,
    "annotations": lambda written, _: json.loads(written)["items"],
    "csl": lambda written, _: json.loads(written),
    "ris": lambda written, _: [block for block in written.decode().split("\r\n\r\n") if block],
    "bibtex": lambda written, _: [block for block in written.decode().split("\n\n") if block],
    "graphml": lambda written, _: ElementTree.fromstring(written).findall(f".//{GRAPHML}edge"),
}


@pytest.fixture(params=FORMATS)
def name(request) -> str:
    return request.param


def test_every_format_has_a_reader_here():
    assert set(READERS) == set(FORMATS)


def test_what_is_written_can_be_read_again_whatever_the_news_holds(name, tmp_path):
    assert READERS[name](FORMATS[name].write(account()), tmp_path)


def test_the_same_records_give_the_same_bytes_in_any_order(name):
    assert FORMATS[name].write(account()) == FORMATS[name].write(account(reversed(RECORDS)))


def test_nothing_known_gives_an_empty_file_that_can_be_read(name, tmp_path):
    assert READERS[name](FORMATS[name].write(account(())), tmp_path) == []


def test_nothing_is_told_that_became_known_later(name, tmp_path):
    """Records of the later document are not among those given for the earlier day: no trace of it may show."""
    early = [record for record in RECORDS if record.evidence[0].document != LATE.id]
    written = FORMATS[name].write(account(early, as_of=dt.date(2019, 11, 5)))
    assert not any(sign in str(READERS[name](written, tmp_path)) + repr(written) for sign in (LATE.id, "put off"))


def test_since_leaves_out_what_was_known_before(name, tmp_path):
    whole = READERS[name](FORMATS[name].write(account()), tmp_path)
    late = READERS[name](FORMATS[name].write(account(since=dt.date(2019, 11, 9))), tmp_path)
    assert len(late) < len(whole)


def test_an_issue_leaves_out_the_others(name, tmp_path):
    whole = READERS[name](FORMATS[name].write(account()), tmp_path)
    trade = READERS[name](FORMATS[name].write(account(issue="trade")), tmp_path)
    assert 0 < len(trade) < len(whole) or name in ("graphml", "ics")  # there all of it is about trade, or joined to it
    assert len(trade) <= len(whole)


def test_no_address_that_is_not_of_the_web_is_handed_on(name):
    assert b"javascript:" not in FORMATS[name].write(account()) or name == "jsonl"


def test_an_unknown_format_names_those_there_are():
    with pytest.raises(UsageError, match=r"no format.*ics, atom"):
        format_named("docx")
