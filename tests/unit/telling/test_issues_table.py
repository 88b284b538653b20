"""The table of issues: counts, the user's names, candidates."""

import datetime as dt

from records_for_tests import CHN, document, position

from detente.codebook.registry import load_registry
from detente.records import Issue
from detente.telling.issues import tell_issues
from detente.telling.known import Known
from detente.telling.material import Material
from detente.telling.words import Words

TARIFFS = Issue(theme="tariffs", label="Tariffs")
FIRST, SECOND = (
    document(f"China wants the duties gone. China wants the Lobos Canal widened by {n} metres.", outlet=f"Outlet {n}")
    for n in (10, 20)
)


def told(**more):
    records = [
        position(text, "China wants the duties gone.", holder=CHN, issues=(TARIFFS,)) for text in (FIRST, SECOND)
    ]
    records += [position(text, text.text[29:], holder=CHN, issues=()) for text in (FIRST, SECOND)]
    fields = {"pair": ("USA", "CHN"), "as_of": dt.date(2019, 11, 2), "since": None, "records": tuple(records)}
    material = Material(**fields, undated=(), documents=(FIRST, SECOND), **more)
    return tell_issues(Known(material, Words(load_registry())))


def test_issues_are_counted_and_candidates_stand_below():
    table = told()
    assert [row[:4] for row in table.rows] == [("Tariffs", "2", "2", "2"), ("Lobos Canal", "2", "2", "2")]
    assert [row[-1] for row in table.rows] == ["", "candidate"]
    assert "[issues.rename]" in table.notes[0]


def test_json_says_which_row_a_record_opens():
    assert told().derived[1] == {"issue": "Lobos Canal", "is_candidate": True, "count": 2}


def test_a_name_of_the_users_says_what_it_stands_for():
    table = told(issue_names=(("Trade deal", "Tariffs"),))
    assert table.rows[0][-1] == "your name for: Trade deal"
