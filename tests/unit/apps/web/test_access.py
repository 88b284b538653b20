"""Nobody comes in without the token or a proxy's user; nothing is changed by a page of another site."""

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pages_for_tests import BASE, TOKEN, mark_of

from detente.apps.web.access import CLIENT_HEADER, HEADERS, UPLOAD_BYTES, Access
from detente.apps.web.app import create_app
from detente.errors import UsageError

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def stranger(small):
    return TestClient(create_app(small, Access(token=TOKEN, user="ann")), base_url=BASE, follow_redirects=False)


@pytest.fixture
def proxied(small):
    access = Access(host="0.0.0.0", behind_proxy=True)
    return TestClient(create_app(small, access), base_url="https://desk.example", follow_redirects=False)


# The token


@pytest.mark.parametrize("page", ["/", "/documents", "/api/brief", "/api/openapi.json", "/nowhere"])
def test_without_the_token_nothing_is_told(page, stranger):
    answer = stranger.get(page)
    assert answer.status_code == 401
    assert "China" not in answer.text


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", "\u00e9"])
def test_a_wrong_token_is_refused(token, stranger):
    assert stranger.get("/", params={"token": token}).status_code == 401


def test_the_token_gives_a_cookie_and_leaves_the_address(stranger):
    answer = stranger.get(f"/issues?as_of=2019-11-02&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/issues?as_of=2019-11-02"
    cookie = answer.headers["set-cookie"]
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert stranger.get("/").status_code == 200


def test_the_token_leads_to_no_other_site(stranger):
    assert stranger.get(f"{BASE}//evil.example?token={TOKEN}").headers["location"].startswith("/evil.example")


def test_a_program_may_send_the_token(stranger):
    assert stranger.get("/api/brief", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert stranger.get("/api/brief", headers={"Authorization": "Bearer no"}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "0.0.0.0", ""])
def test_another_name_for_this_machine_is_refused(host, stranger):
    answer = stranger.get(f"/?token={TOKEN}", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:8765"])
def test_the_names_of_this_machine_are_taken(host, stranger):
    assert stranger.get(f"/?token={TOKEN}", headers={"Host": host}).status_code == 303


# The proxy


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "desk.example", "::"])
def test_another_address_needs_a_proxy(host):
    with pytest.raises(UsageError, match="behind-proxy"):
        Access(host=host)


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-User": ""}, {"X-Forwarded-User": "x" * 101}])
def test_without_the_user_of_the_proxy_nothing_is_told(headers, proxied):
    assert proxied.get("/", headers=headers).status_code == 403


def test_the_token_does_not_open_what_a_proxy_guards(proxied):
    assert proxied.get("/", params={"token": proxied.app.state.access.token}).status_code == 403


def test_decisions_are_those_of_the_user_whom_the_proxy_names(proxied, small):
    headers = {"X-Forwarded-User": "bea"}
    record = small.records("event")[0]
    form = {"verb": "accept", "id": record.id, "by": "ann", "csrf": mark_of(proxied.get("/add", headers=headers).text)}
    assert proxied.post("/decisions", data=form, headers=headers).status_code == 303
    assert [made.by for made in small.store.decisions()] == ["bea"]


def test_the_form_of_one_user_is_not_that_of_another(proxied, small):
    form = {"verb": "accept", "id": small.records("event")[0].id}
    form["csrf"] = mark_of(proxied.get("/add", headers={"X-Forwarded-User": "bea"}).text)
    assert proxied.post("/decisions", data=form, headers={"X-Forwarded-User": "mallory"}).status_code == 403
    assert small.store.decisions() == []


# Other sites


def changing(app):
    """The address and method of everything that changes something."""
    found = []
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        found += inner.routes if inner is not None else [route]
    return [(r.path, m) for r in found if isinstance(r, APIRoute) for m in r.methods & CHANGES]


def test_whatever_changes_something_asks_for_a_mark(small, ask):
    client = ask(small)
    routes = changing(client.app)
    assert len(routes) >= 6
    before = small.store.known_ids()
    for path, method in routes:
        at = path.replace("{id_}", next(iter(before)))
        assert client.request(method, at, data={"sure": "yes", "verb": "accept"}).status_code == 403, (method, path)
        assert client.request(method, at, json={}).status_code == 403, (method, path)
    assert small.store.known_ids() == before


@pytest.mark.parametrize("mark", ["", "x", "00.00", "a.b.c"])
def test_a_made_up_mark_is_refused(mark, small, ask):
    assert ask(small).post("/add", data={"text": "Some words.", "csrf": mark}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_whatever_it_carries(headers, small, ask):
    client = ask(small)
    form = {"verb": "reject", "id": small.records("event")[0].id, "csrf": mark_of(client.get("/add").text)}
    assert client.post("/decisions", data=form, headers=headers).status_code == 403
    body = {"verb": "reject", "words": [form["id"]]}
    assert client.post("/api/decisions", json=body, headers=headers | {CLIENT_HEADER: "x"}).status_code == 403
    assert small.store.decisions() == []


def test_nothing_is_changed_by_looking(small, ask):
    client = ask(small)
    id_ = small.records("event")[0].evidence[0].document
    for page in (f"/documents/{id_}/forget", f"/decisions?verb=reject&id={id_}"):
        client.get(page)
    assert id_ in small.store.known_ids()
    assert small.store.decisions() == []


# What every answer carries


@pytest.mark.parametrize("page", ["/", "/static/desk.css", "/api/brief", "/nowhere", "/records/nothing"])
def test_every_answer_forbids_what_it_need_not_allow(page, small, ask):
    answer = ask(small).get(page)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_refusals_forbid_it_too(stranger):
    assert stranger.get("/").headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("page", ["/", "/issues", "/timeline", "/index", "/review", "/add", "/agenda?month=2019-12"])
def test_no_page_has_script_or_style_of_its_own(page, small, ask):
    text = ask(small).get(page).text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert text.count("<script") == text.count('<script src="/static/') == 2
    assert "https://" not in text


def test_too_much_at_once_is_refused(small, ask):
    client = ask(small)
    answer = client.post("/add", headers={"Content-Length": str(UPLOAD_BYTES + 1)}, content=b"x")
    assert answer.status_code == 413


def test_too_much_without_saying_so_is_cut_off(small, ask, monkeypatch):
    monkeypatch.setattr("detente.apps.web.access.UPLOAD_BYTES", 100)

    def endless():
        for _ in range(50):
            yield b"x" * 100

    client = ask(small)
    before = small.store.known_ids()
    answer = client.post("/add", content=endless(), headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code >= 400
    assert small.store.known_ids() == before


def test_a_program_that_may_not_come_in_is_told_so_as_json(small):
    stranger = TestClient(create_app(small, Access(token=TOKEN)), base_url=BASE)
    answer = stranger.get("/api/brief")
    assert (answer.status_code, set(answer.json())) == (401, {"error", "hint"})


@pytest.mark.parametrize(("page", "kind"), [("/", "text/html"), ("/api/brief", "application/json")])
def test_a_fault_of_the_program_is_told_and_tells_nothing_else(page, kind, small, monkeypatch):
    def fails(*_: object) -> None:
        raise ZeroDivisionError("words of the inside")

    monkeypatch.setattr("detente.apps.web.brief.brief_of", fails)
    monkeypatch.setattr("detente.apps.web.api.brief_of", fails)
    client = TestClient(create_app(small, Access(token=TOKEN)), base_url=BASE, raise_server_exceptions=False)
    answer = client.get(page, headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith(kind)
    assert "ZeroDivisionError" in answer.text
    assert "the inside" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
