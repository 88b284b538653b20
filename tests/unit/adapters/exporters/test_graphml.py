"""The network of positions: two kinds of nodes, edges from holders to issues."""

from xml.etree import ElementTree

from accounts_for_tests import DEMAND, OPINION, RECORDS, account

from detente.adapters.exporters.graphml import write

SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def graph(records=RECORDS):
    root = ElementTree.fromstring(write(account(records)))
    return root, root.find(f"{SPACE}graph")


def data(element) -> dict[str, str]:
    return {part.get("key"): part.text for part in element.findall(f"{SPACE}data")}


def test_edges_lead_from_actors_to_issues():
    _, found = graph()
    nodes = {node.get("id"): data(node) for node in found.findall(f"{SPACE}node")}
    (edge,) = found.findall(f"{SPACE}edge")
    assert nodes[edge.get("source")] == {"label": "China", "kind": "actor"}
    assert nodes[edge.get("target")] == {"label": "Trade", "kind": "issue"}
    assert data(edge)["stance"] == DEMAND.stance
    assert data(edge)["firmness"] == "0.500"


def test_every_key_that_is_used_is_declared():
    root, found = graph()
    keys = {(key.get("id"), key.get("for")) for key in root.findall(f"{SPACE}key")}
    for kind in ("node", "edge"):
        for element in found.findall(f"{SPACE}{kind}"):
            assert {(name, kind) for name in data(element)} <= keys


def test_what_an_author_says_a_side_holds_is_left_out():
    assert graph((OPINION,))[1].findall(f"{SPACE}edge") == []
