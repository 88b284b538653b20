"""What pages show can be taken along in one click, and is what the command line writes."""

import csv
import datetime as dt
import io
import json
import re

import pytest

from detente.adapters.exporters.brief_html import write_html
from detente.adapters.exporters.formats import FORMATS
from detente.apps.cli.verification import verify_text
from detente.apps.web.exports import SHAPES, TABLE_SHAPES
from detente.telling.tables import TABLES

LINK = re.compile(r'href="(/api/export/[^"?]+)(?:\?[^"]*)?" download')
OFFERED = {
    "/": {*FORMATS, *(f"brief.{shape}" for shape in SHAPES)},
    "/changes": {"atom", *(f"changes.{shape}" for shape in SHAPES)},
    "/issues": {"atom", "graphml", "tables/positions.csv"},
    "/issues/trade": {"csv", "jsonl", "parquet", "atom", "graphml"},
    "/agenda": {"ics", "tables/agenda.csv"},
    "/agenda?month=2019-12": {"ics", "tables/agenda.csv"},
    "/timeline": {"csv", "jsonl", "parquet", "annotations", "plover", "polecat", "ftm", "tables/timeline.csv"},
    "/index": {"index.csv", "index.json", "index.md"},
    "/sources": {"csl", "ris", "bibtex", "tables/sources.csv", "tables/blindspots.csv"},
    "/documents": {"csl", "ris", "bibtex"},
    **{f"/tables/{name}": {f"tables/{name}.{shape}" for shape in TABLE_SHAPES} for name in TABLES},
}


@pytest.mark.parametrize("page", OFFERED)
def test_a_page_offers_what_fits_it(page, small, ask):
    offered = {link.removeprefix("/api/export/") for link in LINK.findall(ask(small).get(page).text)}
    assert offered >= OFFERED[page]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_what_the_command_writes(name, small, ask):
    answer = ask(small).get(f"/api/export/{name}?as_of=2019-11-02")
    assert answer.content == small.export(name, as_of=dt.date(2019, 11, 2))
    assert answer.headers["content-type"].startswith(FORMATS[name].media_type)
    named = f"usa-chn-{name}-2019-11-02{FORMATS[name].suffix}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{named}"'


@pytest.mark.parametrize("shape", ["html", "json"])
@pytest.mark.parametrize("page", ["brief", "changes"])
def test_a_page_carries_its_evidence(page, shape, small, ask):
    answer = ask(small).get(f"/api/export/{page}.{shape}")
    faults, _ = verify_text(answer.text, None)
    assert faults == []


def test_the_brief_is_the_one_shown(small, ask):
    assert ask(small).get("/api/export/brief.html").text == write_html(small.brief())


@pytest.mark.parametrize("shape", TABLE_SHAPES)
def test_a_table_is_whole(shape, small, ask):
    answer = ask(small).get(f"/api/export/tables/events.{shape}")
    assert answer.text.count("met China in Geneva") >= 2
    assert answer.headers["content-disposition"].startswith("attachment")


def test_an_issue_is_taken_alone(small, ask):
    client = ask(small)
    link = re.search(r'href="(/api/export/csv\?[^"]*)"', client.get("/issues/trade").text)[1].replace("&amp;", "&")
    alone = client.get(link).text
    assert "tariffs be lifted" in alone
    assert "met China in Geneva" not in alone


NARROWED = [
    {"kind": "event", "factuality": "happened"},
    {"kind": "event", "outlet": "The Meridian"},
    {"issue": "Trade", "kind": "position"},
    {"kind": "agenda_item", "as_of": "2019-11-30"},
    {"kind": "event", "outlet": "Nobody's"},
]


@pytest.mark.parametrize("filters", NARROWED, ids=lambda filters: " ".join(filters.values()))
def test_a_download_keeps_every_filter_of_the_timeline(filters, small, ask):
    client = ask(small)
    page = client.get("/timeline", params=filters).text
    links = set(re.findall(r'href="(/api/export/[^"]*)" download', page))
    address = {link.partition("?")[0].removeprefix("/api/export/"): link.replace("&amp;", "&") for link in links}
    lines = client.get("/api/timeline", params=filters).json()["lines"]
    assert page.count('<svg class="bar ') == len(lines)
    shown = {record["id"] for line in lines for record in line["records"]}
    assert {json.loads(line)["id"] for line in client.get(address["jsonl"]).text.splitlines()} == shown
    assert {row["id"] for row in csv.DictReader(io.StringIO(client.get(address["csv"]).text))} == shown
    told = client.get(address["tables/timeline.json"]).json()
    whole = client.get("/api/export/tables/timeline.json", params={"as_of": filters.get("as_of")}).json()
    assert [row["id"] for row in told] == [row["id"] for row in whole if row["id"] in shown]


@pytest.mark.parametrize("what", ["nothing", "brief.docx", "tables/nothing.csv", "tables/events.xls", "index.xls"])
def test_what_is_not_offered_is_refused(what, small, ask):
    answer = ask(small).get(f"/api/export/{what}")
    assert answer.status_code in (400, 404)
    assert set(answer.json()) == {"error", "hint"}
