"""What every store must do with decisions, rules of rejection and versions of a document."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from records_for_tests import agenda, document, event, position

from detente.adapters.stores.sqlite import SqliteStore
from detente.errors import UnknownIdError
from detente.ledger.deciding import Maker
from detente.ledger.decision import Verb, Verdict
from detente.ledger.port import Posting, Query, Store
from detente.ledger.relabel import answer_to
from detente.records import EventType, Outcome, Passage, Provenance, Trouble
from detente.settings import RejectRule

STORES = {"sqlite": SqliteStore}
PAIR = ("CHN", "USA")
NOW = dt.datetime(2019, 11, 3, 12, tzinfo=dt.UTC)
MADE = Provenance(coder="c", model="m", data="d")
TEXT = "The two sides met on Friday. They will meet again. China wants the tariffs lifted."
LATER = dt.date(2019, 11, 3)


@pytest.fixture(params=STORES)
def store(request, tmp_path) -> Store:
    made = STORES[request.param](tmp_path / "ledger.db")
    yield made
    assert made.check() == []
    made.close()


def posting(text: str = TEXT, *, url: str | None = None, **more) -> Posting:
    """A document of three sentences, coded as a meeting, a plan and a position."""
    names = ("published", "outlet")
    source = document(text, **{name: more.pop(name) for name in names if name in more})
    source = replace(source, url=url)
    ends = [at + 1 for at, sign in enumerate(text) if sign == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    spans = list(zip(starts, ends, strict=True))
    first, second, third = (text[start:end] for start, end in spans)
    fields = {
        "records": (event(source, first), agenda(source, second), position(source, third)),
        "passages": tuple(Passage(start=a, end=b, paragraph=0) for a, b in spans),
        "problems": (),
        "pair": PAIR,
        "provenance": MADE,
        "posted_at": NOW,
    }
    return Posting(document=source, **(fields | more))


def decide(store: Store, verb: Verb, *words: str, by: str = "ann"):
    def members(record):
        return store.happening(record.id).records

    return store.decide(Maker(store=store, members=members, by=by, why="because", at=NOW).make(verb, words))


def everything(store: Store, **more):
    return store.records(Query(**more)), [h.records for h in store.happenings(Query(**more))]


def test_a_decision_holds_and_undoing_restores(store):
    given = posting()
    store.post(given)
    before = everything(store)
    made = decide(store, Verb.REJECT, given.records[0].id)
    assert {r.record for r in store.records(Query(pair=PAIR))} == {"agenda_item", "position"}
    assert store.count(Query(pair=PAIR)) == 2
    assert everything(store, without_decisions=True)[0] == before[0]
    assert store.record(given.records[0].id) == given.records[0]
    assert [x.number for x in store.decisions_on(given.records[0].id)] == [made.number]
    decide(store, Verb.UNDO, str(made.number))
    assert everything(store) == before
    assert store.decisions_on(given.records[0].id) == []
    assert [x.verb for x in store.decisions()] == [Verb.REJECT, Verb.UNDO]


def test_what_is_relabelled_is_asked_for_by_its_new_fields(store):
    given = posting()
    store.post(given)
    id_ = given.records[0].id
    decide(store, Verb.RELABEL, id_, "factuality=planned", "targets=JPN")
    assert store.records(Query(factualities=("planned",), pair=("JPN", "USA")))[0].id == id_
    assert store.records(Query(kinds=("event",), without_decisions=True)) == [given.records[0]]
    assert store.records(Query(kinds=("event",), pair=("JPN", "USA"), without_decisions=True)) == []


def test_deciding_the_same_again_is_one_decision(store):
    given = posting()
    store.post(given)
    id_ = given.records[0].id
    first = decide(store, Verb.RELABEL, id_, "event_type=AGREE")
    assert decide(store, Verb.RELABEL, id_, "event_type=AGREE", by="bob") == first
    decide(store, Verb.RELABEL, id_, "event_type=AID")
    decide(store, Verb.RELABEL, id_, "event_type=AGREE")
    assert store.record(id_).event_type is EventType.AGREE
    assert len(store.decisions()) == 3


def test_the_last_decision_of_somebody_is_one_that_stands(store):
    given = posting()
    store.post(given)
    assert store.last_decision("ann") is None
    first = decide(store, Verb.ACCEPT, given.records[0].id, by="ann")
    second = decide(store, Verb.REJECT, given.records[1].id, by="ann")
    decide(store, Verb.ACCEPT, given.records[2].id, by="bob")
    assert store.last_decision("ann") == second
    undoing = decide(store, Verb.UNDO, str(second.number), by="bob")
    assert store.last_decision("ann") == first
    decide(store, Verb.UNDO, str(undoing.number), by="bob")
    assert store.last_decision("ann") == second


def test_only_what_was_decided_can_be_undone(store):
    with pytest.raises(UnknownIdError, match="no decision 7"):
        decide(store, Verb.UNDO, "7")


def test_a_decision_survives_another_coding(store):
    given = posting()
    store.post(given)
    decide(store, Verb.REDATE, given.records[0].id, "2019-10")
    moved = replace(given.document, text="A teaser. " + TEXT)
    records = (event(moved, TEXT[:28]), agenda(moved, TEXT[29:50]), position(moved, TEXT[51:]))
    store.replace(replace(given, document=moved, records=records, passages=(), posted_at=NOW + dt.timedelta(days=1)))
    (told,) = store.records(Query(kinds=("event",)))
    assert told.when.latest == dt.date(2019, 10, 31)
    assert told.evidence[0].start == 10
    assert store.problems() == []


def test_a_decision_that_lost_its_words_is_a_problem_until_they_return(store):
    given = posting()
    store.post(given)
    made = decide(store, Verb.ACCEPT, given.records[2].id)
    shorter = replace(given.document, text=TEXT[:50])
    store.replace(replace(given, document=shorter, records=given.records[:2], passages=()))
    (problem,) = store.problems()
    assert problem.trouble is Trouble.LOST_EVIDENCE
    assert f"undo {made.number}" in problem.message
    store.replace(given)
    assert store.problems() == []
    assert store.record(given.records[2].id).confidence == 1.0


def test_what_was_known_keeps_its_time_of_entry(store):
    given = posting()
    store.post(given)
    decide(store, Verb.ACCEPT, given.records[1].id)
    store.replace(replace(given, posted_at=NOW + dt.timedelta(days=9)))
    decide(store, Verb.REJECT, given.records[0].id)
    assert store.records(Query(posted_since=NOW + dt.timedelta(hours=1))) == []
    assert store.records(Query(posted_since=NOW + dt.timedelta(hours=1), without_decisions=True)) == []


def test_decisions_cannot_be_changed_behind_the_store(store):
    given = posting()
    store.post(given)
    decide(store, Verb.REJECT, given.records[0].id)
    for statement in ("UPDATE decision SET why = 'x'", "DELETE FROM anchor", "DELETE FROM decision"):
        with store.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
            connection.exec_driver_sql(statement)


def test_decisions_go_with_their_document(store):
    given, other = posting(), posting(outlet="Other")
    store.post(given)
    store.post(other)
    made = decide(store, Verb.REJECT, given.records[0].id)
    decide(store, Verb.UNDO, str(made.number))
    kept = decide(store, Verb.REJECT, other.records[0].id)
    store.forget(given.document.id)
    assert store.decisions() == [kept]
    store.post(given)
    assert given.records[0] in store.records(Query())


def test_the_last_answer_holds(store):
    given = posting()
    store.post(given)
    id_ = given.records[1].id
    decide(store, Verb.ANSWER, id_, "broken")
    decide(store, Verb.ANSWER, id_, "kept")
    told = store.record(id_)
    assert (told.outcome, answer_to([told])) == (Outcome.HAPPENED, Verdict.KEPT)


# Happenings


def test_a_merger_joins_happenings_and_a_split_parts_them(store):
    given = posting()
    far = posting(
        "The envoys dined in May. They may dine again. China wants quiet seas.", published=dt.date(2021, 5, 9)
    )
    store.post(far)
    store.post(given)
    before = everything(store)
    ids = [item.records[0].id for item in (far, given)]
    assert store.happening(ids[0]).id != store.happening(ids[1]).id
    merged = decide(store, Verb.MERGE, *ids)
    assert store.happening(ids[0]).id == ids[1]
    assert {r.id for r in store.happening(ids[1]).records} == set(ids)
    assert [r.id for r in store.happening(ids[1], as_of=dt.date(2020, 1, 1)).records] == [ids[1]]
    assert len(store.happenings(Query(kinds=("event",), without_decisions=True))) == 2
    decide(store, Verb.SPLIT, ids[1])
    assert store.happening(ids[0]).id == ids[0]
    decide(store, Verb.UNDO, str(merged.number + 1))
    assert store.happening(ids[0]).id == ids[1]
    decide(store, Verb.UNDO, str(merged.number))
    assert everything(store) == before


def test_what_is_split_stays_so_whatever_comes_later(store):
    copies = [posting(outlet=name) for name in ("Herald", "Post", "Times")]
    for item in copies[:2]:
        store.post(item)
    one, other, third = (item.records[0].id for item in copies)
    assert store.happening(one).id == store.happening(other).id
    decide(store, Verb.SPLIT, other)
    store.post(copies[2])
    assert store.happening(one).id != store.happening(other).id
    assert store.happening(third).id in {store.happening(one).id, store.happening(other).id}


def test_a_merger_ends_with_the_record_it_rests_on(store):
    given = posting()
    far = posting(
        "The envoys dined in May. They may dine again. China wants quiet seas.", published=dt.date(2021, 5, 9)
    )
    store.post(given)
    store.post(far)
    decide(store, Verb.MERGE, given.records[0].id, far.records[0].id)
    store.forget(given.document.id)
    assert store.happening(far.records[0].id).id == far.records[0].id


# Rules of rejection


def test_a_rule_takes_out_what_is_there_and_what_comes(store):
    first, second = posting(), posting(outlet="Other")
    store.post(first)
    rule = RejectRule(kind="event", type="CONSULT")
    assert [r.id for r in store.rejected(rule)] == [first.records[0].id]
    store.adopt([rule])
    store.post(second)
    assert store.records(Query(kinds=("event",))) == []
    assert len(store.records(Query(kinds=("event",), without_decisions=True))) == 2
    store.adopt([replace(rule, outlet="other")])
    assert [r.id for r in store.records(Query(kinds=("event",)))] == [first.records[0].id]
    store.adopt([])
    assert len(store.records(Query(kinds=("event",)))) == 2


# Versions of a document


VERSIONS = (
    posting("They met on Friday. They will meet. China wants it.", url="https://example.org/a"),
    posting("They met on Friday. They will meet in May. China wants it.", url="https://example.org/a"),
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_latest_version_speaks_whatever_the_order_of_entry(store, order):
    for at in order:
        store.post(VERSIONS[at])
    older, newer = (item.document for item in VERSIONS)
    assert {r.evidence[0].document for r in store.records(Query())} == {newer.id}
    assert {r.evidence[0].document for r in store.records(Query(without_decisions=True))} == {newer.id}
    assert (store.newer_version(older.id), store.newer_version(newer.id)) == (newer.id, None)
    assert len(store.records(Query(document=older.id, without_decisions=True))) == 3
    assert [hit.document.id for hit in store.search("Friday", Query(), 5)] == [newer.id]
    store.forget(newer.id)
    assert {r.evidence[0].document for r in store.records(Query())} == {older.id}


def test_a_stamp_of_update_tells_the_latest(store):
    shorter = replace(VERSIONS[0], document=replace(VERSIONS[0].document, updated_on=LATER))
    store.post(shorter)
    store.post(VERSIONS[1])
    assert {r.evidence[0].document for r in store.records(Query())} == {shorter.document.id}


def test_another_day_or_outlet_is_no_version(store):
    same = posting("They met on Friday. They will meet. China wants it.", outlet="Other", url="https://example.org/a")
    for item in (VERSIONS[0], same):
        store.post(item)
    assert len({r.evidence[0].document for r in store.records(Query())}) == 2
    mended = replace(VERSIONS[1].document, published_on=LATER)
    store.post(VERSIONS[1])
    store.replace(replace(VERSIONS[1], document=mended))
    assert len({r.evidence[0].document for r in store.records(Query())}) == 3


def test_what_other_versions_coded_is_listed(store):
    given = posting()
    store.post(given)
    assert store.codings(other_than=MADE) == []
    assert store.codings(other_than=replace(MADE, data="e")) == store.codings() == [(given.document.id, MADE)]


# Checking


def test_checking_finds_what_was_changed_behind_the_store(tmp_path):
    store = SqliteStore(tmp_path / "ledger.db")
    given = posting()
    store.post(given)
    assert store.check() == []
    harms = (
        ("INSERT INTO passage_words(passage_words) VALUES ('delete-all')", "index of words"),
        ("UPDATE record SET body = replace(body, 'happened', 'planned')", "its columns say otherwise"),
        ("UPDATE member SET happening = NULL", "in no happening"),
        ("DELETE FROM record WHERE kind = 'event'", "records of a pair"),
        ("UPDATE document SET text = upper(text)", "evidence reads otherwise"),
    )
    for statement, told in harms:
        with store.engine.connect() as connection:
            connection.exec_driver_sql(statement)
            connection.commit()
        assert any(told in fault for fault in store.check()), told
    store.close()


def test_a_decision_carries_over_to_a_later_version_of_the_text(store):
    older, newer = VERSIONS
    store.post(older)
    made = decide(store, Verb.REDATE, older.records[0].id, "2019-10")
    decide(store, Verb.REJECT, older.records[1].id)
    store.post(newer)
    assert [r.id for r in store.records(Query())] == [newer.records[0].id, newer.records[1].id, newer.records[2].id]
    assert store.record(newer.records[0].id).decided == ("when",)
    assert [x.number for x in store.decisions_on(newer.records[0].id)] == [made.number]
    assert store.problems() == []
    decide(store, Verb.UNDO, str(made.number))
    assert store.record(newer.records[0].id).decided == ()
    decide(store, Verb.REDATE, newer.records[0].id, "2018")
    store.forget(newer.document.id)
    assert [r.id for r in store.records(Query())] == [older.records[0].id, older.records[2].id]
    assert store.record(older.records[0].id).decided == ()


def test_forgetting_an_older_version_ends_what_was_decided_about_it(store):
    older, newer = VERSIONS
    store.post(newer)
    store.post(older)
    store.forget(newer.document.id)
    decide(store, Verb.REJECT, older.records[2].id)
    store.post(newer)
    assert [r.record for r in store.records(Query())] == ["event", "agenda_item"]
    store.forget(older.document.id)
    assert len(store.records(Query())) == 3
