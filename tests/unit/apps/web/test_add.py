"""Texts are added by file, by address and by pasting; what becomes of them is told and can be mended or taken back."""

import json
import time

import pytest
from pages_for_tests import mark_of

from detente.apps.web.access import CLIENT_HEADER
from detente.apps.web.add import FILES, plain_name

pytestmark = pytest.mark.model

ARTICLE = (
    "China demanded on Friday that the United States lift its tariffs.\n\n"
    "The two sides will meet in Geneva in December, officials said.\n"
)
LINE = {
    "url": "https://example.org/a",
    "outlet": "Harbour Wire",
    "published": "2019-11-02",
    "title": "T",
    "text": ARTICLE,
}


def until_done(client, answer):
    """The page of a job once all of it is read."""
    at = answer.headers["location"]
    for _ in range(300):
        page = client.get(at).text
        if "Done:" in page:
            return page
        time.sleep(0.1)
    raise AssertionError("still reading")


def add(client, **fields):
    files = fields.pop("files", None)
    data = {"csrf": mark_of(client.get("/add").text)} | fields
    return client.post("/add", data=data, files=files, follow_redirects=False)


def test_files_of_all_sorts_are_read_and_each_is_told_of(empty, ask):
    client = ask(empty)
    files = [
        ("files", ("one.txt", ARTICLE.encode(), "text/plain")),
        ("files", ("two.jsonl", json.dumps(LINE).encode(), "application/json")),
        ("files", ("three.html", f"<html><body><article><p>{ARTICLE * 3}</p></article>".encode(), "text/html")),
        ("files", ("bomb.zip", b"PK\x03\x04" + b"\0" * 100, "application/zip")),
        ("files", ("broken.pdf", b"%PDF-1.7 nothing", "application/pdf")),
    ]
    page = until_done(client, add(client, files=files, outlet="The Meridian", published="2019-11-03"))
    assert "Done: 3 new, 0 already there, 2 refused" in page
    assert "zip archive" in page
    assert "damaged or locked" in page
    told = {(d.outlet, str(d.published_on)) for d in (empty.store.document(id_) for id_ in empty.store.known_ids())}
    assert {("Harbour Wire", "2019-11-02"), ("The Meridian", "2019-11-03")} <= told
    assert client.get("/").text.count("cite") > 1


def test_a_text_twice_is_there_already(empty, ask):
    client = ask(empty)
    for told in ("1 new", "1 already there"):
        assert told in until_done(client, add(client, text=ARTICLE, published="2019-11-02"))


def test_what_is_missing_is_mended_in_place(empty, ask):
    client = ask(empty)
    job = add(client, text=ARTICLE)
    page = until_done(client, job)
    assert "undated" in page
    (id_,) = empty.store.known_ids()
    back = job.headers["location"]
    form = {"csrf": mark_of(page), "outlet": "Harbour Wire", "published": "2019-11-02", "back": back}
    answer = client.post(f"/documents/{id_}/mend", data=form, follow_redirects=False)
    assert answer.headers["location"] == back
    assert str(empty.store.document(id_).published_on) == "2019-11-02"
    assert empty.store.document(id_).outlet == "Harbour Wire"


def test_a_document_is_forgotten_only_by_who_is_sure(small, ask):
    client = ask(small)
    id_ = small.records("event")[0].evidence[0].document
    form = {"csrf": mark_of(client.get(f"/documents/{id_}/mend").text)}
    assert client.post(f"/documents/{id_}/forget", data=form).status_code == 400
    assert id_ in small.store.known_ids()
    assert client.post(f"/documents/{id_}/forget", data=form | {"sure": "yes"}).status_code == 200
    assert id_ not in small.store.known_ids()


def test_nothing_and_too_much_are_refused(empty, ask):
    client = ask(empty)
    assert add(client).status_code == 400
    assert add(client, files=[("files", (f"{n}.txt", b"x", "text/plain")) for n in range(FILES + 1)]).status_code == 400
    assert add(client, addresses="\n".join(["https://example.org"] * 30)).status_code == 400
    assert add(client, text=ARTICLE, published="soon").status_code == 400


@pytest.mark.parametrize("address", ["http://127.0.0.1:80/", "http://169.254.169.254/latest", "file:///etc/passwd"])
def test_an_address_that_is_not_public_is_not_asked(address, empty, ask):
    page = until_done(client := ask(empty), add(client, addresses=address))
    assert "0 new" in page
    assert "unreadable" in page


def test_the_api_adds_mends_and_forgets(empty, ask):
    client = ask(empty)
    headers = {CLIENT_HEADER: "test"}
    job = client.post("/api/documents", data={"text": ARTICLE}, headers=headers)
    assert job.status_code == 202
    until_done(client, type("Answer", (), {"headers": {"location": f"/add/jobs/{job.json()['id']}"}}))
    (item,) = client.get(f"/api/jobs/{job.json()['id']}").json()["items"]
    (id_,) = item["new"]
    mended = client.patch(f"/api/documents/{id_}", json={"published": "2019-11-02"}, headers=headers).json()
    assert mended["published_on"] == "2019-11-02"
    records = client.get(f"/api/documents/{id_}").json()["records"]
    assert records
    assert all(ARTICLE[r["evidence"][0]["start"] :].startswith(r["evidence"][0]["quote"]) for r in records)
    assert client.delete(f"/api/documents/{id_}", headers=headers).json() == {"forgotten": id_}
    assert empty.store.known_ids() == set()


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\..\\passwd", "/passwd", "..passwd", "pass\x00wd"])
def test_a_file_name_leads_nowhere(name):
    assert plain_name(name) == "passwd"
