"""Whatever the order of entry, what is taken out and put back, happenings follow from the records that are there."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_for_tests import CHN, MADE, USA, agenda, day, document, event, month, position

from detente.adapters.stores.sqlite import SqliteStore
from detente.ledger.coverage import cover
from detente.ledger.happenings import group_happenings
from detente.ledger.port import Posting, Query
from detente.records import Actor, AgendaItem, EventType, Factuality, Issue, Measure, Stance

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
PAIR = ("CHN", "USA")
JPN = Actor(words="Japan", state="JPN")
XI = Actor(words="Xi", state="CHN", person="Xi Jinping", office="president")
SENTENCES = (
    "The two sides held talks on trade in Geneva.",
    "Envoys of both countries met for talks on soybeans.",
    "Beijing wants all tariffs on steel lifted.",
    "Tariffs on steel must be lifted, Beijing said.",
)
TEXT = " ".join(SENTENCES)
DAYS = st.integers(min_value=0, max_value=12).map(lambda n: dt.date(2019, 11, 1) + dt.timedelta(days=n))
WHENS = st.none() | DAYS.map(lambda on: day(on.isoformat())) | st.just(month(2019, 11))
ISSUES = st.sampled_from(((), (Issue(theme="trade", label="Trade"),), (Issue(theme="arms", label="Arms"),)))


@st.composite
def postings(draw, number):
    """A document of some day with a few records."""
    source = document(TEXT, published=draw(st.none() | DAYS), outlet=f"Paper {number}")
    made = []
    for at, sentence in enumerate(draw(st.lists(st.sampled_from(SENTENCES), unique=True, max_size=3))):
        more = {"id": f"{draw(st.integers(0, 999)):03}-{number}-{at}", "when": draw(WHENS), "issues": draw(ISSUES)}
        kind = draw(st.sampled_from(("consult", "complain", "plan", "hold")))
        sides = draw(st.sampled_from(((USA, CHN), (CHN, USA), (USA, JPN), (USA, XI))))
        if kind == "plan":
            made.append(agenda(source, sentence, participants=sides, **more))
        elif kind == "hold":
            made.append(position(source, sentence, Stance.DEMANDS, holder=sides[1], **more))
        else:
            type_ = EventType.CONSULT if kind == "consult" else EventType.ACCUSE
            factuality = draw(st.sampled_from((Factuality.HAPPENED, Factuality.DENIED, Factuality.PLANNED)))
            made.append(
                event(source, sentence, type_, initiators=sides[:1], targets=sides[1:], factuality=factuality, **more)
            )
    return Posting(
        document=source,
        passages=(),
        records=tuple(made),
        problems=(),
        pair=PAIR,
        provenance=MADE,
        posted_at=NOW,
    )


def corpora(size):
    return st.tuples(*(postings(number) for number in range(size)))


def groups(store, as_of=None):
    """The ids of each happening's records, the dated and the undated."""
    found = store.happenings(Query(as_of=as_of)) + ([] if as_of else store.happenings(Query(undated=True)))
    for happening in found:
        assert happening.id == happening.records[0].id
    return sorted(sorted(r.id for r in happening.records) for happening in found)


def expected(records):
    return sorted(sorted(r.id for r in happening.records) for happening in group_happenings(records))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ledgers")


@pytest.fixture(scope="module")
def store(folder):
    made = SqliteStore(folder / "ledger.db")
    yield made
    made.close()


def emptied(store):
    for id_ in store.known_ids():
        store.forget(id_)
    return store


LAWS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@LAWS
@given(data=st.data(), corpus=corpora(6))
def test_any_order_of_posting_gives_the_groups_of_the_order_of_knowledge(store, data, corpus):
    emptied(store)
    for posting in data.draw(st.permutations(corpus)):
        store.post(posting)
    records = [record for posting in corpus for record in posting.records]
    assert groups(store) == expected(records)


@LAWS
@given(data=st.data(), corpus=corpora(6), other=postings(3))
def test_what_is_taken_out_or_replaced_leaves_no_trace(store, data, corpus, other):
    emptied(store)
    for posting in corpus:
        store.post(posting)
    gone, changed = corpus[1], replace(other, document=corpus[3].document)
    changed = replace(
        changed,
        records=tuple(
            replace(
                record,
                evidence=(replace(record.evidence[0], document=changed.document.id),),
                known_on=changed.document.published_on,
            )
            for record in changed.records
        ),
    )
    for step in data.draw(st.permutations(("forget", "replace"))):
        if step == "forget":
            store.forget(gone.document.id)
        else:
            store.replace(changed)
    left = [r for p in corpus if p is not gone and p is not corpus[3] for r in p.records] + list(changed.records)
    assert groups(store) == expected(left)
    store.post(gone)
    assert groups(store) == expected([*left, *gone.records])


@LAWS
@given(corpus=corpora(6), as_of=DAYS)
def test_what_is_known_on_a_day_is_the_beginning_of_what_is_known_later(store, corpus, as_of):
    emptied(store)
    for posting in corpus:
        store.post(posting)
    early = [r for p in corpus for r in p.records if r.known_on and r.known_on <= as_of]
    assert groups(store, as_of) == expected(early)


def figures(store, query):
    """The coverage of the query's records, by the plain function."""
    documents = store.documents(query)
    return cover(documents, store.records(query), PAIR, store.problems([document.id for document in documents]))


def is_in_window(happening, first, day):
    """Whether something of it was told since then, or it is planned for the day or a later one."""
    return any(
        record.known_on >= first
        or (isinstance(record, (AgendaItem, Measure)) and record.when is not None and record.when.latest >= day)
        for record in happening.records
    )


@LAWS
@given(corpus=corpora(5), as_of=DAYS, since=st.none() | DAYS, first=DAYS, most=st.integers(0, 12))
def test_what_is_counted_and_picked_by_sets_is_what_the_plain_functions_make(store, corpus, as_of, since, first, most):
    emptied(store)
    for posting in corpus:
        store.post(posting)
    for query in (Query(pair=PAIR, as_of=as_of, since=since), Query(pair=PAIR, undated=True)):
        assert store.coverage(query) == figures(store, query)
    query = Query(pair=PAIR, as_of=as_of)
    whole = store.happenings(query)
    assert store.told_since(query, first) == [h for h in whole if is_in_window(h, first, as_of)]
    recent = store.happenings(replace(query, since=since))
    lately = {id_ for h in recent for r in h.records for id_ in (r.id,)}
    assert store.told_since(replace(query, since=since), first) == [
        part for h in whole if (part := h.part(lately)) and is_in_window(part, first, as_of)
    ]
    known = sorted(record.known_on for record in store.records(query))
    assert store.window(query, most) == (known[-most - 1] if len(known) > most else None)
