"""The two parts of a graph, each with shapes of its own: what was curated, and catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH
from kg.store import Store
from kg.validation.shacl import BULK, Engine

_CATALOGUES: Final = "SELECT DISTINCT ?graph WHERE { ?graph a std:Catalogue } ORDER BY ?graph"
_GRAPHS: Final = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph {} } ORDER BY ?graph"
_ONE_MORE: Final = f"SELECT ?thing WHERE {{ ?thing ?property ?value }} LIMIT 1 OFFSET {BULK - 1}"
_DERIVED: Final = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)


def catalogues(store: Store) -> tuple[ox.NamedNode, ...]:
    """The named graphs that hold catalogues."""
    rows = store.select(_CATALOGUES).rows
    return tuple(graph for (graph,) in rows if isinstance(graph, ox.NamedNode))


def curated(store: Store) -> Iterator[ox.Quad]:
    """What the curators wrote, described and derived: all that neither is nor follows from one.

    The sources of catalogues are described among the other sources, and belong to it.
    """
    others = {*catalogues(store), _DERIVED}
    if len(others) == 1:
        yield from store.quads()
        return
    yield from store.quads(ox.DefaultGraph())
    for (graph,) in store.select(_GRAPHS).rows:
        if isinstance(graph, ox.NamedNode) and graph not in others:
            yield from store.quads(graph)


def listed(store: Store) -> tuple[ox.NamedNode, ...]:
    """The named graphs that hold catalogues, and what follows from them."""
    found = catalogues(store)
    return (*found, _DERIVED) if found else ()


def engine_for(store: Store, engine: Engine) -> Engine:
    """What ``auto`` means for the curated part: the bulk engine where all is for it."""
    if engine == "auto" and store.select(_ONE_MORE).rows:
        return "shacl"
    return engine
