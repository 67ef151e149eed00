"""Metrics of a network of agents: centrality, communities and bridges.

A metric is computed from the rows of a network's query (``?source``, ``?target``), as a simple
undirected graph: the direction and number of edges between two nodes are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.common.namespaces import node
from kg.common.natural_order import natural_key
from kg.store import Table, Term

if TYPE_CHECKING:
    import networkx as nx

_DECIMAL: Final = node("xsd:decimal")
_Row = tuple[Any, ...]


@dataclass(frozen=True)
class Metric:
    """A metric: the columns of its table, and a function from a simple graph to the rows."""

    columns: tuple[str, ...]
    rows: Callable[[nx.Graph[str]], Iterable[_Row]]


def compute_metric(metric: str, edges: Table) -> Table:
    """Compute a metric (a key of ``METRICS``) over the rows of a network's query.

    ``edges`` has the columns ``source`` and ``target``. Ties are in the natural order of IRIs, so
    that the same graph gives the same table.
    """
    import networkx as nx

    source, target = edges.columns.index("source"), edges.columns.index("target")
    pairs = {(str(row[source]), str(row[target])) for row in edges.rows}
    graph: nx.Graph[str] = nx.Graph()
    # IRIs are in angle brackets here.
    graph.add_edges_from(sorted((start[1:-1], end[1:-1]) for start, end in pairs if start != end))
    chosen = METRICS[metric]
    rows = chosen.rows(graph) if graph else ()
    return Table(chosen.columns, tuple(tuple(map(_term, row)) for row in rows))


def _term(value: str | int | float) -> Term:
    if isinstance(value, str):
        return ox.NamedNode(value)
    if isinstance(value, float):
        return ox.Literal(f"{value:.3f}", datatype=_DECIMAL)
    return ox.Literal(value)


def _degree(graph: nx.Graph[str]) -> Iterable[_Row]:
    others = max(len(graph) - 1, 1)
    rows = [(agent, degree, degree / others) for agent, degree in graph.degree()]
    return sorted(rows, key=lambda row: (-row[1], natural_key(row[0])))


def _betweenness(graph: nx.Graph[str]) -> Iterable[_Row]:
    import networkx as nx

    before = nx.number_connected_components(graph)
    rows = []
    for agent, score in nx.betweenness_centrality(graph).items():
        if score > 0:
            rest = graph.subgraph(set(graph) - {agent})
            parts = nx.number_connected_components(rest) - before + 1
            rows.append((agent, score, graph.degree(agent), parts))
    return sorted(rows, key=lambda row: (-row[1], natural_key(row[0])))


def _communities(graph: nx.Graph[str]) -> Iterable[_Row]:
    import networkx as nx

    groups = nx.community.greedy_modularity_communities(graph)
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    for number, group in enumerate(ordered, 1):
        members = set(group)
        inside = {agent: len(members & set(graph[agent])) for agent in group}
        for agent in sorted(group, key=lambda agent: (-inside[agent], natural_key(agent))):
            yield number, agent, inside[agent], graph.degree(agent) - inside[agent], len(group)


METRICS: Final[Mapping[str, Metric]] = {
    "degree": Metric(("agent", "partners", "share"), _degree),
    "betweenness": Metric(("agent", "betweenness", "partners", "parts"), _betweenness),
    "communities": Metric(("group", "agent", "inside", "outside", "size"), _communities),
}
"""The metrics by name.

``degree``: an agent's number of neighbors, and their share of all others (degree centrality,
Freeman 1978). ``betweenness``: the share of shortest paths between two others that pass through an
agent (Freeman 1977), its number of neighbors, and the number of parts into which its component
falls without it. ``communities``: groups by greedy modularity maximization (Clauset, Newman and
Moore 2004), the largest first, with each member's number of neighbors inside and outside.
"""
