"""`detente add https://…`: pages of the web on the command line, from a server of this machine."""

import pytest
from sites_for_tests import Site, Time, guest_of, serving
from typer.testing import CliRunner

from detente.adapters.readers import web
from detente.adapters.readers.polite import PAUSE, Guest
from detente.apps.cli import add
from detente.apps.cli.app import app
from detente.workspace import init_workspace, open_workspace

pytestmark = pytest.mark.model

STORY = "<p>China said on Friday that it would lift tariffs on soybeans of the United States.</p>" * 3
PAGE = (
    "<!doctype html><html><head><title>Tariffs on beans</title>"
    '<meta property="article:published_time" content="2019-11-02T10:00:00Z"></head>'
    f"<body><article><h1>Tariffs on beans</h1>{STORY}</article></body></html>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def site(monkeypatch):
    with serving(Site()) as made:
        monkeypatch.setattr(web, "PORTS", frozenset({None, made.port}))
        made.pages |= {
            "/beans": (PAGE, HTML, 200),
            "/moved": (b"", {"Location": "/beans"}, 301),
            "/inside": (b"", {"Location": "http://10.0.0.1/secret"}, 302),
            "/film": (b"\0" * 100, {"Content-Type": "video/mp4"}, 200),
            "/cut": (PAGE, HTML | {"Content-Length": "99999"}, 200),
            "/ill": [(b"", {"Retry-After": "7"}, 429), (PAGE.replace("soybeans", "maize"), HTML, 200)],
            "/robots.txt": "User-agent: *\nDisallow: /private\n",
        }
        yield made


@pytest.fixture
def clock():
    return Time()


@pytest.fixture
def run(tmp_path, monkeypatch, clock):
    init_workspace(tmp_path / "w", [("USA", "CHN")]).close()
    guest = guest_of(clock)
    guest.allowed = lambda address: address.startswith("127.")
    monkeypatch.setattr(add, "_guest", lambda: guest)

    def call(*words):
        return CliRunner().invoke(app, ["add", *words, "--workspace", str(tmp_path / "w")])

    return call


def documents(tmp_path):
    opened = open_workspace(tmp_path / "w")
    try:
        return opened.store.newest_documents(None, 10)[0]
    finally:
        opened.close()


def test_a_page_is_read_coded_and_posted_once(site, run, tmp_path):
    done = run(f"{site.root}/beans", f"{site.root}/moved", f"{site.root}/beans#end")
    assert done.exit_code == 0
    assert done.stdout.startswith("1 new, 2 already there, 0 refused; 0 problems.")
    (document,) = documents(tmp_path)
    assert (document.title, document.url) == ("Tariffs on beans", f"{site.root}/beans")
    assert document.published_on.isoformat() == "2019-11-02"


def test_a_scheme_in_capitals_is_one_of_the_web(site, run):
    assert run(f"{site.root}/beans".replace("http", "HTTP", 1)).stdout.startswith("1 new")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/none", "The server answers 404. Check the address."),
        ("/inside", "leads to an address that is not public"),
        ("/film", "The server sends video/mp4, which is no text."),
        ("/cut", "its answer is damaged or breaks off. Check the address and the network"),
        ("/private/page", "The robots.txt of its host asks to keep away."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_address_and_stops_nothing(path, told, site, run):
    alone = run(site.root + path)
    assert (alone.exit_code, alone.stdout) == (
        1,
        "0 new, 0 already there, 1 refused; 1 problem.\n",
    )
    assert f"unreadable: {site.root}{path}: " in alone.stderr.replace("\n", " ")
    assert told in " ".join(alone.stderr.split())
    assert "/secret" not in site.asked
    beside = run(site.root + path, f"{site.root}/beans")
    assert (beside.exit_code, beside.stdout[:5]) == (0, "1 new")


def test_a_server_that_asks_to_wait_is_waited_for(site, run, clock):
    assert run(f"{site.root}/ill").stdout.startswith("1 new")
    assert 7.0 in clock.waits
    assert set(clock.waits) <= {7.0, PAUSE}


def test_nothing_of_this_machine_is_asked_by_a_user(site, run, monkeypatch):
    monkeypatch.setattr(add, "_guest", lambda: Guest(sleep=lambda _: None))
    done = run(f"{site.root}/beans")
    assert done.exit_code == 1
    assert "not public" in done.stderr
    assert site.asked == []


def test_pages_cannot_be_shared_out_among_workers(site, run):
    done = run(f"{site.root}/beans", "--workers", "2")
    assert done.exit_code != 0
    assert site.asked == []
