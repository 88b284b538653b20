"""Whatever is decided: it survives coding anew, undoing restores, and no day knows what came later."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_for_tests import MADE, agenda, document, event, position

from detente.adapters.stores.sqlite import SqliteStore
from detente.errors import UsageError
from detente.ledger.deciding import Maker
from detente.ledger.decision import Verb
from detente.ledger.port import Posting, Query
from detente.records import EventType

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
SENTENCES = (
    "The two sides held talks on trade in Geneva.",
    "Envoys of both countries met for talks on soybeans.",
    "They will meet again in December.",
    "Beijing wants all tariffs on steel lifted.",
)
FIRST = dt.date(2019, 11, 1)
DAY = st.integers(min_value=0, max_value=6).map(lambda n: FIRST + dt.timedelta(days=n))
STEP = st.tuples(
    st.sampled_from((Verb.ACCEPT, Verb.REJECT, Verb.RELABEL, Verb.REDATE, Verb.MERGE, Verb.SPLIT, Verb.UNDO)),
    st.integers(0, 11),
    st.integers(0, 11),
)
LAW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def posting(number: int, published: dt.date) -> Posting:
    source = document(" ".join(SENTENCES), published=published, outlet=f"Paper {number}")
    met, spoke, plan, wish = SENTENCES
    records = (
        event(source, met),
        event(source, spoke, EventType.ACCUSE if number % 2 else EventType.CONSULT),
        agenda(source, plan),
        position(source, wish),
    )
    return Posting(
        document=source,
        passages=(),
        records=records,
        problems=(),
        pair=("CHN", "USA"),
        provenance=MADE,
        posted_at=NOW,
    )


def decide(store: SqliteStore, steps, ids) -> None:
    """Takes the steps; one that cannot be taken (to split what is alone) is passed over."""
    maker = Maker(store=store, members=lambda r: store.happening(r.id).records, by="ann", why="", at=NOW)
    for verb, one, other in steps:
        value = {Verb.RELABEL: ("factuality=planned",), Verb.REDATE: (f"2019-1{other % 3}",)}.get(verb, ())
        words = (ids[one % len(ids)], *value)
        if verb is Verb.MERGE:
            words = (words[0], ids[other % len(ids)])
        if verb is Verb.UNDO:
            made = store.decisions()
            if not made:
                continue
            words = (str(made[one % len(made)].number),)
        record_ids = set() if verb is Verb.UNDO else {words[0]}
        if record_ids - {r.id for r in store.records(Query())} and verb in (Verb.MERGE, Verb.SPLIT):
            continue
        try:
            store.decide(maker.make(verb, words))
        except UsageError:
            continue


def told(store: SqliteStore, as_of: dt.date | None = None):
    """What a page would be told from, and what stands in `show`."""
    happenings = store.happenings(Query(as_of=as_of))
    return store.records(Query(as_of=as_of)), sorted(tuple(r.id for r in h.records) for h in happenings)


@pytest.fixture
def make(tmp_path_factory):
    opened = []

    def ledger(postings) -> SqliteStore:
        store = SqliteStore(tmp_path_factory.mktemp("laws") / "ledger.db")
        opened.append(store)
        for item in postings:
            store.post(item)
        return store

    yield ledger
    for store in opened:
        store.close()


@LAW
@given(st.lists(DAY, min_size=3, max_size=3), st.lists(STEP, max_size=8))
def test_decisions_survive_coding_anew_and_undoing_restores(make, days, steps):
    postings = [posting(number, on) for number, on in enumerate(days)]
    store = make(postings)
    before = told(store)
    decide(store, steps, [r.id for item in postings for r in item.records])
    decided = told(store)
    for item in postings[::-1]:
        store.replace(item)
    assert told(store) == decided
    assert store.check() == []
    undo = Maker(store=store, members=lambda r: (r,), by="ann", why="", at=NOW)
    for made in store.decisions()[::-1]:
        standing = {x.number for r in before[0] for x in store.decisions_on(r.id)}
        if made.number in standing:
            store.decide(undo.make(Verb.UNDO, (str(made.number),)))
    assert told(store) == before


@LAW
@given(st.lists(DAY, min_size=3, max_size=3), st.lists(STEP, max_size=8), DAY)
def test_a_day_knows_nothing_of_what_came_later(make, days, steps, day):
    postings = [posting(number, on) for number, on in enumerate(days)]
    store = make(postings)
    decide(store, steps, [r.id for item in postings for r in item.records])
    early = make(item for item in postings if item.document.published_on <= day)
    for made in store.decisions():
        early.decide(made)
    assert told(store, as_of=day) == told(early)


@LAW
@given(st.lists(DAY, min_size=3, max_size=3), st.lists(STEP, max_size=8), st.permutations(range(3)))
def test_neither_the_order_of_entry_nor_deciding_before_it_matters(make, days, steps, order):
    postings = [posting(number, on) for number, on in enumerate(days)]
    store = make(postings)
    decide(store, steps, [r.id for item in postings for r in item.records])
    other = make(())
    for made in store.decisions():
        other.decide(made)
    for at in order:
        other.post(postings[at])
    assert told(other) == told(store)
