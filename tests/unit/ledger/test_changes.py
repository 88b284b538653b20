"""What changed between two days: rows of tests/cases/ledger/changes.toml."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from records_from_rows import record_of

from detente.ledger.changes import State, find_changes
from detente.ledger.happenings import Happening
from detente.ledger.measure_life import MeasureLife, trace_measures
from detente.ledger.obstacles import Obstacle
from detente.ledger.outcomes import Course, follow_agenda
from detente.ledger.promises import Promise, follow_promises
from detente.records import Position

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "ledger" / "changes.toml").read_text("utf-8"))["case"]


def state(records, as_of):
    happenings = [Happening(records=(record,)) for record in records if record.known_on <= as_of]
    lives = trace_measures(happenings, as_of)
    courses = follow_agenda(happenings, lives, as_of)
    outlets = {record.evidence[0].document: "Wire" for record in records}
    return State(
        happenings=happenings,
        courses=courses,
        lives=lives,
        promises=follow_promises(happenings, courses, as_of),
        obstacles=(),
        outlets=outlets,
    )


def named(what):
    names = {Course: "plan", MeasureLife: "measure", Promise: "promise", Obstacle: "issue"}
    if isinstance(what, Happening):
        return "position" if isinstance(what.head, Position) else "deed"
    return names[type(what)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_changed(case):
    records = [record_of(row) for row in case["told"]]
    before = state(records, case["since"] - dt.timedelta(days=1))
    found = find_changes(before, state(records, case["as_of"]))
    told = [f"{change.kind} {named(change.what)}" for change in found if named(change.what) != "position"]
    assert told == case["kinds"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_between_one_state_and_itself_nothing_changed(case):
    now = state([record_of(row) for row in case["told"]], case["as_of"])
    assert find_changes(now, now) == []
