"""extract_statements on sentences of our own, and the laws of its records."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from readings_for_tests import read

from detente.extraction.statements import extract_statements
from detente.parsing import Pipeline
from detente.records import Actor, Statement, Voice

pytestmark = pytest.mark.model
CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "en" / "statements.toml").read_text(encoding="utf-8"))
ANY = "*"
STORY = (
    "Serbia denied on Monday that it had closed the border.\n\n“It is open,” Serbian President Aleksandar Vucic said. "
    "“It stays open.”\n\nReuters reported that Hungarian officials warned of a long wait."
)


def name_of(actor: Actor | None) -> str | None:
    return (actor.state or actor.organisation or actor.words) if actor is not None else None


def summary(statement: Statement) -> dict[str, Any]:
    """The fields that cases speak of."""
    return {
        "speaker": name_of(statement.speaker),
        "cue": statement.cue.quote if statement.cue else None,
        "manner": statement.manner.value,
        "to": name_of(statement.addressee),
        "when": str(statement.when.earliest) if statement.when else "none",
        "factuality": statement.factuality.value,
        "voice": statement.voice.value,
        "chain": [teller.outlet or name_of(teller.speaker) for teller in statement.attribution],
        "pieces": len(statement.content),
    }


def as_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, marks=marks, id=case["text"][:60])


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES["case"]])
def test_case(case: dict[str, Any], pipeline: Pipeline) -> None:
    found = [summary(statement) for statement in extract_statements(read(case["text"], pipeline))]
    if case.get("none"):
        assert found == []
        return
    wanted = {key: value for key, value in case.items() if key not in ("text", "xfail") and value != ANY}
    assert any(wanted.items() <= one.items() for one in found), found


def test_quotes_are_exact_and_evidence_holds_the_content(pipeline: Pipeline) -> None:
    reading = read(STORY, pipeline)
    statements = extract_statements(reading)
    assert len(statements) >= 3
    for statement in statements:
        for span in (*statement.content, *statement.evidence):
            assert STORY[span.start : span.end] == span.quote
        for piece in statement.content:
            assert any(e.start <= piece.start < e.end for e in statement.evidence)


def test_the_same_text_gives_the_same_statements(pipeline: Pipeline) -> None:
    first, second = (extract_statements(read(STORY, pipeline)) for _ in range(2))
    assert [s.id for s in first] == [s.id for s in second]
    assert len({s.id for s in first}) == len(first)


def test_what_came_through_another_is_attributed_to_him(pipeline: Pipeline) -> None:
    last = next(s for s in extract_statements(read(STORY, pipeline)) if name_of(s.speaker) == "HUN")
    assert last.voice is Voice.ATTRIBUTED
    assert [teller.outlet for teller in last.attribution] == ["Reuters"]
