"""What the pages load comes with the wheel, is what it is said to be, and is small."""

import gzip
import hashlib
from importlib.resources import files

STATIC = files("detente.apps.web").joinpath("static")
HTMX = "2.0.11"
HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
BUDGET = 100_000  # bytes of a page with all that it loads, packed


def test_htmx_is_the_version_that_the_notice_names():
    data = STATIC.joinpath("htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX_SHA256
    assert f'version:"{HTMX}"'.encode() in data


def test_a_page_with_all_that_it_loads_is_small(small, ask):
    client = ask(small)
    loaded = [client.get(f"/static/{name}").content for name in ("desk.css", "desk.js", "htmx.min.js", "icon.svg")]
    assert sum(len(gzip.compress(data)) for data in (client.get("/").content, *loaded)) < BUDGET


def test_pages_are_packed_for_who_takes_it(small, ask):
    assert ask(small).get("/timeline", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_style_and_script_ask_nothing_of_other_sites():
    for name in ("desk.css", "desk.js"):
        text = STATIC.joinpath(name).read_text(encoding="utf-8")
        assert "http:" not in text
        assert "https:" not in text
        assert "@import" not in text
