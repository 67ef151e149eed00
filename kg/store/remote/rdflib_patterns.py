"""The patterns of rdflib, looked up in an endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.store import Graph, Store


class Patterns:
    """What :class:`oxrdflib.OxigraphStore` uses of an engine, over any store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def quads_for_pattern(
        self, subject: Any, predicate: Any, value: Any, graph: Graph | None = None
    ) -> Iterator[ox.Quad]:
        """Yield the quads that match all terms given."""
        if isinstance(subject, ox.BlankNode):
            # No engine finds a blank node by its label.
            return
        for quad in self._store.quads(graph, predicate, subject):
            if value is None or quad.object == value:
                yield quad

    def named_graphs(self) -> Iterator[Graph]:
        """Yield the names of graphs."""
        return (graph for graph in self._store.graphs() if not isinstance(graph, ox.DefaultGraph))

    def query(self, text: str, **options: Any) -> Iterator[tuple[ox.Literal]]:
        """Count the distinct triples of all graphs, or of the one in ``default_graph``."""
        triples = {quad.triple for quad in self._store.quads(options.get("default_graph"))}
        yield (ox.Literal(len(triples)),)
