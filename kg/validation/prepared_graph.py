"""An rdflib graph that parses each SPARQL query once, for pyshacl.

pyshacl runs the query of a SPARQL constraint once per focus node, and rdflib would parse its text
every time, which takes longer than everything else in a validation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.common.errors import SourceError
from kg.common.namespaces import node

_STRING: Final = node("xsd:string")


def add_triples(graph: rdflib.Graph, triples: Iterable[ox.Triple]) -> None:
    """Add triples to a graph; literals keep their lexical forms.

    The parsers of rdflib normalize literals unless a global of rdflib forbids it.
    """
    graph.addN(
        (_term(triple.subject), _term(triple.predicate), _term(triple.object), graph)
        for triple in triples
    )


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype == _STRING
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=False)
    raise SourceError("RDF 1.2 triple terms can't be validated by pyshacl: use --engine shacl")


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
