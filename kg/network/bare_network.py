"""All relations of a view as a bare ``networkx.MultiDiGraph``, for computation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.common.garbage import garbage_collection_off
from kg.common.namespaces import compact
from kg.network.adjacency.arrays import Adjacency
from kg.network.adjacency.statements import StatementColumns
from kg.network.edges import edge_key
from kg.network.records import EdgeType

if TYPE_CHECKING:
    from kg.network.model import Network


def bare_network(index: Adjacency) -> Network:
    """Build the network of all nodes and edges of a view, without reading the store.

    Nodes are IRIs without attributes. Edges have the keys of
    :func:`kg.network.networkx_graph.network`, and of their attributes ``relation``, ``via``,
    ``role`` and ``planned``.
    """
    import networkx as nx

    graph: Network = nx.MultiDiGraph()
    with garbage_collection_off():
        _fill(graph, index.statements)
    return graph


def _fill(graph: Any, rows: StatementColumns) -> None:
    """Write nodes and edges into the dictionaries of NetworkX (3.6).

    ``add_edge`` would look up both ends, the pair and the key of each edge. As the rows are sorted
    by source and target, this is unnecessary, and filling takes a third of the time. Edges without
    a via, which are most, copy one of a few dictionaries instead of building one, which also takes
    a third of the time.
    """
    nodes, vias = rows.nodes.to_list(), rows.via_iris.to_list()
    successors, predecessors = graph._succ, graph._pred
    for each in (graph._node, successors, predecessors):
        each.update((node, {}) for node in nodes)
    templates = [
        (edge_key(type_.relation, "", type_.planned), _attributes(type_))
        for type_ in rows.edge_types
    ]
    last_source, last_target = -1, -1
    edges: dict[str, dict[str, object]] = {}
    columns = (rows.sources(), rows.targets, rows.types, rows.vias)
    for source, target, type_, via in zip(*(c.tolist() for c in columns), strict=True):
        if source != last_source:
            last_source, last_target = source, -1
            source_iri = nodes[source]
            outgoing = successors[source_iri]
        if target != last_target:
            last_target, edges = target, {}
            target_iri = nodes[target]
            outgoing[target_iri] = predecessors[target_iri][source_iri] = edges
        key, attributes = templates[type_]
        attributes = attributes.copy()
        if via >= 0:
            relation, _, planned = rows.edge_types[type_]
            key = edge_key(relation, vias[via], planned)
            attributes["via"] = vias[via]
        edges[key] = attributes


def _attributes(type_: EdgeType) -> dict[str, object]:
    """Return the attributes of an edge without a via."""
    relation, role, planned = type_
    return {
        "relation": compact(relation),
        "via": "",
        "role": compact(role) if role else "",
        "planned": planned,
    }
