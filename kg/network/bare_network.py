"""All relations of a view as a bare ``networkx.MultiDiGraph``, to compute with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.common.namespaces import compact
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.statements import Statements
from kg.network.edges import edge_key
from kg.network.records import EdgeType

if TYPE_CHECKING:
    from kg.network.networkx_graph import Network


def structure(index: Adjacency) -> Network:
    """Every thing and every edge of a view, with what the edges say and nothing from the store.

    Nodes are IRIs, without attributes. Edges have the keys that
    :func:`kg.network.networkx_graph.network` gives them, and of their attributes ``relation``,
    ``via``, ``role`` and ``planned``.
    """
    import networkx as nx

    graph: Network = nx.MultiDiGraph()
    with _no_collection():
        _fill(graph, index.statements)
    return graph


def _fill(graph: Any, rows: Statements) -> None:
    """Put things and rows where NetworkX keeps nodes and edges.

    Given edges it looks up both ends, the pair and the key of each; the rows come thing by thing
    and pair by pair, and it takes a third of the time to do without (NetworkX 3.6). Few rows have a
    via: what the others say is a copy of one of a few dictionaries, which takes a third of the time
    of making it.
    """
    things, vias = rows.things.all(), rows.via_names.all()
    after, before = graph._succ, graph._pred
    for each in (graph._node, after, before):
        each.update((thing, {}) for thing in things)
    said = [(edge_key(one.relation, "", one.planned), _attributes(one)) for one in rows.said]
    last, near = -1, -1
    edges: dict[str, dict[str, object]] = {}
    columns = (rows.sources(), rows.targets, rows.codes, rows.vias)
    for source, target, code, via in zip(*(c.tolist() for c in columns), strict=True):
        if source != last:
            last, near = source, -1
            one = things[source]
            leading = after[one]
        if target != near:
            near, edges = target, {}
            other = things[target]
            leading[other] = before[other][one] = edges
        key, attributes = said[code]
        attributes = attributes.copy()
        if via >= 0:
            relation, _, planned = rows.said[code]
            key = edge_key(relation, vias[via], planned)
            attributes["via"] = vias[via]
        edges[key] = attributes


def _attributes(said: EdgeType) -> dict[str, object]:
    """What an edge without a via says."""
    relation, role, planned = said
    return {
        "relation": compact(relation),
        "via": "",
        "role": compact(role) if role else "",
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
