"""The HTTP API keeps to its OpenAPI document, whatever is sent: no 500, no answer that the document does not name."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
import requests
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from pages_for_tests import BASE, TOKEN, fill
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from detente.adapters.readers import read_path
from detente.apps.web import api, exports
from detente.apps.web.access import CLIENT_HEADER, Access
from detente.apps.web.app import create_app
from detente.codebook.files import data_file
from detente.errors import UsageError
from detente.parcel import Details
from detente.workspace import Workspace, init_workspace

HEADERS = {"Authorization": f"Bearer {TOKEN}", CLIENT_HEADER: "test"}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SENT = ("method", "url", "params", "headers", "json", "data", "files")
EXAMPLES = 12  # of each operation


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A ledger of a coded dispatch, and of records made by hand, that may be changed."""
    workspace = fill(init_workspace(tmp_path_factory.mktemp("contract") / "desk", [("USA", "CHN")]))
    workspace.add(read_path(Path(str(data_file("examples/usa-chn/2018-12-02-buenos-aires.txt")))), Details())
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def client(ledger: Workspace) -> TestClient:
    """A program that has the token; what goes wrong in the application is a 500, as for any other program."""
    app = create_app(ledger, Access(token=TOKEN, user="ann"))
    return TestClient(app, base_url=BASE, headers=HEADERS, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def described(client: TestClient) -> schemathesis.BaseSchema:
    """What the document of the API says."""
    return schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No address is fetched."""

    def refused(address: str) -> None:
        raise UsageError(f"{address} is not fetched here.", hint="")

    monkeypatch.setattr("detente.apps.web.add.read_address", refused)


ROUTES = (*api.router.routes, *exports.router.routes)
OPERATIONS = sorted((method, route.path) for route in ROUTES for method in route.methods)
LAST = "DELETE"  # so that the others find something


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("method", "path"), sorted(OPERATIONS, key=lambda operation: operation[0] == LAST))
def test_whatever_is_sent_is_answered_as_the_document_says(method, path, mode, described, client, ledger):
    known = sorted([*ledger.store.known_ids(), *(record.id for record in ledger.records("event")), "trade", "events"])

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=described[path][method].as_strategy(generation_mode=mode), name=st.sampled_from([None, *known]))
    def answered(case, name):
        if name:
            case.path_parameters = dict.fromkeys(case.path_parameters or {}, name)
        told = case.as_transport_kwargs(base_url=BASE)
        asked = requests.Request(**{part: value for part, value in told.items() if part in SENT}).prepare()
        answer = client.request(asked.method, asked.url, headers=asked.headers, content=asked.body)
        case.validate_response(answer, checks=CHECKS)

    answered()
