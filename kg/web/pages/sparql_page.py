"""A form for SPARQL queries, with examples, and answers as tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.common.namespaces import PREFIXES, expand
from kg.web.pages import assets
from kg.web.pages.answer_graph import TRIPLE, answer_graph, has_edges
from kg.web.pages.cells import Reading
from kg.web.pages.html import render
from kg.web.pages.once import all_questions
from kg.web.pages.reader import Reader

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Term

MOST_ROWS: Final = 500
DOWNLOADS: Final = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
}
"""Formats of whole answers, by suffix."""
_TABLES: Final = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"))
_GRAPHS: Final = (("ttl", "Turtle"), ("jsonld", "JSON-LD"))
_TERMS: Final = """
SELECT DISTINCT ?term ?kind WHERE {
    GRAPH <graph/ontology> {
        ?term a ?kind
        FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty))
    }
}"""
_OTHERS: Final = re.compile(r"\b(?:skos|dcterms|prov|rdf|rdfs|org|oa):[a-z]\w+")
"""Properties of other vocabularies, as the canned questions use them."""
_READ: Final[WeakKeyDictionary[KnowledgeGraph, Mapping[str, object]]] = WeakKeyDictionary()
_FIRST: Final = """SELECT ?committee ?name ?start WHERE {
    ?committee a std:TechnicalCommittee ; skos:prefLabel ?name ; std:start ?start
}
ORDER BY DESC(?start)
LIMIT 20"""


@dataclass(frozen=True)
class Rows:
    """The beginning of an answer: its columns and rows, and whether it goes on."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    more: bool


def show(
    graph: KnowledgeGraph,
    reader: Reader,
    query: str,
    example: str,
    answer: Rows | None,
    problem: str,
    view: str = "",
) -> str:
    """Return the page of a query with its answer; a canned question may be the ``example``.

    ``view`` is ``graph`` to draw it.
    """
    question = all_questions().get(example)
    cells, picture, is_drawable = None, None, False
    if answer is not None:
        is_drawable = has_edges(answer.columns, answer.rows)
        if view == "graph":
            picture = answer_graph(graph.store, reader, answer.columns, answer.rows, {})
        reading = Reading.of(graph.store, answer.columns, answer.rows, reader.lang)
        cells = [[reading.cell(term) for term in row] for row in answer.rows]
    return render(
        reader,
        "sparql.html",
        query=query or (question.sparql.strip() if question else _FIRST),
        asked=bool(query),
        answer=answer,
        cells=cells,
        picture=picture,
        is_drawable=is_drawable,
        view="graph" if picture else "",
        downloads=_GRAPHS if answer and answer.columns == TRIPLE else _TABLES,
        terms=_terms(graph),
        problem=problem,
        prefixes=PREFIXES,
        has_editor=assets.has("yasqe.min.js"),
        examples=[
            q
            for q in all_questions().values()
            if q.sparql and not any(p for p in q.params if not p.optional)
        ],
        most=MOST_ROWS,
    )


def _terms(graph: KnowledgeGraph) -> Mapping[str, object]:
    """Return what the editor completes, read once: prefixes, classes and properties (IRIs)."""
    if graph not in _READ:
        _READ[graph] = _read_terms(graph)
    return _READ[graph]


def _read_terms(graph: KnowledgeGraph) -> Mapping[str, object]:
    rows = [
        (term.value, kind.value)
        for term, kind in graph.store.select(_TERMS).rows
        if isinstance(term, ox.NamedNode) and kind is not None
    ]
    used = {name for q in all_questions().values() for name in _OTHERS.findall(q.sparql)}
    own = {term for term, kind in rows if not kind.endswith("#Class")}
    return {
        "prefixes": PREFIXES,
        "classes": sorted({term for term, kind in rows if kind.endswith("#Class")}),
        "properties": sorted(own | {node.value for name in used if (node := expand(name))}),
    }
