"""Operations on the graph that the server's routes call (:mod:`kg.web.calls`).

They run in workers, which import this module: it stays free of the web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.web.rendering import Page

if TYPE_CHECKING:
    from kg.entities.search import Hit
    from kg.graph import KnowledgeGraph


def search(
    graph: KnowledgeGraph, q: str, kind: str | None, limit: int, offset: int
) -> Page[tuple[Hit, ...]]:
    """Find entities by parts of names, see :meth:`kg.graph.KnowledgeGraph.search`."""
    hits = graph.search(q, within=kind, limit=offset + limit + 1)
    more = len(hits) > offset + limit
    items = tuple(hits[offset : offset + limit])
    return Page(items, offset, limit, None if more else len(hits), more)
