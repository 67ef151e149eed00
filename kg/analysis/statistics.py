"""What the graph holds, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import EVIDENCE_GRAPH
from kg.evidence import selectors as evidence
from kg.store import Store, Table

# No query may read the whole of a large graph: each keeps to an index, or to what was curated.
_COUNTS: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH <graph/entities> { ?s a ?kind } }",
    "claims": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a std:Claim }",
    "sources": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a std:Source }",
    "derived triples": "SELECT (COUNT(*) AS ?n) { GRAPH <graph/derived> { ?s ?p ?o } }",
}
_GRAPHS: Final = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g {} }"
_LISTED: Final = {
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


@dataclass(frozen=True)
class Statistics:
    """Counts of a graph.

    ``totals`` by name: ``graphs`` and ``quads`` are those of the whole, the others those of what
    was curated, and where there are catalogues how many, and how many things they describe.
    ``classes`` counts things of the whole, ``properties`` and ``sources`` what was curated;
    ``committees`` counts by catalogue the committees that documents name, how many of them are
    described, and the same for the links from documents. ``evidence`` says how that stands.
    """

    totals: tuple[tuple[str, int], ...]
    classes: Table
    properties: Table
    sources: Table
    committees: Table
    evidence: tuple[evidence.Status, ...]


def count(store: Store, curated: Store, size: int | None = None) -> Statistics:
    """Count what a store holds; ``curated`` is the part of it that neither is nor follows from one.

    ``size`` is how many quads the store holds, where that is known: to count them takes a second
    for every four million. Statements of the curated part that stand in several of its graphs count
    once.
    """
    totals = [
        ("graphs", _number(store, _GRAPHS)),
        ("quads", store.size() if size is None else size),
    ]
    totals += [(name, _number(curated, query)) for name, query in _COUNTS.items()]
    listed = [(name, _number(store, query)) for name, query in _LISTED.items()]
    if any(number for _, number in listed):
        totals += listed
    return Statistics(
        tuple(totals),
        store.select(_CLASSES),
        curated.select(_PROPERTIES),
        curated.select(_SOURCES),
        store.select(_COMMITTEES),
        tuple(evidence.status(list(curated.quads(ox.NamedNode(EVIDENCE_GRAPH))))),
    )


def _number(store: Store, query: str) -> int:
    number = store.select(query).rows[0][0]
    return int(number.value) if isinstance(number, ox.Literal) else 0
