"""What every store must do. A new store joins by a row in STORES."""

import datetime as dt
import itertools
import threading
from dataclasses import replace

import pytest
from records_for_tests import CHN, PUBLISHED, USA, agenda, document, event, position

from detente.adapters.stores.sqlite import SqliteStore
from detente.errors import LedgerError, UnknownIdError
from detente.ledger.happenings import group_happenings
from detente.ledger.port import Posting, Query, Store
from detente.parcel import Capture
from detente.records import Actor, Passage, Problem, Provenance, Trouble

STORES = {"sqlite": SqliteStore}
PAIR = ("CHN", "USA")
NOW = dt.datetime(2019, 11, 3, 12, tzinfo=dt.UTC)
TEXT = "The two sides met on Friday. They will meet again. China wants the tariffs lifted."


@pytest.fixture(params=STORES)
def store(request, tmp_path) -> Store:
    made = STORES[request.param](tmp_path / "ledger.db")
    yield made
    made.close()


def posting(text: str = TEXT, *, published: dt.date | None = PUBLISHED, outlet: str = "Wire", **more) -> Posting:
    source = document(text, published=published, outlet=outlet)
    records = (event(source, text[:28]), agenda(source, text[29:50]), position(source, text[51:]))
    problem = Problem(trouble=Trouble.UNDATED, message="no date", document=source.id)
    fields = {
        "passages": (Passage(start=0, end=28, paragraph=0), Passage(start=29, end=len(text), paragraph=0)),
        "records": records,
        "problems": (problem,),
        "pair": PAIR,
        "provenance": Provenance(coder="c", model="m", data="d"),
        "posted_at": NOW,
    }
    return Posting(document=source, **(fields | more))


def test_what_is_posted_comes_back(store):
    given = posting()
    assert store.post(given)
    assert tuple(store.records(Query(pair=PAIR))) == tuple(sorted(given.records, key=lambda r: r.evidence[0].start))
    assert store.document(given.document.id) == given.document
    assert store.document(given.document.id[:8]) == given.document
    assert store.record(given.records[0].id[:10]) == given.records[0]
    assert store.problems([given.document.id]) == list(given.problems)


def test_newest_documents_and_problems_come_page_by_page(store):
    assert store.is_empty()
    days = [dt.date(2019, 11, day) for day in (1, 2, 3)]
    given = [posting(published=day, outlet="Wire") for day in days] + [posting(published=None, outlet=None)]
    for one in given:
        store.post(one)
    newest = [replace(one.document, text="") for one in reversed(given)]
    assert not store.is_empty()
    assert store.newest_documents(None, 10) == (newest, 4)
    assert store.newest_documents(None, 2, 1) == (newest[1:3], 4)
    assert store.newest_documents("Wire", 2, 2) == (newest[3:], 3)
    assert store.newest_documents("", 5) == (newest[:1], 1)
    assert store.newest_documents(None, 5, 9) == ([], 4)
    assert store.newest_problems(1, 1) == ([store.problems()[-2]], 4)


def test_a_write_stirs_what_it_bears_on(store):
    early, late = posting(published=dt.date(2019, 10, 1)), posting(published=dt.date(2019, 11, 1))
    by_october, by_november = (Query(pair=PAIR, as_of=dt.date(2019, month, 30)) for month in (10, 11))
    elsewhere = Query(pair=("JPN", "KOR"))
    assert store.stirred(by_october) == 0
    store.post(early)
    before, whole = store.stirred(by_october), store.stirred(Query(pair=PAIR))
    store.post(late)
    assert store.stirred(by_october) == before < store.stirred(by_november)
    assert store.stirred(Query(pair=PAIR)) > whole
    store.forget(early.document.id)
    assert store.stirred(by_october) > before
    assert store.stirred(elsewhere) == 0


def test_what_is_told_of_a_copy_stirs_the_days_of_its_copies(store):
    body = " ".join(f"Envoys of both states spoke about matter {number} of the long list." for number in range(30))
    text = f"{TEXT} {body}"
    passages = (Passage(start=0, end=len(text), paragraph=0),)
    first = posting(text, published=dt.date(2019, 11, 1), passages=passages)
    copy = posting(text, published=dt.date(2019, 11, 2), outlet="Post", passages=passages)
    store.post(first)
    store.post(copy)
    assert store.sources([copy.document.id])[copy.document.id].story == first.document.id
    by_then = Query(pair=PAIR, as_of=dt.date(2019, 11, 1))
    before = store.stirred(by_then)
    store.forget(copy.document.id)
    assert store.stirred(by_then) > before


def test_of_words_that_are_everywhere_the_passages_read_last_are_found(store, monkeypatch):
    for outlet in ("Wire", "Post", "Meridian"):
        store.post(posting(outlet=outlet))
    monkeypatch.setattr("detente.adapters.stores.searching.COMMON", 3)
    found = store.search("Friday", Query(), 2)
    assert [hit.document.outlet for hit in found] == ["Meridian", "Post"]


@pytest.mark.parametrize("early", [0, 100])
def test_of_words_that_are_everywhere_nothing_later_than_the_day_is_found(store, monkeypatch, early):
    monkeypatch.setattr("detente.adapters.stores.searching.COMMON", 3)
    days = [dt.date(2019, 11, day) for day in (3, 9, 1, 4, 8, 2, 7, 5, 6)]  # read in another order than published
    for day in days:
        store.post(posting(published=day))
    store.post(posting(published=None))
    for as_of in (dt.date(2019, 10, 31), *days):
        wanted = [day for day in reversed(days) if day <= as_of]
        for near, limit in itertools.product((1, 3, 5, 100), (1, 4, 20)):
            monkeypatch.setattr("detente.adapters.stores.searching.NEAR", near)
            monkeypatch.setattr("detente.adapters.stores.searching.EARLY", early)
            monkeypatch.setattr("detente.adapters.stores.searching.WALKED", 1)
            found = store.search("Friday", Query(as_of=as_of), limit)
            assert [hit.document.published_on for hit in found] == wanted[:limit]


def test_a_snapshot_is_of_one_moment(store):
    store.post(posting())
    with store.snapshot():
        before = store.records(Query(pair=PAIR))
        writing = threading.Thread(target=lambda: store.post(posting(outlet="Post")))
        writing.start()
        writing.join()
        with store.snapshot():
            assert store.records(Query(pair=PAIR)) == before
    assert len(store.records(Query(pair=PAIR))) == 2 * len(before)


def test_how_bytes_were_taken_down_is_kept_with_the_document(store):
    capture = Capture(at=NOW, place="https://isles.example/1", digest="ab" * 32)
    given, other = posting(capture=capture), posting(outlet="Post")
    store.post(given)
    store.post(other)
    assert (store.capture(given.document.id), store.capture(other.document.id)) == (capture, None)
    store.replace(posting(capture=None))
    assert store.capture(given.document.id) == capture
    store.forget(given.document.id)
    assert store.capture(given.document.id) is None


def test_posting_twice_changes_nothing(store):
    store.post(posting())
    before = store.records(Query()), store.problems()
    assert not store.post(posting(posted_at=NOW + dt.timedelta(days=1)))
    assert (store.records(Query()), store.problems()) == before


def test_as_of_and_since_run_on_what_was_known(store):
    early, late = posting(published=dt.date(2017, 6, 23)), posting(published=dt.date(2019, 11, 2))
    store.post(early)
    store.post(late)
    assert {r.known_on for r in store.records(Query(as_of=dt.date(2018, 1, 1)))} == {dt.date(2017, 6, 23)}
    assert {r.known_on for r in store.records(Query(since=dt.date(2018, 1, 1)))} == {dt.date(2019, 11, 2)}
    assert store.records(Query(as_of=dt.date(2017, 6, 22))) == []
    assert len(store.records(Query(as_of=dt.date(2017, 6, 23)))) == 3
    assert store.latest_known_on(PAIR) == dt.date(2019, 11, 2)


def test_undated_records_show_only_when_asked_for(store):
    store.post(posting(published=None))
    assert store.records(Query(pair=PAIR)) == []
    assert len(store.records(Query(pair=PAIR, undated=True))) == 3
    assert store.latest_known_on() is None


def test_a_pair_sees_what_both_states_take_part_in_or_what_was_read_for_it(store):
    source = document("France and China met.")
    fra = Actor(words="France", state="FRA")
    other = event(source, "France and China met.", initiators=(fra,), targets=(CHN,), on_pair=False)
    both = event(source, "China met.", initiators=(USA,), targets=(CHN,), on_pair=False)
    store.post(replace(posting(), document=source, records=(other, both), problems=(), passages=()))
    assert store.records(Query(pair=("CHN", "FRA"))) == [other]
    assert store.records(Query(pair=PAIR)) == [both]


def test_replacing_leaves_one_coding_and_the_first_entry(store):
    first = posting()
    store.post(first)
    mended = replace(first.document, published_on=dt.date(2018, 5, 5))
    record = replace(first.records[0], known_on=dt.date(2018, 5, 5))
    store.replace(replace(first, document=mended, records=(record,), problems=(), posted_at=NOW + dt.timedelta(days=9)))
    assert store.records(Query()) == [record]
    assert store.document(mended.id).published_on == dt.date(2018, 5, 5)
    assert store.problems() == []
    assert len(store.search("tariffs", Query(), 10)) == 1


def test_forgetting_leaves_no_trace(store):
    kept, gone = posting(outlet="Kept"), posting(outlet="Gone")
    store.post(kept)
    store.post(gone)
    store.forget(gone.document.id)
    assert store.known_ids() == {kept.document.id}
    assert {r.evidence[0].document for r in store.records(Query())} == {kept.document.id}
    assert [hit.document.id for hit in store.search("tariffs", Query(), 10)] == [kept.document.id]
    assert len(store.problems()) == 1


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2), (2, 3, 1, 0)])
def test_copies_are_grouped_alike_in_any_order_and_without_any_of_them(store, order):
    copies = [posting(outlet=f"Outlet {number}") for number in range(4)]
    for number in order:
        store.post(copies[number])
    left = list(copies)
    for _ in range(3):
        told = [record for copy in left for record in copy.records]
        wanted = {frozenset(r.id for r in h.records) for h in group_happenings(told)}
        assert {frozenset(r.id for r in h.records) for h in store.happenings(Query())} == wanted
        assert len(wanted) == 3
        gone = min(left, key=lambda copy: copy.records[0].id)
        store.forget(gone.document.id)
        left.remove(gone)


def test_problems_without_a_document_are_kept_once(store):
    problem = Problem(trouble=Trouble.UNREADABLE, message="no text in it", path="a.bin")
    store.note([problem, problem], NOW)
    store.note([problem], NOW)
    assert store.problems() == [problem]


def test_search_finds_word_forms_and_takes_no_operators(store):
    store.post(posting())
    assert store.search("tariff", Query(), 5)[0].quote == TEXT[29:]
    assert store.search('tariffs" OR (', Query(), 5) == []
    assert store.search("tariffs", Query(as_of=dt.date(2019, 1, 1)), 5) == []
    assert store.search("  ", Query(), 5) == []


def test_unknown_and_ambiguous_ids_say_so(store):
    store.post(posting())
    with pytest.raises(UnknownIdError, match="No document"):
        store.document("zzzz")
    with pytest.raises(UnknownIdError, match="More than one record"):
        store.record("")
    with pytest.raises(UnknownIdError, match="No record"):
        store.record("%")


def test_a_file_that_is_no_ledger_is_refused(tmp_path):
    path = tmp_path / "ledger.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(LedgerError, match="no ledger"):
        SqliteStore(path)


def page(text: str, day: int, title: str = "Envoys meet in Vienna again") -> Posting:
    given = posting(text, published=dt.date(2019, 11, day))
    address = "https://wire.example/vienna"
    return replace(given, document=replace(given.document, url=address, title=title))


WITHDRAWN = "This story has been withdrawn by us. They will meet again. China wants the tariffs lifted."


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_is_withdrawn_counts_until_the_day_of_the_withdrawal(store, order):
    both = (page(TEXT, 2), replace(page(WITHDRAWN, 9), records=()))
    for at in order:
        store.post(both[at])
    article = both[0].document.id
    before, after = Query(pair=PAIR, as_of=dt.date(2019, 11, 8)), Query(pair=PAIR, as_of=dt.date(2019, 11, 9))
    assert len(store.records(before)) == len(store.happenings(before)) == store.count(before) == 3
    assert store.records(after) == store.happenings(after) == []
    assert store.count(after) == 0
    assert {r.id for r in store.lapsed(replace(after, since=dt.date(2019, 11, 3)))} == {r.id for r in both[0].records}
    assert store.lapsed(before) == []
    assert store.sources([article], dt.date(2019, 11, 8))[article].fate is None
    assert store.sources([article])[article].fate == "withdrawn"
    store.forget(both[1].document.id)
    assert len(store.records(after)) == 3
    assert store.sources([article])[article].fate is None
    assert store.check() == []


def test_a_later_version_ends_what_it_no_longer_says(store):
    store.post(page(TEXT, 2))
    later = TEXT.replace("lifted", "cut")
    store.post(page(later, 9))
    kept = [r for r in store.records(Query(as_of=dt.date(2019, 11, 9))) if r.known_on == dt.date(2019, 11, 2)]
    assert {r.record for r in kept} == {"event", "agenda_item"}
    assert len(store.records(Query(as_of=dt.date(2019, 11, 8)))) == 3
