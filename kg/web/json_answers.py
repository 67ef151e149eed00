"""Answers in JSON, and their JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.entities.labels import labels
from kg.web.rendering import Context, Page

if TYPE_CHECKING:
    from kg.entities.search import Hit
    from kg.graph import KnowledgeGraph

_TEXT: Final = {"type": "string"}
_IRI: Final = {"type": "string", "format": "iri"}


def _object(**properties: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _page(items: Mapping[str, Any]) -> dict[str, Any]:
    return _object(
        results={"type": "array", "items": items},
        offset={"type": "integer"},
        limit={"type": "integer"},
        total=_nullable({"type": "integer"}),
        next=_nullable({"type": "string", "format": "uri"}),
    )


def encode(content: object) -> bytes:
    """Return content as JSON."""
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _page_json(page: Page[Any], context: Context, items: list[Any]) -> bytes:
    return encode(
        {
            "results": items,
            "offset": page.offset,
            "limit": page.limit,
            "total": page.total,
            "next": page.links(context).get("next"),
        }
    )


HITS_SCHEMA: Final = _page(
    _object(
        iri=_IRI,
        name=_TEXT,
        title=_TEXT,
        kind=_nullable(_object(iri=_IRI, label=_TEXT)),
        match=_TEXT,
        via=_TEXT,
    )
)


def hits_json(graph: KnowledgeGraph, page: Page[tuple[Hit, ...]], context: Context) -> bytes:
    """Return entities with the name that matched, their title and kind."""
    kinds = labels(graph.store, {ox.NamedNode(h.kind) for h in page.items if h.kind}, context.lang)
    names = {node.value: label for node, label in kinds.items()}
    items = [
        {
            "iri": hit.iri,
            "name": hit.name,
            "title": hit.title.of(context.lang),
            "kind": {"iri": hit.kind, "label": names[hit.kind]} if hit.kind else None,
            "match": hit.match,
            "via": hit.via,
        }
        for hit in page.items
    ]
    return _page_json(page, context, items)
