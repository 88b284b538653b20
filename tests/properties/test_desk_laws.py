"""A page that is told anew, after whatever was written, is the page that is told from nothing."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_for_tests import MADE, agenda, day, document, event, measure, position, statement

from detente.apps.web.asked import Asked
from detente.apps.web.brief import brief_of, changes_of
from detente.apps.web.desk import Desk
from detente.apps.web.index import deeds_of, stretch_of
from detente.errors import DetenteError
from detente.ledger.index import Frequency
from detente.ledger.port import Posting
from detente.records import Actor, EventType, Problem, Step, Trouble
from detente.telling.issue import tell_issue
from detente.telling.known import Known
from detente.telling.tables import TABLES
from detente.workspace import Workspace, init_workspace

PAIR = ("USA", "CHN")
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
FIRST = dt.date(2019, 11, 1)
DAYS = [FIRST + dt.timedelta(days=at) for at in (0, 1, 20, 45)]
MET, MOVED, PLAN, WISH, SAID, FEE = (
    "Envoys of both states met in Lima on 1 November for talks on the port fee.",
    "Envoys of both states met in Lima on 2 November for talks on the port fee.",
    "They will meet again in December.",
    "Beijing wants the port fee of $3 billion dropped.",
    "Officials called the port fee unfair.",
    "Washington put a fee of $5 billion on port calls.",
)
TEXTS = ((MET, PLAN, WISH), (MOVED, SAID, PLAN), (MET, FEE, WISH, SAID), (FEE, PLAN), (MOVED, WISH, FEE))
USA, CHN = Actor(state="USA", words="Washington"), Actor(state="CHN", words="Beijing")
VERBS = ("accept", "reject", "relabel", "redate", "merge", "split", "answer", "undo")
STEP = st.tuples(
    st.sampled_from((*VERBS, "reject", "undo", "post", "forget", "replace", "note")),
    st.integers(0, 40),
    st.integers(0, 40),
)
LAW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def posting(number: int, published: dt.date | None) -> Posting:
    """A text of an outlet of its own; those of one sort tell the same."""
    sentences = TEXTS[number % len(TEXTS)]
    source = document(" ".join(sentences), published=published, outlet=f"Paper {number % 7}")
    return Posting(
        document=source,
        passages=(),
        records=tuple(record_of(source, sentence) for sentence in sentences),
        problems=(Problem(trouble=Trouble.UNDATED, message="no day", document=source.id),) if number % 3 == 0 else (),
        pair=("CHN", "USA"),
        provenance=MADE,
        posted_at=NOW,
    )


def record_of(source, sentence):
    """What a sentence tells."""
    both = {"initiators": (USA,), "targets": (CHN,)}
    if sentence in (MET, MOVED):
        on = day("2019-11-01" if sentence == MET else "2019-11-02")
        return event(source, sentence, EventType.CONSULT, mode="meet", when=on, **both)
    if sentence == PLAN:
        return agenda(source, sentence)
    if sentence == WISH:
        return position(source, sentence)
    if sentence == SAID:
        return statement(source, sentence)
    return measure(source, sentence, steps=(Step(step="in force"),))


def write(workspace: Workspace, verb: str, one: int, other: int) -> None:
    """One step; what cannot be done is passed over."""
    store = workspace.store
    documents = store.newest_documents(None, 50)[0]
    records = [record for item in documents for record in workspace.coded_records(item)]
    match verb:
        case "post":
            store.post(posting(one, None if other % 9 == 0 else DAYS[other % len(DAYS)]))
        case "forget" if len(documents) > 1:
            workspace.forget(documents[one % len(documents)].id)
        case "replace" if documents:
            item = store.document(documents[one % len(documents)].id)
            again = tuple(workspace.coded_records(item))
            store.replace(
                Posting(
                    document=item,
                    passages=(),
                    records=again[: 1 + other % 3],
                    problems=(),
                    pair=("CHN", "USA"),
                    provenance=MADE,
                    posted_at=NOW,
                )
            )
        case "undo" if store.decisions():
            made = store.decisions()
            workspace.decide("undo", str(made[one % len(made)].number), by="ann")
        case _ if verb in VERBS and records:
            more = {
                "relabel": ("factuality=planned" if other % 2 else "on_pair=false",),
                "redate": (f"2019-1{other % 3}",),
                "merge": (records[other % len(records)].id,),
                "answer": ("kept",),
            }
            workspace.decide(verb, records[one % len(records)].id, *more.get(verb, ()), by="ann")


def told(desk: Desk, question: Asked) -> dict[str, object]:
    """All that pages tell."""
    now = desk.told(question)
    known: Known = now.known
    return {
        "material": known.material,
        "brief": brief_of(desk, question),
        "changes": changes_of(desk, question),
        "dated": now.dated,
        "choices": now.choices,
        "issues": [tell_issue(known, label) for label in now.labels],
        "queue": [(task.record, task.line, task.question, task.why) for task in now.queue.tasks],
        "index": stretch_of(desk, question, Frequency.MONTH, "", "").table,
        "deeds": [(h.id, h.records) for h in deeds_of(desk, question).happenings],
        **{name: now.table(name) for name in TABLES},
    }


@pytest.fixture(params=["whole", "window"])
def workspace(request, tmp_path_factory, monkeypatch):
    if request.param == "window":
        monkeypatch.setattr("detente.gathering.TOLD", 6)
        monkeypatch.setattr("detente.gathering.COUNTED", 6)
    made = []

    def make() -> Workspace:
        made.append(init_workspace(tmp_path_factory.mktemp("desk") / "desk", [PAIR]))
        for number, on in enumerate((*DAYS, DAYS[0], None)):
            made[-1].store.post(posting(number, on))
        return made[-1]

    yield make
    for one in made:
        one.close()


@LAW
@given(st.lists(STEP, min_size=1, max_size=5))
def test_a_page_told_anew_is_the_page_told_from_nothing(workspace, steps):
    kept = workspace()
    desk = Desk(kept)
    questions = [Asked(pair=PAIR), Asked(pair=PAIR, as_of=DAYS[2], since=DAYS[1])]
    for question in questions:
        told(desk, question)
    for verb, one, other in steps:
        try:
            write(kept, verb, one, other)
        except DetenteError:
            continue
        fresh = Workspace(kept.folder)
        for question in questions:
            now, plain = told(desk, question), told(Desk(fresh), question)
            for name, page in plain.items():
                assert now[name] == page, (name, question)
        fresh.close()
    desk.jobs.close()
