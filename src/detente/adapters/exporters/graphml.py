"""Who holds which stance on which issue, as a network of two kinds of nodes: GraphML."""

import datetime as dt
from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from detente.adapters.exporters.account import Account, clean
from detente.records import Position, Voice

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
KEYS = (
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("stance", "edge", "string"),
    ("firmness", "edge", "double"),
    ("weight", "edge", "int"),
    ("first", "edge", "string"),
    ("latest", "edge", "string"),
)

Edge = tuple[str, str, str]  # holder, issue, stance


def write(account: Account) -> bytes:
    """Nodes are holders and issues, edges positions: one for each stance, with how many positions and how firm.

    What an author says a side holds is left out.
    """
    found: dict[Edge, list[Position]] = defaultdict(list)
    for _, record in account.records:
        if isinstance(record, Position) and record.voice is not Voice.AUTHOR:
            for issue in record.issues:
                found[_holder(record, account), issue.label, record.stance.value].append(record)
    root = Element("graphml", {"xmlns": NAMESPACE})
    for name, domain, type_ in KEYS:
        SubElement(root, "key", {"id": name, "for": domain, "attr.name": name, "attr.type": type_})
    graph = SubElement(root, "graph", {"id": "positions", "edgedefault": "directed"})
    for kind, names in (("actor", {edge[0] for edge in found}), ("issue", {edge[1] for edge in found})):
        for name in sorted(names):
            _data(SubElement(graph, "node", {"id": clean(f"{kind}:{name}")}), {"label": name, "kind": kind})
    for number, (edge, positions) in enumerate(sorted(found.items(), key=lambda item: item[0])):
        _edge(graph, number, edge, positions)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _holder(position: Position, account: Account) -> str:
    """The state that holds it; whoever holds it where no state does."""
    holder, words = position.holder, account.known.words
    return words.state(holder.state) if holder.state and not holder.former else words.actor(holder)


def _edge(graph: Element, number: int, edge: Edge, positions: list[Position]) -> None:
    holder, issue, stance = edge
    ends = {"source": clean(f"actor:{holder}"), "target": clean(f"issue:{issue}")}
    known: list[dt.date] = sorted(position.known_on for position in positions if position.known_on)
    values = {
        "stance": stance,
        "firmness": f"{sum(p.firmness for p in positions) / len(positions):.3f}",
        "weight": str(len(positions)),
        "first": known[0].isoformat() if known else "",
        "latest": known[-1].isoformat() if known else "",
    }
    _data(SubElement(graph, "edge", {"id": f"e{number}"} | ends), values)


def _data(element: Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        if value:
            SubElement(element, "data", {"key": name}).text = clean(value)
