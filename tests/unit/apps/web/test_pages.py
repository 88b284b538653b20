"""Every page answers, on an empty workspace and on a full one, and what it links to is there."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest

from detente.apps.web.index import MOST

PAGES = (
    "/",
    "/changes",
    "/issues",
    "/agenda",
    "/agenda?month=2019-12",
    "/agenda?month=",
    "/timeline",
    "/timeline?kind=event&voice=reported&actor=CHN",
    "/index",
    "/index?frequency=week",
    "/sources",
    "/search",
    "/search?q=tariffs",
    "/documents",
    "/problems",
    "/decisions",
    "/review",
    "/keys",
    "/add",
    "/tables/events",
    "/tables/blindspots",
)
LINK = re.compile(r'(?:href|action|hx-get)="([^"]*)"')
FOLLOWED = 600  # addresses


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_in_an_empty_workspace(page, empty, ask):
    assert ask(empty).get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers(page, small, ask):
    answer = ask(small).get(page)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "<title>" in answer.text


def test_the_empty_workspace_says_what_to_do(empty, ask):
    page = ask(empty).get("/").text
    assert "Nothing has been read yet" in page
    assert 'href="/add"' in page


def followed(client, first="/"):
    """Each address of ours that pages lead to, with what it answered."""
    told, waiting = {}, deque([first])
    while waiting and len(told) < FOLLOWED:
        at = waiting.popleft()
        if at in told:
            continue
        answer = client.get(at)
        told[at] = answer
        if "html" not in answer.headers.get("content-type", ""):
            continue
        for found in LINK.findall(answer.text):
            link = found.replace("&amp;", "&").partition("#")[0]
            if link.startswith("/") and urlsplit(link).path not in ("/decisions",):
                waiting.append(link)
    return told


def test_no_link_leads_nowhere(small, ask):
    told = followed(ask(small))
    posts = re.compile(r"/(mend|forget)$")
    assert [at for at, answer in told.items() if answer.status_code != 200 and not posts.search(at)] == []
    assert len(told) > 60


@pytest.mark.model
def test_no_link_of_coded_dispatches_leads_nowhere(dispatches, ask):
    told = followed(ask(dispatches))
    assert [at for at, answer in told.items() if answer.status_code != 200 and "/forget" not in at] == []


def test_each_sentence_of_the_brief_leads_to_its_passage(small, ask):
    client = ask(small)
    page = client.get("/").text
    cited = re.findall(r'<a class="cite" href="([^"]+)"', page)
    assert cited
    for link in set(cited):
        assert "<mark>" in client.get(link).text
    assert "<mark>The United States met China in Geneva.</mark>" in client.get(cited[0]).text + "".join(
        client.get(link).text for link in cited
    )


def test_the_day_that_is_asked_for_is_kept_in_links(small, ask):
    page = ask(small).get("/?as_of=2019-11-02").text
    assert 'href="/issues?as_of=2019-11-02"' in page
    assert "no document in the ledger" in ask(small).get("/?as_of=2019-10-01").text


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/nowhere", 404),
        ("/records/ffff", 404),
        ("/documents/ffff", 404),
        ("/passages/ffff:1-2", 404),
        ("/tables/nothing", 404),
        ("/issues/nothing", 404),
        ("/add/jobs/99", 404),
        ("/?as_of=yesterday", 400),
        ("/?pair=USA", 400),
        ("/?pair=USA-Atlantis", 400),
        ("/agenda?month=May", 400),
        ("/timeline?page=0", 422),
    ],
)
def test_what_cannot_be_shown_is_told(page, status, small, ask):
    answer = ask(small).get(page)
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_a_document_is_shown_whole_with_its_records_lit(small, ask):
    client = ask(small)
    record = small.records("event")[0]
    evidence = record.evidence[0]
    page = client.get(f"/documents/{evidence.document}?at={evidence.start}-{evidence.end}").text
    assert f'href="#r-{record.id[:12]}"' in page
    assert f'id="r-{record.id[:12]}"' in page
    assert 'id="at"' in page


def test_a_point_of_the_index_opens_its_deeds(small, ask):
    client = ask(small)
    page = client.get("/index").text
    link = re.search(r'<a href="(/index[^"]*period=[^"]*)"', page)[1].replace("&amp;", "&")
    assert "Behind the point" in client.get(link).text


def test_a_long_index_is_shown_in_stretches(small, ask):
    client = ask(small)
    asked = "/api/index?frequency=day&as_of=2024-06-30"
    told = client.get(asked).json()
    days = [point["first"] for point in told["points"]]
    assert len(set(days)) == MOST
    assert days[-1] == "2024-06-30"
    while told.get("earlier"):
        told = client.get(f"{asked}&until={told['earlier']}").json()
        days = [point["first"] for point in told["points"]] + days
    assert len(days) == 2 * len(set(days))
    assert days == sorted(days)
    assert days[0] == "2019-11-01"
    assert "Earlier" in client.get("/index?frequency=day&as_of=2024-06-30").text


def test_what_is_written_meanwhile_is_shown(small, ask):
    client = ask(small)
    before = client.get("/").text
    assert client.get("/").text.count('class="cite"') == before.count('class="cite"')
    for record in small.records("event"):
        small.decide("reject", record.id, by="bea")
    assert "met China in Geneva" in before
    assert "met China in Geneva" not in client.get("/?as_of=2019-11-02").text
