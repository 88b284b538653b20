"""Texts without a day, and days at either end of the calendar: every page, table and export answers."""

import datetime as dt

import pytest
import records_for_tests as made
from pages_for_tests import post, records_of

from detente.adapters.exporters.formats import FORMATS
from detente.records import Grain, Outcome, Step, When
from detente.telling.tables import TABLES

TEXT = (
    "China demanded on Friday that the tariffs be lifted. The United States met China in Geneva. "
    "They plan to meet again in December. The United States rejects the demand. "
    "China put a tariff on wheat. The two sides are to talk."
)
PAGES = (
    "/", "/changes", "/changes?since=1900-01-01", "/issues", "/issues/trade", "/agenda", "/agenda?month=9998-12",
    "/agenda?month=0002-01", "/timeline", "/index?frequency=quarter", "/sources", "/search?q=tariffs", "/documents",
    "/problems", "/review", "/api/brief", "/api/issues", "/api/timeline", "/api/review",
    *(f"/tables/{name}" for name in TABLES),
)  # fmt: skip
DAYS = (None, dt.date.min, dt.date.max)


def whens(day: dt.date | None) -> list[When | None]:
    """No date, that one day, and open ends around it."""
    if day is None:
        return [None]
    last = max(day, dt.date.max - dt.timedelta(days=20))
    return [
        None,
        When(earliest=day, latest=day, grain=Grain.DAY, words="then"),
        When(earliest=last, latest=dt.date.max, grain=Grain.MONTH, words="then"),
        When(earliest=day, latest=None, grain=Grain.DAY, words="from then on"),
        When(earliest=None, latest=day, grain=Grain.DAY, words="by then"),
    ]


@pytest.fixture(params=DAYS, ids=str)
def edge(request, empty):
    """Records of every kind in texts of one such day, beside one of the ordinary."""
    for number, when in enumerate(whens(request.param)):
        document = made.document(f"{TEXT} {number}.", published=request.param, outlet=f"Wire {number}")
        more = (
            made.measure(
                document, "China put a tariff on wheat.", when=when, steps=(Step(step="in force", when=when),)
            ),
            made.agenda(document, "The two sides are to talk.", when=when),
            made.event(document, "met China", when=when),
        )
        post(empty, document, (*records_of(document), *more))
    ordinary = made.document(TEXT, outlet="The Meridian")
    post(empty, ordinary, records_of(ordinary))
    return empty


def test_every_page_answers(edge, ask):
    client = ask(edge)
    assert {page: status for page in PAGES if (status := client.get(page).status_code) != 200} == {}


def test_a_text_without_a_day_tells_of_no_other_plan_what_became_of_it(empty, ask):
    dated = made.document(TEXT, outlet="Wire")
    planned = made.agenda(dated, "They plan to meet again in December.", when=made.month(2019, 12))
    post(empty, dated, (planned,))
    undated = made.document("They have called off the meeting in December.", published=None)
    called_off = made.agenda(undated, undated.text, when=made.month(2019, 12), outcome=Outcome.CANCELLED)
    post(empty, undated, (called_off,))
    lines = [line for line in ask(empty).get("/api/tables/agenda").json()["rows"] if "plan to meet" in line[1]]
    assert lines
    assert not any("cancelled" in cell for line in lines for cell in line)


def test_what_has_no_date_stands_last_on_the_timeline(small, ask):
    undated = made.document("The United States met China in passing.", published=None)
    post(small, undated, (made.event(undated, undated.text),))
    page = ask(small).get("/timeline").text
    assert page.index("in Geneva.") < page.index("in passing.")


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_is_written(name, edge):
    assert edge.export(name)


@pytest.mark.parametrize("page", ["/?as_of=9999-12-31", "/index?until=0001-01-01", "/api/brief?since=0001-01-01"])
def test_days_that_no_news_can_carry_are_refused(page, small, ask):
    answer = ask(small).get(page)
    assert answer.status_code == 400
    assert "too far away" in answer.text
