"""Statistics: counts of the contents of the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import EVIDENCE_GRAPH
from kg.evidence.selectors import EvidenceCounts, count_evidence
from kg.store import Store, Table

# Each query uses an index or reads the curated part, since a large graph takes too long to scan.
_COUNTS: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH <graph/entities> { ?s a ?kind } }",
    "claims": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a std:Claim }",
    "sources": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a std:Source }",
    "derived triples": "SELECT (COUNT(*) AS ?n) { GRAPH <graph/derived> { ?s ?p ?o } }",
}
_GRAPHS: Final = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g {} }"
_IN_CATALOGUES: Final = {
    "catalogues": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a std:Catalogue }",
    "listed things": (
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?c a std:Catalogue . GRAPH ?c { ?s a ?kind } }"
    ),
}
_CLASSES: Final = """
SELECT ?class ?things WHERE {
    { SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class }
    FILTER(STRSTARTS(STR(?class), STR(std:)))
}
ORDER BY DESC(?things) ?class
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
_COMMITTEES: Final = """
SELECT ?source (COUNT(?committee) AS ?committees) (SUM(?known) AS ?described)
       (SUM(?times) AS ?links) (SUM(?times * ?known) AS ?resolved) WHERE {
    {
        SELECT ?catalogue ?committee (COUNT(*) AS ?times) WHERE {
            ?catalogue a std:Catalogue .
            GRAPH ?catalogue { ?document std:committee ?committee }
        }
        GROUP BY ?catalogue ?committee
    }
    BIND(IF(EXISTS { ?committee a ?kind }, 1, 0) AS ?known)
    BIND(STRAFTER(STR(?catalogue), STR(graph:)) AS ?source)
}
GROUP BY ?source ORDER BY DESC(?links) ?source
"""


@dataclass(frozen=True, repr=False)
class Statistics:
    """Counts of a graph.

    ``totals`` are pairs of name and count: ``graphs`` and ``quads`` of the whole graph,
    ``catalogues`` and ``listed things`` if it has catalogues, all others of the curated part.
    ``classes`` counts the entities of the whole graph, ``properties`` and ``sources`` the
    statements and claims of the curated part, ``committees`` for each catalogue the committees
    that its documents name and the links to them, total and resolved.
    """

    totals: tuple[tuple[str, int], ...]
    classes: Table
    properties: Table
    sources: Table
    committees: Table
    evidence: tuple[EvidenceCounts, ...]

    def __repr__(self) -> str:
        return f"<Statistics {', '.join(f'{name}: {count}' for name, count in self.totals)}>"


def count_graph(store: Store, curated: Store, size: int | None = None) -> Statistics:
    """Count the contents of a store; ``curated`` holds its curated part, without catalogues.

    ``size`` is the number of quads, if known, since counting takes a second per four million. A
    statement in several graphs of the curated part counts once.
    """
    totals = [
        ("graphs", _number(store, _GRAPHS)),
        ("quads", store.size() if size is None else size),
    ]
    totals += [(name, _number(curated, query)) for name, query in _COUNTS.items()]
    in_catalogues = [(name, _number(store, query)) for name, query in _IN_CATALOGUES.items()]
    if any(number for _, number in in_catalogues):
        totals += in_catalogues
    return Statistics(
        tuple(totals),
        store.select(_CLASSES),
        curated.select(_PROPERTIES),
        curated.select(_SOURCES),
        store.select(_COMMITTEES),
        tuple(count_evidence(list(curated.quads(ox.NamedNode(EVIDENCE_GRAPH))))),
    )


def _number(store: Store, query: str) -> int:
    number = store.select(query).rows[0][0]
    return int(number.value) if isinstance(number, ox.Literal) else 0
