"""Nodes and edges survive the conversion to attributes of a graph and back."""

from __future__ import annotations

from kg import KnowledgeGraph
from kg.common.bilingual import Text
from kg.network.model import Edge, Node, edges_of, nodes_of
from kg.network.networkx_graph import network, network_data
from tests.support import ROOT


def test_a_graph_gives_back_its_nodes_and_edges(graph: KnowledgeGraph) -> None:
    view = graph.views["everything"]
    data, built = network_data(graph.store, view), network(graph.store, view)
    assert {node.iri: node for node in nodes_of(built)} == data.nodes
    assert sorted(edges_of(built), key=str) == sorted(data.edges, key=str)
    iri = next(iter(data.nodes))
    assert Node.of(built, iri) == data.nodes[iri]
    assert all(edge.evidence(data.proofs) for edge in data.edges)


def test_missing_attributes_are_empty() -> None:
    node = Node.from_attributes("x:a", {"label_en": "A", "rank": 3})
    assert node == Node("x:a", Text("A", ""))
    edge = Edge.from_attributes("x:a", "x:b", 0, {"relation": "std:about"})
    assert edge == Edge("x:a", "x:b", "0", "std:about")
    assert edge.evidence({}) == ()


def test_every_attribute_is_documented() -> None:
    page = (ROOT / "docs" / "python-api.md").read_text(encoding="utf-8")
    node, edge = Node("x:a", Text("", "")), Edge("x:a", "x:b", "", "std:about")
    for name in (*node.attributes(), *edge.attributes()):
        base = name.removesuffix("_en").removesuffix("_zh")
        assert f"`{base}`" in page or f"`{name}`" in page, name
