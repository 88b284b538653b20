"""The feed of changes: valid, stable from day to day, and one entry a change."""

import dataclasses
import datetime as dt
from xml.etree import ElementTree

import feedparser
from accounts_for_tests import BAN, LATE, PLAN, RECORDS, account
from records_for_tests import day

from detente.adapters.exporters.atom import write

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(**more) -> dict[str, bytes]:
    """The entries by their id."""
    feed = ElementTree.fromstring(write(account(**more)))
    return {entry.findtext(f"{ATOM}id"): ElementTree.tostring(entry) for entry in feed.findall(f"{ATOM}entry")}


def test_a_reader_takes_it():
    parsed = feedparser.parse(write(account()))
    assert not parsed.bozo
    assert parsed.feed.title == "United States – China: changes"
    assert parsed.feed.updated == "2019-11-09T00:00:00Z"


def test_what_the_standard_asks_of_a_feed_and_an_entry_is_there():
    feed = ElementTree.fromstring(write(account()))
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        assert all(len(part.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert all(id_.isascii() and " " not in id_ for id_ in ids)


def test_later_news_changes_no_earlier_entry():
    early = [record for record in RECORDS if record.evidence[0].document != LATE.id]
    before, after = entries(records=early, as_of=dt.date(2019, 11, 5)), entries()
    assert before.items() < after.items()


def test_what_became_overdue_between_two_days_of_news_is_told_on_the_second():
    plan = dataclasses.replace(PLAN, when=day("2019-11-05"))
    told = {id_.split("/")[3]: id_ for id_ in entries(records=(plan, BAN))}
    assert told["overdue"].split("/")[2] == "2019-11-09"


def test_an_issue_has_a_feed_of_its_own():
    trade = entries(issue="Trade")
    assert trade
    assert all("/Trade/" in id_ for id_ in trade)
    assert len(trade) < len(entries())


def test_since_leaves_out_the_days_before():
    assert {id_.split("/")[2] for id_ in entries(since=dt.date(2019, 11, 9))} == {"2019-11-09"}


def test_a_label_of_any_letters_makes_an_address_that_holds():
    label = next(i.label for record in RECORDS for i in record.issues if i.theme == "own")
    assert all(id_.isascii() and " " not in id_ for id_ in entries(issue=label))
