"""The ledger for assistants, asked by the SDK's own client over standard input and output."""

import asyncio
import datetime as dt
import os
import sys

import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client
from records_for_tests import MADE, agenda, day, document, event, position

from detente.adapters.stores.sqlite import SqliteStore
from detente.apps.cli.tables import COMMANDS
from detente.ledger.port import Posting
from detente.records import Passage, record_from_dict
from detente.workspace import init_workspace

FIRST = document("The two sides met on Friday. They will meet again in December. China demands an end to the tariffs.")
SECOND = document("The two sides met on Friday, another paper wrote.", outlet="The Second")
POSTED = dt.datetime(2019, 11, 3, tzinfo=dt.UTC)
QUOTES = ("The two sides met on Friday.", "They will meet again in December.", "China demands an end to the tariffs.")
MET = event(FIRST, QUOTES[0], when=day("2019-11-01"))
PLAN, DEMAND = agenda(FIRST, QUOTES[1]), position(FIRST, QUOTES[2])
AGAIN = event(SECOND, "The two sides met on Friday", when=day("2019-11-01"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("mcp") / "w"
    workspace = init_workspace(made, [("USA", "CHN")])
    post(workspace.store, FIRST, (MET, PLAN, DEMAND))
    post(workspace.store, SECOND, (AGAIN,))
    workspace.close()
    return made


def post(store: SqliteStore, source, records) -> None:
    spans = [(record.evidence[0].start, record.evidence[0].end) for record in records]
    store.post(
        Posting(
            document=source,
            passages=tuple(Passage(start=start, end=end, paragraph=0) for start, end in spans),
            records=records,
            problems=(),
            pair=("CHN", "USA"),
            provenance=MADE,
            posted_at=POSTED,
        )
    )


def ask(folder, *calls):
    """What the tools answer, from a server in a process of its own."""

    async def answers():
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "detente", "mcp", "--workspace", str(folder)],
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(answers())


@pytest.fixture(scope="module")
def asked(folder):
    """One conversation: the tools, and the answers by the name of the tool."""
    calls = [
        ("brief", {}),
        ("changes", {"since": "2019-11-01"}),
        ("search", {"words": "tariffs"}),
        ("evidence", {"id": MET.id}),
        *((name, {"limit": 5}) for name in COMMANDS),
    ]
    tools, answers = ask(folder, *calls)
    return tools, dict(zip((name for name, _ in calls), answers, strict=True))


def test_the_tools_only_read(asked):
    tools, _ = asked
    assert {tool.name for tool in tools} == {"brief", "changes", "search", "evidence", *COMMANDS}
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description for tool in tools)


def test_every_answer_is_a_structure(asked):
    _, answers = asked
    for name, answer in answers.items():
        assert not answer.is_error, (name, answer.content)
        assert isinstance(answer.structured_content, dict), name


def test_a_brief_cites_every_line(asked):
    page = asked[1]["brief"].structured_content
    numbers = {citation["number"]: citation for citation in page["citations"]}
    lines = [line for section in page["sections"] for line in section["lines"] if line["records"]]
    assert page["as_of"] == "2019-11-02"
    assert lines
    for line in lines:
        assert line["citations"]
        assert all(numbers[number]["quote"] in FIRST.text + SECOND.text for number in line["citations"])


def test_rows_carry_their_records_with_evidence(asked):
    rows = asked[1]["events"].structured_content["rows"]
    records = [record_from_dict(table) for row in rows for table in row["records"]]
    assert {record.id for record in records} == {MET.id, AGAIN.id}
    assert {record.evidence for record in records} == {MET.evidence, AGAIN.evidence}
    (agenda_row,) = asked[1]["agenda"].structured_content["rows"]
    assert agenda_row["derived"]["became"]["fate"] == "pending"


def test_search_gives_passages_with_what_rests_on_them(asked):
    (passage,) = asked[1]["search"].structured_content["passages"]
    assert passage["quote"] == QUOTES[2]
    assert [record["id"] for record in passage["records"]] == [DEMAND.id]
    assert passage["document"]["outlet"] == "Wire"


def test_evidence_opens_a_record_and_what_else_tells_of_it(asked):
    answer = asked[1]["evidence"].structured_content
    (passage,) = answer["passages"]
    assert passage["before"] + passage["quote"] + passage["after"] == FIRST.text
    assert answer["happening"]["independent_outlets"] == ["The Second", "Wire"]
    (other,) = answer["happening"]["others"]
    assert other["record"]["id"] == AGAIN.id
    assert other["reasons"]


def test_what_is_wrong_is_told_with_what_to_do(folder):
    _, (unknown, mistaken, long) = ask(
        folder,
        ("evidence", {"id": "ffffffff"}),
        ("brief", {"pair": ["USA", "Atlantis"]}),
        ("events", {"limit": 1000}),
    )
    assert unknown.is_error
    assert "ffffffff" in unknown.content[0].text
    assert mistaken.is_error
    assert "No state is called 'Atlantis'" in mistaken.content[0].text
    assert long.is_error


def test_an_earlier_day_shows_nothing_later(folder):
    _, (early,) = ask(folder, ("events", {"as_of": "2019-11-01"}))
    assert early.structured_content["rows"] == []
