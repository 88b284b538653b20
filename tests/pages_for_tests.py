"""A workspace of few records that nobody coded, and what a browser needs to be let in."""

import datetime as dt
import re
from html.parser import HTMLParser

import records_for_tests as made

from detente.ledger.port import Posting
from detente.passages import split_passages
from detente.records import Document, Event, EventType, Problem, Quad, Record, Stance, Trouble
from detente.workspace import Workspace

TOKEN = "a-token-of-tests"
BASE = "http://127.0.0.1:8765"
POSTED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
TEXT = (
    "China demanded on Friday that the tariffs be lifted. The United States met China in Geneva. "
    "They plan to meet again in December. The United States rejects the demand."
)

LEADS = {"href", "src", "action", "hx-get"}
STAYS = {"src", "action", "hx-get"}  # what may lead to pages of ours alone
RUNS_AS_ADDRESS = re.compile(r"\s*(?:javascript|data|vbscript|file)", re.IGNORECASE)
RUNS = {"script", "style", "iframe", "object", "embed", "base", "frame", "applet"}


class Reader(HTMLParser):
    """What of a page would run or lead away."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what is bad of one tag."""
        told = dict(attrs)
        ours = str(told.get("src", "")).startswith("/static/")
        if tag in RUNS and not (tag == "script" and ours):
            self.bad.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.bad.append(f"{tag} {name}")
            if name in LEADS and RUNS_AS_ADDRESS.match(value or ""):
                self.bad.append(f"{tag} {name}={value}")
            if name in STAYS and not (value or "").startswith("/"):
                self.bad.append(f"{tag} {name}={value}")
        if tag == "meta" and told.get("http-equiv") == "refresh" and "url" in str(told.get("content")):
            self.bad.append("refresh")


def bad_in(page: str) -> list[str]:
    """What of a page would run or lead away."""
    reader = Reader()
    reader.feed(page)
    return reader.bad


def post(workspace: Workspace, document: Document, records: tuple[Record, ...], *problems: Problem) -> None:
    """Posts records that nobody coded."""
    posting = Posting(
        document=document,
        passages=split_passages(document),
        records=records,
        problems=problems,
        pair=("CHN", "USA"),
        provenance=made.MADE,
        posted_at=POSTED,
    )
    workspace.store.post(posting)


def records_of(document: Document) -> tuple[Record, ...]:
    """One record of each of several kinds."""
    hostile: Event = made.event(
        document,
        "The United States rejects the demand.",
        EventType.REJECT,
        quad=Quad.VERBAL_CONFLICT,
        intensity=-4.0,
        confidence=0.4,
        issues=(made.Issue(theme="trade", label="Trade"),),
    )
    return (
        made.position(document, "that the tariffs be lifted", Stance.DEMANDS),
        made.event(document, "The United States met China in Geneva.", when=made.day("2019-11-01")),
        made.agenda(document, "They plan to meet again in December.", when=made.month(2019, 12)),
        hostile,
    )


def fill(workspace: Workspace) -> Workspace:
    """The workspace with two dated documents that say the same, and one without a date."""
    for outlet in ("Harbour Wire", "The Meridian"):
        document = made.document(TEXT, outlet=outlet)
        post(workspace, document, records_of(document))
    undated = made.document("The United States met China in Geneva once more.", published=None, outlet=None)
    met = made.event(undated, "The United States met China in Geneva once more.")
    post(workspace, undated, (met,), Problem(trouble=Trouble.UNDATED, message="no date", document=undated.id))
    return workspace


def mark_of(page: str) -> str:
    """The mark that the forms of a page carry."""
    return page.partition('name="csrf" value="')[2].partition('"')[0]
