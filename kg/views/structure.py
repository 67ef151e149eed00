"""All relations of a view as a bare ``networkx.MultiDiGraph``, to compute with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.namespaces import compact
from kg.views.adjacency import Adjacency
from kg.views.edges import edge_key
from kg.views.statements import Statements

if TYPE_CHECKING:
    from kg.views.network import Network


def structure(index: Adjacency) -> Network:
    """Every thing and every edge of a view, with what the edges say and nothing from the store.

    Nodes are IRIs, without attributes. Edges have the keys that :func:`kg.views.network.network`
    gives them, and of their attributes ``relation``, ``via``, ``role`` and ``planned``.
    """
    import networkx as nx  # noqa: PLC0415

    rows = index.statements
    things, vias = rows.things.all(), [*rows.via_names.all(), ""]
    graph: Network = nx.MultiDiGraph()
    graph.add_nodes_from(things)
    with _no_collection():
        _fill(graph, rows, things, vias)
    return graph


def _fill(graph: Any, rows: Statements, things: list[str], vias: list[str]) -> None:
    """Put the rows where NetworkX keeps edges.

    Given edges it looks up both ends, the pair and the key of each; the rows come pair by pair, and
    it takes half of the time to do without (NetworkX 3.6).
    """
    said = [
        (each, compact(each.relation), compact(each.role) if each.role else "")
        for each in rows.said
    ]
    after, before = graph._succ, graph._pred
    pair = (-1, -1)
    edges: dict[str, dict[str, object]] = {}
    columns = (rows.sources(), rows.targets, rows.codes, rows.vias)
    for source, target, code, via in zip(*(c.tolist() for c in columns), strict=True):
        if (source, target) != pair:
            pair, edges = (source, target), {}
            one, other = things[source], things[target]
            after[one][other] = before[other][one] = edges
        (iri, _, planned), relation, role = said[code]
        name = vias[via]
        edges[edge_key(iri, name, planned)] = {
            "relation": relation,
            "via": name,
            "role": role,
            "planned": planned,
        }


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of dictionaries that nothing leaves make Python look for garbage all the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
