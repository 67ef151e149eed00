"""pyshacl over a graph that keeps its parsed queries."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery

from kg.validation import prepared_graph
from kg.validation.prepared_graph import PreparedGraph

DATA = "<x:a> <x:p> 1 . <x:b> <x:p> 2 . <x:b> <x:q> 2 ."
QUERY = "SELECT ?value WHERE { ?this <x:p> ?value FILTER NOT EXISTS { ?this <x:q> ?value } }"


def test_each_focus_node_gets_its_own_answer_from_one_parse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed = []

    def counted(text: str, **options: object) -> object:
        parsed.append(text)
        return prepareQuery(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(prepared_graph, "prepareQuery", counted)
    graph, plain = PreparedGraph().parse(data=DATA), Graph().parse(data=DATA)
    for node in ("x:a", "x:b", "x:c", "x:a"):
        found, expected = (
            each.query(QUERY, initBindings={"this": URIRef(node)}).bindings
            for each in (graph, plain)
        )
        assert found == expected
    assert parsed == [QUERY]
    graph.add((URIRef("x:c"), URIRef("x:p"), Literal(3)))
    added = graph.query(QUERY, initBindings={"this": URIRef("x:c")})
    assert added.bindings == [{Variable("value"): Literal(3)}]


def test_a_rebound_prefix_is_used() -> None:
    graph = PreparedGraph().parse(data=DATA)
    for namespace, count in (("x:", 2), ("y:", 0)):
        graph.bind("ns", namespace, replace=True)
        assert len(graph.query("SELECT ?s WHERE { ?s ns:p ?o }")) == count
        assert len(graph.query("SELECT ?s WHERE { ?s n:p ?o }", initNs={"n": namespace})) == count
