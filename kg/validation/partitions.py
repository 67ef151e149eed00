"""The two parts of a graph, each with its own shapes: the curated part, and the catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.common.namespaces import CATALOGUES_DERIVED_GRAPH, HISTORY_GRAPH
from kg.store import Store
from kg.validation.shacl import BULK_SIZE, Engine

_CATALOGUES: Final = "SELECT DISTINCT ?graph WHERE { ?graph a std:Catalogue } ORDER BY ?graph"
_GRAPHS: Final = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph {} } ORDER BY ?graph"
_BULK_SIZE_REACHED: Final = (
    f"SELECT ?thing WHERE {{ ?thing ?property ?value }} LIMIT 1 OFFSET {BULK_SIZE - 1}"
)
_HAS_HISTORY: Final = (
    f"SELECT ?state WHERE {{ GRAPH <{HISTORY_GRAPH}> {{ ?state a std:KeptState }} }} LIMIT 1"
)
_DERIVED: Final = ox.NamedNode(CATALOGUES_DERIVED_GRAPH)
_HISTORY: Final = ox.NamedNode(HISTORY_GRAPH)


def catalogue_graphs(store: Store) -> tuple[ox.NamedNode, ...]:
    """Return the named graphs of the catalogues, sorted."""
    rows = store.select(_CATALOGUES).rows
    return tuple(graph for (graph,) in rows if isinstance(graph, ox.NamedNode))


def catalogue_part(store: Store) -> tuple[ox.NamedNode, ...]:
    """Return the graphs of the catalogues, the one derived from them and their history.

    Nothing without catalogues.
    """
    graphs = catalogue_graphs(store)
    history = (_HISTORY,) if store.select(_HAS_HISTORY).rows else ()
    return (*graphs, _DERIVED, *history) if graphs else ()


def curated_quads(store: Store) -> Iterator[ox.Quad]:
    """Yield the curated part: all graphs but the catalogues', what is derived, and their history.

    It includes the descriptions of the catalogues' sources.
    """
    others = {*catalogue_graphs(store), _DERIVED, _HISTORY}
    if not catalogue_graphs(store):
        yield from store.quads()
        return
    yield from store.quads(ox.DefaultGraph())
    for (graph,) in store.select(_GRAPHS).rows:
        if isinstance(graph, ox.NamedNode) and graph not in others:
            yield from store.quads(graph)


def choose_engine(store: Store, engine: Engine) -> Engine:
    """Resolve ``auto`` for the curated part: the bulk engine if the whole graph is large."""
    if engine == "auto" and store.select(_BULK_SIZE_REACHED).rows:
        return "shacl"
    return engine
