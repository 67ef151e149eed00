"""Results as answers of the embedded engine, for what writes them in the formats of SPARQL."""

from __future__ import annotations

import json
from typing import Any, cast

import pyoxigraph as ox

from kg.store import Table, Term
from kg.store.embedded import Answer


def as_answer(result: Table | bool | list[ox.Triple]) -> Answer:
    """Return a result as the engine would have given it."""
    if isinstance(result, bool):
        return _parsed({"head": {}, "boolean": result})
    if isinstance(result, list):
        store = ox.Store()
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in result)
        return cast(ox.QueryTriples, store.query("CONSTRUCT WHERE { ?s ?p ?o }"))
    rows = [
        {
            name: _cell(term)
            for name, term in zip(result.columns, row, strict=True)
            if term is not None
        }
        for row in result.rows
    ]
    return _parsed({"head": {"vars": list(result.columns)}, "results": {"bindings": rows}})


def _parsed(content: dict[str, Any]) -> Answer:
    """Read SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    return ox.parse_query_results(json.dumps(content).encode(), ox.QueryResultsFormat.JSON)


def _cell(term: Term | ox.Triple) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        kind = {"type": "literal", "value": term.value}
        if term.language is not None:
            return {**kind, "xml:lang": term.language}
        return {**kind, "datatype": term.datatype.value}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _cell(part) for name, part in parts.items()}}
