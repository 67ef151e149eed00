"""What the graph holds, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg import evidence
from kg.namespaces import EVIDENCE_GRAPH
from kg.store import Store, Table

_COUNTS: Final = {
    "graphs": "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "triples": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH <graph/entities> { ?s a ?kind } }",
    "claims": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a std:Claim }",
    "sources": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a std:Source }",
    "derived triples": "SELECT (COUNT(*) AS ?n) { GRAPH <graph/derived> { ?s ?p ?o } }",
}
_CLASSES: Final = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE {
    ?thing a ?class .
    FILTER(STRSTARTS(STR(?class), STR(std:)))
}
GROUP BY ?class ORDER BY DESC(?things) ?class
"""
_PROPERTIES: Final = """
SELECT ?property (COUNT(*) AS ?statements) WHERE {
    { SELECT DISTINCT ?s ?property ?o WHERE { ?s ?property ?o } }
    FILTER(STRSTARTS(STR(?property), STR(std:)))
}
GROUP BY ?property ORDER BY DESC(?statements) ?property
"""
_SOURCES: Final = """
SELECT ?source ?standing (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
    ?claim std:evidence/oa:hasSource ?source .
    ?source std:standing ?standing .
}
GROUP BY ?source ?standing ORDER BY DESC(?claims) ?source
"""


@dataclass(frozen=True)
class Statistics:
    """Counts of a graph: totals by name, tables by class, property and source, and its evidence."""

    totals: tuple[tuple[str, int], ...]
    classes: Table
    properties: Table
    sources: Table
    evidence: tuple[evidence.Status, ...]


def count(store: Store) -> Statistics:
    """Count what a store holds; statements that stand in several graphs count once."""
    totals = []
    for name, query in _COUNTS.items():
        number = store.select(query).rows[0][0]
        totals.append((name, int(number.value) if isinstance(number, ox.Literal) else 0))
    quads = list(store.quads(ox.NamedNode(EVIDENCE_GRAPH)))
    return Statistics(
        tuple(totals),
        store.select(_CLASSES),
        store.select(_PROPERTIES),
        store.select(_SOURCES),
        tuple(evidence.status(quads)),
    )
