"""The HTTP API: what the pages show, as JSON; no input makes it fail."""

import itertools

import pytest

from detente.apps.web.access import CLIENT_HEADER
from detente.records import record_from_dict
from detente.telling.brief_page import brief_from_dict
from detente.telling.verify import check_brief

ODD = ("", "x" * 300, "-1", "0", "null", "[]", "%00", "é", "2019-02-30", "99999999999999999999", "USA-CHN", "../..")


def test_the_brief_can_be_verified(small, ask):
    told = ask(small).get("/api/brief").json()
    checksum = told.pop("checksum")
    brief = brief_from_dict(told)
    assert brief.checksum == checksum
    assert check_brief(brief, small.words, small.text_of) == []


def test_records_are_those_of_the_ledger(small, ask):
    client = ask(small)
    record = small.records("position")[0]
    told = client.get(f"/api/records/{record.id}").json()
    plain = {k: v for k, v in told.items() if k not in ("counts", "independent_outlets", "also_told", "decisions")}
    assert record_from_dict(plain) == record
    assert set(told["independent_outlets"])


def test_lists_are_given_in_parts(small, ask):
    client = ask(small)
    whole = client.get("/api/timeline").json()
    parts = [client.get(f"/api/timeline?limit=2&offset={at}").json()["lines"] for at in range(0, whole["total"], 2)]
    assert list(itertools.chain(*parts)) == whole["lines"]


def test_the_timeline_is_narrowed(small, ask):
    lines = ask(small).get("/api/timeline?kind=position&actor=CHN&outlet=Harbour+Wire").json()["lines"]
    assert lines
    assert {record["record"] for line in lines for record in line["records"]} == {"position"}


def operations(client):
    """Every operation of the document of the API: method, path, what it is."""
    document = client.get("/api/openapi.json").json()
    return [(m, path, told) for path, methods in document["paths"].items() for m, told in methods.items()]


def test_every_operation_says_what_it_gives(small, ask):
    told = operations(ask(small))
    assert len(told) >= 19
    assert [path for _, path, operation in told if not operation.get("description")] == []
    assert all(path.startswith("/api/") for _, path, _ in told)


@pytest.mark.parametrize("kind", ["empty", "small"])
def test_no_input_makes_it_fail(kind, request, ask):
    client = ask(request.getfixturevalue(kind))
    for method, path, operation in operations(client):
        names = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
        for odd in ODD:
            at = path.replace("{id_}", odd or "x").replace("{name}", odd or "x")
            query = dict.fromkeys(names, odd)
            answer = client.request(method, at, params=query, headers={CLIENT_HEADER: "test"}, json={"verb": odd})
            assert answer.status_code < 500, (method, at, query, answer.text[:300])


def test_each_query_may_be_odd_by_itself(small, ask):
    client = ask(small)
    for method, path, operation in operations(client):
        if method != "get" or "{" in path:
            continue
        for parameter, odd in itertools.product(operation.get("parameters", ()), ODD):
            answer = client.get(path, params={parameter["name"]: odd})
            assert answer.status_code < 500, (path, parameter["name"], odd)


def test_trouble_is_told_with_what_to_do(small, ask):
    told = ask(small).get("/api/records/ffff").json()
    assert set(told) == {"error", "hint"}
