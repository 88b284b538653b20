"""Watching: what is new is taken in once, servers are asked as they wish, and one bad place stops no other."""

import datetime as dt
import gzip
from pathlib import Path

import pytest
from sites_for_tests import Site, Time, guest_of, serving

from detente.adapters.readers import web
from detente.adapters.readers.polite import LONGEST_PAUSE, PAUSE, Guest
from detente.cleaning import Draft
from detente.records import Problem
from detente.settings import Place, PlaceKind, Settings
from detente.watching import TIMES, Watcher
from detente.workspace import Added

NOON = dt.datetime(2019, 11, 2, 12, tzinfo=dt.UTC)
STORY = "<p>" + "The ferry between the islands sailed again, and the harbour master was glad. " * 5 + "</p>"
FEED, SITEMAP, PAGE, FOLDER = PlaceKind.FEED, PlaceKind.SITEMAP, PlaceKind.PAGE, PlaceKind.FOLDER


@pytest.fixture
def site(monkeypatch):
    with serving(Site()) as made:
        monkeypatch.setattr(web, "PORTS", frozenset({None, made.port}))
        yield made


class Collecting:
    """Stands for a workspace, and keeps what is added."""

    def __init__(self, folder):
        self.folder, self.settings, self.read = folder, Settings(), []

    def add(self, read, details):
        items = [(item, details.outlet) for item in read]
        self.read += items
        drafts = [item for item, _ in items if isinstance(item, Draft)]
        problems = [item for item, _ in items if isinstance(item, Problem)]
        return Added(new=[draft.url or draft.path for draft in drafts], problems=problems)


@pytest.fixture
def clock():
    return Time()


@pytest.fixture
def watcher(tmp_path, clock):
    made = Watcher(Collecting(tmp_path), guest_of(clock), lambda: NOON)
    yield made
    made.close()


def look(watcher, *places):
    return list(watcher.look(places))


def news(number):
    return (
        f"<!doctype html><html><head><title>Ferry {number}</title></head><body><article>{STORY}</article></body></html>"
    )


def feed(site, *numbers, text=""):
    items = "".join(
        f"<item><title>Ferry {number}</title><link>{site.root}/{number}</link><description>{text}</description>"
        f"<pubDate>Sat, {number:02d} Nov 2019 10:00:00 GMT</pubDate></item>"
        for number in numbers
    )
    return f"<rss version='2.0'><channel><title>Isles Post</title>{items}</channel></rss>"


def at(site, path, kind=FEED, **more):
    return Place(kind=kind, where=site.root + path, **more)


def test_the_pages_of_a_feed_are_taken_in_once(site, watcher):
    site.pages |= {"/feed": feed(site, 1, 2), "/1": news(1), "/2": news(2), "/3": news(3)}
    (first,) = look(watcher, at(site, "/feed"))
    assert sorted(first.added[0].new + first.added[1].new) == [f"{site.root}/1", f"{site.root}/2"]
    draft, outlet = watcher.workspace.read[-1]
    assert (draft.published_on, outlet) == (dt.date(2019, 11, 1), "Isles Post")
    assert draft.capture.at == NOON
    assert site.agent.startswith("detente/")
    site.pages["/feed"] = feed(site, 1, 2, 3)
    site.asked.clear()
    (second,) = look(watcher, at(site, "/feed"))
    assert second.new == 1
    assert site.asked == ["/robots.txt", "/feed", "/3"]


def test_links_that_are_relative_go_on_from_the_feed(site, watcher):
    entry = "<entry><title>Ferry</title><link href='../1'/><id>tag:isles,1</id></entry>"
    site.pages |= {
        "/feeds/atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Isles Post</title>{entry}</feed>",
        "/feeds/json": '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "7", "url": "/2"}]}',
        "/1": news(1),
        "/2": news(2),
    }
    assert [looked.new for looked in look(watcher, at(site, "/feeds/atom"), at(site, "/feeds/json"))] == [1, 1]
    assert {"/1", "/2"} <= set(site.asked)


def test_an_entry_without_an_address_gives_its_text(site, watcher):
    entries = "".join(
        f"<item><title>{title}</title>{text}</item>"
        for title, text in (
            ("Told", "<description>The ferry sailed again.</description>"),
            ("Bare", ""),
        )
    )
    site.pages["/feed"] = f"<rss version='2.0'><channel><title>Isles Post</title>{entries}</channel></rss>"
    (looked,) = look(watcher, at(site, "/feed"))
    assert [item.text for item, _ in watcher.workspace.read if isinstance(item, Draft)] == ["The ferry sailed again."]
    assert [problem.message for problem in looked.problems] == [
        "It has neither an address nor a text. Save the page, and add the file."
    ]


def test_a_page_that_is_no_feed_is_told(site, watcher):
    site.pages["/feed"] = "<!doctype html><html><head><title>Isles Post</title></head><body><p>News</p></body></html>"
    (looked,) = look(watcher, at(site, "/feed"))
    assert looked.failed
    assert looked.problems[0].message.startswith("It is no feed, or damaged.")


def test_what_is_unchanged_is_not_sent_again(site, watcher):
    site.pages |= {"/feed": (feed(site, 1), {"ETag": '"a"'}, 200), "/1": news(1)}
    assert [look(watcher, at(site, "/feed"))[0].new for _ in range(2)] == [1, 0]
    site.pages |= {"/page": (news(4), {"ETag": '"b"'}, 200)}
    assert [look(watcher, at(site, "/page", PAGE))[0].new for _ in range(2)] == [1, 0]
    site.pages |= {"/page": (news(5), {"ETag": '"c"'}, 200)}
    assert look(watcher, at(site, "/page", PAGE))[0].new == 1


def test_a_stopped_round_goes_on_where_it_stood(site, watcher, monkeypatch):
    site.pages |= {"/feed": (feed(site, 1, 2), {"ETag": '"a"'}, 200), "/1": news(1), "/2": news(2)}
    taken = watcher._take

    def stop_at_second(entry, place, looked):
        if looked.added:
            raise KeyboardInterrupt
        return taken(entry, place, looked)

    monkeypatch.setattr(watcher, "_take", stop_at_second)
    with pytest.raises(KeyboardInterrupt):
        look(watcher, at(site, "/feed"))
    monkeypatch.setattr(watcher, "_take", taken)
    site.asked.clear()
    assert look(watcher, at(site, "/feed"))[0].new == 1
    assert site.asked == ["/robots.txt", "/feed", "/1"]


def test_a_page_that_cannot_be_had_is_asked_for_again_but_not_for_ever(site, watcher):
    site.pages |= {"/feed": (feed(site, 1, text="Words of the feed."), {"ETag": '"a"'}, 200), "/1": (b"", {}, 503)}
    rounds = [look(watcher, at(site, "/feed"))[0] for _ in range(TIMES + 1)]
    assert [looked.new for looked in rounds] == [*[0] * (TIMES - 1), 1, 0]
    assert watcher.workspace.read[-1][0].text == "Words of the feed."
    assert all(looked.problems for looked in rounds[:-1])


def test_robots_are_obeyed(site, watcher, clock):
    site.pages |= {
        "/robots.txt": "User-agent: *\nDisallow: /1\nCrawl-delay: 7\n",
        "/feed": feed(site, 1, 2, text="Words of the feed."),
        "/1": news(1),
        "/2": news(2),
    }
    (looked,) = look(watcher, at(site, "/feed"))
    assert "/1" not in site.asked
    assert "robots.txt" in looked.problems[0].message
    assert max(clock.waits) == 7.0


def test_a_server_that_cannot_say_what_is_allowed_is_left_alone(site, watcher):
    site.pages |= {"/robots.txt": (b"", {}, 500), "/feed": feed(site, 1)}
    (looked,) = look(watcher, at(site, "/feed"))
    assert looked.failed
    assert set(site.asked) == {"/robots.txt"}


def test_a_robots_txt_that_cannot_be_understood_keeps_away_from_its_host(site, watcher):
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: //[\n", "/feed": feed(site, 1)}
    (looked,) = look(watcher, at(site, "/feed"))
    assert looked.failed
    assert "robots.txt" in looked.problems[0].message


def test_an_address_that_is_none_does_not_keep_the_others_of_a_feed_back(site, watcher):
    items = feed(site, 1, 2).replace(f"<link>{site.root}/1</link>", "<link>http://[isles/1</link>")
    site.pages |= {"/feed": items, "/2": news(2)}
    (looked,) = look(watcher, at(site, "/feed"))
    assert (looked.new, looked.failed) == (1, False)
    assert "no address" in looked.problems[0].message


def test_between_two_requests_is_a_pause(site, watcher, clock):
    site.pages |= {"/feed": feed(site, 1, 2), "/1": news(1), "/2": news(2)}
    look(watcher, at(site, "/feed"))
    assert clock.waits == [PAUSE] * 3
    site.pages["/robots.txt"] = "User-agent: detente\nCrawl-delay: 9999\n"
    look(watcher, at(site, "/feed"))
    assert max(clock.waits) == LONGEST_PAUSE


def test_trouble_that_passes_is_waited_out_ever_longer(site, watcher, clock):
    site.pages |= {"/page": [(b"", {}, 503), (b"", {"Retry-After": "33"}, 429), (news(1), {}, 200)]}
    (looked,) = look(watcher, at(site, "/page", PAGE))
    assert looked.new == 1
    assert [wait for wait in clock.waits if wait > PAUSE] == [5.0, 33.0]


def test_one_bad_place_stops_no_other(site, watcher, tmp_path):
    site.pages |= {"/broken": "<rss", "/none": (b"", {}, 410), "/map": "no map", "/feed": feed(site, 1), "/1": news(1)}
    bad = [at(site, "/broken"), at(site, "/none", PAGE), at(site, "/map", SITEMAP)]
    bad += [Place(kind=FOLDER, where="none"), Place(kind=FEED, where="file:///etc/passwd")]
    *failed, good = look(watcher, *bad, at(site, "/feed"))
    assert [looked.failed for looked in failed] == [True] * len(bad)
    assert all(len(looked.problems) == 1 for looked in failed)
    assert good.new == 1


def test_nothing_is_asked_of_this_machine(site, tmp_path, clock):
    watcher = Watcher(Collecting(tmp_path), Guest(now=clock.now, sleep=clock.sleep), lambda: NOON)
    (looked,) = look(watcher, at(site, "/feed"))
    watcher.close()
    assert "not public" in looked.problems[0].message
    assert site.asked == []


def test_sitemaps_lead_to_pages(site, watcher):
    index = (
        f"<sitemapindex><sitemap><loc>{site.root}/inner.gz</loc><lastmod>2019-11-02</lastmod></sitemap></sitemapindex>"
    )
    inner = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<url><loc>{site.root}/1</loc><n:news><n:publication><n:name>Isles Post</n:name></n:publication>"
        "<n:publication_date>2019-11-01T09:00:00Z</n:publication_date><n:title>Ferry</n:title></n:news></url>"
        f"<url><loc>{site.root}/2</loc><lastmod>2018-01-01</lastmod></url><url><loc>ftp://x</loc></url></urlset>"
    )
    site.pages |= {"/map": index, "/inner.gz": gzip.compress(inner.encode()), "/1": news(1), "/2": news(2)}
    place = at(site, "/map", SITEMAP, since=dt.date(2019, 1, 1))
    assert [look(watcher, place)[0].new for _ in range(2)] == [1, 0]
    draft, outlet = watcher.workspace.read[0]
    assert (draft.published_on, outlet) == (dt.date(2019, 11, 1), "Isles Post")
    assert "/2" not in site.asked


def test_a_folder_gives_what_is_new_or_changed(watcher, tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("They met in the harbour.")
    place = Place(kind=FOLDER, where="in", outlet="Isles Post")
    assert [look(watcher, place)[0].new for _ in range(2)] == [1, 0]
    assert watcher.workspace.read[0][1] == "Isles Post"
    (tmp_path / "in" / "a.txt").write_text("They met in the harbour on Friday.")
    assert look(watcher, place)[0].new == 1
