"""An rdflib graph that parses each SPARQL query once, for pyshacl.

pyshacl runs the query of a SPARQL constraint once per focus node, and rdflib would parse its text
every time, which takes longer than everything else in a validation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result


class PreparedGraph(rdflib.Graph):
    """A graph in memory that keeps its parsed queries."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[tuple[str, frozenset[tuple[str, Any]]], Query] = {}

    def query(
        self,
        query_object: str | Query,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        *arguments: Any,
        **options: Any,
    ) -> Result:
        """Query the graph as ``rdflib.Graph.query`` does."""
        if isinstance(query_object, str):
            prefixes = dict(initNs or self.namespaces())
            key = query_object, frozenset(prefixes.items())
            if key not in self._prepared:
                self._prepared[key] = prepareQuery(query_object, initNs=prefixes)
            query_object = self._prepared[key]
        return super().query(query_object, processor, result, initNs, *arguments, **options)
