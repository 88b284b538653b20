"""Axe finds nothing on any page, light and dark, wide and narrow; nothing is cut off at phone width."""

import pytest

from detente.apps.web.wording import slug

axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.model]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "brief": "/",
    "changes": "/changes?since=2019-01-01",
    "issues": "/issues",
    "agenda": "/agenda",
    "month": "/agenda?month=2019-11",
    "timeline": "/timeline",
    "index": "/index",
    "sources": "/sources",
    "search": "/search?q=Japan",
    "documents": "/documents",
    "review": "/review",
    "add": "/add",
    "decisions": "/decisions",
    "problems": "/problems",
    "keys": "/keys",
    "tables": "/tables/positions",
    "table": "/tables/blindspots",
}


def address(served, name):
    """The address of a page; of those of one thing, of the first."""
    workspace = served.workspace
    record = workspace.records("event")[0]
    held = next(record for record in workspace.records("position") if record.issues)
    place = record.evidence[0]
    single = {
        "record": f"/records/{record.id}",
        "issue": f"/issues/{slug(held.issues[0].label)}",
        "decide": f"/records/{record.id}/decide",
        "document": f"/documents/{place.document}?at={place.start}-{place.end}",
        "mend": f"/documents/{place.document}/mend",
        "passage": f"/passages/{place.document}:{place.start}-{place.end}",
    }
    return served.address + (PAGES | single)[name]


SINGLE = ("record", "issue", "decide", "document", "mend", "passage")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("name", [*PAGES, *SINGLE])
def test_axe_finds_nothing(name, width, scheme, dispatches, visit):
    page = visit(dispatches, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(address(dispatches, name))
    for details in page.locator("details").all():
        details.evaluate("found => { found.open = true; }")
    found = axe_playwright.Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    told = [
        (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in found.response["violations"]
    ]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
