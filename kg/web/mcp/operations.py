"""What the tools ask of the graph besides what the API has: operations and renderers.

They run in workers (:mod:`kg.web.calls`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.entities.labels import labels
from kg.evidence.proofs import Proof, proofs_of_claims, proofs_of_entity
from kg.store import Table
from kg.web.api import json_answers
from kg.web.api.json_parts import cells_of, encode, evidence_of, is_evidence, page_of
from kg.web.rendering import Context, Page

if TYPE_CHECKING:
    from kg.entities.match import Match
    from kg.entities.search import Hit
    from kg.graph import KnowledgeGraph


def evidence(graph: KnowledgeGraph, about: str, limit: int, offset: int) -> Page[tuple[Proof, ...]]:
    """Return the evidence for an entity or a claim (:meth:`kg.graph.KnowledgeGraph.evidence`)."""
    proofs = tuple(dict.fromkeys(graph.evidence(about)))
    items = proofs[offset : offset + limit]
    return Page(items, offset, limit, len(proofs), offset + limit < len(proofs))


def evidence_json(graph: KnowledgeGraph, page: Page[tuple[Proof, ...]], context: Context) -> bytes:
    """Return pieces of evidence."""
    del graph
    return encode(page_of(page, context, evidence_of(page.items, context.lang)))


def hits_json(graph: KnowledgeGraph, page: Page[tuple[Hit, ...]], context: Context) -> bytes:
    """Return entities as the API does, each with the evidence for it."""
    return _with_evidence(graph, json.loads(json_answers.hits(graph, page, context)), context)


def matches_json(graph: KnowledgeGraph, matches: tuple[Match, ...], context: Context) -> bytes:
    """Return matches as the API does, each with the evidence for what it matches."""
    content = json.loads(json_answers.matches(graph, matches, context))
    return _with_evidence(graph, content, context)


def table(graph: KnowledgeGraph, result: Table) -> Table:
    """Return the result of a query as it is, for :func:`table_json`."""
    del graph
    return result


def table_json(graph: KnowledgeGraph, result: Table, context: Context) -> bytes:
    """Return rows of a query: the names of IRIs, and the evidence for claims and records."""
    nodes = {term for row in result.rows for term in row if isinstance(term, ox.NamedNode)}
    names = labels(graph.store, nodes, context.lang)
    cited = sorted(node.value for node in nodes if is_evidence(node.value))
    proofs = proofs_of_claims(graph.store, cited)
    rows = [
        {
            "cells": cells_of(dict(zip(result.columns, row, strict=True)), names),
            "evidence": evidence_of(
                chain.from_iterable(proofs.get(term.value, ()) for term in row if term is not None),
                context.lang,
            ),
        }
        for row in result.rows
    ]
    return encode({"columns": list(result.columns), "results": rows})


def _with_evidence(graph: KnowledgeGraph, content: Mapping[str, Any], context: Context) -> bytes:
    for item in content["results"]:
        found = proofs_of_entity(graph.store, ox.NamedNode(item["iri"])) if item["iri"] else []
        item["evidence"] = evidence_of(found, context.lang)
    return encode(content)
