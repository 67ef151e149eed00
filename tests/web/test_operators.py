"""A query for each operator of SPARQL 1.1, as the benchmark of operators makes them."""

from __future__ import annotations

from benchmarks.graph_statistics import statistics_of
from benchmarks.operator_queries import operator_queries
from benchmarks.operators import ask, table
from kg import KnowledgeGraph
from kg.store.embedded import EmbeddedStore
from tests.web.server import Server


def test_every_operator_is_answered_or_refused(server: Server, graph: KnowledgeGraph) -> None:
    assert isinstance(graph.store, EmbeddedStore)
    queries = list(operator_queries(statistics_of(graph.store)))
    assert len({query.text for query in queries}) == len(queries) >= 150
    outcomes = [ask(server.url, query) for query in queries]
    assert [(o.query.name, o.reason) for o in outcomes if o.failed] == []
    refused = [o.query.name for o in outcomes if not o.is_answered]
    assert refused == [query.name for query in queries if query.refused]
    assert len(table(outcomes)) == len({query.group for query in queries}) + 2
