"""Everything told with its days: intervals, and narrowing by what one record says and not by several."""

import datetime as dt

import pytest
import records_for_tests as made
from pages_for_tests import TEXT, records_of

from detente.codebook.registry import load_registry
from detente.records import Issue, Stance, Voice
from detente.telling.dated import Narrowing, choices_of, tell_dated
from detente.telling.issue import issue_labels, tell_issue
from detente.telling.known import Known
from detente.telling.material import Material
from detente.telling.words import Words

PAIR = ("USA", "CHN")


def known_of(documents, records, as_of="2019-12-31"):
    """What is known by these records alone."""
    material = Material(
        pair=PAIR,
        as_of=dt.date.fromisoformat(as_of),
        since=None,
        records=tuple(records),
        undated=(),
        documents=tuple(documents),
    )
    return Known(material, Words(load_registry()))


@pytest.fixture
def known():
    documents = [made.document(TEXT, outlet=outlet) for outlet in ("Harbour Wire", "The Meridian")]
    return known_of(documents, [record for document in documents for record in records_of(document)])


def test_what_has_a_date_stands_on_it_and_the_rest_where_it_was_told(known):
    told = {item.head.record: item for item in tell_dated(known)}
    plan = told["agenda_item"]
    assert (str(plan.first), str(plan.last), plan.is_told_day) == ("2019-12-01", "2019-12-31", False)
    position = told["position"]
    assert (position.first, position.last, position.is_told_day) == (made.PUBLISHED, made.PUBLISHED, True)


def test_lines_are_in_the_order_of_their_days(known):
    days = [item.first for item in tell_dated(known)]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"kind": "position"}, {"position"}),
        ({"issue": "Trade"}, {"position", "event"}),
        ({"actor": "CHN", "kind": "agenda_item"}, {"agenda_item"}),
        ({"actor": "FRA"}, set()),
        ({"voice": "author"}, set()),
        ({"factuality": "planned"}, {"agenda_item"}),
        ({"trait": "hedged"}, set()),
        ({"trait": "nonsense"}, set()),
    ],
)
def test_lines_are_narrowed(asked, kinds, known):
    kept = Narrowing(**asked).keep(tell_dated(known), known.outlets)
    assert {item.head.record for item in kept} == kinds


def test_outlet_and_voice_must_be_those_of_one_record():
    one, other = (made.document(TEXT, outlet=outlet) for outlet in ("Harbour Wire", "The Meridian"))
    words = "The United States met China in Geneva."
    records = [
        made.event(one, words, when=made.day("2019-11-01")),
        made.event(other, words, when=made.day("2019-11-01"), voice=Voice.AUTHOR),
    ]
    known = known_of([one, other], records)
    asked = Narrowing(outlet="Harbour Wire", voice="author")
    assert asked.keep(tell_dated(known), known.outlets) == []
    assert Narrowing(outlet="The Meridian", voice="author").keep(tell_dated(known), known.outlets)


def test_choices_are_what_is_there(known):
    choices = choices_of(tell_dated(known), known.outlets)
    assert choices.outlets == ("Harbour Wire", "The Meridian")
    assert {"USA", "CHN"} == set(choices.actors)
    assert "Trade" in choices.issues


def stand(published, holder, stance):
    text = f"{holder.words} spoke of tariffs."
    document = made.document(text, published=dt.date.fromisoformat(published))
    return document, made.position(document, text, stance, holder=holder)


def test_the_distance_is_told_as_it_moved():
    told = [
        stand("2019-01-01", made.CHN, Stance.DEMANDS),
        stand("2019-03-01", made.USA, Stance.OPPOSES),
        stand("2019-09-01", made.CHN, Stance.OFFERS),
        stand("2019-09-02", made.USA, Stance.OFFERS),
    ]
    documents, records = zip(*told, strict=True)
    page = tell_issue(known_of(documents, records), "Trade")
    assert [(str(rung.since), rung.distance.words) for rung in page.rungs] == [
        ("2019-01-01", "opposed"),
        ("2019-09-01", "conditional"),
        ("2019-09-02", "bridgeable"),
    ]
    first, second = page.sides
    assert [len(first.positions), len(second.positions)] == [2, 2]
    assert [str(position.known_on) for position, _ in second.positions] == ["2019-09-01", "2019-01-01"]


def test_an_issue_of_which_nothing_is_told_has_no_page(known):
    assert tell_issue(known, "Fisheries") is None
    assert issue_labels(known)[0] == "Trade"
    assert tell_issue(known, "Trade").heading is not None


def test_an_issue_that_divides_nobody_has_a_page_without_a_rank():
    document = made.document(TEXT)
    met = made.event(document, "The United States met China in Geneva.", issues=(Issue(theme="own", label="Fish"),))
    page = tell_issue(known_of([document], [met]), "Fish")
    assert page.heading is None
    assert [item.head for item in page.others] == [met]
