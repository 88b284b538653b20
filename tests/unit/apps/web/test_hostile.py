"""News is hostile input: no script, style or link of it runs, wherever it is shown."""

import re
from urllib.parse import quote

import pytest
import records_for_tests as made
from pages_for_tests import bad_in, mark_of, post, records_of

from detente.records import Document, Problem, Trouble, document_id
from detente.workspace import Workspace

SCRIPTS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "<style>*{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>here</a>",
    "<form action=https://evil.example><input name=q></form>",
    "<div hx-get=https://evil.example hx-trigger=load>x</div>",
    "--><!-- <![CDATA[ ]]>",
    "\u202e\u2066reversed\u0000",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    " javascript:alert(1)",
    "//evil.example/x",
    "file:///etc/passwd",
    'https://example.org/"onmouseover="alert(1)',
)


def hostile(workspace: Workspace, words: str, url: str | None = None) -> Document:
    """A document that carries these words everywhere: title, outlet, byline, text, evidence, problem."""
    text = (
        f"China demanded on Friday {words} that the tariffs be lifted. The United States met China in Geneva. "
        "They plan to meet again in December. The United States rejects the demand."
    )
    document = Document(
        id=document_id(text=text, outlet=words, published_on=made.PUBLISHED, url=url),
        text=text,
        outlet=words,
        title=f"Title {words}",
        byline=words,
        published_on=made.PUBLISHED,
        url=url,
        language="en",
    )
    position, *others = records_of(document)
    named = made.Actor(words=words, person=words, state="CHN")
    loud = made.position(document, f"China demanded on Friday {words} that the tariffs be lifted", holder=named)
    issue = made.event(document, words, issues=(made.Issue(theme="own", label=words),))
    problem = Problem(trouble=Trouble.CONFLICT, message=words, document=document.id, path=words)
    post(workspace, document, (position, *others, loud, issue), problem)
    return document


@pytest.mark.parametrize("words", SCRIPTS)
def test_no_words_of_a_text_run(words, empty, ask):
    document = hostile(empty, words)
    client = ask(empty)
    record = empty.records_of(document)[0]
    pages = [
        "/", "/changes", "/issues", "/issues/trade", "/agenda", "/agenda?month=2019-12", "/timeline", "/index",
        "/sources", "/documents", "/problems", "/review", "/decisions", "/search?q=tariffs", "/tables/positions",
        "/tables/events",
        f"/documents/{document.id}", f"/documents/{document.id}/mend", f"/records/{record.id}",
        f"/records/{record.id}/decide", f"/passages/{document.id[:8]}:0-30",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert bad_in(answer.text) == [], page


def test_no_words_of_a_text_are_taken_for_a_template(empty, ask):
    document = hostile(empty, "{{ 7 * 7 }}")
    assert "{{ 7 * 7 }}" in ask(empty).get(f"/documents/{document.id}").text


@pytest.mark.parametrize("words", SCRIPTS)
def test_no_words_of_an_address_run(words, small, ask):
    client = ask(small)
    for page, name in (
        ("/search", "q"), ("/timeline", "issue"), ("/timeline", "outlet"), ("/index", "issue"),
        ("/documents", "outlet"), ("/", "pair"), ("/", "as_of"), ("/agenda", "month"), ("/index", "period"),
        ("/nowhere", words),
    ):  # fmt: skip
        assert bad_in(client.get(page, params={name: words}).text) == [], (page, name)
    for page in ("/records/", "/documents/", "/passages/", "/issues/", "/tables/"):
        assert bad_in(client.get(f"{page}{quote(words)}").text) == [], page


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_address_of_a_text_is_followed_that_is_none_of_the_web(url, empty, ask):
    document = hostile(empty, "in passing", url)
    page = ask(empty).get(f"/documents/{document.id}").text
    assert bad_in(page) == []
    assert ("The original" in page) == url.startswith("https://")


def test_links_to_other_sites_tell_them_nothing(empty, ask):
    document = hostile(empty, "in passing", "https://example.org/story")
    page = ask(empty).get(f"/passages/{document.id[:8]}:0-30").text
    links = re.findall(r'<a href="(https://example[^"]*)" rel="([^"]*)"', page)
    assert links
    for link, rel in links:
        assert "#:~:text=China%20demanded" in link
        assert {"noopener", "noreferrer"} <= set(rel.split())


@pytest.mark.parametrize("words", SCRIPTS)
def test_no_reason_of_a_decision_runs(words, small, ask):
    client = ask(small)
    record = small.records("event")[0]
    form = {"verb": "accept", "id": record.id, "why": words, "by": words, "csrf": mark_of(client.get("/add").text)}
    assert client.post("/decisions", data=form).status_code == 200
    for page in ("/decisions", f"/records/{record.id}", "/review"):
        assert bad_in(client.get(page).text) == []


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "\nx", ""]
)
def test_a_form_leads_back_to_pages_of_ours_alone(back, small, ask):
    client = ask(small)
    form = {
        "verb": "accept",
        "id": small.records("event")[0].id,
        "back": back,
        "csrf": mark_of(client.get("/add").text),
    }
    answer = client.post("/decisions", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/decisions"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/documents/..%2f..%2fdetente.toml",
        "/records/%00",
        "/documents/%25",
        "/documents/_",
        "/passages/%3a0-1",
        "/passages/a:1-99999999999999999999999999999",
        "/passages/a:-1-2",
    ],
)
def test_paths_lead_nowhere_else(path, small, ask):
    answer = ask(small).get(path)
    assert answer.status_code in (400, 404, 405)
    assert "def " not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("name", ["Cookie", "User-Agent", "Accept-Language", "Authorization", "X-Forwarded-User"])
def test_giant_headers_harm_nothing(name, small, ask):
    answer = ask(small).get("/", headers={name: "x" * 60_000})
    assert answer.status_code < 500
